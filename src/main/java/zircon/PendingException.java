package zircon;

import org.jspecify.annotations.Nullable;

import zircon.GeneralRegisters.Register;

import java.util.Objects;
import java.util.function.Function;

/// An exception that an [ExceptionServer] asks its handler about. The thread waits for the verdict,
/// so its registers can be read and written, unless it is starting or exiting.
///
/// The tasks are looked for when they are first asked for. What this object opens, the server
/// closes after the verdict; from then on every call answers `BAD_HANDLE`. It may be used by other
/// threads as well for as long as the handler runs.
///
/// A thread can be killed at any moment, so a handler must expect to find it gone: `NOT_FOUND`.
public final class PendingException {
    private final ExceptionPacket packet;
    private final ExceptionBindings.Binding binding;
    private boolean ended;

    // The server's own, for the answer: the handler may close, send and replace those that it gets.
    private @Nullable ZxThread ownThread;
    private @Nullable ZxProcess ownProcess;
    private @Nullable ZxThread lentThread;
    private @Nullable ZxProcess lentProcess;

    PendingException(ExceptionPacket packet, ExceptionBindings.Binding binding) {
        this.packet = packet;
        this.binding = binding;
    }

    /// The packet that told of the exception, with the koids of thread and process. Its key is the
    /// server's.
    ///
    /// @return the packet
    public ExceptionPacket packet() {
        return packet;
    }

    /// What kind of exception it is.
    ///
    /// @return the packet's type
    public ExceptionType type() {
        return packet.type();
    }

    /// Which of the tasks that the server is bound to the exception came through.
    ///
    /// @return the koid of a thread, a process or a job
    public Koid boundTo() {
        return binding.koid();
    }

    /// Which of that task's exception ports the exception came through.
    ///
    /// @return the general one, or a debugger's
    public ExceptionPortKind portKind() {
        return binding.kind();
    }

    /// The thread that waits.
    ///
    /// Wraps `zx_object_get_child`; through a job, the jobs below it are searched for the process,
    /// at a cost of a few syscalls for each. Does not block.
    ///
    /// - `BAD_HANDLE`: the verdict was given, or the server was unbound from the task.
    /// - `NOT_FOUND`: the thread is dead.
    ///
    /// @return the same handle each time, with the rights of the handle that the server was bound
    ///   with; closed by the server
    public synchronized Result<ZxThread> thread() {
        ZxThread lent = lentThread;
        if (lent != null && !ended) {
            return new Ok<>(lent);
        }
        return ownThread()
                .flatMap(thread -> thread.duplicate(Rights.SAME_RIGHTS))
                .map(thread -> lentThread = thread);
    }

    /// The process of the thread that waits.
    ///
    /// Wraps `zx_object_get_child`, as [#thread()] does. For a server that is bound to the thread
    /// itself, the process is looked for below [Job#defaultJob()]. Does not block.
    ///
    /// - `BAD_HANDLE`: the verdict was given, or the server was unbound from the task.
    /// - `NOT_FOUND`: the process is dead, or not below the default job.
    ///
    /// @return the same handle each time, with the rights of the handle that the server was bound
    ///   with; closed by the server
    public synchronized Result<ZxProcess> process() {
        ZxProcess lent = lentProcess;
        if (lent != null && !ended) {
            return new Ok<>(lent);
        }
        return ownProcess()
                .flatMap(process -> process.duplicate(Rights.SAME_RIGHTS))
                .map(process -> lentProcess = process);
    }

    /// What the processor said about the exception: [ZxThread#exceptionReport()].
    ///
    /// - `ACCESS_DENIED`: the handle that the server was bound with lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`, `NOT_FOUND`: as for [#thread()].
    /// - `BAD_STATE`: the thread waits no more.
    ///
    /// @return the report
    public Result<ExceptionReport> report() {
        return withThread(ZxThread::exceptionReport);
    }

    /// The general registers of the thread: [ZxThread#readGeneralRegisters()].
    ///
    /// - `ACCESS_DENIED`: the handle that the server was bound with lacks [Rights#READ].
    /// - `BAD_HANDLE`, `NOT_FOUND`: as for [#thread()].
    /// - `BAD_STATE`: the thread waits no more.
    /// - `NOT_SUPPORTED`: the thread is starting or exiting.
    ///
    /// @return the registers
    public Result<GeneralRegisters> registers() {
        return withThread(ZxThread::readGeneralRegisters);
    }

    /// Writes the general registers of the thread, with which it goes on when the exception is
    /// handled: [ZxThread#writeGeneralRegisters(GeneralRegisters)].
    ///
    /// - `ACCESS_DENIED`: the handle that the server was bound with lacks [Rights#WRITE].
    /// - `BAD_HANDLE`, `NOT_FOUND`: as for [#thread()].
    /// - `BAD_STATE`: the thread waits no more.
    /// - `NOT_SUPPORTED`: the thread is starting or exiting.
    ///
    /// @param registers all of them
    /// @return nothing more than success
    public Result<Unit> writeRegisters(GeneralRegisters registers) {
        Objects.requireNonNull(registers, "registers");
        return withThread(thread -> thread.writeGeneralRegisters(registers));
    }

    /// Changes one general register of the thread: it reads them all, and writes them back.
    ///
    /// Refuses what [#registers()] and [#writeRegisters(GeneralRegisters)] refuse.
    ///
    /// @param register which one
    /// @param value its new value
    /// @return nothing more than success
    public Result<Unit> writeRegister(Register register, long value) {
        Objects.requireNonNull(register, "register");
        return withThread(
                thread ->
                        thread.readGeneralRegisters()
                                .map(registers -> registers.with(register, value))
                                .flatMap(thread::writeGeneralRegisters));
    }

    /// The exception for a person. Makes no syscall.
    ///
    /// @return for example `PendingException[FATAL_PAGE_FAULT in thread 1032 of process 1030]`
    @Override
    public String toString() {
        return "PendingException[%s in thread %s of process %s]"
                .formatted(packet.type(), packet.thread(), packet.process());
    }

    private synchronized <T> Result<T> withThread(Function<ZxThread, Result<T>> call) {
        return ownThread().flatMap(call);
    }

    synchronized Result<ZxThread> ownThread() {
        if (ended) {
            return ZxError.BAD_HANDLE.err();
        }
        ZxThread open = ownThread;
        return open != null ? new Ok<>(open) : findThread().map(thread -> ownThread = thread);
    }

    private Result<ZxThread> findThread() {
        if (binding.task() instanceof ZxThread bound) {
            return bound.duplicate(Rights.SAME_RIGHTS);
        }
        return ownProcess().flatMap(process -> process.child(packet.thread(), Rights.SAME_RIGHTS));
    }

    synchronized Result<ZxProcess> ownProcess() {
        if (ended) {
            return ZxError.BAD_HANDLE.err();
        }
        ZxProcess open = ownProcess;
        return open != null
                ? new Ok<>(open)
                : TaskLookup.process(binding.task(), packet.process())
                        .map(process -> ownProcess = process);
    }

    /// Closes all that was opened; nothing more will be.
    synchronized void end() {
        ended = true;
        close(lentThread);
        close(lentProcess);
        close(ownThread);
        close(ownProcess);
    }

    private static void close(@Nullable Handle handle) {
        if (handle != null) {
            handle.close();
        }
    }
}
