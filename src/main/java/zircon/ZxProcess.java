package zircon;

import zircon.internal.InfoStructs;
import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

/// A process: an address space, a table of handles, and threads.
public final class ZxProcess extends Task {
    ZxProcess(int raw) {
        super(raw);
    }

    /// Takes over a process' handle that was not made by this wrapper. What it names is not
    /// checked: calls on another object's handle answer `WRONG_TYPE`.
    ///
    /// @param raw the number; this object owns it from now on
    /// @return the handle
    /// @throws IllegalArgumentException if `raw` is 0
    public static ZxProcess adopt(int raw) {
        return new ZxProcess(checked(raw));
    }

    /// The caller's own process.
    ///
    /// Duplicates what `zx_process_self` returns, so that closing it harms nobody. Does not block.
    ///
    /// - `BAD_HANDLE`: this program was not given itself.
    ///
    /// @return a handle of the caller's own
    public static Result<ZxProcess> self() {
        return duplicate(Syscalls.processSelf(), Rights.SAME_RIGHTS, ZxProcess::new);
    }

    /// Ends the caller's process, as far as the kernel is concerned, and does not return.
    ///
    /// Wraps `zx_process_exit`. The Java code of the calling thread is then left by an [Error] that
    /// nobody should catch but the one that started the thread.
    ///
    /// @param returnCode what [ProcessInfo#returnCode()] says from then on
    public static void exit(long returnCode) {
        Syscalls.processExit(returnCode);
        throw new GuestUnwind();
    }

    @Override
    public Result<ZxProcess> duplicate(Rights rights) {
        return duplicate(rights, ZxProcess::new);
    }

    @Override
    public Result<ZxProcess> replace(Rights rights) {
        return replace(rights, ZxProcess::new);
    }

    /// Makes a thread in this process. It does not run yet.
    ///
    /// Wraps `zx_thread_create`. Does not block. Succeeds on a dead process too; starting the
    /// thread then fails.
    ///
    /// - `ACCESS_DENIED`: this handle lacks both [Rights#MANAGE_THREAD] and [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @param name the kernel keeps the first 31 bytes in UTF-8, up to a NUL
    /// @return the new thread, owned
    public Result<ZxThread> createThread(String name) {
        byte[] text = utf8(name);
        int process = raw();
        if (process == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment copy = bytes(arena, text);
            return Answer.made(
                    out -> Syscalls.threadCreate(process, copy, text.length, 0, out),
                    ZxThread::new);
        }
    }

    /// Starts this process with its first thread, which runs `entry(argument, value)`; the
    /// argument's number is a new one of this process'.
    ///
    /// Wraps `zx_process_start`. `thread` is borrowed, `argument` is **Consumed.** Does not block,
    /// does not allocate.
    ///
    /// - `ACCESS_DENIED`: a handle lacks [Rights#WRITE], `argument` lacks [Rights#TRANSFER], or the
    ///   thread is another process'.
    /// - `BAD_HANDLE`: one of the three is closed; no start was tried.
    /// - `BAD_STATE`: the process was started before or is dead, or the thread was started before.
    ///
    /// @param thread a thread of this process that was never started
    /// @param entry the address of the code
    /// @param stack the first stack pointer; the emulation takes stacks of its own
    /// @param argument a handle for the new process
    /// @param value any number for the new process
    /// @return nothing more than success
    public Result<Unit> start(
            ZxThread thread, long entry, long stack, Handle argument, long value) {
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(argument, "argument");
        int first = thread.raw();
        int process = raw();
        int given = argument.release();
        if (process == INVALID || first == INVALID || given == INVALID) {
            discard(given);
            return ZxError.BAD_HANDLE.err();
        }
        return Answer.of(Syscalls.processStart(process, first, entry, stack, given, value));
    }

    /// Suspends all threads of this process, and those that it starts later, until the token is
    /// closed.
    ///
    /// Wraps `zx_task_suspend`. Does not block: each thread stops as [ZxThread#suspend()] says. A
    /// process that was not started yet will start suspended.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the process is ending or has ended.
    /// - `NOT_SUPPORTED`: it is the caller's own process.
    ///
    /// @return what keeps it suspended, owned
    public Result<SuspendToken> suspend() {
        return suspendTask();
    }

