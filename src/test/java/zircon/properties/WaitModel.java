package zircon.properties;

import zircon.PortPacket;
import zircon.SignalPacket;
import zircon.Signals;
import zircon.UserPacket;
import zircon.ZxError;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One event with some handles, and one port that hears of its signals: sections 3 and 4, written
/// from their text alone.
final class WaitModel {
    private static final int OK = 0;
    private static final int ROOM = 2049;

    /// A handle to the event, by identity.
    private static final class Through {}

    /// A wait, by identity. While its packet is queued, it stands in the queue itself.
    private static final class Watch {
        private final Through through;
        private final long key;
        private final int trigger;
        private final boolean repeating;
        private int observed;

        Watch(Through through, long key, int trigger, boolean repeating) {
            this.through = through;
            this.key = key;
            this.trigger = trigger;
            this.repeating = repeating;
        }

        boolean isFor(Through other, long otherKey) {
            return through == other && key == otherKey;
        }

        PortPacket packet() {
            return new SignalPacket(
                    key, OK, repeating, new Signals(trigger), new Signals(observed), 1); // P-5, P-9
        }
    }

    private final Map<Integer, Through> handles = new HashMap<>();
    // The newest first.
    private final List<Watch> watches = new ArrayList<>();
    // Watches and user packets.
    private final Deque<Object> queue = new ArrayDeque<>();
    private int active;

    /// Makes a handle, in the place of the one that is there.
    int open(int slot) {
        var _ = close(slot); // H-6
        handles.put(slot, new Through());
        return OK;
    }

    int close(int slot) {
        Through closed = handles.remove(slot);
        watches.removeIf(watch -> watch.through == closed); // P-13
        return closed == null ? ZxError.BAD_HANDLE.raw() : OK;
    }

    int signal(int clear, int set) {
        int before = active;
        active = (active & ~clear) | set; // W-1
        if (active != before) {
            for (Watch watch : List.copyOf(watches)) { // P-11
                if (!goesOn(watch)) {
                    watches.remove(watch);
                }
            }
        }
        return OK;
    }

    int waitAsync(int slot, long key, int trigger, boolean repeating) {
        Through through = handles.get(slot);
        if (through == null) {
            return ZxError.BAD_HANDLE.raw();
        }
        Watch watch = new Watch(through, key, trigger, repeating);
        if (goesOn(watch)) {
            watches.addFirst(watch); // W-7
        }
        return OK;
    }

    private boolean goesOn(Watch watch) {
        if ((active & watch.trigger) == 0) {
            return true;
        }
        if (queue.size() == ROOM) {
            return false; // P-10
        }
        if (queue.contains(watch)) {
            watch.observed |= active; // P-8
            return true;
        }
        watch.observed = active;
        queue.add(watch);
        return watch.repeating; // P-7
    }

    /// P-12.
    int cancel(int slot, long key) {
        Through through = handles.get(slot);
        if (through == null) {
            return ZxError.BAD_HANDLE.raw();
        }
        boolean ended = watches.removeIf(watch -> watch.isFor(through, key));
        boolean removed =
                queue.removeIf(entry -> entry instanceof Watch watch && watch.isFor(through, key));
        return ended || removed ? OK : ZxError.NOT_FOUND.raw();
    }

    int queue(UserPacket packet) {
        if (queue.size() == ROOM) {
            return ZxError.SHOULD_WAIT.raw(); // P-3
        }
        queue.add(packet);
        return OK;
    }

    /// The packet that a reader gets, if there is one (P-1).
    Optional<PortPacket> read() {
        Object entry = queue.poll();
        return Optional.ofNullable(
                entry instanceof Watch watch ? watch.packet() : (UserPacket) entry);
    }

    /// P-15: there is another port now, of which nobody knows.
    int renewPort() {
        queue.clear();
        watches.clear();
        return OK;
    }
}
