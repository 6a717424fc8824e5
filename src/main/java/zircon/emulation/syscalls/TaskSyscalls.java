package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_DEBUGGER;
import static zircon.sys.zircon_h.ZX_HANDLE_INVALID;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RESUME_TRY_NEXT;
import static zircon.sys.zircon_h.ZX_RIGHT_DESTROY;
import static zircon.sys.zircon_h.ZX_RIGHT_NONE;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.HandleLookup;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.PortDispatcher;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.SuspendTokenDispatcher;
import zircon.emulation.kernel.TaskDispatcher;
import zircon.emulation.kernel.ThreadDispatcher;

/// `zx_task_*`: exception ports, suspending and killing.
public final class TaskSyscalls {
    private final Kernel kernel;

    TaskSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_task_bind_exception_port`.
    public int taskBindExceptionPort(Caller caller, int handle, int port, long key, int options) {
        if ((options & ~ZX_EXCEPTION_PORT_DEBUGGER()) != 0) {
            throw Refusal.INVALID_ARGS; // B-2 (1)
        }
        boolean debugger = options == ZX_EXCEPTION_PORT_DEBUGGER();
        HandleLookup handles = caller.handles();
        try (var _ = kernel.lock()) {
            if (port == ZX_HANDLE_INVALID()) {
                TaskDispatcher task = handles.get(handle, ZX_RIGHT_NONE(), TaskDispatcher.class);
                task.exceptionSlot(debugger).unbind(); // B-3
            } else {
                PortDispatcher object =
                        handles.get(port, ZX_RIGHT_NONE(), PortDispatcher.class); // B-2 (2)
                TaskDispatcher task = handles.get(handle, ZX_RIGHT_NONE(), TaskDispatcher.class);
                task.bindExceptionPort(debugger, object, key); // B-2 (4) to (7)
            }
        }
        return ZX_OK();
    }

    /// `zx_task_resume_from_exception`.
    public int taskResumeFromException(Caller caller, int handle, int port, int options) {
        HandleLookup handles = caller.handles();
        try (var _ = kernel.lock()) {
            ThreadDispatcher thread =
                    handles.get(handle, ZX_RIGHT_NONE(), ThreadDispatcher.class);
            PortDispatcher object = handles.get(port, ZX_RIGHT_NONE(), PortDispatcher.class);
            if (options != 0 && options != ZX_RESUME_TRY_NEXT()) {
                throw Refusal.INVALID_ARGS;
            }
            thread.exceptions().answer(object, options == 0);
        }
        return ZX_OK();
    }

    /// `zx_task_suspend` and `zx_task_suspend_token`.
    public int taskSuspend(Caller caller, int handle, long out) {
        Handle token;
        try (var _ = kernel.lock()) {
            Dispatcher task = caller.handles().get(handle, ZX_RIGHT_WRITE()).object(); // S-1
            SuspendTokenDispatcher suspension =
                    switch (task) {
                        case ThreadDispatcher thread ->
                                SuspendTokenDispatcher.suspend(thread, caller.thread());
                        case ProcessDispatcher process ->
                                SuspendTokenDispatcher.suspend(process, caller.thread());
                        default -> {
                            kernel.faults().allocate();
                            throw Refusal.WRONG_TYPE;
                        }
                    };
            token =
                    caller.own(
                            kernel.handles()
                                    .make(suspension, ObjectType.SUSPEND_TOKEN.defaultRights()));
        }
        caller.storeHandle(out, token);
        return ZX_OK();
    }

    /// `zx_task_kill`. The host process and the application's own threads cannot be killed:
    /// NOT_SUPPORTED. A job is killed without them.
    public int taskKill(Caller caller, int handle) {
        try (var _ = kernel.lock()) {
            caller.handles().get(handle, ZX_RIGHT_DESTROY(), TaskDispatcher.class).kill();
        }
        return ZX_OK();
    }
}
