/// What a run of the benchmarks has shown: as numbers with their error, and as a table, JSON and a
/// page to look at.
@NullMarked
package zircon.bench.report;

import org.jspecify.annotations.NullMarked;
