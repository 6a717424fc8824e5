package zircon;

import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// The kernel's clocks.
public final class Clock {
    private Clock() {}

    /// The clock of deadlines.
    ///
    /// Wraps `zx_clock_get_monotonic`. Does not block, does not allocate.
    ///
    /// @return nanoseconds since some moment before
    public static long monotonicNanos() {
        return Syscalls.clockGetMonotonic();
    }

    /// The time of day.
    ///
    /// Wraps `zx_clock_get_new` with `ZX_CLOCK_UTC`. Does not block.
    ///
    /// @return the time
    public static Result<Instant> utc() {
        return nanos(Abi.ZX_CLOCK_UTC).map(Instant.EPOCH::plusNanos);
    }

    /// How long the calling thread has run.
    ///
    /// Wraps `zx_clock_get_new` with `ZX_CLOCK_THREAD`. Does not block.
    ///
    /// @return the processor time that it used
    public static Result<Duration> threadTime() {
        return nanos(Abi.ZX_CLOCK_THREAD).map(Duration::ofNanos);
    }

    private static Result<Long> nanos(int clock) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Structs.U64);
            int status = Syscalls.clockGetNew(clock, out);
            return status == 0 ? new Ok<>(out.get(Structs.U64, 0)) : Answer.refused(status);
        }
    }

    /// Sleeps.
    ///
    /// Wraps `zx_nanosleep`. **Blocks** until `deadline`; it pins a virtual thread's carrier. Does
    /// not allocate.
    ///
    /// @param deadline until when; one that is past lets other threads run
    /// @return nothing more than success
    public static Result<Unit> nanosleep(Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        return Answer.of(Syscalls.nanosleep(deadline.nanos()));
    }
}
