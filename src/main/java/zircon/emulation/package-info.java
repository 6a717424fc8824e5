/// The emulation of the kernel on a machine that is not Fuchsia: what a test or a tool may steer.
///
/// [zircon.emulation.HostEmulation] is the way in. Programs that only use the kernel need nothing
/// of this package: the emulation is there as soon as the first syscall is made.
@NullMarked
package zircon.emulation;

import org.jspecify.annotations.NullMarked;
