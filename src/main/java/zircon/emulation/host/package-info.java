/// The emulation's ground: the upcalls that come through the gate, and the threads and memory of
/// this JVM's process that the kernel works with. Everything that touches `zircon.sys.host` is
/// here, but for [zircon.emulation.GuestFaults][zircon.emulation.GuestFaults].
@NullMarked
package zircon.emulation.host;

import org.jspecify.annotations.NullMarked;
