package zircon.emulation.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// A clock that stands still until a test moves it; the threads whose deadline that passes wake,
/// and no others.
public final class FakeClock implements KernelClock {
    private final AtomicLong now;
    private final long utcAtZero;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// A clock that shows `monotonic`, and `utc` at the same time.
    public FakeClock(long monotonic, long utc) {
        now = new AtomicLong(monotonic);
        utcAtZero = utc - monotonic;
    }

    /// Moves the time on. When this returns, every thread whose deadline has passed counts as
    /// running again.
    public void advance(long nanoseconds) {
        if (nanoseconds < 0) {
            throw new IllegalArgumentException(
                    "a monotonic clock cannot go back by " + -nanoseconds + " ns");
        }
        now.addAndGet(nanoseconds);
        listeners.forEach(Runnable::run);
    }

    @Override
    public long monotonic() {
        return now.get();
    }

    @Override
    public long utc() {
        return utcAtZero + now.get();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public void sleep(Condition wakeUp, long deadline) {
        wakeUp.awaitUninterruptibly();
    }

    @Override
    public void onMove(Runnable listener) {
        listeners.add(listener);
    }
}
