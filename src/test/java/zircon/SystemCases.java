package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// Clocks, deadlines and the system.
final class SystemCases {
    private SystemCases() {}

    static void theLibraryIsTheOneThatWasNamed() {
        assertThat(Zircon.library())
                .isEqualTo(
                        new Zircon.Library(
                                Zircon.Origin.NAMED, System.getProperty("zircon.library")));
    }

    static void theVersionIsAText() {
        Fake.out("1.2\0".getBytes(StandardCharsets.UTF_8));
        assertThat(Zircon.systemVersion()).isEqualTo(new Ok<>("1.2"));
        assertThat(Fake.log()).containsExactly("system_get_version out 64");
    }

    static void clocksAreRead() {
        Fake.out(Fake.struct(1_500_000_000L));
        assertThat(Clock.monotonicNanos()).isEqualTo(1000);
        assertThat(Clock.utc()).isEqualTo(new Ok<>(Instant.EPOCH.plusMillis(1500)));
        assertThat(Clock.threadTime()).isEqualTo(new Ok<>(Duration.ofMillis(1500)));
        assertThat(Fake.log())
                .containsExactly(
                        "clock_get_monotonic", "clock_get_new 1 out", "clock_get_new 2 out");
    }

    static void deadlinesLieAfterNowAndEndAtInfinity() {
        assertThat(Deadline.after(Duration.ofNanos(5))).isEqualTo(new Deadline(1005));
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Deadline.INFINITE);
        assertThat(Deadline.after(Duration.ofSeconds(Long.MIN_VALUE)))
                .isEqualTo(new Deadline(Long.MIN_VALUE + 1000));
    }

    static void sleepIsOneCall() {
        assertThat(Clock.nanosleep(new Deadline(7))).isEqualTo(Ok.UNIT);
        assertThat(Fake.log()).containsExactly("nanosleep 7");
    }
}
