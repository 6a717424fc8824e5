/// The syscalls, one class per family: they check arguments in the order of section 13 of the
/// behaviour reference, look handles up, call an object, and write the results.
///
/// Each public method that takes a [Caller][zircon.emulation.syscalls.Caller] first is one syscall,
/// named as the member of `zx_host_call` and with its parameters. It returns what the syscall
/// returns, or throws a [Refusal][zircon.emulation.kernel.Refusal] that holds it. What is copied
/// from and to the caller is copied without the kernel's lock.
@NullMarked
package zircon.emulation.syscalls;

import org.jspecify.annotations.NullMarked;
