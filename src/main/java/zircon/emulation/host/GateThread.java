package zircon.emulation.host;

import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.syscalls.Caller;
import zircon.sys.host.zx_host_thread;

import java.lang.foreign.MemorySegment;

/// A thread, as the gate and the kernel know it.
///
/// @param thread the caller's, at hand: each syscall asks it twice
/// @param caller how the syscalls layer sees it
/// @param record its `zx_host_thread_t`
record GateThread(ThreadDispatcher thread, Caller caller, MemorySegment record) {
    /// Whether the guest was stopped where a lock of this process may be held.
    boolean isInLibrary() {
        return zx_host_thread.in_library(record) != 0;
    }

    /// How often the guest was to be stopped, and could not be, since it was inside a library.
    int refusals() {
        return zx_host_thread.refusals(record);
    }

    /// Lets the gate take the guest's code off the thread as soon as this call of the kernel
    /// returns.
    void leave() {
        zx_host_thread.leave(record, 1);
    }
}
