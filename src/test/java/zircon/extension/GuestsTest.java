package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Channel;
import zircon.Deadline;
import zircon.Event;
import zircon.ExceptionPacket;
import zircon.ExceptionType;
import zircon.Handle;
import zircon.Job;
import zircon.Koid;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.UserPacket;
import zircon.ZxError;
import zircon.ZxException;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;
import zircon.junit.ZirconTest;
import zircon.kit.Packets;
import zircon.testing.GuestProcess;
import zircon.testing.GuestThread;
import zircon.testing.Guests;
import zircon.testing.Root;
import zircon.testing.TestKernel;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Lambdas as threads and processes.
@ZirconTest
class GuestsTest {
    private final List<Object> seen = new CopyOnWriteArrayList<>();

    @Test
    void aProcessRunsInTheTestsJobOnceItIsStarted(Job job, Guests guests) {
        GuestProcess guest =
                guests.process(
                        () -> {
                            try (Job own = Job.defaultJob().orElseThrow()) {
                                seen.add(own.koid().orElseThrow());
                            }
                        });
        assertThat(guest.handle().info().orElseThrow().started()).isFalse();
        assertThat(guest.start().awaitEnd()).isZero();
        assertThat(seen).containsExactly(job.koid().orElseThrow());
    }

    @Test
    void aProcessCanLieInAnyJob(@Root Job root, Guests guests, TestKernel kernel) {
        Job other = kernel.own(root.createJob().orElseThrow());
        GuestProcess guest = guests.in(other).process(() -> {});
        assertThat(other.processes().orElseThrow())
                .containsExactly(guest.handle().koid().orElseThrow());
    }

    @Test
    @DisplayName("R-4: handles given to a process are consumed, and are its own there")
    void oneHandle(Port port, Guests guests) {
        Koid koid = port.koid().orElseThrow();
        int number = port.raw();
        GuestProcess guest =
                guests.process(
                        port,
                        own -> {
                            seen.add(own.koid().orElseThrow());
                            seen.add(own.raw() != number);
                            seen.add(own);
                        });
        assertThat(port.isClosed()).isTrue();
        guest.start().awaitEnd();
        assertThat(seen.subList(0, 2)).containsExactly(koid, true);
        assertThat(seen.get(2)).isInstanceOf(Port.class);
    }

    @Test
    void twoHandles(Guests guests, TestKernel kernel) {
        Event event = kernel.own(Event.create().orElseThrow());
        Channel.Pair pair = Channel.create().orElseThrow();
        Channel mine = kernel.own(pair.first());
        guests.process(
                        event.duplicate(Rights.SAME_RIGHTS).orElseThrow(),
                        pair.second(),
                        (ownEvent, ownChannel) -> {
                            seen.add(ownChannel.waitFor(Signals.CHANNEL_READABLE, Deadline.PAST));
                            var _ = ownEvent.signal(Signals.NONE, Signals.EVENT_SIGNALED);
                        })
                .start()
                .awaitEnd();
        assertThat(seen).hasSize(1);
        assertThat(event.waitFor(Signals.EVENT_SIGNALED, Deadline.PAST).orElseThrow())
                .matches(observed -> observed.contains(Signals.EVENT_SIGNALED));
        assertThat(mine.waitFor(Signals.CHANNEL_PEER_CLOSED, Deadline.PAST).orElseThrow())
                .matches(observed -> observed.contains(Signals.CHANNEL_PEER_CLOSED));
    }

    @Test
    void anyNumberOfHandles(Port port, Job job, Guests guests) {
        Event event = Event.create().orElseThrow();
        List<Handle> given = List.of(port, event, job);
        List<Koid> koids = given.stream().map(handle -> handle.koid().orElseThrow()).toList();
        guests.process(
                        given,
                        own ->
                                own.forEach(
                                        handle -> {
                                            seen.add(handle.koid().orElseThrow());
                                            seen.add(handle.getClass());
                                        }))
                .start()
                .awaitEnd();
        assertThat(seen)
                .containsExactly(
                        koids.get(0),
                        Port.class,
                        koids.get(1),
                        Event.class,
                        koids.get(2),
                        Job.class);
    }

    @Test
    void aClosedHandleIsRefusedAndTheOthersAreConsumed(Port port, Guests guests) {
        Event closed = Event.create().orElseThrow();
        closed.close();
        assertThatExceptionOfType(ZxException.class)
                .isThrownBy(() -> guests.process(closed, port, (_, _) -> {}))
                .matches(refused -> refused.status() == ZxError.BAD_HANDLE);
        assertThat(port.isClosed()).isTrue();
    }

