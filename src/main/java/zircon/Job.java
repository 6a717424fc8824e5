package zircon;

import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Structs.U32);
            return Answer.made(Syscalls.jobCreate(job, 0, out), out, Job::new);
        }
    }

    /// Makes a process inside this job. It has no thread yet.
    ///
    /// Wraps `zx_process_create`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks both [Rights#MANAGE_PROCESS] and [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: this job was killed.
    ///
    /// @param name the kernel keeps the first 31 bytes in UTF-8, up to a NUL
    /// @return the new process and its address space, both owned
    public Result<ProcessAndVmar> createProcess(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int job = raw();
        if (job == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment process = arena.allocate(Structs.U32);
            MemorySegment vmar = arena.allocate(Structs.U32);
            int status =
                    Syscalls.processCreate(job, bytes(arena, text), text.length, 0, process, vmar);
            if (status != 0) {
                return Answer.refusal(status).err();
            }
            return new Ok<>(
                    new ProcessAndVmar(
                            new ZxProcess(process.get(Structs.U32, 0)),
                            new Vmar(vmar.get(Structs.U32, 0))));
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
        return getChild(koid, rights, Handle::ofType)
                .flatMap(
                        child -> {
                            if (type.isInstance(child)) {
                                return new Ok<>(type.cast(child));
                            }
                            child.close();
                            return ZxError.WRONG_TYPE.err();
                        });
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
