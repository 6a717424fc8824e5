package zircon.emulation.host;

import zircon.sys.host.zx_host_h;
import zircon.sys.host.zx_host_thread;
import zircon.sys.zx_thread_state_general_regs;

import java.lang.foreign.MemorySegment;

/// A thread in a syscall. A native guest has the registers with which it will return; others, which
/// call the gate as they call any function, have none.
final class SyscallContext extends GateContext {
    private final long result;
    private boolean stopped;
    private boolean hasGeneral;
    private long rip;

    /// @param result what the syscall returns
    SyscallContext(MemorySegment thread, long result) {
        super(thread);
        this.result = result;
    }

    @Override
    public void stop() {
        hasGeneral = zx_host_h.zx_host_stop(thread());
        if (hasGeneral && !stopped) {
            zx_thread_state_general_regs.rax(general(), result);
            rip = zx_thread_state_general_regs.rip(general());
        }
        stopped = true;
    }

    @Override
    public void goOn() {
        zx_host_h.zx_host_go_on(thread());
    }

    @Override
    public boolean hasGeneral() {
        return hasGeneral;
    }

    @Override
    public boolean inSyscall() {
        return true;
    }

    /// Whether someone has sent the thread elsewhere while it was stopped.
    boolean isSentElsewhere() {
        return stopped && hasGeneral && zx_thread_state_general_regs.rip(general()) != rip;
    }

    /// Lets the thread return with the registers as they are now, if it was stopped.
    void restore() {
        if (stopped && hasGeneral) {
            zx_host_thread.restore(thread(), 1);
        }
    }
}
