/// The kernel's objects and what they do to each other: dispatchers, named as the kernel names
/// them.
///
/// They know nothing of user memory, of handles' numbers in a call, or of the foreign function
/// interface. One [Kernel][zircon.emulation.kernel.Kernel] owns them all; every change of state
/// happens under its one lock.
@NullMarked
package zircon.emulation.kernel;

import org.jspecify.annotations.NullMarked;
