package zircon;

import zircon.internal.Syscalls;

import java.time.Duration;
import java.util.Objects;

/// Until when a call may block: a point of the monotonic clock.
///
/// @param nanos nanoseconds on the clock of [Clock#monotonicNanos()]
public record Deadline(long nanos) {
    /// Blocks for ever if need be.
    public static final Deadline INFINITE = new Deadline(Long.MAX_VALUE);

    /// Long past: the call looks, and does not block.
    public static final Deadline PAST = new Deadline(Long.MIN_VALUE);

    /// The deadline that lies `duration` after now.
    ///
    /// Wraps `zx_deadline_after`, whose sum ends at [#INFINITE]. Does not block.
    ///
    /// @param duration how long from now; zero or less is already past
    /// @return now plus the duration
    public static Deadline after(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        return new Deadline(Syscalls.deadlineAfter(saturatedNanos(duration)));
    }

    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /// The deadline in words.
    ///
    /// @return for example `Deadline[nanos=42]` or `Deadline[INFINITE]`
    @Override
    public String toString() {
        if (equals(INFINITE)) {
            return "Deadline[INFINITE]";
        }
        if (equals(PAST)) {
            return "Deadline[PAST]";
        }
        return "Deadline[nanos=" + nanos + "]";
    }
}
