/// What a run has shown: as data, which can be merged, and as JSON, JUnit XML and a page to look
/// at.
@NullMarked
package zircon.conformance.report;

import org.jspecify.annotations.NullMarked;
