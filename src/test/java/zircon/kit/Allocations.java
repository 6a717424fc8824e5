package zircon.kit;

import java.lang.reflect.Method;

/// What threads take of the heap.
public final class Allocations {
    private Allocations() {}

    /// The bytes that the calling thread has allocated in its life.
    ///
    /// By reflection: the library's module, to which this class belongs in the build, does not read
    /// jdk.management.
    public static long ofThisThread() {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Object threads = factory.getMethod("getThreadMXBean").invoke(null);
            Method bytes =
                    Class.forName("com.sun.management.ThreadMXBean")
                            .getMethod("getCurrentThreadAllocatedBytes");
            return (Long) bytes.invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JVM does not count what a thread allocates", e);
        }
    }
}
