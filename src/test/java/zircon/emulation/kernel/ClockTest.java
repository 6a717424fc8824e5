package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClockTest {
    @Test
    @DisplayName("The system clock ends a sleep at its deadline, never before")
    void theSystemClockSleeps() {
        SystemClock clock = new SystemClock();
        Kernel kernel = new Kernel(clock, new FakeMachine());
        ThreadDispatcher thread = kernel.attachHostThread("sleeper");
        long deadline = clock.monotonic() + 2_000_000;
        try (var _ = kernel.lock()) {
            thread.sleepUntil(deadline);
        }
        assertThat(clock.monotonic()).isGreaterThanOrEqualTo(deadline);
        assertThat(clock.utc()).isPositive();
    }

    @Test
    @DisplayName("An interrupt ends no wait, and is kept")
    void interruptsAreKept() {
        SystemClock clock = new SystemClock();
        Kernel kernel = new Kernel(clock, new FakeMachine());
        ThreadDispatcher thread = kernel.attachHostThread("sleeper");
        Thread.currentThread().interrupt();
        long deadline = clock.monotonic() + 2_000_000;
        try (var _ = kernel.lock()) {
            thread.sleepUntil(deadline);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(clock.monotonic()).isGreaterThanOrEqualTo(deadline);
    }

    @Test
    @DisplayName("The fake clock moves both times together, and only forward")
    void theFakeClockMoves() {
        FakeClock clock = new FakeClock(10, 1_000);
        clock.advance(5);
        assertThat(clock.monotonic()).isEqualTo(15);
        assertThat(clock.utc()).isEqualTo(1_005);
        assertThatThrownBy(() -> clock.advance(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
