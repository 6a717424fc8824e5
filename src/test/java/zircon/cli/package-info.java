/// The command line, mostly in JVMs of its own.
@NullMarked
package zircon.cli;

import org.jspecify.annotations.NullMarked;
