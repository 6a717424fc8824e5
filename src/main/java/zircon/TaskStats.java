package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;

/// How much memory a process has: the record of `ZX_INFO_TASK_STATS`. All are numbers of bytes.
///
/// @param mappedBytes what is mapped
/// @param privateBytes what is there and belongs to this process alone
/// @param sharedBytes what is there and belongs to others, too
/// @param scaledSharedBytes this process' part of what is shared
public record TaskStats(
        long mappedBytes, long privateBytes, long sharedBytes, long scaledSharedBytes) {
    static TaskStats from(MemorySegment info) {
        return new TaskStats(
                InfoStructs.TaskStats.mappedBytes(info),
                InfoStructs.TaskStats.privateBytes(info),
                InfoStructs.TaskStats.sharedBytes(info),
                InfoStructs.TaskStats.scaledSharedBytes(info));
    }
}
