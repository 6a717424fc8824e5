package zircon.emulation.kernel;

import java.util.ArrayDeque;
import java.util.List;

/// The signals of one object, and who watches them.
public final class SignalState {
    private record Watch(Handle through, SignalObserver observer) {}

    private int active;
    private final ArrayDeque<Watch> watches = new ArrayDeque<>(0);

    SignalState(int active) {
        this.active = active;
    }

    /// All signals that are asserted now.
    public int active() {
        return active;
    }

    /// Clears, then sets; tells the observers if that made a difference.
    void change(int clear, int set) {
        int changed = (active & ~clear) | set; // W-1
        if (changed == active) {
            return;
        }
        active = changed;
        if (!watches.isEmpty()) {
            // W-7: the newest stands first. Over a copy, since an observer may stop watching.
            List.copyOf(watches).forEach(watch -> watch.observer.signalsChanged(changed));
        }
    }

    void watch(Handle through, SignalObserver observer) {
        watches.addFirst(new Watch(through, observer));
    }

    void unwatch(SignalObserver observer) {
        watches.removeIf(watch -> watch.observer.equals(observer));
    }

    /// Ends the watches that were begun through this handle.
    void cancel(Handle through) {
        if (watches.isEmpty()) {
            return;
        }
        List<Watch> ended = watches.stream().filter(watch -> watch.through == through).toList();
        watches.removeAll(ended);
        ended.forEach(watch -> watch.observer.handleClosed()); // H-8, H-9
    }
}
