package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_EXCP_FATAL_PAGE_FAULT;
import static zircon.sys.zircon_h.ZX_OK;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// A kernel on a fake machine with a fake clock, and short words for what tests do to it.
public final class TestKernel {
    public final FakeClock clock = new FakeClock(1_000, 5_000);
    public final FakeMachine machine = new FakeMachine();
    public final Kernel kernel = new Kernel(clock, machine);
    public final ThreadDispatcher host = kernel.attachHostThread("test");

    /// What a handler saw, or a guest did, in the order in which it happened.
    public final Queue<String> log = new ConcurrentLinkedQueue<>();

    /// What `action` returns, run under the lock.
    public <T> T locked(Supplier<T> action) {
        try (var _ = kernel.lock()) {
            return action.get();
        }
    }

    /// Runs `action` under the lock.
    public void locked(Runnable action) {
        try (var _ = kernel.lock()) {
            action.run();
        }
    }

    /// The status with which `action` ends, run under the lock.
    public int status(Runnable action) {
        try {
            locked(action);
            return ZX_OK();
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    /// Waits until every guest sleeps or is dead.
    public void quiesce() {
        try {
            assertThat(kernel.guests().awaitQuiescence(Long.MAX_VALUE)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("a guest did not come to rest", e);
        }
    }

    /// A handle with default rights in the host's table.
    public Handle handle(Dispatcher object) {
        return locked(
                () -> {
                    Handle handle = kernel.handles().make(object, object.type().defaultRights());
                    kernel.hostProcess().handles().add(handle);
                    return handle;
                });
    }

    public void close(Handle handle) {
        locked(() -> kernel.handles().close(handle));
    }

    /// A port with one handle.
    public PortDispatcher port() {
        PortDispatcher port = locked(() -> new PortDispatcher(kernel));
        var _ = handle(port);
        return port;
    }

    /// A child job with one handle.
    public JobDispatcher job(JobDispatcher parent) {
        JobDispatcher job = locked(() -> parent.createJob("job"));
        var _ = handle(job);
        return job;
    }

    /// A process with one handle, not started.
    public ProcessDispatcher process(JobDispatcher job) {
        ProcessDispatcher process = locked(() -> job.createProcess("process"));
        var _ = handle(process);
        return process;
    }

    /// A thread with one handle, not started.
    public ThreadDispatcher thread(ProcessDispatcher process) {
        ThreadDispatcher thread = locked(() -> process.createThread("thread"));
        var _ = handle(thread);
        return thread;
    }

    /// A started process in `job`, whose first thread runs `code`; the host has the only handle.
    public Spawned spawn(JobDispatcher job, GuestCode code) {
        return kernel.spawn(job, "process", "first", code, List.of());
    }

    /// A started process in the root job.
    public Spawned spawn(GuestCode code) {
        return spawn(kernel.rootJob(), code);
    }

    /// Guest code that sleeps until it is killed or this much time has passed.
    public GuestCode sleeper(long nanoseconds) {
        return thread -> {
            try (var _ = kernel.lock()) {
                thread.sleepUntil(clock.monotonic() + nanoseconds);
                log.add("slept");
            } catch (Refusal refusal) {
                log.add("left with " + refusal.status());
            }
        };
    }

    /// Guest code that sleeps until it is killed.
    public GuestCode sleeper() {
        return thread -> {
            try (var _ = kernel.lock()) {
                thread.sleepUntil(Long.MAX_VALUE);
            } catch (Refusal refusal) {
                log.add("left with " + refusal.status());
            }
        };
    }

    /// Guest code that faults once, and logs what became of it.
    public GuestCode faulter() {
        return thread ->
                log.add(
                        thread.handleException(ZX_EXCP_FATAL_PAGE_FAULT(), FakeContext.pageFault())
                                .toString());
    }

    public void bind(TaskDispatcher task, boolean debugger, PortDispatcher port, long key) {
        locked(() -> task.bindExceptionPort(debugger, port, key));
    }

    public void unbind(TaskDispatcher task, boolean debugger) {
        locked(() -> task.exceptionSlot(debugger).unbind());
    }

    /// Takes a packet that is there.
    public PortPacket take(PortDispatcher port) {
        return locked(() -> port.read(host, 0));
    }

    /// Takes an exception packet that is there, and says its key.
    public long takeKey(PortDispatcher port) {
        return take(port).key();
    }

    public int answer(ThreadDispatcher thread, PortDispatcher port, boolean handled) {
        return status(() -> thread.exceptions().answer(port, handled));
    }

    /// What get_info(THREAD) says of the slot that is asked.
    public int asks(ThreadDispatcher thread) {
        return locked(() -> thread.exceptions().waitsForSlotType());
    }

    /// How many handles there are, in all processes and in flight.
    public int liveHandles() {
        return locked(
                () -> {
                    int live = 0;
                    for (Handle _ : kernel.handles().all()) {
                        live++;
                    }
                    return live;
                });
    }

    /// Whether a policy exception was raised for the thread since this was last asked.
    public boolean raised(ThreadDispatcher thread) {
        return locked(() -> thread.boundary().takePolicyException());
    }

    public int signals(Dispatcher object) {
        return locked(() -> object.signals().active());
    }
}
