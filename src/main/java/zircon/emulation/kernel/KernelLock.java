package zircon.emulation.kernel;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The one lock of a kernel, for try-with-resources.
public final class KernelLock implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();

    KernelLock() {}

    KernelLock acquire() {
        lock.lock();
        return this;
    }

    @Override
    public void close() {
        lock.unlock();
    }

    Condition newCondition() {
        return lock.newCondition();
    }

    boolean isHeld() {
        return lock.isHeldByCurrentThread();
    }
}
