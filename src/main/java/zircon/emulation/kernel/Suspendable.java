package zircon.emulation.kernel;

/// What a suspend token can hold still: a thread, or a process with all of its threads.
public sealed interface Suspendable permits ProcessDispatcher, ThreadDispatcher {
    /// Suspends it once more.
    ///
    /// @param caller who asks
    /// @throws Refusal NOT_SUPPORTED: it is the caller, or the caller's own process; BAD_STATE: it
    ///   is dying or dead (S-1)
    void suspend(ThreadDispatcher caller);

    /// Takes one suspension back.
    void resume();
}
