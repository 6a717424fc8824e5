package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_THREAD;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;

/// `zx_thread_create`, `zx_thread_start` and `zx_thread_exit`.
public final class ThreadSyscalls {
    private final Kernel kernel;

    ThreadSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_thread_create`.
    public int threadCreate(
            Caller caller, int process, long name, long nameSize, int options, long out) {
        Requests.noOptions(options, Refusal.INVALID_ARGS);
        String threadName = Requests.creationName(caller, name, nameSize);
        Handle thread;
        try (var _ = kernel.lock()) {
            ThreadDispatcher object =
                    caller.handles()
                            .getEither(
                                    process,
                                    ZX_RIGHT_MANAGE_THREAD(),
                                    ZX_RIGHT_WRITE(),
                                    ProcessDispatcher.class)
                            .createThread(threadName);
            thread = caller.own(kernel.handles().make(object, ObjectType.THREAD.defaultRights()));
        }
        caller.storeHandle(out, thread);
        return ZX_OK();
    }

    /// `zx_thread_start`. The new thread runs on a stack of the machine's own; `stack` is not used.
    public int threadStart(
            Caller caller, int handle, long entry, long stack, long arg1, long arg2) {
        try (var _ = kernel.lock()) {
            ThreadDispatcher thread =
                    caller.handles()
                            .getEither(
                                    handle,
                                    ZX_RIGHT_MANAGE_THREAD(),
                                    ZX_RIGHT_WRITE(),
                                    ThreadDispatcher.class);
            thread.start(kernel.machine().nativeCode(entry, arg1, arg2));
        }
        return ZX_OK();
    }

    /// `zx_thread_exit`. Called by a thread of the application itself, it does nothing and returns.
    public void threadExit(Caller caller) {
        try (var _ = kernel.lock()) {
            caller.thread().exit(); // T-2
        }
    }
}
