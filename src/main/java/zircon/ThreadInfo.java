package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;

/// What a thread is doing: the record of `ZX_INFO_THREAD`.
///
/// @param state where it is in its life
/// @param waitExceptionPortType which slot's answer it waits for; `NONE` when it waits for none
public record ThreadInfo(ThreadState state, ExceptionPortType waitExceptionPortType) {
    static ThreadInfo from(MemorySegment info) {
        return new ThreadInfo(
                ThreadState.of(Structs.ThreadInfo.state(info)),
                ExceptionPortType.of(Structs.ThreadInfo.waitExceptionPortType(info)));
    }
}
