package zircon.conformance.model;

import static zircon.conformance.model.Bits.BASIC;
import static zircon.conformance.model.Bits.DESTROY;
import static zircon.conformance.model.Bits.DUPLICATE;
import static zircon.conformance.model.Bits.ENUMERATE;
import static zircon.conformance.model.Bits.INSPECT;
import static zircon.conformance.model.Bits.IO;
import static zircon.conformance.model.Bits.MANAGE_JOB;
import static zircon.conformance.model.Bits.MANAGE_PROCESS;
import static zircon.conformance.model.Bits.MANAGE_THREAD;
import static zircon.conformance.model.Bits.POLICY;
import static zircon.conformance.model.Bits.PROPERTY;
import static zircon.conformance.model.Bits.SIGNAL;
import static zircon.conformance.model.Bits.SIGNAL_PEER;
import static zircon.conformance.model.Bits.TRANSFER;
import static zircon.conformance.model.Bits.USER;
import static zircon.conformance.model.Bits.WAIT;

/// The types of objects, as in sections 3, 4 and 5 of `abi.md`.
public enum Type {
    PROCESS(
            1,
            BASIC | IO | PROPERTY | ENUMERATE | DESTROY | SIGNAL | MANAGE_PROCESS | MANAGE_THREAD,
            USER),
    THREAD(2, BASIC | IO | PROPERTY | DESTROY | SIGNAL | MANAGE_THREAD, USER),
    CHANNEL(4, TRANSFER | WAIT | INSPECT | IO | SIGNAL | SIGNAL_PEER, USER),
    EVENT(5, BASIC | SIGNAL, USER | Bits.SIGNALED),
    PORT(6, DUPLICATE | TRANSFER | INSPECT | IO, 0),
    EVENTPAIR(16, BASIC | SIGNAL | SIGNAL_PEER, USER | Bits.SIGNALED),
    JOB(
            17,
            BASIC
                    | IO
                    | PROPERTY
                    | POLICY
                    | ENUMERATE
                    | DESTROY
                    | SIGNAL
                    | MANAGE_JOB
                    | MANAGE_PROCESS,
            USER),
    SUSPEND_TOKEN(27, TRANSFER | INSPECT, 0);

    private final int number;
    private final int rights;
    private final int settable;

    Type(int number, int rights, int settable) {
        this.number = number;
        this.rights = rights;
        this.settable = settable;
    }

    /// The ZX_OBJ_TYPE.
    public int number() {
        return number;
    }

    /// Those of a new handle.
    public int rights() {
        return rights;
    }

    /// The signals that zx_object_signal() may touch (W-2).
    public int settable() {
        return settable;
    }

    public boolean waitable() {
        return (rights & WAIT) != 0;
    }

    public boolean peered() {
        return this == CHANNEL || this == EVENTPAIR;
    }

    public boolean isTask() {
        return this == JOB || this == PROCESS || this == THREAD;
    }
}
