package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A thread's wait for signals of one or several objects (W-3 to W-6).
public final class SignalWait {
    /// How a wait for one object ended.
    ///
    /// @param refusal null for ZX_OK
    /// @param observed all signals that were active while it lasted
    public record Result(@Nullable Refusal refusal, int observed) {}

    private final ThreadDispatcher caller;
    private final List<WaitItem> items;

    private SignalWait(ThreadDispatcher caller, List<WaitItem> items) {
        this.caller = caller;
        this.items = items;
    }

    /// Sleeps until one of the signals is active, the deadline passes or the handle is closed.
    ///
    /// @throws Refusal KILLED
    public static Result waitOne(
            ThreadDispatcher caller, Handle handle, int signals, long deadline) {
        WaitItem item = new WaitItem(caller, handle, signals);
        SignalWait wait = new SignalWait(caller, List.of(item));
        Refusal refusal = wait.sleep(BlockReason.WAIT_ONE, deadline);
        return new Result(refusal, item.observed());
    }

    /// Sleeps until one of the items is satisfied, the deadline passes or one of the handles is
    /// closed; the items tell what was observed.
    ///
    /// @return how it ended; null for ZX_OK
    /// @throws Refusal KILLED
    public static @Nullable Refusal waitMany(
            ThreadDispatcher caller, List<WaitItem> items, long deadline) {
        return new SignalWait(caller, items).sleep(BlockReason.WAIT_MANY, deadline);
    }

    private @Nullable Refusal sleep(BlockReason reason, long deadline) {
        items.forEach(WaitItem::look);
        if (anySatisfied()) {
            return null;
        }
        items.forEach(WaitItem::watch);
        try {
            List<Dispatcher> on = items.stream().map(WaitItem::object).toList();
            boolean woken = true;
            while (woken && !anySatisfied() && !anyClosed()) {
                woken = caller.sleep(reason, on, deadline);
            }
        } finally {
            items.forEach(WaitItem::unwatch);
        }
        if (anyClosed()) {
            return Refusal.CANCELED; // W-5, W-6: even if something was satisfied first
        }
        return anySatisfied() ? null : Refusal.TIMED_OUT;
    }

    private boolean anySatisfied() {
        for (WaitItem item : items) {
            if (item.isSatisfied()) {
                return true;
            }
        }
        return false;
    }

    private boolean anyClosed() {
        for (WaitItem item : items) {
            if (item.isClosed()) {
                return true;
            }
        }
        return false;
    }
}
