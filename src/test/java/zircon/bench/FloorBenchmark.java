package zircon.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import zircon.sys.zircon_h;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;

/// What the machine and the JVM take for the parts that the whole way is made of.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloorBenchmark {
    private static final int FAULTS = 1000;
    private static final int NO_HANDLE = 0;
    private static final MethodHandle NOTHING;
    private static final MethodHandle FAULT;

    static {
        Libraries.load();
        NOTHING = Libraries.function("bench_nothing", FunctionDescriptor.of(ValueLayout.JAVA_INT));
        FAULT =
                Libraries.function(
                        "bench_faults",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    private final HandOff handOff = new HandOff();

    /// Leaves this JVM without a kernel that does anything.
    @Setup
    public void prepare() {
        EmptyKernel.install();
    }

    @TearDown
    public void end() {
        handOff.close();
    }

    /// From Java to C and back.
    @Benchmark
    public int downcall() throws Throwable {
        return (int) NOTHING.invokeExact();
    }

    /// From Java through the gate to Java and back.
    @Benchmark
    public int trip() {
        return zircon_h.zx_handle_close(NO_HANDLE);
    }

    /// From one thread to another and back.
    @Benchmark
    public void handOff() {
        handOff.thereAndBack();
    }

    /// From a fault to its handler in C and back.
    @Benchmark
    @OperationsPerInvocation(FAULTS)
    public int signal() throws Throwable {
        return (int) FAULT.invokeExact(FAULTS);
    }
}
