package zircon.bench.growth;

import zircon.Deadline;
import zircon.Event;
import zircon.Job;
import zircon.Port;
import zircon.Resume;
import zircon.Signals;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.NativeProgram;

import java.time.Duration;

/// A native guest that faults for ever, alone in its process.
final class FaultingGuest implements AutoCloseable {
    /// A guest that is stuck fails the run, and does not stop it.
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final NativeProgram program;
    private final ZxProcess process;
    private final ZxThread thread;

    FaultingGuest(NativeProgram program, Job job) {
        this.program = program;
        process = Tasks.newProcess(job);
        thread = process.createThread("faulting").orElseThrow();
    }

    /// What the thread's own port is bound to.
    ZxThread thread() {
        return thread;
    }

    /// Begins to fault.
    void start() {
        long entry = program.address("fault_for_ever");
        var _ = process.start(thread, entry, 0, Event.create().orElseThrow(), 0).orElseThrow();
    }

    /// Goes on after a fault whose packet came from this port.
    void resume(Port port) {
        var _ = thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
    }

    @Override
    public void close() {
        var _ = process.kill().orElseThrow();
        var _ = process.waitFor(Signals.TASK_TERMINATED, Deadline.after(LIMIT));
        thread.close();
        process.close();
    }
}
