package zircon.emulation.kernel;

/// What an emulated thread runs as user code.
@FunctionalInterface
public interface GuestCode {
    /// Runs on the thread's host thread, without the lock, and returns when the code has ended.
    void run(ThreadDispatcher thread);

    /// Whether the code calls [ThreadDispatcher#returnToUser] before all else, with registers that
    /// others can read and write: a thread that starts suspended then stops inside it. Otherwise
    /// such a thread stops before.
    default boolean entersWithRegisters() {
        return false;
    }
}
