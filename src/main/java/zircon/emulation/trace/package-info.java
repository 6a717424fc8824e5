/// For those who watch the kernel: a trace of syscalls and exceptions as text, and the same as
/// events of a flight recording. Costs a look at two flags per syscall while nobody watches.
@NullMarked
package zircon.emulation.trace;

import org.jspecify.annotations.NullMarked;
