/// Native programs, run by the emulation as processes.
@NullMarked
package zircon.guest;

import org.jspecify.annotations.NullMarked;
