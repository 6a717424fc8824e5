package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_ALREADY_BOUND;
import static zircon.sys.zircon_h.ZX_ERR_ALREADY_EXISTS;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_CANCELED;
import static zircon.sys.zircon_h.ZX_ERR_INTERNAL;
import static zircon.sys.zircon_h.ZX_ERR_INTERNAL_INTR_RETRY;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_ERR_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_ERR_SHOULD_WAIT;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;

/// Ends a syscall with a status that is not ZX_OK.
///
/// One instance per status, without a stack: a refusal is an everyday answer, and costs no more
/// than one.
@SuppressWarnings("StaticAssignmentOfThrowable") // they hold neither stack nor cause
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final Refusal INTERNAL = new Refusal(ZX_ERR_INTERNAL());
    public static final Refusal NOT_SUPPORTED = new Refusal(ZX_ERR_NOT_SUPPORTED());
    public static final Refusal NO_MEMORY = new Refusal(ZX_ERR_NO_MEMORY());
    public static final Refusal INVALID_ARGS = new Refusal(ZX_ERR_INVALID_ARGS());
    public static final Refusal BAD_HANDLE = new Refusal(ZX_ERR_BAD_HANDLE());
    public static final Refusal WRONG_TYPE = new Refusal(ZX_ERR_WRONG_TYPE());
    public static final Refusal OUT_OF_RANGE = new Refusal(ZX_ERR_OUT_OF_RANGE());
    public static final Refusal BUFFER_TOO_SMALL = new Refusal(ZX_ERR_BUFFER_TOO_SMALL());
    public static final Refusal BAD_STATE = new Refusal(ZX_ERR_BAD_STATE());
    public static final Refusal TIMED_OUT = new Refusal(ZX_ERR_TIMED_OUT());
    public static final Refusal SHOULD_WAIT = new Refusal(ZX_ERR_SHOULD_WAIT());
    public static final Refusal CANCELED = new Refusal(ZX_ERR_CANCELED());
    public static final Refusal PEER_CLOSED = new Refusal(ZX_ERR_PEER_CLOSED());
    public static final Refusal NOT_FOUND = new Refusal(ZX_ERR_NOT_FOUND());
    public static final Refusal ALREADY_EXISTS = new Refusal(ZX_ERR_ALREADY_EXISTS());
    public static final Refusal ALREADY_BOUND = new Refusal(ZX_ERR_ALREADY_BOUND());
    public static final Refusal ACCESS_DENIED = new Refusal(ZX_ERR_ACCESS_DENIED());

    /// The kernel's own ZX_ERR_INTERNAL_INTR_KILLED: the calling thread was killed. It has no name
    /// in the public headers, since no user code of a real kernel sees it.
    public static final Refusal KILLED = new Refusal(-502);

    /// The kernel's own ZX_ERR_INTERNAL_INTR_RETRY: the calling thread is to be suspended, and
    /// makes the call anew afterwards (C-4).
    public static final Refusal RETRY = new Refusal(ZX_ERR_INTERNAL_INTR_RETRY());

    private final int status;

    private Refusal(int status) {
        super("status " + status, null, false, false);
        this.status = status;
    }

    /// The `zx_status_t`.
    public int status() {
        return status;
    }
}
