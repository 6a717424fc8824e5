package zircon.emulation.kernel;

/// What an emulated thread runs in user mode. Returning from it is `zx_thread_exit`.
@FunctionalInterface
public interface GuestCode {
    /// Runs on the host thread of `thread`, without the kernel's lock.
    void run(ThreadDispatcher thread);
}
