package zircon.jqwik;

import zircon.emulation.HostEmulation;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the JVM, unless it is closed in time: jqwik's own thread runs a property, and one that
/// hangs can be neither interrupted nor left behind.
final class TimeLimit implements AutoCloseable {
    private final String property;
    private final int seconds;
    private final Thread runner = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);

    private TimeLimit(String property, int seconds) {
        this.property = property;
        this.seconds = seconds;
    }

    /// Begins to count for the calling thread.
    ///
    /// @param seconds 0 for no limit
    static TimeLimit start(String property, int seconds) {
        TimeLimit limit = new TimeLimit(property, seconds);
        if (seconds > 0) {
            var _ = Thread.ofPlatform().daemon().name("zircon time limit").start(limit::watch);
        }
        return limit;
    }

    private void watch() {
        try {
            if (!done.await(seconds, TimeUnit.SECONDS)) {
                AssertionError where =
                        new AssertionError(
                                "The property '%s' ran for more than %d s. The kernel:%n%sThe property is here:"
                                        .formatted(
                                                property,
                                                seconds,
                                                HostEmulation.instance().snapshot()));
                where.setStackTrace(runner.getStackTrace());
                where.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
