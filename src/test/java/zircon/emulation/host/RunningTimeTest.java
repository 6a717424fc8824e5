package zircon.emulation.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class RunningTimeTest {
    private static final Duration SOME = Duration.ofMillis(50);

    @Test
    void isThatOfTheThreadItselfAndNotOfTheClock() throws Exception {
        var sleeper = new CompletableFuture<RunningTime>();
        var over = new CountDownLatch(1);
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    sleeper.complete(RunningTime.ofThisThread());
                                    awaitQuietly(over);
                                });
        RunningTime others = sleeper.get();
        RunningTime own = RunningTime.ofThisThread();
        assertThat(others.hasPassed(SOME)).isFalse();
        while (!own.hasPassed(SOME)) {
            Thread.onSpinWait();
        }
        assertThat(others.hasPassed(SOME)).isFalse();
        over.countDown();
        thread.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
