package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

import zircon.Clock;
import zircon.Event;
import zircon.Job;
import zircon.Koid;
import zircon.Port;
import zircon.emulation.HostEmulation;
import zircon.jqwik.ZirconTries;
import zircon.testing.FakeClock;
import zircon.testing.Guests;
import zircon.testing.Root;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Small properties as a user may write them; [ZirconTriesTest] runs them and looks at what jqwik
/// says.
final class PropertyExamples {
    private PropertyExamples() {}

    @ZirconTries
    static class Passing {
        private static final int TRIES = 20;

        @Property(tries = TRIES)
        void everyTryHasAKernel(
                @ForAll @IntRange(min = 1, max = 9) int events,
                @Root Job root,
                Job job,
                Port port,
                Guests guests) {
            List<Koid> children = root.children().orElseThrow();
            assertThat(children).containsExactly(job.koid().orElseThrow());
            for (int i = 0; i < events; i++) {
                Event.create().orElseThrow().close();
            }
            assertThat(HostEmulation.instance().openHandles()).isEqualTo(4); // one is the guests'
            guests.process(() -> {}).start().awaitEnd();
        }

        @Property(tries = TRIES)
        void theClockStandsStill(@ForAll @IntRange(min = 1) int nanos, FakeClock clock) {
            long before = Clock.monotonicNanos();
            clock.advance(Duration.ofNanos(nanos));
            assertThat(Clock.monotonicNanos() - before).isEqualTo(nanos);
        }
    }

    @ZirconTries
    static class BeforeEachTry {
        private final List<Event> events = new ArrayList<>();

        @BeforeTry
        void open() {
            events.add(Event.create().orElseThrow());
        }

        @Property(tries = 3)
        void itsHandlesAreOfTheKernelOfTheTry(@ForAll int any) {
            Event event = events.removeLast();
            assertThat(event.koid().isOk()).isTrue();
            event.close();
        }
    }

    @ZirconTries
    static class Leaking {
        @Property(tries = 50)
        void leaksFromTenOn(@ForAll @IntRange(min = 0, max = 1000) int number) {
            if (number >= 10) {
                var _ = Event.create().orElseThrow();
            }
        }
    }

    static class OneProperty {
        @Example
        @ZirconTries
        void leaks() {
            var _ = Event.create().orElseThrow();
        }

        @Example
        void isNotChecked() {}
    }

    @ZirconTries
    static class Failing {
        @Example
        void fails(Job job) {
            var _ = job.setName("to be seen").orElseThrow();
            throw new IllegalStateException("on purpose");
        }
    }

    @ZirconTries
    static class UnknownType {
        @Example
        void asks(Event event) {}
    }
}
