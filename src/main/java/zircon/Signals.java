package zircon;

import java.util.Arrays;
import java.util.Objects;

/// A set of an object's signals. Bits 0 to 23 mean something else for each type of object; bits 24
/// to 31 are users'.
///
/// @param bits the `zx_signals_t`
public record Signals(int bits) {
    /// No signal.
    public static final Signals NONE = new Signals(0);

    /// A job has no processes.
    public static final Signals JOB_NO_PROCESSES = new Signals(1 << 3);

    /// A job has no child jobs.
    public static final Signals JOB_NO_JOBS = new Signals(1 << 4);

    /// A process or thread has ended. (On a job this bit is JOB_NO_PROCESSES.)
    public static final Signals TASK_TERMINATED = new Signals(1 << 3);

    /// A process has ended.
    public static final Signals PROCESS_TERMINATED = new Signals(1 << 3);

    /// A thread has ended.
    public static final Signals THREAD_TERMINATED = new Signals(1 << 3);

    /// A thread was started and is not suspended.
    public static final Signals THREAD_RUNNING = new Signals(1 << 4);

    /// A thread is suspended.
    public static final Signals THREAD_SUSPENDED = new Signals(1 << 5);

    /// A channel has a message.
    public static final Signals CHANNEL_READABLE = new Signals(1 << 0);

    /// A channel's other end is open.
    public static final Signals CHANNEL_WRITABLE = new Signals(1 << 1);

    /// A channel's other end is closed.
    public static final Signals CHANNEL_PEER_CLOSED = new Signals(1 << 2);

    /// An event's own signal, set and cleared by its users.
    public static final Signals EVENT_SIGNALED = new Signals(1 << 3);

    /// An event pair's own signal, set and cleared by its users.
    public static final Signals EVENTPAIR_SIGNALED = new Signals(1 << 3);

    /// An event pair's other end is closed.
    public static final Signals EVENTPAIR_PEER_CLOSED = new Signals(1 << 2);

    /// The handle that was waited on is closed; only in what a canceled wait observed.
    public static final Signals HANDLE_CLOSED = new Signals(1 << 23);

    /// All eight signals that are left to users.
    public static final Signals USER_ALL = new Signals(0xff000000);

    // In the order of their bits.
    private static final String[] NAMES = names();

    private static String[] names() {
        var names = new String[Integer.SIZE];
        Arrays.fill(names, "");
        names[Integer.numberOfTrailingZeros(HANDLE_CLOSED.bits)] = "HANDLE_CLOSED";
        for (int number = 0; number <= 7; number++) {
            names[Integer.numberOfTrailingZeros(user(number).bits)] = "USER_" + number;
        }
        return names;
    }

    /// One of the eight signals that are left to users.
    ///
    /// @param number 0 to 7
    /// @return `ZX_USER_SIGNAL_<number>`
    /// @throws IllegalArgumentException if there is no such signal
    public static Signals user(int number) {
        if (number < 0 || number > 7) {
            throw new IllegalArgumentException("user signal " + number + "; there are 0 to 7");
        }
        return new Signals(1 << (24 + number));
    }

    /// The union of `signals`.
    ///
    /// @param signals any number of sets
    /// @return every signal that one of them has
    public static Signals of(Signals... signals) {
        int bits = 0;
        for (Signals signal : NonNull.copyOf(signals, "signals")) {
            bits |= signal.bits;
        }
        return new Signals(bits);
    }

    /// These signals and those of `other`.
    ///
    /// @param other what to add
    /// @return the union
    public Signals plus(Signals other) {
        return new Signals(bits | Objects.requireNonNull(other, "other").bits);
    }

    /// These signals without those of `other`.
    ///
    /// @param other what to take away
    /// @return the difference
    public Signals minus(Signals other) {
        return new Signals(bits & ~Objects.requireNonNull(other, "other").bits);
    }

    /// Tells whether every signal of `other` is among these.
    ///
    /// @param other what is looked for
    /// @return true if nothing of it is missing
    public boolean contains(Signals other) {
        return (bits & Objects.requireNonNull(other, "other").bits) == other.bits;
    }

    /// The signals for a person. What the lower bits are called depends on the object, so they stay
    /// a number.
    ///
    /// @return for example `Signals[NONE]` or `Signals[USER_0|0x8]`
    @Override
    public String toString() {
        return BitNames.text("Signals", bits, NAMES);
    }
}
