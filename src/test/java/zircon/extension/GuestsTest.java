package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

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
                        koids.get(0), Port.class, koids.get(1), Event.class, koids.get(2),
                        Job.class);
    }

    @Test
    void aClosedHandleIsRefusedAndTheOthersAreConsumed(Port port, Guests guests) {
        Event closed = Event.create().orElseThrow();
        closed.close();
        assertThatExceptionOfType(ZxException.class)
                .isThrownBy(() -> guests.process(port, closed, (_, _) -> {}))
                .matches(refused -> refused.status() == ZxError.BAD_HANDLE);
        assertThat(port.isClosed()).isTrue();
    }

    @Test
    void aHandleThatMayNotBeTransferredIsRefusedAtTheStart(Event.Unit unit) {}
}
