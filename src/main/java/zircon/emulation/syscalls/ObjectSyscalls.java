package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_ENUMERATE;
import static zircon.sys.zircon_h.ZX_RIGHT_SIGNAL;
import static zircon.sys.zircon_h.ZX_RIGHT_SIGNAL_PEER;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;

/// `zx_object_*`: signals and children.
public final class ObjectSyscalls {
    private final Kernel kernel;

    ObjectSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_object_signal`.
    public int objectSignal(Caller caller, int handle, int clear, int set) {
        try (var _ = kernel.lock()) {
            caller.handles().get(handle, ZX_RIGHT_SIGNAL()).object().signal(clear, set); // W-2
        }
        return ZX_OK();
    }

    /// `zx_object_signal_peer`.
    public int objectSignalPeer(Caller caller, int handle, int clear, int set) {
        try (var _ = kernel.lock()) {
            caller.handles().get(handle, ZX_RIGHT_SIGNAL_PEER()).object().signalPeer(clear, set);
        }
        return ZX_OK();
    }

    /// `zx_object_get_child`.
    public int objectGetChild(Caller caller, int handle, long koid, int rights, long out) {
        Handle result;
        try (var _ = kernel.lock()) {
            Handle source = caller.handles().get(handle, ZX_RIGHT_ENUMERATE());
            int granted = Requests.rights(rights, source, Refusal.ACCESS_DENIED); // I-10
            Dispatcher child =
                    switch (source.object()) {
                        case ProcessDispatcher process -> process.thread(koid);
                        case JobDispatcher job -> childOf(job, koid);
                        default -> throw Refusal.WRONG_TYPE;
                    };
            if (child == null) {
                throw Refusal.NOT_FOUND;
            }
            result = caller.own(kernel.handles().make(child, granted));
        }
        caller.storeHandle(out, result);
        return ZX_OK();
    }

    private static @Nullable Dispatcher childOf(JobDispatcher job, long koid) {
        JobDispatcher child = job.job(koid);
        return child != null ? child : job.process(koid);
    }
}
