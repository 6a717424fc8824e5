package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_POL_NEW_PROCESS;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_PROCESS;
import static zircon.sys.zircon_h.ZX_RIGHT_TRANSFER;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.GuestCode;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.HandleArena;
import zircon.emulation.kernel.HandleLookup;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.RuntimeHandles;
import zircon.emulation.kernel.ThreadDispatcher;

/// `zx_process_*`.
public final class ProcessSyscalls {
    private final Kernel kernel;

    ProcessSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_process_create`.
    public int processCreate(
            Caller caller,
            int job,
            long name,
            long nameSize,
            int options,
            long processOut,
            long vmarOut) {
        Requests.noOptions(options, Refusal.INVALID_ARGS);
        caller.requireAllowed(ZX_POL_NEW_PROCESS()); // J-10
        String processName = Requests.creationName(caller, name, nameSize);
        Handle process;
        Handle vmar;
        try (var _ = kernel.lock()) {
            HandleArena arena = kernel.handles();
            JobDispatcher parent =
                    caller.handles()
                            .getEither(
                                    job,
                                    ZX_RIGHT_MANAGE_PROCESS(),
                                    ZX_RIGHT_WRITE(),
                                    JobDispatcher.class);
            ProcessDispatcher object = parent.createProcess(processName);
            process = arena.make(object, ObjectType.PROCESS.defaultRights());
            try {
                vmar = arena.make(object.rootVmar(), RuntimeHandles.rootVmarRights());
            } catch (Refusal noMemory) {
                arena.close(process);
                throw noMemory;
            }
            caller.own(process);
            caller.own(vmar);
        }
        caller.storeHandles(processOut, process, vmarOut, vmar);
        return ZX_OK();
    }

    /// `zx_process_start`. The new thread runs on a stack of the machine's own; `stack` is not
    /// used.
    public int processStart(
            Caller caller, int handle, int thread, long entry, long stack, int arg1, long arg2) {
        HandleLookup handles = caller.handles();
        try (var _ = kernel.lock()) {
            try {
                ProcessDispatcher process =
                        handles.get(handle, ZX_RIGHT_WRITE(), ProcessDispatcher.class);
                ThreadDispatcher first =
                        handles.get(thread, ZX_RIGHT_WRITE(), ThreadDispatcher.class);
                if (first.process() != process) {
                    throw Refusal.ACCESS_DENIED;
                }
                Handle argument = handles.get(arg1, ZX_RIGHT_TRANSFER());
                // The thread cannot look its argument up before the lock is free.
                int number = process.handles().valueOf(argument);
                GuestCode code =
                        kernel.machine().nativeCode(entry, Integer.toUnsignedLong(number), arg2);
                process.start(first, code);
                caller.table().remove(argument);
                process.handles().add(argument);
            } catch (Refusal refusal) {
                Handle argument = handles.find(arg1);
                if (argument != null) {
                    kernel.handles().close(argument);
                }
                throw refusal;
            }
        }
        return ZX_OK();
    }

    /// `zx_process_exit`. Called by a thread of the application itself, it does nothing and
    /// returns; an emulated thread in the host process ends alone.
    public void processExit(Caller caller, long returnCode) {
        try (var _ = kernel.lock()) {
            ProcessDispatcher process = caller.process();
            if (process.isHost()) {
                caller.thread().exit();
            } else {
                process.exit(returnCode);
            }
        }
    }
}
