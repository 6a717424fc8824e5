package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.AddressSpace;
import zircon.emulation.kernel.AddressSpace.Mapping;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.VmarDispatcher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `zx_process_read_memory` and `zx_process_write_memory`.
///
/// All processes share one address space, so that the process matters only in that it must not be
/// dead.
public final class MemorySyscalls {
    private static final long MOST = 64L << 20;
    private static final long PIECE = 64L << 10;

    /// Moves one piece between the caller's buffer and the address space.
    private interface Transfer {
        void move(long bufferAddress, long address, MemorySegment piece);
    }

    private final Kernel kernel;

    MemorySyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_process_read_memory`.
    public int processReadMemory(
            Caller caller, int handle, long vaddr, long buffer, long bufferSize, long actual) {
        checkRequest(buffer, bufferSize);
        requireLiving(caller, handle, ZX_RIGHT_READ() | ZX_RIGHT_WRITE());
        AddressSpace space = kernel.machine().addressSpace();
        long length = cut(find(space, vaddr), vaddr, bufferSize);
        inPieces(
                buffer,
                vaddr,
                length,
                (to, from, piece) -> {
                    boolean backed = space.read(from, piece);
                    caller.store(to, piece); // INVALID_ARGS goes before OUT_OF_RANGE
                    require(backed, Refusal.OUT_OF_RANGE);
                });
        caller.storeLong(actual, length);
        return ZX_OK();
    }

    /// `zx_process_write_memory`. What the emulation itself runs on is ACCESS_DENIED.
    public int processWriteMemory(
            Caller caller, int handle, long vaddr, long buffer, long bufferSize, long actual) {
        checkRequest(buffer, bufferSize);
        requireLiving(caller, handle, ZX_RIGHT_WRITE());
        AddressSpace space = kernel.machine().addressSpace();
        Mapping mapping = find(space, vaddr);
        require(!mapping.sealed(), Refusal.ACCESS_DENIED);
        long length = cut(mapping, vaddr, bufferSize);
        inPieces(
                buffer,
                vaddr,
                length,
                (from, to, piece) -> {
                    caller.load(from, piece);
                    require(space.write(to, piece), Refusal.OUT_OF_RANGE);
                });
        caller.storeLong(actual, length);
        return ZX_OK();
    }

    private static void checkRequest(long buffer, long size) {
        require(buffer != 0, Refusal.INVALID_ARGS);
        require(size != 0 && Long.compareUnsigned(size, MOST) <= 0, Refusal.INVALID_ARGS);
    }

    private void requireLiving(Caller caller, int handle, int rights) {
        try (var _ = kernel.lock()) {
            ProcessDispatcher process =
                    caller.handles().get(handle, rights, ProcessDispatcher.class);
            require(process.state() != ProcessDispatcher.State.DEAD, Refusal.NO_MEMORY);
        }
    }

    private static Mapping find(AddressSpace space, long address) {
        Mapping mapping = VmarDispatcher.isUserAddress(address) ? space.find(address) : null;
        if (mapping == null) {
            throw Refusal.NO_MEMORY;
        }
        return mapping;
    }

    /// How much of what was asked for lies in the mapping.
    private static long cut(Mapping mapping, long address, long size) {
        return Math.min(size, mapping.base() + mapping.size() - address);
    }

    private static void inPieces(long buffer, long address, long length, Transfer transfer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(Math.min(length, PIECE));
            for (long done = 0; done < length; done += room.byteSize()) {
                long size = Math.min(length - done, room.byteSize());
                transfer.move(buffer + done, address + done, room.asSlice(0, size));
            }
        }
    }

    private static void require(boolean condition, Refusal otherwise) {
        if (!condition) {
            throw otherwise;
        }
    }
}
