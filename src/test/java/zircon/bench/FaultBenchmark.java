package zircon.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import zircon.Deadline;
import zircon.Event;
import zircon.Job;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.Resume;
import zircon.Signals;
import zircon.Unit;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.bench.growth.OneProcessor;
import zircon.emulation.HostEmulation;
import zircon.emulation.NativeProgram;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A native guest that faults for ever, and its handler.
///
/// One operation is one turn of both: the guest runs and faults, the handler takes the packet and
/// lets the guest go on. Both are on one processor, as those of [HandOff].
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FaultBenchmark {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final NativeProgram program = HostEmulation.instance().load(Built.file("guest.so"));
    private final Port port = Port.create().orElseThrow();
    private final PacketBuffer buffer = new PacketBuffer();
    private final ZxProcess process = newProcess();
    private final ZxThread thread = process.createThread("faulting").orElseThrow();
    private Deadline deadline = Deadline.PAST;
    private long turns;

    private static ZxProcess newProcess() {
        try (Job job = Job.defaultJob().orElseThrow()) {
            var made = job.createProcess("bench").orElseThrow();
            made.vmar().close();
            return made.process();
        }
    }

    /// Starts the guest.
    @Setup
    public void start() {
        OneProcessor.stay();
        var _ = thread.bindExceptionPort(port, BindBenchmark.KEY).orElseThrow();
        long entry = program.address("fault_for_ever");
        var _ = process.start(thread, entry, 0, Event.create().orElseThrow(), 0).orElseThrow();
    }

    /// A guest that is stuck fails the benchmark, and does not stop it.
    @Setup(Level.Iteration)
    public void limit() {
        deadline = Deadline.after(LIMIT);
    }

    @Benchmark
    public Unit faultResume() {
        var _ = port.waitFor(deadline, buffer).orElseThrow();
        turns++;
        return thread.resumeFromException(port, Resume.HANDLED).orElseThrow();
    }

    /// Ends the guest, which must have gone on after each fault but the last.
    @TearDown
    public void end() {
        var _ = process.kill().orElseThrow();
        var _ = process.waitFor(Signals.TASK_TERMINATED, Deadline.after(LIMIT));
        long passed =
                MemorySegment.ofAddress(program.address("faults"))
                        .reinterpret(Long.BYTES)
                        .get(ValueLayout.JAVA_LONG, 0);
        if (passed < turns - 1 || passed > turns) {
            throw new AssertionError(
                    "%d faults were handled, and the guest went on %d times"
                            .formatted(turns, passed));
        }
    }
}
