package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_HANDLE_INVALID;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_DUPLICATE;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.HandleArena;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Refusal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// `zx_handle_*`.
public final class HandleSyscalls {
    private static final int BLOCK = 64;

    private final Kernel kernel;

    HandleSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_handle_close`.
    public int handleClose(Caller caller, int handle) {
        if (handle != ZX_HANDLE_INVALID()) { // H-7
            try (var _ = kernel.lock()) {
                kernel.handles().close(caller.handles().get(handle));
            }
        }
        return ZX_OK();
    }

    /// `zx_handle_close_many`.
    public int handleCloseMany(Caller caller, long handles, long count) {
        return closeMany(kernel, caller, handles, count, true);
    }

    /// Closes what it can of an array of handles, in blocks, as far as it can be read (H-7).
    ///
    /// @param skipZeros whether a zero is no handle at all, instead of a bad one (H-12)
    static int closeMany(
            Kernel kernel, Caller caller, long handles, long count, boolean skipZeros) {
        int status = ZX_OK();
        long left = count;
        long address = handles;
        while (left != 0) {
            int block = Long.compareUnsigned(left, BLOCK) < 0 ? (int) left : BLOCK;
            MemorySegment values = caller.room((long) block * Integer.BYTES);
            try {
                caller.load(address, values);
            } catch (Refusal _) {
                return status;
            }
            if (!closeBlock(kernel, caller, values, skipZeros)) {
                status = ZX_ERR_BAD_HANDLE();
            }
            left -= block;
            address += values.byteSize();
        }
        return status;
    }

    private static boolean closeBlock(
            Kernel kernel, Caller caller, MemorySegment values, boolean skipZeros) {
        boolean allGood = true;
        try (var _ = kernel.lock()) {
            for (long offset = 0; offset < values.byteSize(); offset += Integer.BYTES) {
                int value = values.get(ValueLayout.JAVA_INT, offset);
                if (skipZeros && value == ZX_HANDLE_INVALID()) {
                    continue;
                }
                Handle handle = caller.handles().find(value);
                if (handle == null) {
                    allGood = false;
                } else {
                    kernel.handles().close(handle);
                }
            }
        }
        return allGood;
    }

    /// `zx_handle_duplicate`.
    public int handleDuplicate(Caller caller, int handle, int rights, long out) {
        Handle copy;
        try (var _ = kernel.lock()) {
            Handle source = caller.handles().get(handle, ZX_RIGHT_DUPLICATE());
            int granted = Requests.rights(rights, source, Refusal.INVALID_ARGS); // H-5
            copy = caller.own(kernel.handles().make(source.object(), granted));
        }
        caller.storeHandle(out, copy);
        return ZX_OK();
    }

    /// `zx_handle_replace`.
    public int handleReplace(Caller caller, int handle, int rights, long out) {
        HandleArena arena = kernel.handles();
        Handle replacement;
        try (var _ = kernel.lock()) {
            Handle source = caller.handles().get(handle);
            try {
                int granted = Requests.rights(rights, source, Refusal.INVALID_ARGS); // H-5
                replacement = caller.own(arena.make(source.object(), granted));
            } finally {
                arena.close(source); // H-6: whatever happens, and after the new one is made
            }
        }
        caller.storeHandle(out, replacement);
        return ZX_OK();
    }
}
