/// The command line: `zx demo`, `zx run` and `zx doctor`.
///
/// It is a user of the library like any other and knows its exported packages alone.
@NullMarked
package zircon.cli;

import org.jspecify.annotations.NullMarked;
