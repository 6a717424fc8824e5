package zircon;

import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/// A group of processes and of further jobs.
public final class Job extends Task {
    Job(int raw) {
        super(raw);
    }

    /// Takes over a job's handle that was not made by this wrapper. What it names is not checked:
    /// calls on another object's handle answer `WRONG_TYPE`.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static Job adopt(int raw) {
        return new Job(checked(raw));
    }

    /// The job that this program was given at its start; on a host that is not Fuchsia, the one
    /// above everything.
    ///
    /// Duplicates what `zx_job_default` returns, so that closing it harms nobody. Does not block.
    ///
    /// - `BAD_HANDLE`: this program was given no job.
    ///
    /// @return a handle of the caller's own
    public static Result<Job> defaultJob() {
        return duplicate(Syscalls.jobDefault(), Rights.SAME_RIGHTS, Job::new);
    }

    @Override
    public Result<Job> duplicate(Rights rights) {
        return duplicate(rights, Job::new);
    }

    @Override
    public Result<Job> replace(Rights rights) {
        return replace(rights, Job::new);
    }

    /// Makes a job inside this one.
    ///
    /// Wraps `zx_job_create`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks both [Rights#MANAGE_JOB] and [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: this job was killed.
    /// - `OUT_OF_RANGE`: jobs are nested too deep.
    ///
    /// @return the new job, owned
    public Result<Job> createJob() {
        int job = raw();
        if (job == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.made(out -> Syscalls.jobCreate(job, 0, out), Job::new);
    }

    /// Makes a process inside this job. It has no thread yet.
    ///
    /// Wraps `zx_process_create`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks both [Rights#MANAGE_PROCESS] and [Rights#WRITE], or the
    ///   policy of the caller's job denies new processes.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: this job was killed.
    ///
    /// @param name the kernel keeps the first 31 bytes in UTF-8, up to a NUL
    /// @return the new process and its address space, both owned
    public Result<ProcessAndVmar> createProcess(String name) {
        byte[] text = utf8(name);
        int job = raw();
        if (job == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment copy = bytes(arena, text);
            return Answer.madeTwo(
                    (process, vmar) ->
                            Syscalls.processCreate(job, copy, text.length, 0, process, vmar),
                    ZxProcess::new,
                    Vmar::new,
                    ProcessAndVmar::new);
        }
    }

    /// The jobs directly inside this one, oldest first.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_JOB_CHILDREN`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#ENUMERATE].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return their koids
    public Result<List<Koid>> children() {
        return ObjectInfo.koids(raw(), Abi.ZX_INFO_JOB_CHILDREN);
    }

    /// The processes directly inside this job, oldest first; dead ones are not among them.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_JOB_PROCESSES`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#ENUMERATE].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return their koids
    public Result<List<Koid>> processes() {
        return ObjectInfo.koids(raw(), Abi.ZX_INFO_JOB_PROCESSES);
    }

    /// A handle to a job directly inside this one.
    ///
    /// Wraps `zx_object_get_child`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#ENUMERATE], or some of `rights`.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `NOT_FOUND`: nothing inside this job has this koid.
    /// - `WRONG_TYPE`: it is a process.
    ///
    /// @param koid which job
    /// @param rights what the new handle allows; [Rights#SAME_RIGHTS] for all that *this* handle
    ///   does
    /// @return the job, owned
    public Result<Job> childJob(Koid koid, Rights rights) {
        return child(koid, rights, Job.class);
    }

    /// A handle to a process directly inside this job.
    ///
    /// Wraps `zx_object_get_child`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#ENUMERATE], or some of `rights`.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `NOT_FOUND`: nothing inside this job has this koid.
    /// - `WRONG_TYPE`: it is a job.
    ///
    /// @param koid which process
    /// @param rights what the new handle allows; [Rights#SAME_RIGHTS] for all that *this* handle
    ///   does
    /// @return the process, owned
    public Result<ZxProcess> childProcess(Koid koid, Rights rights) {
        return child(koid, rights, ZxProcess.class);
    }

    // The kernel looks among jobs and processes alike, and does not say where it found one.
    private <H extends Task> Result<H> child(Koid koid, Rights rights, Class<H> type) {
        return getChild(koid, rights, Handle::ofObject)
                .flatMap(
                        child -> {
                            if (type.isInstance(child)) {
                                return new Ok<>(type.cast(child));
                            }
                            child.close();
                            return ZxError.WRONG_TYPE.err();
                        });
    }

    /// Sets what shall happen when a process of this job does certain things. Jobs and processes
    /// that are made in it afterwards begin with a copy of its policy.
    ///
    /// Wraps `zx_job_set_policy` with `ZX_JOB_POL_BASIC`. Does not block. Nothing is changed unless
    /// all is; of several entries for one condition the last one counts (rule J-9).
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SET_POLICY].
    /// - `ALREADY_EXISTS`: the mode is `ABSOLUTE`, and the job has another action for a condition.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: there is a process or another job inside this one.
    /// - `INVALID_ARGS`: there are no entries.
    /// - `OUT_OF_RANGE`: there are more than 13 entries.
    ///
    /// @param mode what becomes of entries that the job has another action for
    /// @param policies the entries
    /// @return nothing more than success
    public Result<Unit> setPolicy(JobPolicy.Mode mode, JobPolicy... policies) {
        Objects.requireNonNull(mode, "mode");
        List<JobPolicy> entries = NonNull.copyOf(policies, "policies");
        int job = raw();
        if (job == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment records = arena.allocate(Structs.PolicyBasic.LAYOUT, entries.size());
            for (int i = 0; i < entries.size(); i++) {
                MemorySegment record = Structs.PolicyBasic.at(records, i);
                Structs.PolicyBasic.condition(record, entries.get(i).condition().raw());
                Structs.PolicyBasic.policy(record, entries.get(i).action().raw());
            }
            return Answer.of(
                    Syscalls.jobSetPolicy(
                            job, mode.option(), Abi.ZX_JOB_POL_BASIC, records, entries.size()));
        }
    }

    /// Sets whether this job is killed when the system runs out of memory. The emulation keeps it,
    /// and never does.
    ///
    /// Wraps `zx_object_set_property` with `ZX_PROP_JOB_KILL_ON_OOM`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SET_PROPERTY].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @param kill whether it is
    /// @return nothing more than success
    public Result<Unit> setKillOnOom(boolean kill) {
        return Property.set(raw(), Abi.ZX_PROP_JOB_KILL_ON_OOM, kill ? 1 : 0);
    }

    /// Binds `port` to one of this job's two exception ports.
    ///
    /// Wraps `zx_task_bind_exception_port`. `port` is borrowed. Needs no right. Does not block,
    /// does not allocate.
    ///
    /// - `ALREADY_BOUND`: this job has a port of that kind; unbind it first.
    /// - `BAD_HANDLE`: this handle or `port` is closed; no syscall was made.
    ///
    /// @param port where the packets go
    /// @param key any 64 bits, unsigned; comes back in [ExceptionPacket#key()]
    /// @param kind which of the two
    /// @return nothing more than success
    public Result<Unit> bindExceptionPort(Port port, long key, ExceptionPortKind kind) {
        return bind(port, key, kind);
    }

    /// Takes the port away from one of this job's two exception ports. Threads that wait for its
    /// answer ask the next handler.
    ///
    /// Wraps `zx_task_bind_exception_port` with `ZX_HANDLE_INVALID`. Needs no right. Does not
    /// block, does not allocate.
    ///
    /// - `BAD_HANDLE`: this handle is closed; no syscall was made.
    /// - `BAD_STATE`: no port is bound there.
    ///
    /// @param kind which of the two
    /// @return nothing more than success
    public Result<Unit> unbindExceptionPort(ExceptionPortKind kind) {
        return unbind(kind);
    }
}
