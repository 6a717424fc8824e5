package zircon.spi;

/// Starts a kernel behind the bundled gate.
///
/// The wrapper finds its one provider with [java.util.ServiceLoader], by its own class loader,
/// right after it loaded the gate and before the first syscall. A library named by
/// `-Dzircon.library`, and Fuchsia's own, serve themselves: nothing is booted then.
public interface KernelBoot {
    /// Puts the kernel behind the gate, which is loaded by the provider's class loader.
    ///
    /// Runs while the wrapper is being initialized, on the thread that makes the first syscall:
    /// neither this method nor a thread that it waits for may use the wrapper.
    void boot();
}
