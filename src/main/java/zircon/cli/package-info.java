/// The command line: `zx demo`, `zx run`, `zx doctor` and `zx conformance`.
///
/// It is a user of the library like any other and knows its exported packages alone.
@NullMarked
package zircon.cli;

import org.jspecify.annotations.NullMarked;
