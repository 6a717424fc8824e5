package zircon.soak;

import org.jspecify.annotations.Nullable;

import zircon.emulation.HostEmulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Threads that do random work, all from one moment to another, and then rest.
final class Crew implements AutoCloseable {
    /// How long one run may take, with all processors busy, before it counts as stuck.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// What a thread is at, for the report of one that is stuck.
    private static final class Worker {
        final Thread thread;
        volatile String doing = "nothing";

        Worker(Thread thread) {
            this.thread = thread;
        }
    }

    private final List<Worker> workers = new ArrayList<>();
    private final List<Work> works;
    private final Work.Counts counts;
    // All of the crew and the one who leads it: a turn is work until the time, or rest.
    private final Phaser turns = new Phaser(1);
    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile Instant until = Instant.MIN;
    private volatile boolean closed;

    Crew(int size, List<Work> works, SplittableRandom random, Work.Counts counts) {
        this.works = works;
        this.counts = counts;
        turns.bulkRegister(size);
        for (int i = 0; i < size; i++) {
            SplittableRandom own = random.split();
            int number = i;
            Thread thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("soak " + i)
                            .unstarted(() -> live(number, own));
            workers.add(new Worker(thread));
        }
        workers.forEach(worker -> worker.thread.start());
    }

    /// How many runs there were.
    long done() {
        return done.get();
    }

    /// Lets all work, and returns when the last has ended its last run.
    void workUntil(Instant time) throws InterruptedException {
        until = time;
        meet(LIMIT);
        meet(Duration.between(Instant.now(), time).plus(LIMIT));
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError("a run went wrong", thrown);
        }
    }

    /// Waits until the guests have ended that were killed in the end.
    void rest() throws InterruptedException {
        HostEmulation emulation = HostEmulation.instance();
        if (!emulation.awaitQuiescence(LIMIT)) {
            throw stuck("guests");
        }
    }

    private void meet(Duration limit) throws InterruptedException {
        try {
            var _ =
                    turns.awaitAdvanceInterruptibly(
                            turns.arrive(), limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            AssertionError stuck = stuck("workers");
            stuck.addSuppressed(e);
            throw stuck;
        }
    }

    private AssertionError stuck(String who) {
        StringBuilder text = new StringBuilder(who + " do not come to an end within " + LIMIT);
        text.append('\n').append(HostEmulation.instance().snapshot());
        for (Worker worker : workers) {
            text.append("\n%s: %s".formatted(worker.thread.getName(), worker.doing));
        }
        Thread.getAllStackTraces()
                .forEach(
                        (thread, stack) -> {
                            text.append("\n").append(thread);
                            for (StackTraceElement frame : stack) {
                                text.append("\n    at ").append(frame);
                            }
                        });
        return new AssertionError(text.toString());
    }

    private void live(int number, SplittableRandom random) {
        Worker self = workers.get(number);
        while (true) {
            var _ = turns.arriveAndAwaitAdvance(); // the turn to work
            if (closed) {
                return;
            }
            while (failure.get() == null && Instant.now().isBefore(until)) {
                runOnce(self, random);
            }
            self.doing = "nothing";
            var _ = turns.arriveAndAwaitAdvance(); // all have worked
        }
    }

    private void runOnce(Worker self, SplittableRandom random) {
        Work work = works.get(random.nextInt(works.size()));
        try {
            work.run(random, counts, what -> self.doing = what);
            var _ = done.incrementAndGet();
        } catch (Throwable thrown) {
            var _ = failure.compareAndSet(null, thrown);
        }
    }

    /// Lets the threads go home. One that is stuck stays, and ends with the JVM.
    @Override
    public void close() {
        closed = true;
        turns.forceTermination();
    }
}
