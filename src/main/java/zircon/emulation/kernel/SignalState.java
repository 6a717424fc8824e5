package zircon.emulation.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The signals of one object, and who watches them.
public final class SignalState {
    private int active;
    // Each observer with the handle that it watches through, the newest first.
    private final LinkedHashMap<SignalObserver, Handle> watches = new LinkedHashMap<>();

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
            // W-7: the newest first. Over a copy, since an observer may stop watching.
            List.copyOf(watches.keySet()).forEach(observer -> observer.signalsChanged(changed));
        }
    }

    void watch(Handle through, SignalObserver observer) {
        watches.putFirst(observer, through);
    }

    void unwatch(SignalObserver observer) {
        watches.remove(observer);
    }

    /// Ends the watches of all these observers, without telling them.
    ///
    /// @return how many there were
    int unwatchAll(Predicate<? super SignalObserver> which) {
        int before = watches.size();
        watches.keySet().removeIf(which);
        return before - watches.size();
    }

    /// Ends the watches that were begun through this handle.
    void cancel(Handle through) {
        if (watches.isEmpty()) {
            return;
        }
        List<SignalObserver> ended =
                watches.entrySet().stream()
                        .filter(watch -> watch.getValue() == through)
                        .map(Map.Entry::getKey)
                        .toList();
        ended.forEach(this::unwatch);
        ended.forEach(SignalObserver::handleClosed); // H-8, H-9
    }
}
