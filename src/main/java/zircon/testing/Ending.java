package zircon.testing;

import zircon.Deadline;
import zircon.Signals;
import zircon.Task;
import zircon.Wait;
import zircon.emulation.HostEmulation;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waiting for guests, by the clock on the wall: the kernel's may stand still.
final class Ending {
    static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofNanos(100_000);

    private Ending() {}

    /// @param what the task is called in the message
    static void await(Task task, String what) {
        long begin = System.nanoTime();
        while (!(task.waitFor(Signals.TASK_TERMINATED, Deadline.PAST) instanceof Wait.Satisfied)) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new AssertionError(
                        "The guest's %s has not ended within %s: %s%n%s"
                                .formatted(what, LIMIT, task, HostEmulation.instance().snapshot()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /// Lets the guests come to where they sleep or are dead, but does not wait for good for one
    /// that never does.
    static void letSettle(HostEmulation emulation) {
        try {
            var _ = emulation.awaitQuiescence(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then they are killed where they are
        }
    }

    /// Waits until every guest sleeps or is dead.
    static void settle(HostEmulation emulation) {
        try {
            if (!emulation.awaitQuiescence(LIMIT)) {
                throw new AssertionError(
                        "After %s a guest still runs; each should sleep in a syscall or an exception, or be dead.%n%s"
                                .formatted(LIMIT, emulation.snapshot()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the guests settle", e);
        }
    }
}