    @Test
    void aHandleThatMayNotBeTransferredIsRefusedAtTheStart(Guests guests) {
        Event kept = Event.create().orElseThrow().replace(Rights.of(Rights.WAIT)).orElseThrow();
        GuestProcess guest = guests.process(kept, _ -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(guest::start)
                .withMessageContaining("ZX_ERR_ACCESS_DENIED");
    }

    @Test
    @DisplayName("X-2: a guest that faults on purpose goes on when a handler has mended it")
    void aFaultThatIsHandled(Job job, Port port, Guests guests) {
        var _ = job.bindExceptionPort(port, 7).orElseThrow();
        GuestProcess guest =
                guests.process(
                        () -> {
                            GuestFaults.breakpoint();
                            seen.add("went on");
                        });
        guest.start();
        ExceptionPacket packet = Packets.exception(port);
        assertThat(packet.key()).isEqualTo(7);
        assertThat(packet.type()).isEqualTo(ExceptionType.Known.SW_BREAKPOINT);
        assertThat(packet.thread()).isEqualTo(guest.thread().handle().koid().orElseThrow());
        var _ = guest.thread().handle().resumeFromException(port, Resume.HANDLED).orElseThrow();
        assertThat(guest.awaitEnd()).isZero();
        assertThat(seen).containsExactly("went on");
    }

    @Test
    @DisplayName("C-5: a guest that is killed while it waits does not come back from the call")
    void aGuestThatIsKilledWhileItWaits(Port port, Guests guests) {
        GuestProcess guest =
                guests.process(
                        port,
                        own -> {
                            try {
                                var _ = own.waitFor(Deadline.INFINITE);
                                seen.add("came back");
                            } finally {
                                seen.add("finally");
                            }
                        });
        guest.start();
        Packets.settle();
        var _ = guest.handle().kill().orElseThrow();
        assertThat(guest.awaitEnd()).isEqualTo(-1);
        Packets.settle();
        assertThat(seen).containsExactly("finally");
        assertThat(guest.thread().thrown()).isEmpty();
    }

    @Test
    void aProcessHasAsManyThreadsAsItLikes(Port port, Guests guests) {
        GuestProcess guest =
                guests.process(port, own -> own.waitFor(Deadline.INFINITE).orElseThrow());
        GuestThread other = guest.newThread(() -> seen.add(selfKoid()));
        assertThatIllegalStateException()
                .isThrownBy(other::start)
                .withMessageContaining("ZX_ERR_BAD_STATE");
        guest.start();
        other.start().awaitEnd();
        assertThat(seen).containsExactly(other.handle().koid().orElseThrow());
        assertThat(guest.handle().info().orElseThrow().exited()).isFalse();
    }

    private static Koid selfKoid() {
        try (ZxThread self = ZxThread.self().orElseThrow()) {
            return self.koid().orElseThrow();
        }
    }

    @Test
    void aThreadOfThisProcessUsesTheTestsHandles(Port port, Guests guests) {
        GuestThread guest =
                guests.thread(
                        () -> {
                            seen.add(port.waitFor(Deadline.INFINITE).orElseThrow());
                            GuestFaults.undefinedInstruction();
                        });
        guest.start();
        var packet = UserPacket.of(5);
        var _ = port.queue(packet).orElseThrow();
        guest.awaitEnd();
        assertThat(seen).containsExactly(packet);
        try (ZxProcess self = ZxProcess.self().orElseThrow()) {
            assertThat(self.info().orElseThrow().exited()).isFalse();
        }
    }

    @Test
    @DisplayName("X-3: what a guest throws is an undefined instruction, which ends its process")
    void aGuestThatThrows(Job job, Port port, Guests guests) {
        var thrown = new IOException("on purpose");
        GuestProcess guest =
                guests.process(
                        () -> {
                            throw thrown;
                        });
        var _ = job.bindExceptionPort(port, 0).orElseThrow();
        guest.start();
        assertThat(Packets.exception(port).type())
                .isEqualTo(ExceptionType.Known.UNDEFINED_INSTRUCTION);
        assertThat(guest.thread().thrown()).contains(thrown);
        var _ = guest.thread().handle().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        assertThat(guest.awaitEnd()).isEqualTo(-1);
    }

    @Test
    void whatNobodyAsksForIsThrownAtTheEndOfTheTest(TestKernel kernel) {
        var first = new AssertionError("one");
        var second = new StackOverflowError("two");
        GuestThread one = kernel.guests().thread(() -> fail(first));
        GuestThread two = kernel.guests().thread(() -> fail(second));
        one.start().awaitEnd();
        two.start().awaitEnd();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(kernel::close)
                .isSameAs(first)
                .satisfies(failure -> assertThat(failure.getSuppressed()).contains(second));
    }

    private static void fail(Error error) {
        throw error;
    }

    @Test
    void anAssertionThatFailsAfterTheKillIsNotLost(Port port, Guests guests) {
        GuestProcess guest =
                guests.process(
                        port,
                        own -> {
                            try {
                                var _ = own.waitFor(Deadline.INFINITE);
                            } finally {
                                assertThat(seen).contains("what is not there");
                            }
                        });
        guest.start();
        Packets.settle();
        var _ = guest.handle().kill().orElseThrow();
        guest.awaitEnd();
        Packets.settle();
        assertThat(guest.thread().thrown()).containsInstanceOf(AssertionError.class);
    }

    @Test
    void theEndOfTheTestKillsGuestsBeforeItClosesWhatTheyWaitFor(Guests guests, TestKernel kernel) {
        Event event = kernel.own(Event.create().orElseThrow());
        GuestThread guest =
                guests.thread(
                        () ->
                                event.waitFor(Signals.EVENT_SIGNALED, Deadline.INFINITE)
                                        .orElseThrow());
        guest.start();
        Packets.settle();
        kernel.close(); // would throw what the guest throws: its wait would be canceled
    }

    @Test
    @DisplayName("R-3: a process starts once")
    void startingTwice(Guests guests) {
        GuestProcess guest = guests.process(() -> {}).start();
        assertThatIllegalStateException().isThrownBy(guest::start);
        guest.awaitEnd();
    }

    @Test
    void aGuestThatIsClosedIsGone(Port port, Guests guests) {
        try (GuestProcess guest =
                guests.process(port, own -> own.waitFor(Deadline.INFINITE).orElseThrow())) {
            guest.start();
        }
        assertThat(HostEmulation.instance().liveGuests()).isZero();
    }
}
