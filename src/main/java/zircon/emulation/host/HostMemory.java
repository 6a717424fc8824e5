package zircon.emulation.host;

import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.UserMemory;
import zircon.sys.host.zx_host_h;

import java.lang.foreign.MemorySegment;

/// The memory of this process, which every caller shares, reached through the gate: an address that
/// leads nowhere is a refusal and no crash.
public final class HostMemory implements UserMemory {
    public HostMemory() {}

    @Override
    public void copyIn(long address, MemorySegment destination, long size) {
        check(destination, size);
        if (zx_host_h.zx_host_copy_in(destination, address, size) != 0) {
            throw Refusal.INVALID_ARGS; // C-2
        }
    }

    @Override
    public void copyOut(long address, MemorySegment source, long size) {
        check(source, size);
        if (zx_host_h.zx_host_copy_out(address, source, size) != 0) {
            throw Refusal.INVALID_ARGS; // C-2
        }
    }

    /// The gate trusts the kernel's side of a copy; a slip here would be a stray write.
    private static void check(MemorySegment kernel, long size) {
        if (size < 0 || size > kernel.byteSize()) {
            throw new IndexOutOfBoundsException(
                    "copy of " + size + " bytes, but the kernel's buffer has " + kernel.byteSize());
        }
    }
}
