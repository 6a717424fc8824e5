package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_SIGNAL_HANDLE_CLOSED;

import org.jspecify.annotations.Nullable;

/// One thread's wait for signals of one object (W-3 to W-5).
public final class SignalWait implements SignalObserver {
    /// How a wait ended.
    ///
    /// @param refusal null for ZX_OK
    /// @param observed all signals that were active while it lasted
    public record Result(@Nullable Refusal refusal, int observed) {}

    private final ThreadDispatcher caller;
    private final int watched;
    private int observed;
    private boolean satisfied;
    private boolean closed;

    private SignalWait(ThreadDispatcher caller, int watched) {
        this.caller = caller;
        this.watched = watched;
    }

    /// Sleeps until one of the signals is active, the deadline passes or the handle is closed.
    ///
    /// @throws Refusal KILLED
    public static Result waitOne(
            ThreadDispatcher caller, Handle handle, int signals, long deadline) {
        SignalWait wait = new SignalWait(caller, signals);
        SignalState source = handle.object().signals();
        wait.signalsChanged(source.active());
        if (wait.satisfied) {
            return new Result(null, wait.observed);
        }
        source.watch(handle, wait);
        try {
            return wait.sleep(handle.object(), deadline);
        } finally {
            source.unwatch(wait);
        }
    }

    private Result sleep(Dispatcher object, long deadline) {
        boolean woken = true;
        while (woken && !satisfied && !closed) {
            woken = caller.sleep(BlockReason.WAIT_ONE, object, deadline);
        }
        if (closed) {
            return new Result(Refusal.CANCELED, observed); // W-5: even if it was satisfied first
        }
        return new Result(satisfied ? null : Refusal.TIMED_OUT, observed);
    }

    @Override
    public void signalsChanged(int active) {
        observed |= active; // W-3
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
