package zircon.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import zircon.Err;
import zircon.Job;
import zircon.Ok;
import zircon.Port;
import zircon.Unit;
import zircon.sys.zircon_h;

import java.util.concurrent.TimeUnit;

/// One `zx_task_bind_exception_port` by each way there is to it. The answer is the same each time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BindBenchmark {
    static final long KEY = 7;
    private static final int CALLS = 1000;

    /// What the call is to answer.
    @Param
    @SuppressWarnings("NullAway.Init") // JMH does it
    public Answer answer;

    private final JnaInterface jna = JnaInterface.load();
    private final Jnr jnr = Jnr.load();

    @SuppressWarnings("NullAway.Init") // it depends on the answer
    private Job task;

    @SuppressWarnings("NullAway.Init")
    private Port port;

    private int rawTask;
    private int rawPort;
    private final Closable guardedTask = new Closable();
    private final Closable guardedPort = new Closable();

    /// The least that can be closed.
    private static final class Closable {
        private volatile int raw;
    }

    /// Brings about the answer.
    @Setup
    public void prepare() {
        Target target = Target.answering(answer);
        task = target.task();
        port = target.port();
        rawTask = task.raw();
        rawPort = port.raw();
        guardedTask.raw = rawTask;
        guardedPort.raw = rawPort;
        answer.require(generated());
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int loopInC() {
        return Jni.bindInC(rawTask, rawPort, KEY, CALLS);
    }

    @Benchmark
    public int jni() {
        return Jni.bind(rawTask, rawPort, KEY, 0);
    }

    @Benchmark
    public int generated() {
        return zircon_h.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0);
    }

    /// What the wrapper promises, and no more: that no call is made with a closed handle.
    @Benchmark
    public int guarded() {
        int from = guardedTask.raw;
        int to = guardedPort.raw;
        if (from == 0 || to == 0) {
            return zircon_h.ZX_ERR_BAD_HANDLE();
        }
        return zircon_h.zx_task_bind_exception_port(from, to, KEY, 0);
    }

    @Benchmark
    public int wrapper() {
        return switch (task.bindExceptionPort(port, KEY)) {
            case Ok<Unit> _ -> 0;
            case Err<Unit>(var status) -> status.raw();
        };
    }

    @Benchmark
    public int jnr() {
        return jnr.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0);
    }

    @Benchmark
    public int jnaDirect() {
        return JnaDirect.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0);
    }

    @Benchmark
    public int jnaInterface() {
        return jna.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0);
    }
}
