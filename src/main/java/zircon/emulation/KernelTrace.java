package zircon.emulation;

/// A trace that was begun by [HostEmulation#trace].
public interface KernelTrace extends AutoCloseable {
    /// Ends the trace. What has happened until now was told when this returns.
    @Override
    void close();
}
