package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_JOB_POL_ABSOLUTE;
import static zircon.sys.zircon_h.ZX_JOB_POL_BASIC;
import static zircon.sys.zircon_h.ZX_JOB_POL_RELATIVE;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_JOB;
import static zircon.sys.zircon_h.ZX_RIGHT_SET_POLICY;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.JobPolicy;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.Refusal;
import zircon.sys.zx_policy_basic;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// `zx_job_*`.
public final class JobSyscalls {
    private static final long ENTRY_SIZE = zx_policy_basic.sizeof();
    private static final int ENTRIES_PER_LOAD = (int) (Caller.SCRATCH_SIZE / ENTRY_SIZE);
    // A kernel that copies the entries has no memory for more.
    private static final int MOST_ENTRIES = 1 << 20;

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

    /// `zx_job_set_policy`.
    public int jobSetPolicy(
            Caller caller, int handle, int options, int topic, long policy, int count) {
        boolean absolute = options == ZX_JOB_POL_ABSOLUTE();
        if (!absolute && options != ZX_JOB_POL_RELATIVE()) {
            throw Refusal.INVALID_ARGS;
        }
        if (policy == 0 || count == 0 || topic != ZX_JOB_POL_BASIC()) {
            throw Refusal.INVALID_ARGS;
        }
        List<JobPolicy.Entry> entries = loadEntries(caller, policy, count);
        try (var _ = kernel.lock()) {
            caller.handles()
                    .get(handle, ZX_RIGHT_SET_POLICY(), JobDispatcher.class)
                    .extendPolicy(entries, absolute); // J-8, J-9
        }
        return ZX_OK();
    }

    /// Reads all entries, since they must all be readable, but keeps no more than can be too many.
    private List<JobPolicy.Entry> loadEntries(Caller caller, long address, int count) {
        if (Integer.compareUnsigned(count, MOST_ENTRIES) > 0) {
            throw Refusal.NO_MEMORY;
        }
        try (var _ = kernel.lock()) {
            kernel.faults().allocate();
        }
        List<JobPolicy.Entry> entries = new ArrayList<>();
        for (int first = 0; first < count; first += ENTRIES_PER_LOAD) {
            int some = Math.min(count - first, ENTRIES_PER_LOAD);
            MemorySegment records = caller.room(some * ENTRY_SIZE);
            caller.load(address + first * ENTRY_SIZE, records);
            for (int i = 0; i < some && entries.size() <= JobDispatcher.MAX_POLICY_ENTRIES; i++) {
                MemorySegment record = records.asSlice(i * ENTRY_SIZE, ENTRY_SIZE);
                entries.add(
                        new JobPolicy.Entry(
                                zx_policy_basic.condition(record), zx_policy_basic.policy(record)));
            }
        }
        return entries;
    }
}
