package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// What a thread is doing: the record of `ZX_INFO_THREAD`.
///
/// @param state where it is in its life
/// @param waitExceptionPortType which slot's answer it waits for; `NONE` when it waits for none
public record ThreadInfo(ThreadState state, ExceptionPortType waitExceptionPortType) {
    /// What a thread is doing.
    public ThreadInfo {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(waitExceptionPortType, "waitExceptionPortType");
    }

    static ThreadInfo from(MemorySegment info) {
        return new ThreadInfo(
                ThreadState.of(InfoStructs.ThreadInfo.state(info)),
                ExceptionPortType.of(InfoStructs.ThreadInfo.waitExceptionPortType(info)));
    }
}
