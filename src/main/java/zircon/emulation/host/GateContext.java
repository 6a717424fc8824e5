package zircon.emulation.host;

import zircon.emulation.kernel.ThreadContext;
import zircon.sys.host.zx_host_h;
import zircon.sys.host.zx_host_thread;
import zircon.sys.zx_thread_state_general_regs;

import java.lang.foreign.MemorySegment;

/// What the gate saved of a guest when it faulted.
///
/// @param thread the guest's `zx_host_thread_t`
record GateContext(MemorySegment thread) implements ThreadContext {
    @Override
    public MemorySegment general() {
        return zx_host_thread.regs(thread).reinterpret(zx_thread_state_general_regs.sizeof());
    }

    @Override
    public void readFp(MemorySegment into) {
        zx_host_h.zx_host_read_fp_regs(thread, into);
    }

    @Override
    public void writeFp(MemorySegment from) {
        zx_host_h.zx_host_write_fp_regs(thread, from);
    }

    @Override
    public void readVector(MemorySegment into) {
        zx_host_h.zx_host_read_vector_regs(thread, into);
    }

    @Override
    public void writeVector(MemorySegment from) {
        zx_host_h.zx_host_write_vector_regs(thread, from);
    }

    @Override
    public long vector() {
        return zx_host_thread.vector(thread);
    }

    @Override
    public long errorCode() {
        return zx_host_thread.err_code(thread);
    }

    @Override
    public long cr2() {
        return zx_host_thread.cr2(thread);
    }
}
