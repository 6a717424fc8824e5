package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_JOB;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.Refusal;

/// `zx_job_*`.
public final class JobSyscalls {
    private final Kernel kernel;

    JobSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_job_create`.
    public int jobCreate(Caller caller, int parentJob, int options, long out) {
        Requests.noOptions(options, Refusal.INVALID_ARGS);
        Handle job;
        try (var _ = kernel.lock()) {
            JobDispatcher parent =
                    caller.handles()
                            .getEither(
                                    parentJob,
                                    ZX_RIGHT_MANAGE_JOB(),
                                    ZX_RIGHT_WRITE(),
                                    JobDispatcher.class);
            JobDispatcher child = parent.createJob(""); // J-1, J-3
            job = caller.own(kernel.handles().make(child, ObjectType.JOB.defaultRights()));
        }
        caller.storeHandle(out, job);
        return ZX_OK();
    }
}
