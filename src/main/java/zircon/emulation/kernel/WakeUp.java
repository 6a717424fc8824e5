package zircon.emulation.kernel;

/// Why a thread no longer sleeps.
enum WakeUp {
    /// What it waits for may have come.
    WOKEN,
    TIMED_OUT,
    KILLED,
    SUSPENDED
}
