package zircon.emulation.kernel;

import java.util.concurrent.locks.ReentrantLock;

/// The one lock of a kernel, for try-with-resources.
@SuppressWarnings("serial") // its parent is serializable, no kernel is
public final class KernelLock extends ReentrantLock implements AutoCloseable {
    KernelLock() {}

    KernelLock acquire() {
        lock();
        return this;
    }

    @Override
    public void close() {
        unlock();
    }

    boolean isHeld() {
        return isHeldByCurrentThread();
    }
}
