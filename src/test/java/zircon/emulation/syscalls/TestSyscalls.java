package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_EXCP_FATAL_PAGE_FAULT;
import static zircon.sys.zircon_h.ZX_OK;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.FakeContext;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.Spawned;
import zircon.emulation.kernel.TestKernel;
import zircon.emulation.kernel.ThreadDispatcher;

import java.lang.foreign.Arena;
import java.util.function.IntSupplier;
import java.util.function.LongToIntFunction;

/// All syscalls of a test's kernel, called by a host thread with a fake memory.
final class TestSyscalls {
    final TestKernel test = new TestKernel();
    final Kernel kernel = test.kernel;
    final FakeMemory memory = new FakeMemory();
    final Caller caller = caller(test.host);

    final HandleSyscalls handles = new HandleSyscalls(kernel);
    final ObjectSyscalls objects = new ObjectSyscalls(kernel);
    final InfoSyscalls info = new InfoSyscalls(kernel);
    final PropertySyscalls properties = new PropertySyscalls(kernel);
    final WaitSyscalls waits = new WaitSyscalls(kernel);
    final PortSyscalls ports = new PortSyscalls(kernel);
    final JobSyscalls jobs = new JobSyscalls(kernel);
    final ProcessSyscalls processes = new ProcessSyscalls(kernel);
    final MemorySyscalls processMemory = new MemorySyscalls(kernel);
    final ThreadSyscalls threads = new ThreadSyscalls(kernel);
    final ThreadStateSyscalls threadStates = new ThreadStateSyscalls(kernel);
    final TaskSyscalls tasks = new TaskSyscalls(kernel);
    final ChannelSyscalls channels = new ChannelSyscalls(kernel);
    final EventSyscalls events = new EventSyscalls(kernel);
    final ClockSyscalls clocks = new ClockSyscalls(kernel);
    final SystemSyscalls system = new SystemSyscalls();
    final RuntimeSyscalls runtime = new RuntimeSyscalls(kernel);

    private final long out = memory.room(8);
    private final long out2 = memory.room(8);

    Caller caller(ThreadDispatcher thread) {
        return new Caller(thread, Arena.ofAuto().allocate(Caller.SCRATCH_SIZE, 8), memory);
    }

    /// What a syscall returns to its caller.
    static int status(IntSupplier syscall) {
        try {
            return syscall.getAsInt();
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    /// The handle that a syscall stores.
    int made(LongToIntFunction syscall) {
        int status = status(() -> syscall.applyAsInt(out));
        if (status != ZX_OK()) {
            throw new AssertionError("the test's own call failed with " + status);
        }
        return memory.intAt(out);
    }

    int root() {
        return runtime.jobDefault(caller);
    }

    int port() {
        return made(at -> ports.portCreate(caller, 0, at));
    }

    int event() {
        return made(at -> events.eventCreate(caller, 0, at));
    }

    int job() {
        return made(at -> jobs.jobCreate(caller, root(), 0, at));
    }

    int process() {
        return process(root());
    }

    int process(int job) {
        long name = memory.text("process");
        return made(at -> processes.processCreate(caller, job, name, 7, 0, at, out2));
    }

    int thread(int process) {
        long name = memory.text("thread");
        return made(at -> threads.threadCreate(caller, process, name, 6, 0, at));
    }

    /// Both ends of a channel.
    int[] channel() {
        int first = made(at -> channels.channelCreate(caller, 0, at, out2));
        return new int[] {first, memory.intAt(out2)};
    }

    int duplicate(int handle, int rights) {
        return made(at -> handles.handleDuplicate(caller, handle, rights, at));
    }

    void close(int handle) {
        var _ = handles.handleClose(caller, handle);
    }

    Handle find(int value) {
        return test.locked(() -> caller.handles().get(value));
    }

    <T extends Dispatcher> T object(int value, Class<T> type) {
        return type.cast(find(value).object());
    }

    boolean isOpen(int value) {
        return test.locked(() -> caller.handles().find(value)) != null;
    }

    int open() {
        return test.locked(() -> caller.table().openCount());
    }

    int handleOf(Dispatcher object) {
        return caller.table().valueOf(test.handle(object));
    }

    /// A thread in an exception, waiting for `port`; its handle has default rights.
    int faulted(int port, FakeContext context) {
        test.machine.hold();
        Spawned spawned =
                test.spawn(
                        thread ->
                                test.log.add(
                                        thread.handleException(ZX_EXCP_FATAL_PAGE_FAULT(), context)
                                                .toString()));
        int thread = handleOf(spawned.thread());
        var _ = tasks.taskBindExceptionPort(caller, thread, port, 1, 0);
        test.machine.release();
        test.quiesce();
        return thread;
    }
}
