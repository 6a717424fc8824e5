package zircon.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import zircon.Err;
import zircon.Job;
import zircon.Ok;
import zircon.Port;
import zircon.Result;
import zircon.Unit;
import zircon.sys.zircon_h;

import java.util.concurrent.TimeUnit;

/// Binding and unbinding a task through the gate, by each way there is to it. Both calls succeed.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BindUnbindBenchmark {
    private static final long KEY = BindBenchmark.KEY;
    private static final int TIMES = 1000;

    private final Target target = Target.unbound();
    private final Job task = target.task();
    private final Port port = target.port();
    private final int rawTask = task.raw();
    private final int rawPort = port.raw();
    private final JnaInterface jna = JnaInterface.load();
    private final Jnr jnr = Jnr.load();

    /// A benchmark of something else than it says is worse than none.
    @Setup
    public void verify() {
        Answer.OK.require(generated());
    }

    @Benchmark
    @OperationsPerInvocation(TIMES)
    public int loopInC() {
        return Jni.bindAndUnbindInC(rawTask, rawPort, KEY, TIMES);
    }

    @Benchmark
    public int jni() {
        return Jni.bind(rawTask, rawPort, KEY, 0) | Jni.bind(rawTask, 0, 0, 0);
    }

    @Benchmark
    public int generated() {
        return zircon_h.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0)
                | zircon_h.zx_task_bind_exception_port(rawTask, 0, 0, 0);
    }

    @Benchmark
    public int wrapper() {
        return status(task.bindExceptionPort(port, KEY)) | status(task.unbindExceptionPort());
    }

    private static int status(Result<Unit> result) {
        return switch (result) {
            case Ok<Unit> _ -> 0;
            case Err<Unit>(var status) -> status.raw();
        };
    }

    @Benchmark
    public int jnr() {
        return jnr.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0)
                | jnr.zx_task_bind_exception_port(rawTask, 0, 0, 0);
    }

    @Benchmark
    public int jnaDirect() {
        return JnaDirect.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0)
                | JnaDirect.zx_task_bind_exception_port(rawTask, 0, 0, 0);
    }

    @Benchmark
    public int jnaInterface() {
        return jna.zx_task_bind_exception_port(rawTask, rawPort, KEY, 0)
                | jna.zx_task_bind_exception_port(rawTask, 0, 0, 0);
    }
}
