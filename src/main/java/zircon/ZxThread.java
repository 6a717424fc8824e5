package zircon;

import zircon.internal.InfoStructs;
import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/// A thread of a process.
///
/// Registers can be read and written while the thread is suspended or waits in an exception. The
/// register sets are those of x86-64.
public final class ZxThread extends Task {
    ZxThread(int raw) {
        super(raw);
    }

    /// Takes over a thread's handle that was not made by this wrapper. What it names is not
    /// checked: calls on another object's handle answer `WRONG_TYPE`.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static ZxThread adopt(int raw) {
        return new ZxThread(checked(raw));
    }

    /// The calling thread.
    ///
    /// Duplicates what `zx_thread_self` returns, so that closing it harms nobody. Does not block.
    /// For a virtual thread it is the carrier, which may be another one at the next call.
    ///
    /// - `BAD_HANDLE`: the calling thread was not given itself.
    ///
    /// @return a handle of the caller's own
    public static Result<ZxThread> self() {
        return duplicate(Syscalls.threadSelf(), Rights.SAME_RIGHTS, ZxThread::new);
    }

    /// Ends the calling thread, as far as the kernel is concerned, and does not return.
    ///
    /// Wraps `zx_thread_exit`. The thread's Java code is then left by an [Error] that nobody should
    /// catch but the one that started the thread. **Blocks** while a debugger holds the exit.
    public static void exit() {
        Syscalls.threadExit();
        throw new GuestUnwind();
    }

    @Override
    public Result<ZxThread> duplicate(Rights rights) {
        return duplicate(rights, ZxThread::new);
    }

    @Override
    public Result<ZxThread> replace(Rights rights) {
        return replace(rights, ZxThread::new);
    }

    /// Starts this thread in its running process, as `entry(argument1, argument2)`.
    ///
    /// Wraps `zx_thread_start`. Does not block, does not allocate.
    ///
    /// - `ACCESS_DENIED`: this handle lacks both [Rights#MANAGE_THREAD] and [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread was started before, or its process is not running.
    ///
    /// @param entry the address of the code
    /// @param stack the first stack pointer; the emulation takes stacks of its own
    /// @param argument1 any number for the thread
    /// @param argument2 any number for the thread
    /// @return nothing more than success
    public Result<Unit> start(long entry, long stack, long argument1, long argument2) {
        int thread = raw();
        if (thread == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.threadStart(thread, entry, stack, argument1, argument2));
    }

    /// Suspends this thread until the token is closed.
    ///
    /// Wraps `zx_task_suspend`. Does not block: the thread stops on its way to its own code, and
    /// [Signals#THREAD_SUSPENDED] tells that it has. Its registers can be read and written from
    /// then on. A thread in a blocking call leaves it, and makes it again when it is resumed; one
    /// that waits in an exception is suspended once that is handled (rule S-4). A thread that was
    /// not started yet will start suspended.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is ending or has ended.
    /// - `NOT_SUPPORTED`: it is the calling thread.
    ///
    /// @return what keeps it suspended, owned
    public Result<SuspendToken> suspend() {
        return suspendTask();
    }

    /// What this thread is doing.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_THREAD`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return its state, and whose answer it waits for
    public Result<ThreadInfo> info() {
        return ObjectInfo.record(
                raw(), Abi.ZX_INFO_THREAD, InfoStructs.ThreadInfo.LAYOUT, ThreadInfo::from);
    }

    /// The exception that this thread waits in.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_THREAD_EXCEPTION_REPORT`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is in no exception.
    ///
    /// @return the report, which is the same for every handler that is asked
    public Result<ExceptionReport> exceptionReport() {
        return ObjectInfo.record(
                raw(),
                Abi.ZX_INFO_THREAD_EXCEPTION_REPORT,
                InfoStructs.ExceptionReport.LAYOUT,
                ExceptionReport::from);
    }

    /// What this thread has used.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_THREAD_STATS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return the processor time that it used
    public Result<ThreadStats> stats() {
        return ObjectInfo.record(
                raw(), Abi.ZX_INFO_THREAD_STATS, InfoStructs.ThreadStats.LAYOUT, ThreadStats::from);
    }

    /// Answers the exception that this thread waits in.
    ///
    /// Wraps `zx_task_resume_from_exception`. `port` is borrowed. Needs no right. Does not block,
    /// does not allocate. The packet need not have been read.
    ///
    /// - `ACCESS_DENIED`: the thread waits for another port's answer.
    /// - `BAD_HANDLE`: this handle or `port` is closed; no syscall was made.
    /// - `BAD_STATE`: the thread is in no exception, or has been answered already.
    ///
    /// @param port the one that the exception was sent to
    /// @param answer handled, or for the next handler to try
    /// @return nothing more than success
    public Result<Unit> resumeFromException(Port port, Resume answer) {
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(answer, "answer");
        int from = port.raw();
        int thread = raw();
        if (thread == INVALID || from == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.taskResumeFromException(thread, from, answer.option()));
    }

    /// Reads the general registers.
    ///
    /// Wraps `zx_thread_read_state` with `ZX_THREAD_STATE_GENERAL_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    /// - `NOT_SUPPORTED`: the thread has not come from its own code: it is starting or ending.
    ///
    /// @return the registers
    public Result<GeneralRegisters> readGeneralRegisters() {
        return read(
                Abi.ZX_THREAD_STATE_GENERAL_REGS,
                Structs.GeneralRegs.LAYOUT,
                GeneralRegisters::from);
    }

    /// Writes the general registers: the thread goes on with them.
    ///
    /// Wraps `zx_thread_write_state` with `ZX_THREAD_STATE_GENERAL_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    /// - `NOT_SUPPORTED`: the thread has not come from its own code: it is starting or ending.
    ///
    /// @param registers all of them
    /// @return nothing more than success
    public Result<Unit> writeGeneralRegisters(GeneralRegisters registers) {
        Objects.requireNonNull(registers, "registers");
        return write(Abi.ZX_THREAD_STATE_GENERAL_REGS, Structs.GeneralRegs.LAYOUT, registers::into);
    }

    /// Reads the x87 floating-point registers.
    ///
    /// Wraps `zx_thread_read_state` with `ZX_THREAD_STATE_FP_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    ///
    /// @return the registers
    public Result<FpRegisters> readFpRegisters() {
        return read(Abi.ZX_THREAD_STATE_FP_REGS, Structs.FpRegs.LAYOUT, FpRegisters::from);
    }

    /// Writes the x87 floating-point registers.
    ///
    /// Wraps `zx_thread_write_state` with `ZX_THREAD_STATE_FP_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    ///
    /// @param registers all of them
    /// @return nothing more than success
    public Result<Unit> writeFpRegisters(FpRegisters registers) {
        Objects.requireNonNull(registers, "registers");
        return write(Abi.ZX_THREAD_STATE_FP_REGS, Structs.FpRegs.LAYOUT, registers::into);
    }

    /// Reads the vector registers.
    ///
    /// Wraps `zx_thread_read_state` with `ZX_THREAD_STATE_VECTOR_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    ///
    /// @return the registers; those that the processor does not have are zero
    public Result<VectorRegisters> readVectorRegisters() {
        return read(
                Abi.ZX_THREAD_STATE_VECTOR_REGS, Structs.VectorRegs.LAYOUT, VectorRegisters::from);
    }

    /// Writes the vector registers.
    ///
    /// Wraps `zx_thread_write_state` with `ZX_THREAD_STATE_VECTOR_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    ///
    /// @param registers all of them
    /// @return nothing more than success
    public Result<Unit> writeVectorRegisters(VectorRegisters registers) {
        Objects.requireNonNull(registers, "registers");
        return write(Abi.ZX_THREAD_STATE_VECTOR_REGS, Structs.VectorRegs.LAYOUT, registers::into);
    }

    /// Reads the debug registers.
    ///
    /// Wraps `zx_thread_read_state` with `ZX_THREAD_STATE_DEBUG_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    ///
    /// @return the registers
    public Result<DebugRegisters> readDebugRegisters() {
        return read(Abi.ZX_THREAD_STATE_DEBUG_REGS, Structs.DebugRegs.LAYOUT, DebugRegisters::from);
    }

    /// Writes the debug registers.
    ///
    /// Wraps `zx_thread_write_state` with `ZX_THREAD_STATE_DEBUG_REGS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    /// - `INVALID_ARGS`: values that the processor does not allow.
    ///
    /// @param registers all of them
    /// @return nothing more than success
    public Result<Unit> writeDebugRegisters(DebugRegisters registers) {
        Objects.requireNonNull(registers, "registers");
        return write(Abi.ZX_THREAD_STATE_DEBUG_REGS, Structs.DebugRegs.LAYOUT, registers::into);
    }

    /// Tells whether the thread stops after each instruction.
    ///
    /// Wraps `zx_thread_read_state` with `ZX_THREAD_STATE_SINGLE_STEP`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    /// - `NOT_SUPPORTED`: the thread has not come from its own code: it is starting or ending.
    ///
    /// @return true if it does
    public Result<Boolean> readSingleStep() {
        return read(
                Abi.ZX_THREAD_STATE_SINGLE_STEP,
                Structs.U32,
                state -> state.get(Structs.U32, 0) != 0);
    }

    /// Lets the thread stop after each instruction, or no longer.
    ///
    /// Wraps `zx_thread_write_state` with `ZX_THREAD_STATE_SINGLE_STEP`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the thread is neither suspended nor in an exception.
    /// - `NOT_SUPPORTED`: the thread has not come from its own code: it is starting or ending.
    ///
    /// @param singleStep whether it stops
    /// @return nothing more than success
    public Result<Unit> writeSingleStep(boolean singleStep) {
        return write(
                Abi.ZX_THREAD_STATE_SINGLE_STEP,
                Structs.U32,
                state -> state.set(Structs.U32, 0, singleStep ? 1 : 0));
    }

    /// Sets where the segment register FS of the calling thread points; on x86-64 it is the C
    /// library's, and programs that have one must leave it alone.
    ///
    /// Wraps `zx_object_set_property` with `ZX_PROP_REGISTER_FS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SET_PROPERTY], or it is another thread.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: no program can have anything at `address`.
    /// - `NOT_SUPPORTED`: this is the emulation, and the register belongs to the host.
    ///
    /// @param address where it points
    /// @return nothing more than success
    public Result<Unit> setRegisterFs(long address) {
        return Property.set(raw(), Abi.ZX_PROP_REGISTER_FS, address);
    }

    /// Sets where the segment register GS of the calling thread points.
    ///
    /// Wraps `zx_object_set_property` with `ZX_PROP_REGISTER_GS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SET_PROPERTY], or it is another thread.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: no program can have anything at `address`.
    ///
    /// @param address where it points
    /// @return nothing more than success
    public Result<Unit> setRegisterGs(long address) {
        return Property.set(raw(), Abi.ZX_PROP_REGISTER_GS, address);
    }

    private <T> Result<T> read(int kind, MemoryLayout layout, Function<MemorySegment, T> reader) {
        int thread = raw();
        if (thread == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(layout);
            int status = Syscalls.threadReadState(thread, kind, state, state.byteSize());
            return status == 0 ? new Ok<>(reader.apply(state)) : Answer.refused(status);
        }
    }

    private Result<Unit> write(int kind, MemoryLayout layout, Consumer<MemorySegment> writer) {
        int thread = raw();
        if (thread == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(layout);
            writer.accept(state);
            return Answer.of(Syscalls.threadWriteState(thread, kind, state, state.byteSize()));
        }
    }
}
