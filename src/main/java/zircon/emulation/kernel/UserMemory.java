package zircon.emulation.kernel;

import java.lang.foreign.MemorySegment;

/// The memory of a caller, named by addresses that nobody has checked. Never called under the
/// kernel's lock.
public interface UserMemory {
    /// Copies `size` bytes from `address` to the start of `destination`, a native segment.
    ///
    /// @throws Refusal INVALID_ARGS: not all of it can be read (rule C-2)
    void copyIn(long address, MemorySegment destination, long size);

    /// Copies `size` bytes from the start of `source`, a native segment, to `address`.
    ///
    /// @throws Refusal INVALID_ARGS: not all of it can be written (rule C-2)
    void copyOut(long address, MemorySegment source, long size);
}
