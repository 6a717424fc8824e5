package zircon.emulation.kernel;

import java.time.Instant;
import java.util.concurrent.locks.Condition;

/// The machine's time. Its monotonic clock starts with the instance, as a kernel's does at boot.
public final class SystemClock implements KernelClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long boot = System.nanoTime();

    @Override
    public long monotonic() {
        return System.nanoTime() - boot;
    }

    @Override
    public long utc() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public void sleep(Condition wakeUp, long deadline) {
        if (deadline == Long.MAX_VALUE) {
            wakeUp.awaitUninterruptibly();
            return;
        }
        try {
            var _ = wakeUp.awaitNanos(deadline - monotonic());
        } catch (InterruptedException _) {
            sleepInterrupted(wakeUp, deadline);
        }
    }

    private void sleepInterrupted(Condition wakeUp, long deadline) {
        try {
            sleep(wakeUp, deadline);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onMove(Runnable listener) {}
}
