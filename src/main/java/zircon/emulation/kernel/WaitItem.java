package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_SIGNAL_HANDLE_CLOSED;

/// One object of a thread's wait: its signals, through the handle that the wait was begun with.
public final class WaitItem implements SignalObserver {
    private final ThreadDispatcher caller;
    private final Handle handle;
    private final int watched;
    private int observed;
    private boolean satisfied;
    private boolean closed;

    /// @param handle to an object with signals
    /// @param signals what ends the wait; none of them leaves that to the deadline
    public WaitItem(ThreadDispatcher caller, Handle handle, int signals) {
        this.caller = caller;
        this.handle = handle;
        this.watched = signals;
    }

    Dispatcher object() {
        return handle.object();
    }

    private SignalState signals() {
        return object().signals();
    }

    /// Looks at the signals as they are now.
    void look() {
        signalsChanged(signals().active());
    }

    void watch() {
        signals().watch(handle, this);
    }

    void unwatch() {
        signals().unwatch(this);
    }

    boolean isSatisfied() {
        return satisfied;
    }

    boolean isClosed() {
        return closed;
    }

    /// All signals that were active at any time from the wait's beginning to its end (W-3), with
    /// ZX_SIGNAL_HANDLE_CLOSED if the handle was closed.
    public int observed() {
        return observed;
    }

    @Override
    public void signalsChanged(int active) {
        observed |= active;
        if ((active & watched) != 0) {
            satisfied = true;
            caller.wake();
        }
    }

    @Override
    public void handleClosed() {
        observed |= ZX_SIGNAL_HANDLE_CLOSED();
        closed = true;
        caller.wake();
    }
}
