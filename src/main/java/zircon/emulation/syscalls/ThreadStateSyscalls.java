package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// `zx_thread_read_state` and `zx_thread_write_state`.
public final class ThreadStateSyscalls {
    private final Kernel kernel;

    ThreadStateSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_thread_read_state`.
    public int threadReadState(Caller caller, int handle, int kind, long buffer, long size) {
        ThreadDispatcher thread = thread(caller, handle, ZX_RIGHT_READ()); // I-2
        RegisterSet set = set(kind);
        if (Long.compareUnsigned(size, set.size()) < 0) {
            throw Refusal.BUFFER_TOO_SMALL;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment registers = arena.allocate(set.size(), RegisterSet.ALIGNMENT);
            try (var _ = kernel.lock()) {
                set.read(thread, thread.stoppedContext(), registers);
            }
            caller.store(buffer, registers);
        }
        return ZX_OK();
    }

    /// `zx_thread_write_state`.
    public int threadWriteState(Caller caller, int handle, int kind, long buffer, long size) {
        ThreadDispatcher thread = thread(caller, handle, ZX_RIGHT_WRITE()); // I-3
        RegisterSet set = set(kind);
        int tooShort = Long.compareUnsigned(size, set.size());
        if (tooShort != 0) {
            throw tooShort < 0 ? Refusal.BUFFER_TOO_SMALL : Refusal.INVALID_ARGS;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment registers = arena.allocate(set.size(), RegisterSet.ALIGNMENT);
            caller.load(buffer, registers);
            try (var _ = kernel.lock()) {
                set.write(thread, thread.stoppedContext(), registers);
            }
        }
        return ZX_OK();
    }

    private ThreadDispatcher thread(Caller caller, int handle, int right) {
        try (var _ = kernel.lock()) {
            return caller.handles().get(handle, right, ThreadDispatcher.class);
        }
    }

    private static RegisterSet set(int kind) {
        return RegisterSet.ofKind(kind).orElseThrow(() -> Refusal.INVALID_ARGS);
    }
}
