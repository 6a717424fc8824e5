package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.locks.Condition;

/// The sleeping side of one thread. Whoever wakes it makes it count as running at once, not when it
/// gets to run.
final class Sleeper {
    private final Kernel kernel;
    private final boolean guest;
    private final Condition condition;
    private @Nullable BlockReason reason;
    private List<? extends Dispatcher> waitsOn = List.of();
    private @Nullable WakeUp wakeUp;
    private long deadline;
    // When the thread last began to run, and how long it had run before.
    private long awakeSince;
    private long ranBefore;

    Sleeper(Kernel kernel, boolean guest) {
        this.kernel = kernel;
        this.guest = guest;
        this.condition = kernel.newCondition();
    }

    WakeUp sleep(BlockReason why, List<? extends Dispatcher> on, long until) {
        KernelClock clock = kernel.clock();
        if (isOver(until)) {
            return WakeUp.TIMED_OUT;
        }
        ranBefore = runtime();
        reason = why;
        waitsOn = on;
        deadline = until;
        wakeUp = null;
        kernel.fellAsleep(this);
        while (wakeUp == null) {
            clock.sleep(condition, until);
            expire();
        }
        reason = null;
        waitsOn = List.of();
        awakeSince = clock.monotonic();
        return wakeUp;
    }

    /// The thread begins to run.
    void started() {
        awakeSince = kernel.clock().monotonic();
    }

    /// How long a started thread has not slept.
    long runtime() {
        return reason == null ? ranBefore + kernel.clock().monotonic() - awakeSince : ranBefore;
    }

    boolean isAsleep() {
        return reason != null && wakeUp == null;
    }

    /// Whether it sleeps in a syscall, which can be made anew.
    boolean isAsleepInSyscall() {
        return isAsleep() && reason != BlockReason.EXCEPTION && reason != BlockReason.SUSPENDED;
    }

    void wake(WakeUp why) {
        if (isAsleep()) {
            wakeUp = why;
            kernel.wokeUp(this);
            condition.signal();
        }
    }

    /// Wakes the thread if its deadline has passed.
    void expire() {
        if (isAsleep() && isOver(deadline)) {
            wake(WakeUp.TIMED_OUT);
        }
    }

    private boolean isOver(long time) {
        return time != Long.MAX_VALUE && time <= kernel.clock().monotonic(); // W-4
    }

    /// Whether it is an emulated thread that sleeps here, and not the application's.
    boolean isGuest() {
        return guest;
    }

    /// What it waits for, until the thread itself runs again.
    @Nullable BlockReason reason() {
        return reason;
    }

    List<? extends Dispatcher> waitsOn() {
        return waitsOn;
    }
}
