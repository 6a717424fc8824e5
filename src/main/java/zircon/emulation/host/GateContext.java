package zircon.emulation.host;

import zircon.emulation.kernel.ThreadContext;
import zircon.sys.host.zx_host_h;
import zircon.sys.host.zx_host_thread;
import zircon.sys.zx_thread_state_general_regs;

import java.lang.foreign.MemorySegment;

/// What the gate keeps of a thread that has stopped.
abstract sealed class GateContext implements ThreadContext
        permits GateContext.OfGuest, SyscallContext, GateContext.Outside {
    private final MemorySegment thread;

    /// @param thread its `zx_host_thread_t`
    GateContext(MemorySegment thread) {
        this.thread = thread;
    }

    final MemorySegment thread() {
        return thread;
    }

    @Override
    public final MemorySegment general() {
        return zx_host_thread.regs(thread).reinterpret(zx_thread_state_general_regs.sizeof());
    }

    @Override
    public boolean inSyscall() {
        return false;
    }

    @Override
    public final void readFp(MemorySegment into) {
        zx_host_h.zx_host_read_fp_regs(thread, into);
    }

    @Override
    public final void writeFp(MemorySegment from) {
        zx_host_h.zx_host_write_fp_regs(thread, from);
    }

    @Override
    public final void readVector(MemorySegment into) {
        zx_host_h.zx_host_read_vector_regs(thread, into);
    }

    @Override
    public final void writeVector(MemorySegment from) {
        zx_host_h.zx_host_write_vector_regs(thread, from);
    }

    @Override
    public long vector() {
        return 0;
    }

    @Override
    public long errorCode() {
        return 0;
    }

    @Override
    public long cr2() {
        return 0;
    }

    /// A guest that has faulted, or was interrupted: the gate has saved all of it.
    static final class OfGuest extends GateContext {
        private final boolean fault;

        OfGuest(MemorySegment thread, boolean fault) {
            super(thread);
            this.fault = fault;
        }

        @Override
        public void stop() {}

        @Override
        public void goOn() {}

        @Override
        public boolean hasGeneral() {
            return true;
        }

        @Override
        public long vector() {
            return fault ? zx_host_thread.vector(thread()) : 0;
        }

        @Override
        public long errorCode() {
            return fault ? zx_host_thread.err_code(thread()) : 0;
        }

        @Override
        public long cr2() {
            return fault ? zx_host_thread.cr2(thread()) : 0;
        }
    }

    /// A thread before or after all of its code.
    static final class Outside extends GateContext {
        Outside(MemorySegment thread) {
            super(thread);
        }

        @Override
        public void stop() {
            var _ = zx_host_h.zx_host_stop(thread());
        }

        @Override
        public void goOn() {
            zx_host_h.zx_host_go_on(thread());
        }

        @Override
        public boolean hasGeneral() {
            return false;
        }
    }
}
