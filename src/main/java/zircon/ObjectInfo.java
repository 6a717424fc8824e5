package zircon;

import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// `zx_object_get_info` by the shapes of its answers.
final class ObjectInfo {
    private static final int FIRST_LIST_CAPACITY = 16;

    private ObjectInfo() {}

    static Result<HandleInfo> basic(int handle) {
        return record(
                handle, Abi.ZX_INFO_HANDLE_BASIC, Structs.HandleBasic.LAYOUT, HandleInfo::from);
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
            return status == 0 ? new Ok<>(read.apply(info)) : Answer.refusal(status).err();
        }
    }

    /// A list topic, asked again with more room until it fits: the list may grow between two calls.
    static Result<List<Koid>> koids(int handle, int topic) {
        if (handle == Handle.INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        long capacity = FIRST_LIST_CAPACITY;
        while (true) {
            try (var arena = Arena.ofConfined()) {
                MemorySegment koids = arena.allocate(Structs.U64, capacity);
                MemorySegment actual = arena.allocate(Structs.U64);
                MemorySegment available = arena.allocate(Structs.U64);
                int status =
                        Syscalls.objectGetInfo(
                                handle, topic, koids, koids.byteSize(), actual, available);
                if (status != 0) {
                    return Answer.refusal(status).err();
                }
                long total = available.get(Structs.U64, 0);
                if (total > capacity) {
                    capacity = 2 * total;
                    continue;
                }
                var list = new ArrayList<Koid>();
                for (long i = 0; i < actual.get(Structs.U64, 0); i++) {
                    list.add(new Koid(koids.getAtIndex(Structs.U64, i)));
                }
                return new Ok<>(List.copyOf(list));
            }
        }
    }

    /// What a handle names, in words; never throws.
    static String identity(int handle) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(Structs.HandleBasic.LAYOUT);
            MemorySegment none = MemorySegment.NULL;
            // The one lookup that cannot raise a policy exception comes first (H-11).
            int status =
                    Syscalls.objectGetInfo(handle, Abi.ZX_INFO_HANDLE_VALID, none, 0, none, none);
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
                    ? "koid=" + new Koid(Structs.HandleBasic.koid(info))
                    : "stale: " + Status.of(status);
        } catch (LinkageError noLibrary) {
            return "no libzircon";
        }
    }
}
