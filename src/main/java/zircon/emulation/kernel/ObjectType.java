package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_DEFAULT_CHANNEL_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_EVENTPAIR_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_EVENT_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_JOB_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_PORT_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_PROCESS_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_SUSPEND_TOKEN_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_THREAD_RIGHTS;
import static zircon.sys.zircon_h.ZX_DEFAULT_VMAR_RIGHTS;
import static zircon.sys.zircon_h.ZX_EVENTPAIR_SIGNALED;
import static zircon.sys.zircon_h.ZX_EVENT_SIGNALED;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_CHANNEL;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_EVENT;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_EVENTPAIR;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_JOB;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_PORT;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_PROCESS;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_SUSPEND_TOKEN;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_THREAD;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_VMAR;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;
import static zircon.sys.zircon_h.ZX_USER_SIGNAL_ALL;

/// The kinds of object that this kernel has.
public enum ObjectType {
    PROCESS(ZX_OBJ_TYPE_PROCESS(), ZX_DEFAULT_PROCESS_RIGHTS(), 0, false, true),
    THREAD(ZX_OBJ_TYPE_THREAD(), ZX_DEFAULT_THREAD_RIGHTS(), 0, false, true),
    CHANNEL(ZX_OBJ_TYPE_CHANNEL(), ZX_DEFAULT_CHANNEL_RIGHTS(), 0, true, false),
    EVENT(ZX_OBJ_TYPE_EVENT(), ZX_DEFAULT_EVENT_RIGHTS(), ZX_EVENT_SIGNALED(), false, false),
    PORT(ZX_OBJ_TYPE_PORT(), ZX_DEFAULT_PORT_RIGHTS(), 0, false, false),
    EVENTPAIR(
            ZX_OBJ_TYPE_EVENTPAIR(),
            ZX_DEFAULT_EVENTPAIR_RIGHTS(),
            ZX_EVENTPAIR_SIGNALED(),
            true,
            false),
    JOB(ZX_OBJ_TYPE_JOB(), ZX_DEFAULT_JOB_RIGHTS(), 0, false, true),
    VMAR(ZX_OBJ_TYPE_VMAR(), ZX_DEFAULT_VMAR_RIGHTS(), 0, false, false),
    SUSPEND_TOKEN(ZX_OBJ_TYPE_SUSPEND_TOKEN(), ZX_DEFAULT_SUSPEND_TOKEN_RIGHTS(), 0, false, false);

    private final int number;
    private final int defaultRights;
    private final int settableSignals;
    private final boolean peered;
    private final boolean named;

    ObjectType(
            int number, int defaultRights, int ownSettableSignals, boolean peered, boolean named) {
        this.number = number;
        this.defaultRights = defaultRights;
        this.settableSignals = ZX_USER_SIGNAL_ALL() | ownSettableSignals;
        this.peered = peered;
        this.named = named;
    }

    /// ZX_OBJ_TYPE_*.
    public int number() {
        return number;
    }

    /// The rights of a freshly made handle.
    public int defaultRights() {
        return defaultRights;
    }

    /// Whether a thread can wait for signals of such an object: exactly when its default rights say
    /// so.
    public boolean isWaitable() {
        return (defaultRights & ZX_RIGHT_WAIT()) != 0;
    }

    /// Whether such objects come in pairs.
    public boolean isPeered() {
        return peered;
    }

    /// Whether a program can give such an object a name.
    public boolean isNamed() {
        return named;
    }

    /// Whether a program may touch all these signals.
    public boolean allowsSignals(int mask) {
        return (mask & ~settableSignals) == 0; // W-2
    }
}
