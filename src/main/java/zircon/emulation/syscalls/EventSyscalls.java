package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENT;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENTPAIR;

import zircon.emulation.kernel.EventDispatcher;
import zircon.emulation.kernel.EventPairDispatcher;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.Refusal;

/// `zx_event_create` and `zx_eventpair_create`.
public final class EventSyscalls {
    private final Kernel kernel;

    EventSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_event_create`.
    public int eventCreate(Caller caller, int options, long out) {
        Requests.noOptions(options, Refusal.INVALID_ARGS); // K-5
        caller.requireAllowed(ZX_POL_NEW_EVENT()); // J-10
        Handle event;
        try (var _ = kernel.lock()) {
            EventDispatcher object = new EventDispatcher(kernel);
            event = caller.own(kernel.handles().make(object, ObjectType.EVENT.defaultRights()));
        }
        caller.storeHandle(out, event);
        return ZX_OK();
    }

    /// `zx_eventpair_create`.
    public int eventpairCreate(Caller caller, int options, long out0, long out1) {
        Requests.noOptions(options, Refusal.NOT_SUPPORTED); // K-5
        caller.requireAllowed(ZX_POL_NEW_EVENTPAIR()); // J-10
        HandlePair handles;
        try (var _ = kernel.lock()) {
            EventPairDispatcher.Pair pair = EventPairDispatcher.create(kernel);
            handles =
                    HandlePair.make(
                            caller,
                            pair.first(),
                            pair.second(),
                            ObjectType.EVENTPAIR.defaultRights());
        }
        caller.storeHandles(out0, handles.first(), out1, handles.second());
        return ZX_OK();
    }
}
