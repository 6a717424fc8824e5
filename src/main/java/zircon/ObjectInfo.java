package zircon;

import zircon.internal.InfoStructs;
import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Function;

/// `zx_object_get_info` by the shapes of its answers.
final class ObjectInfo {
    private static final int FIRST_LIST_CAPACITY = 16;

    private ObjectInfo() {}

    static Result<HandleInfo> basic(int handle) {
        return record(
                handle, Abi.ZX_INFO_HANDLE_BASIC, InfoStructs.HandleBasic.LAYOUT, HandleInfo::from);
    }

    /// The raw status of the one lookup that cannot raise a policy exception (H-11).
    static int valid(int handle) {
        MemorySegment none = MemorySegment.NULL;
        return Syscalls.objectGetInfo(handle, Abi.ZX_INFO_HANDLE_VALID, none, 0, none, none);
    }

    /// A topic that answers with one record.
    static <T> Result<T> record(
            int handle, int topic, GroupLayout layout, Function<MemorySegment, T> read) {
        if (handle == Handle.INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(layout);
            int status =
                    Syscalls.objectGetInfo(
                            handle,
                            topic,
                            info,
                            info.byteSize(),
                            MemorySegment.NULL,
                            MemorySegment.NULL);
            return status == 0 ? new Ok<>(read.apply(info)) : Answer.refused(status);
        }
    }

    static Result<List<Koid>> koids(int handle, int topic) {
        return list(handle, topic, Structs.U64, koid -> new Koid(koid.get(Structs.U64, 0)));
    }

    /// A list topic, asked again with more room until it fits: the list may grow between two calls.
    static <T> Result<List<T>> list(
            int handle, int topic, MemoryLayout layout, Function<MemorySegment, T> read) {
        if (handle == Handle.INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        long capacity = FIRST_LIST_CAPACITY;
        while (true) {
            try (var arena = Arena.ofConfined()) {
                MemorySegment records = arena.allocate(layout, capacity);
                MemorySegment actual = arena.allocate(Structs.U64);
                MemorySegment available = arena.allocate(Structs.U64);
                int status =
                        Syscalls.objectGetInfo(
                                handle, topic, records, records.byteSize(), actual, available);
                if (status != 0) {
                    return Answer.refused(status);
                }
                long total = available.get(Structs.U64, 0);
                if (total > capacity) {
                    capacity = 2 * total;
                    continue;
                }
                long size = actual.get(Structs.U64, 0) * layout.byteSize();
                return new Ok<>(records.asSlice(0, size).elements(layout).map(read).toList());
            }
        }
    }

    /// What a handle names, in words; never throws.
    static String identity(int handle) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(InfoStructs.HandleBasic.LAYOUT);
            MemorySegment none = MemorySegment.NULL;
            int status = valid(handle); // first, so that nothing can happen to the caller
            if (status == 0) {
                status =
                        Syscalls.objectGetInfo(
                                handle,
                                Abi.ZX_INFO_HANDLE_BASIC,
                                info,
                                info.byteSize(),
                                none,
                                none);
            }
            return status == 0
                    ? "koid=" + new Koid(InfoStructs.HandleBasic.koid(info))
                    : "stale: " + Status.of(status);
        } catch (LinkageError noLibrary) {
            return "no libzircon";
        }
    }
}
