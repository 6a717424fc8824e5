package zircon.kit;

import zircon.Deadline;
import zircon.Event;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.Job;
import zircon.Koid;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.Task;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.HostEmulation;
import zircon.sys.zircon_h;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/// An emulated process with its first thread. Closing it kills it and waits for its end.
///
/// There are two kinds. One made by [#in] runs machine code and can lie in any job; its threads
/// start with [#fault], which is a jump to address 0 and so a page fault, and a handler sends them
/// on with [#sendTo]. One made by [#java] runs Java and lies in the root job.
public final class Guest implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Signals GO = Signals.user(0);
    private static final int NO_ARGUMENT = 0;

    private final ZxProcess process;
    private final ZxThread thread;
    private final Deque<ZxThread> otherThreads = new ArrayDeque<>();

    private Guest(ZxProcess process, ZxThread thread) {
        this.process = process;
        this.thread = thread;
    }

    /// A process in `job`, with a thread that does not run yet.
    public static Guest in(Job job) {
        var made = job.createProcess("guest").orElseThrow();
        made.vmar().close();
        ZxProcess process = made.process();
        return new Guest(process, process.createThread("first").orElseThrow());
    }

    /// A process in the root job, whose first thread waits for [#go] and then runs `body`.
    public static Guest java(Runnable body) {
        int handle =
                HostEmulation.instance().spawnProcess("guest", NO_ARGUMENT, _ -> awaitGo(body));
        var process = ZxProcess.adopt(handle);
        Koid first = process.threads().orElseThrow().getFirst();
        return new Guest(process, process.child(first, Rights.SAME_RIGHTS).orElseThrow());
    }

    /// Another thread of a Java guest: it waits for [#go(ZxThread)] and then runs `body`. It is
    /// closed with this guest.
    public ZxThread javaThread(Runnable body) {
        int handle =
                HostEmulation.instance().spawnThread(process.raw(), "other", () -> awaitGo(body));
        return keep(ZxThread.adopt(handle));
    }

    private static void awaitGo(Runnable body) {
        try (ZxThread self = ZxThread.self().orElseThrow()) {
            var _ = self.waitFor(GO, Deadline.INFINITE).orElseThrow();
        }
        body.run();
    }

    /// Another thread of this process, which does not run yet. It is closed with this guest.
    public ZxThread newThread() {
        return keep(process.createThread("other").orElseThrow());
    }

    private ZxThread keep(ZxThread other) {
        otherThreads.push(other);
        return other;
    }

    /// The process.
    public ZxProcess process() {
        return process;
    }

    /// Its first thread.
    public ZxThread thread() {
        return thread;
    }

    /// Lets the first thread of a Java guest run.
    public void go() {
        go(thread);
    }

    /// Lets a thread of a Java guest run.
    public static void go(ZxThread thread) {
        var _ = thread.signal(Signals.NONE, GO).orElseThrow();
    }

    /// Starts the process with a fault: its thread jumps to address 0.
    public void fault() {
        start(0, 0);
    }

    /// Starts another thread of the running process with a fault: it jumps to address 0.
    public static void fault(ZxThread other) {
        var _ = other.start(0, 0, 0, 0).orElseThrow();
    }

    /// Starts the process; its thread sleeps for ever.
    public void sleep() {
        // The first argument of an entry is a handle: it takes a fault to pass zx_nanosleep() a
        // time.
        try (Port port = Port.create().orElseThrow()) {
            var _ = thread.bindExceptionPort(port, 0).orElseThrow();
            fault();
            var _ = Packets.exception(port);
            sendTo(thread, Code.NANOSLEEP, Long.MAX_VALUE);
            var _ = thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
            var _ = thread.unbindExceptionPort().orElseThrow();
        }
        Packets.settle();
    }

    /// Starts the process as `entry(some handle, value)`.
    public void start(long entry, long value) {
        Event argument = Event.create().orElseThrow();
        var _ = process.start(thread, entry, 0, argument, value).orElseThrow();
    }

    /// Makes a thread that waits in an exception call `function(argument)` when it is resumed. The
    /// thread ends when the function returns.
    public static void sendTo(ZxThread waiting, Code function, long argument) {
        GeneralRegisters registers =
                waiting.readGeneralRegisters()
                        .orElseThrow()
                        .with(Register.RIP, function.address())
                        .with(Register.RDI, argument);
        var _ = waiting.writeGeneralRegisters(registers).orElseThrow();
    }

    /// Waits until `task` has ended.
    public static void awaitEnd(Task task) {
        var _ = task.waitFor(Signals.TASK_TERMINATED, Deadline.after(LIMIT)).orElseThrow();
    }

    @Override
    public void close() {
        var _ = process.kill().orElseThrow();
        awaitEnd(process);
        otherThreads.forEach(ZxThread::close);
        thread.close();
        process.close();
    }

    /// Functions that a guest can be sent to.
    public enum Code {
        PROCESS_EXIT,
        THREAD_EXIT,
        NANOSLEEP;

        long address() {
            return Objects.requireNonNull(
                            switch (this) {
                                case PROCESS_EXIT -> zircon_h.zx_process_exit$address();
                                case THREAD_EXIT -> zircon_h.zx_thread_exit$address();
                                case NANOSLEEP -> zircon_h.zx_nanosleep$address();
                            })
                    .address();
        }
    }
}
