package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;

/// How a process is doing: the record of `ZX_INFO_PROCESS`.
///
/// @param returnCode 0 until it is set by the process' exit; -1 after a kill
/// @param started whether the process was ever started; also true once it was killed
/// @param exited whether the process is ending or has ended
/// @param debuggerAttached whether a port is bound to its debugger's exception port
public record ProcessInfo(
        long returnCode, boolean started, boolean exited, boolean debuggerAttached) {
    static ProcessInfo from(MemorySegment info) {
        return new ProcessInfo(
                InfoStructs.ProcessInfo.returnCode(info),
                InfoStructs.ProcessInfo.started(info),
                InfoStructs.ProcessInfo.exited(info),
                InfoStructs.ProcessInfo.debuggerAttached(info));
    }
}
