package zircon.bench.plan;

/// The libzircon behind a benchmark's calls.
public enum Library {
    /// One that does nothing: what is left is the way to it.
    NULL,
    /// The gate with the emulation behind it: the whole way.
    GATE
}
