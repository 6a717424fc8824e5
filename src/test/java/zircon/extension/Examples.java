package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import zircon.Clock;
import zircon.Deadline;
import zircon.Event;
import zircon.Job;
import zircon.Koid;
import zircon.Port;
import zircon.ZxProcess;
import zircon.emulation.HostEmulation;
import zircon.junit.ZirconExtension;
import zircon.junit.ZirconTest;
import zircon.testing.FakeClock;
import zircon.testing.Guests;
import zircon.testing.Root;
import zircon.testing.TestKernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Small test classes as a user may write them; [ZirconTestTest] runs them and looks at what JUnit
/// says.
final class Examples {
    private Examples() {}

    @ZirconTest
    static class Passing {
        private final Event field = Event.create().orElseThrow();

        @Test
        void everything(
                Job job,
                @Root Job root,
                Port port,
                Port other,
                Guests guests,
                HostEmulation emulation,
                TestKernel kernel) {
            List<Koid> children = root.children().orElseThrow();
            assertThat(children).containsExactly(job.koid().orElseThrow());
            assertThat(port.koid()).isNotEqualTo(other.koid());
            assertThat(emulation).isSameAs(kernel.emulation());
            guests.process(() -> {}).start().awaitEnd();
            field.close();
        }
    }

    @ZirconTest
    static class LeakingHandles {
        @Test
        void leaks() {
            var _ = open();
        }

        private static Port open() {
            return Port.create().orElseThrow(); // the line that is to be named
        }
    }

    @ZirconTest
    static class LeakingGuest {
        @Test
        void leaks(HostEmulation emulation) {
            int handle =
                    emulation.spawnProcess(
                            "forgotten", 0, _ -> Clock.nanosleep(Deadline.INFINITE).orElseThrow());
            ZxProcess.adopt(handle).close();
        }

        @Test
        void theNextOneDoesNotSuffer() {}
    }

    @ZirconTest
    static class Hanging {
        @Test
        @Timeout(
                value = 300,
                unit = TimeUnit.MILLISECONDS,
                threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void hangs(Port port) {
            var _ = port.waitFor(Deadline.INFINITE);
        }

        @Test
        void theNextOneDoesNotSuffer(Port port) {
            assertThat(port.waitFor(Deadline.PAST).isOk()).isFalse();
        }
    }

    @ZirconTest
    static class Uninterruptible {
        @Test
        @Timeout(3)
        void hangs(Port port) {
            var _ = port.waitFor(Deadline.INFINITE);
        }
    }

    @ZirconTest
    @Timeout(3)
    static class UninterruptibleClass {
        @Test
        void hangs(Port port) {
            var _ = port.waitFor(Deadline.INFINITE);
        }

        @Test
        @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void saysOtherwise() {}
    }

    static class InheritedLimit extends UninterruptibleClass {
        @Nested
        class Inner {
            @Test
            void hangs(Port port) {
                var _ = port.waitFor(Deadline.INFINITE);
            }
        }
    }

    @ZirconTest
    static class UninterruptibleBefore {
        @BeforeEach
        @Timeout(3)
        void hangs(Port port) {
            var _ = port.waitFor(Deadline.INFINITE);
        }

        @Test
        void isNotReached() {}
    }

    @ZirconTest
    static class UninterruptibleAfter {
        @Test
        void isReached() {}

        @AfterEach
        @Timeout(3)
        void hangs(Port port) {
            var _ = port.waitFor(Deadline.INFINITE);
        }
    }

    @ZirconTest
    static class Failing {
        @Test
        void fails(Job job) {
            var _ = job.setName("to be seen").orElseThrow();
            throw new IllegalStateException("on purpose");
        }

        @AfterEach
        void changesTheKernel(Job job) {
            var _ = job.setName("too late").orElseThrow();
        }
    }

    @ZirconTest
    static class FailingBefore {
        @BeforeEach
        void fails() {
            throw new IllegalStateException("on purpose");
        }

        @Test
        void isNotReached() {}
    }

    @ZirconTest
    static class ThrowingGuest {
        @Test
        void nobodyAsks(Guests guests) {
            guests.process(
                            () -> {
                                throw new AssertionError("said by the guest");
                            })
                    .start()
                    .awaitEnd();
        }
    }

    @ZirconTest
    static class GuestThatThrowsLate {
        // Each time it is a race between the guest's first step and the end of the test.
        @RepeatedTest(20)
        void nobodyWaits(Guests guests) {
            guests.process(
                            () -> {
                                throw new IllegalStateException("mine");
                            })
                    .start();
        }
    }

    @ZirconTest
    static class UnknownTypes {
        @Test
        void ofOurs(Event event) {}

        @Test
        void ofOthers(StringBuilder builder) {}

        @Test
        void rootOfNothing(@Root Port port) {}
    }

    @ZirconTest
    static class TooEarly {
        @BeforeAll
        static void before(Port port) {}

        @Test
        void isNotReached() {}
    }

    @ZirconTest
    static class FakeClocks {
        @Test
        void standsStill(FakeClock clock) {
            long before = Clock.monotonicNanos();
            clock.advance(Duration.ofNanos(5));
            assertThat(Clock.monotonicNanos()).isEqualTo(before + 5);
        }
    }

    @ZirconTest
    static class FakeClockTooLate {
        @BeforeEach
        void before(FakeClock clock) {}

        @Test
        void doesNotAsk() {}
    }

    @ZirconTest
    static class Outer {
        final Event outer = Event.create().orElseThrow();

        @Nested
        class Inner {
            final Event inner = Event.create().orElseThrow();

            @Test
            void sharesTheKernel(Port port) {
                assertThat(port.koid().orElseThrow().value())
                        .isGreaterThan(inner.koid().orElseThrow().value());
                outer.close();
                inner.close();
            }

            @Test
            void leaks() {
                outer.close();
            }
        }
    }

    @ZirconTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        private final List<Koid> koids = new ArrayList<>();

        @Test
        void one(Port port) {
            remember(port);
        }

        @Test
        void two(Port port) {
            remember(port);
        }

        private void remember(Port port) {
            koids.add(port.koid().orElseThrow());
            assertThat(koids).allMatch(koids.getFirst()::equals); // each kernel counts anew
        }
    }

    static class OneMethod {
        @Test
        @ZirconTest
        void leaks() {
            var _ = Port.create().orElseThrow();
        }

        @Test
        void other() {}
    }

    @ZirconTest
    @Execution(ExecutionMode.CONCURRENT)
    static class Concurrent {
        @Test
        void one(Port port) {}

        @Test
        void two(Port port) {}

        @Test
        void three(Port port) {}
    }

    @ExtendWith(ZirconExtension.class)
    @Execution(ExecutionMode.CONCURRENT)
    static class ConcurrentWithoutLock {
        @Test
        void one() {}
    }
}
