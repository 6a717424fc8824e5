package zircon;

/// How often an asynchronous wait sends a packet.
public enum WaitMode {
    /// Once; then the wait is over.
    ONCE(Abi.ZX_WAIT_ASYNC_ONCE),
    /// Each time that signals change and a watched one is active. While its packet is still in the
    /// port, that packet's `observed` grows instead.
    REPEATING(Abi.ZX_WAIT_ASYNC_REPEATING);

    private final int option;

    WaitMode(int option) {
        this.option = option;
    }

    int option() {
        return option;
    }
}
