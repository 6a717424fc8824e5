package zircon.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import zircon.Channel;
import zircon.Deadline;
import zircon.Err;
import zircon.Event;
import zircon.Handle;
import zircon.Job;
import zircon.Ok;
import zircon.Port;
import zircon.Read;
import zircon.Result;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.Status;
import zircon.UserPacket;
import zircon.Wait;
import zircon.ZxError;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Handles that many threads use and close, that are closed twice, or that were given away.
class SharedHandlesTest extends KernelFixture {
    private static final int ROUNDS = 40;
    private static final int STEPS = 12;

    /// What a call may say here: its handle is closed, or what others did was there before.
    private static final Set<Status> EXPECTED =
            Set.of(
                    ZxError.BAD_HANDLE,
                    ZxError.ALREADY_BOUND,
                    ZxError.BAD_STATE,
                    ZxError.CANCELED,
                    ZxError.TIMED_OUT,
                    ZxError.SHOULD_WAIT,
                    ZxError.PEER_CLOSED,
                    ZxError.ACCESS_DENIED);

    /// All that the threads have in common.
    private record World(Port port, Event event, Job job, Channel.Pair channel, Guest guest) {
        List<Handle> handles() {
            return List.of(port, event, job, channel.first(), channel.second());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void thirtyTwoThreadsCloseAndUseTheSameHandles(long seed) {
        Job home = scope.job();
        Guest guest = scope.guestIn(home);
        guest.fault(); // killed at once: nobody is bound yet
        Guest.awaitEnd(guest.process());
        for (int round = 0; round < ROUNDS; round++) {
            var world =
                    new World(
                            Port.create().orElseThrow(),
                            Event.create().orElseThrow(),
                            home.createJob().orElseThrow(),
                            Channel.create().orElseThrow(),
                            guest);
            Crowd.run(
                    seed * ROUNDS + round,
                    random -> {
                        for (int step = 0; step < STEPS; step++) {
                            requireExpected(use(world, random));
                        }
                        for (Handle handle : world.handles()) {
                            handle.close();
                        }
                    });
            assertThat(world.handles()).allMatch(Handle::isClosed);
        }
    }

    private static void requireExpected(Result<?> result) {
        if (result instanceof Err<?>(var status)) {
            assertThat(status).isIn(EXPECTED);
        }
    }

    private static Result<?> use(World world, Random random) {
        Handle any = world.handles().get(random.nextInt(world.handles().size()));
        return switch (random.nextInt(14)) {
            case 0 -> world.port().queue(UserPacket.of(1));
            case 1 -> world.port().waitFor(Deadline.PAST);
            case 2 -> world.event().signal(Signals.NONE, Signals.EVENT_SIGNALED);
            case 3 -> asResult(world.event().waitFor(Signals.EVENT_SIGNALED, Deadline.PAST));
            case 4 -> world.job().bindExceptionPort(world.port(), 1);
            case 5 -> world.job().unbindExceptionPort();
            case 6 -> world.guest().thread().resumeFromException(world.port(), Resume.HANDLED);
            case 7 -> world.job().children();
            case 8 -> any.koid().map(_ -> any.toString());
            case 9 -> closed(any.duplicate(Rights.SAME_RIGHTS));
            case 10 -> closed(world.event().replace(Rights.SAME_RIGHTS));
            case 11 -> world.channel().first().write(new byte[1]);
            case 12 -> asResult(world.channel().second().read());
            default -> closedByHand(any);
        };
    }

    private static Result<?> closed(Result<? extends Handle> made) {
        if (made instanceof Ok<? extends Handle>(var handle)) {
            handle.close();
        }
        return made;
    }

    private static Result<?> closedByHand(Handle handle) {
        handle.close();
        return Ok.UNIT;
    }

    private static Result<?> asResult(Wait wait) {
        return switch (wait) {
            case Wait.Satisfied _ -> Ok.UNIT;
            case Wait.TimedOut _ -> ZxError.TIMED_OUT.err();
            case Wait.Canceled _ -> ZxError.CANCELED.err();
            case Wait.Refused(var status) -> status.err();
        };
    }

    private static Result<?> asResult(Read read) {
        return read instanceof Read.Refused(var status) ? status.err() : Ok.UNIT;
    }

    @Test
    void threadsThatWaitAreReleasedByAClose() {
        for (int round = 0; round < ROUNDS; round++) {
            Event event = Event.create().orElseThrow();
            var waiting = new AtomicInteger(Crowd.SIZE);
            Crowd.run(
                    round,
                    _ -> {
                        if (waiting.decrementAndGet() == 0) {
                            event.close(); // the last one lets the others go
                        }
                        Wait wait = event.waitFor(Signals.EVENT_SIGNALED, Deadline.INFINITE);
                        assertThat(asResult(wait))
                                .isIn(ZxError.CANCELED.err(), ZxError.BAD_HANDLE.err());
                    });
        }
    }

    @Test
    void aSecondCloseClosesNothingElse() {
        Port first = Port.create().orElseThrow();
        int number = first.raw();
        first.close();
        try (Port second = Port.create().orElseThrow()) {
            first.close();
            assertThat(second.raw()).isNotEqualTo(number);
            assertThat(second.queue(UserPacket.of(1))).isEqualTo(Ok.UNIT);
            assertThat(first.queue(UserPacket.of(1))).isEqualTo(ZxError.BAD_HANDLE.err());
        }
    }

    @Test
    void aSecondAdoptionOfANumberIsBadHandleAfterTheFirstIsClosed() {
        Port port = Port.create().orElseThrow();
        Port twin = Port.adopt(port.raw());
        port.close();
        assertThat(twin.queue(UserPacket.of(1))).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(twin.toString()).contains("BAD_HANDLE");
        twin.close();
        assertThat(twin.isClosed()).isTrue();
    }

    @Test
    void whatWasSentIsTheReceiversAlone() {
        try (Channel.Pair channel = Channel.create().orElseThrow()) {
            Job job = scope.rootJob().createJob().orElseThrow();
            assertThat(channel.first().write(new byte[0], job)).isEqualTo(Ok.UNIT);
            assertThat(job.isClosed()).isTrue();
            assertThat(job.createJob()).isEqualTo(ZxError.BAD_HANDLE.err());
            assertThat(job.unbindExceptionPort()).isEqualTo(ZxError.BAD_HANDLE.err());
            assertThat(channel.first().write(new byte[0], job)).isEqualTo(ZxError.BAD_HANDLE.err());
            job.close();
            Read read = channel.second().read();
            assertThat(read).isInstanceOf(Read.Message.class);
            try (Handle received = ((Read.Message) read).handles().getFirst()) {
                assertThat(received.koid().isOk()).isTrue();
            }
        }
    }

    @Test
    void sendingAHandleTwiceInOneMessageLosesItAndNothingMore() {
        try (Channel.Pair channel = Channel.create().orElseThrow()) {
            Event event = Event.create().orElseThrow();
            assertThat(channel.first().write(new byte[0], event, event))
                    .isEqualTo(ZxError.BAD_HANDLE.err());
            assertThat(event.isClosed()).isTrue();
            assertThat(channel.second().read()).isEqualTo(new Read.Refused(ZxError.SHOULD_WAIT));
        }
    }

    @Test
    void whatWasReplacedOrGivenToAProcessIsGone() {
        Port port = Port.create().orElseThrow();
        try (Port other = port.replace(Rights.SAME_RIGHTS).orElseThrow()) {
            assertThat(port.replace(Rights.SAME_RIGHTS)).isEqualTo(ZxError.BAD_HANDLE.err());
            assertThat(other.queue(UserPacket.of(1))).isEqualTo(Ok.UNIT);
        }
        Guest guest = scope.guest();
        Event given = Event.create().orElseThrow();
        var _ = guest.process().start(guest.thread(), 0, 0, given, 0).orElseThrow();
        assertThat(given.signal(Signals.NONE, Signals.NONE)).isEqualTo(ZxError.BAD_HANDLE.err());
        given.close();
    }
}
