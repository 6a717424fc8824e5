package zircon.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import zircon.Channel;
import zircon.Deadline;
import zircon.Event;
import zircon.HandleInfo;
import zircon.Job;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.Read;
import zircon.Rights;
import zircon.Signals;
import zircon.Unit;
import zircon.UserPacket;
import zircon.Wait;
import zircon.sys.zircon_h;

import java.util.concurrent.TimeUnit;

/// What the kernel does for one thread alone, the whole way: wrapper, gate, emulation. Nothing of
/// it blocks.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    private static final int NO_HANDLE = 0;
    private static final int MESSAGE_SIZE = 16;

    private final byte[] message = new byte[MESSAGE_SIZE];
    private final UserPacket packet = UserPacket.of(1);
    private final PacketBuffer buffer = new PacketBuffer();
    private final Target target = Target.unbound();
    private final Job task = target.task();
    private final Port port = target.port();
    private final Event event = Event.create().orElseThrow();
    private final Channel.Pair channel = Channel.create().orElseThrow();

    /// Makes the event's wait one that does not block.
    @Setup
    public void signal() {
        var _ = event.signal(Signals.NONE, Signals.EVENT_SIGNALED).orElseThrow();
    }

    /// The least that a syscall can be asked for.
    @Benchmark
    public int closeNothing() {
        return zircon_h.zx_handle_close(NO_HANDLE);
    }

    @Benchmark
    public Unit bindUnbind() {
        var _ = task.bindExceptionPort(port, BindBenchmark.KEY).orElseThrow();
        return task.unbindExceptionPort().orElseThrow();
    }

    @Benchmark
    public long queueWait() {
        var _ = port.queue(packet).orElseThrow();
        var _ = port.waitFor(Deadline.INFINITE, buffer).orElseThrow();
        return buffer.key();
    }

    @Benchmark
    public void duplicateClose() {
        task.duplicate(Rights.SAME_RIGHTS).orElseThrow().close();
    }

    @Benchmark
    public HandleInfo basicInfo() {
        return task.basicInfo().orElseThrow();
    }

    @Benchmark
    public Signals waitOne() {
        return observed(event.waitFor(Signals.EVENT_SIGNALED, Deadline.INFINITE));
    }

    private static Signals observed(Wait wait) {
        return switch (wait) {
            case Wait.Satisfied(var signals) -> signals;
            case Wait other -> throw new AssertionError("the event is signaled: " + other);
        };
    }

    @Benchmark
    public int channelRoundTrip() {
        return pass(channel.first(), channel.second()) + pass(channel.second(), channel.first());
    }

    private int pass(Channel from, Channel to) {
        var _ = from.write(message).orElseThrow();
        return switch (to.read(MESSAGE_SIZE, 0)) {
            case Read.Message read -> read.bytes().length;
            case Read other -> throw new AssertionError("a message was written: " + other);
        };
    }
}
