package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;

/// What a thread has used: the record of `ZX_INFO_THREAD_STATS`.
///
/// @param totalRuntime how long it has run on a processor
public record ThreadStats(Duration totalRuntime) {
    /// What a thread has used.
    public ThreadStats {
        Objects.requireNonNull(totalRuntime, "totalRuntime");
    }

    static ThreadStats from(MemorySegment info) {
        return new ThreadStats(Duration.ofNanos(InfoStructs.ThreadStats.totalRuntime(info)));
    }
}
