package zircon;

import zircon.internal.Syscalls;

import java.util.Objects;
import java.util.function.IntFunction;

/// A job, a process or a thread.
public abstract sealed class Task extends Handle permits Job, ZxProcess, ZxThread {
    Task(int raw) {
        super(raw);
    }

    /// Binds `port` to this task's exception port; the kernel then sends it one packet per
    /// exception, tagged `key`.
    ///
    /// Wraps `zx_task_bind_exception_port` with no options. `port` is borrowed. Needs no right.
    /// Does not block, does not allocate.
    ///
    /// - `ALREADY_BOUND`: this task has a port; unbind it first.
    /// - `BAD_HANDLE`: this handle or `port` is closed; no syscall was made.
    /// - `NOT_FOUND`: the task is a dead thread or process (rule B-2; missing from the man page).
    ///
    /// @param port where the packets go
    /// @param key any 64 bits, unsigned; comes back in [ExceptionPacket#key()]
    /// @return nothing more than success
    public final Result<Unit> bindExceptionPort(Port port, long key) {
        return bind(port, key, ExceptionPortKind.GENERAL);
    }

    /// Takes the port away from this task's exception port. Threads that wait for its answer ask
    /// the next handler.
    ///
    /// Wraps `zx_task_bind_exception_port` with `ZX_HANDLE_INVALID` and no options. Needs no right.
    /// Does not block, does not allocate. Packets that are in the port already stay there.
    ///
    /// - `BAD_HANDLE`: this handle is closed; no syscall was made.
    /// - `BAD_STATE`: no port is bound.
    ///
    /// @return nothing more than success
    public final Result<Unit> unbindExceptionPort() {
        return unbind(ExceptionPortKind.GENERAL);
    }

    /// Kills this task with all that is below it.
    ///
    /// Wraps `zx_task_kill`. Does not block, does not allocate: the signals of the end come later.
    /// A thread that has not been started stays as it is.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#DESTROY].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return nothing more than success, which is also what a dead task says
    public final Result<Unit> kill() {
        int task = raw();
        if (task == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.taskKill(task));
    }

    final Result<SuspendToken> suspendTask() {
        int task = raw();
        if (task == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.made(out -> Syscalls.taskSuspend(task, out), SuspendToken::new);
    }

    final Result<Unit> bind(Port port, long key, ExceptionPortKind kind) {
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(kind, "kind");
        int target = port.raw();
        int task = raw();
        if (task == INVALID || target == INVALID) {
            return ZxError.BAD_HANDLE.err(); // to the kernel, port 0 means "unbind"
        }
        return Answer.of(Syscalls.taskBindExceptionPort(task, target, key, kind.option()));
    }

    final Result<Unit> unbind(ExceptionPortKind kind) {
        Objects.requireNonNull(kind, "kind");
        int task = raw();
        if (task == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.taskBindExceptionPort(task, INVALID, 0, kind.option()));
    }

    final <H extends Handle> Result<H> getChild(Koid koid, Rights rights, IntFunction<H> wrap) {
        Objects.requireNonNull(koid, "koid");
        Objects.requireNonNull(rights, "rights");
        int task = raw();
        if (task == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.made(
                out -> Syscalls.objectGetChild(task, koid.value(), rights.bits(), out), wrap);
    }
}
