package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_EXCEPTION;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_PORT;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_SLEEPING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_WAIT_MANY;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_WAIT_ONE;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_SUSPENDED;

/// What a thread in the kernel waits for.
public enum BlockReason {
    EXCEPTION(ZX_THREAD_STATE_BLOCKED_EXCEPTION()),
    SLEEPING(ZX_THREAD_STATE_BLOCKED_SLEEPING()),
    PORT(ZX_THREAD_STATE_BLOCKED_PORT()),
    WAIT_ONE(ZX_THREAD_STATE_BLOCKED_WAIT_ONE()),
    WAIT_MANY(ZX_THREAD_STATE_BLOCKED_WAIT_MANY()),
    SUSPENDED(ZX_THREAD_STATE_SUSPENDED());

    private final int state;

    BlockReason(int state) {
        this.state = state;
    }

    int state() {
        return state;
    }

    /// The name of its ZX_THREAD_STATE_*, without that prefix.
    String stateName() {
        return this == SUSPENDED ? name() : "BLOCKED_" + name();
    }
}
