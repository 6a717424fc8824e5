package zircon;

import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `zx_object_get_property` and `zx_object_set_property` for properties that are one number.
final class Property {
    private Property() {}

    static Result<Long> get(int handle, int property) {
        if (handle == Handle.INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(Structs.U64);
            int status = Syscalls.objectGetProperty(handle, property, value, value.byteSize());
            return status == 0 ? new Ok<>(value.get(Structs.U64, 0)) : Answer.refused(status);
        }
    }

    static Result<Unit> set(int handle, int property, long number) {
        if (handle == Handle.INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(Structs.U64, number);
            return Answer.of(Syscalls.objectSetProperty(handle, property, value, value.byteSize()));
        }
    }
}
