package zircon.bench.growth;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Keeps threads that wake each other on one processor. What it takes to wake one is then a matter
/// of software alone; otherwise it depends on how deeply another processor sleeps, and one run
/// differs from the next by a factor of ten.
public final class OneProcessor {
    private static final long SET = 128; // bytes of a cpu_set_t

    private OneProcessor() {}

    /// Keeps the calling thread, and those that it starts from now on, where it is.
    public static void stay() {
        try (Arena arena = Arena.ofConfined()) {
            int here =
                    (int)
                            function("sched_getcpu", FunctionDescriptor.of(ValueLayout.JAVA_INT))
                                    .invokeExact();
            MemorySegment set = arena.allocate(SET);
            set.set(ValueLayout.JAVA_BYTE, here / Byte.SIZE, (byte) (1 << here % Byte.SIZE));
            int failed =
                    (int)
                            function(
                                            "sched_setaffinity",
                                            FunctionDescriptor.of(
                                                    ValueLayout.JAVA_INT,
                                                    ValueLayout.JAVA_INT,
                                                    ValueLayout.JAVA_LONG,
                                                    ValueLayout.ADDRESS))
                                    .invokeExact(0, SET, set);
            if (failed != 0) {
                throw new IllegalStateException("this thread cannot be kept on one processor");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing", e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
