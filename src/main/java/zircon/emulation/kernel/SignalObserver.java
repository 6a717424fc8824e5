package zircon.emulation.kernel;

/// Someone who watches the signals of an object through one handle.
interface SignalObserver {
    /// The object's signals are different now.
    void signalsChanged(int active);

    /// The handle is gone, and with it this watch.
    void handleClosed();
}