    /// Reads the memory of this process.
    ///
    /// Wraps `zx_process_read_memory`. Does not block. The process need not be stopped. What is
    /// read ends where the mapping ends that `address` lies in (rule R-10).
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#READ] or [Rights#WRITE].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: `size` is 0 or more than 64 MiB.
    /// - `NO_MEMORY`: nothing is mapped at `address`, or the process is dead.
    ///
    /// @param address where to begin in the address space of this process
    /// @param size how many bytes at most
    /// @return the bytes that are there, at least one
    /// @throws IllegalArgumentException if `size` is negative
    public Result<byte[]> readMemory(long address, int size) {
        if (size < 0) {
            throw new IllegalArgumentException("a size of " + size + " bytes; it may be 0 or more");
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(size);
            return readMemory(address, bytes)
                    .map(actual -> bytes.asSlice(0, actual).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /// Reads the memory of this process into memory of the caller's.
    ///
    /// Wraps `zx_process_read_memory`, and refuses what [#readMemory(long, int)] does.
    ///
    /// @param address where to begin in the address space of this process
    /// @param into native memory; its size is how many bytes are read at most
    /// @return how many bytes were read, at least one
    /// @throws IllegalArgumentException if `into` lies in the Java heap
    public Result<Long> readMemory(long address, MemorySegment into) {
        Objects.requireNonNull(into, "into");
        return accessMemory(
                into,
                (process, actual) ->
                        Syscalls.processReadMemory(
                                process, address, into, into.byteSize(), actual));
    }

    /// Writes into the memory of this process, also where it may not write itself: into its code.
    ///
    /// Wraps `zx_process_write_memory`. Does not block. The process need not be stopped. What is
    /// written ends where the mapping ends that `address` lies in (rule R-10).
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#WRITE]; in the emulation also: the memory is
    ///   the host's own.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: there are no bytes, or more than 64 MiB.
    /// - `NO_MEMORY`: nothing is mapped at `address`, or the process is dead.
    ///
    /// @param address where to begin in the address space of this process
    /// @param bytes what to write
    /// @return how many of the bytes were written, at least one
    public Result<Long> writeMemory(long address, byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        try (var arena = Arena.ofConfined()) {
            return writeMemory(address, bytes(arena, bytes));
        }
    }

    /// Writes memory of the caller's into the memory of this process.
    ///
    /// Wraps `zx_process_write_memory`, and refuses what [#writeMemory(long, byte\[\])] does.
    ///
    /// @param address where to begin in the address space of this process
    /// @param from native memory: what to write
    /// @return how many of the bytes were written, at least one
    /// @throws IllegalArgumentException if `from` lies in the Java heap
    public Result<Long> writeMemory(long address, MemorySegment from) {
        Objects.requireNonNull(from, "from");
        return accessMemory(
                from,
                (process, actual) ->
                        Syscalls.processWriteMemory(
                                process, address, from, from.byteSize(), actual));
    }

    private Result<Long> accessMemory(MemorySegment memory, MemoryAccess access) {
        if (!memory.isNative()) {
            throw new IllegalArgumentException(
                    "The segment lies in the Java heap; the kernel needs native memory, from an"
                            + " Arena.");
        }
        int process = raw();
        if (process == INVALID) {
            return ZxError.BAD_HANDLE.err();
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment actual = arena.allocate(Structs.U64);
            int status = access.call(process, actual);
            return status == 0 ? new Ok<>(actual.get(Structs.U64, 0)) : Answer.refused(status);
        }
    }

    /// One of the two syscalls.
    private interface MemoryAccess {
        /// @return the status
        int call(int process, MemorySegment actual);
    }

    /// How this process is doing.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_PROCESS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return return code and state
    public Result<ProcessInfo> info() {
        return ObjectInfo.record(
                raw(), Abi.ZX_INFO_PROCESS, InfoStructs.ProcessInfo.LAYOUT, ProcessInfo::from);
    }

    /// The threads of this process that were started and have not ended, in the order of their
    /// starts.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_PROCESS_THREADS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#ENUMERATE].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return their koids
    public Result<List<Koid>> threads() {
        return ObjectInfo.koids(raw(), Abi.ZX_INFO_PROCESS_THREADS);
    }

    /// How much memory this process has.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_TASK_STATS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the process is dead.
    ///
    /// @return numbers of bytes
    public Result<TaskStats> taskStats() {
        return ObjectInfo.record(
                raw(), Abi.ZX_INFO_TASK_STATS, InfoStructs.TaskStats.LAYOUT, TaskStats::from);
    }

    /// The handles that this process has.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_PROCESS_HANDLE_STATS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return how many there are to objects of each type
    public Result<HandleStats> handleStats() {
        return ObjectInfo.record(
                raw(),
                Abi.ZX_INFO_PROCESS_HANDLE_STATS,
                InfoStructs.HandleStats.LAYOUT,
                HandleStats::from);
    }

    /// The address space of this process.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_PROCESS_MAPS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT], or it is the caller's own process.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the process is dead.
    ///
    /// @return its regions and mappings, each before what lies in it
    public Result<List<MapsEntry>> maps() {
        return ObjectInfo.list(
                raw(), Abi.ZX_INFO_PROCESS_MAPS, InfoStructs.Maps.LAYOUT, MapsEntries::from);
    }

    /// The memory objects that this process has a handle or a mapping to; one that it has both ways
    /// is there twice.
    ///
    /// Wraps `zx_object_get_info` with `ZX_INFO_PROCESS_VMOS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#INSPECT], or it is the caller's own process.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `BAD_STATE`: the process does not run.
    ///
    /// @return the memory objects
    public Result<List<VmoInfo>> vmos() {
        return ObjectInfo.list(
                raw(), Abi.ZX_INFO_PROCESS_VMOS, InfoStructs.Vmo.LAYOUT, VmoInfo::from);
    }

    /// Where this process keeps what its dynamic linker tells a debugger.
    ///
    /// Wraps `zx_object_get_property` with `ZX_PROP_PROCESS_DEBUG_ADDR`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#GET_PROPERTY].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return the address, or [DebugAddress#NONE] or [DebugAddress#BREAK_ON_SET]
    public Result<DebugAddress> debugAddress() {
        return Property.get(raw(), Abi.ZX_PROP_PROCESS_DEBUG_ADDR).map(DebugAddress::new);
    }

    /// Sets where this process keeps what its dynamic linker tells a debugger; or, as long as it is
    /// not set, that the linker shall stop when it does: [DebugAddress#BREAK_ON_SET].
    ///
    /// Wraps `zx_object_set_property` with `ZX_PROP_PROCESS_DEBUG_ADDR`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#SET_PROPERTY], or an address was set before.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `INVALID_ARGS`: `address` is [DebugAddress#NONE].
    ///
    /// @param address the address, or the request to stop
    /// @return nothing more than success
    public Result<Unit> setDebugAddress(DebugAddress address) {
        Objects.requireNonNull(address, "address");
        return Property.set(raw(), Abi.ZX_PROP_PROCESS_DEBUG_ADDR, address.value());
    }

    /// Where the vDSO lies in this process. In the emulation, it is where libzircon lies.
    ///
    /// Wraps `zx_object_get_property` with `ZX_PROP_PROCESS_VDSO_BASE_ADDRESS`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#GET_PROPERTY].
    /// - `BAD_HANDLE`: this handle is closed.
    ///
    /// @return its first address
    public Result<Long> vdsoBaseAddress() {
        return Property.get(raw(), Abi.ZX_PROP_PROCESS_VDSO_BASE_ADDRESS);
    }

    /// A handle to a thread of this process.
    ///
    /// Wraps `zx_object_get_child`. Does not block.
    ///
    /// - `ACCESS_DENIED`: this handle lacks [Rights#ENUMERATE], or some of `rights`.
    /// - `BAD_HANDLE`: this handle is closed.
    /// - `NOT_FOUND`: no running thread of this process has this koid.
    ///
    /// @param koid which thread
    /// @param rights what the new handle allows; [Rights#SAME_RIGHTS] for all that *this* handle
    ///   does
    /// @return the thread, owned
    public Result<ZxThread> child(Koid koid, Rights rights) {
        return getChild(koid, rights, ZxThread::new);
    }

    /// Binds `port` to one of this process' two exception ports.
    ///
    /// Wraps `zx_task_bind_exception_port`. `port` is borrowed. Needs no right. Does not block,
    /// does not allocate.
    ///
    /// - `ALREADY_BOUND`: this process has a port of that kind; unbind it first.
    /// - `BAD_HANDLE`: this handle or `port` is closed; no syscall was made.
    /// - `NOT_FOUND`: the process is dead (rule B-2; missing from the man page).
    ///
    /// @param port where the packets go
    /// @param key any 64 bits, unsigned; comes back in [ExceptionPacket#key()]
    /// @param kind which of the two
    /// @return nothing more than success
    public Result<Unit> bindExceptionPort(Port port, long key, ExceptionPortKind kind) {
        return bind(port, key, kind);
    }

    /// Takes the port away from one of this process' two exception ports. Threads that wait for its
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
