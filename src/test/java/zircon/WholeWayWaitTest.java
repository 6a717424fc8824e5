package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;

/// Waits through the bundled gate, and what closing does to them.
class WholeWayWaitTest extends KernelFixture {
    private static final Signals SIGNALED = Signals.EVENT_SIGNALED;

    @Test
    void manyObjectsAreWaitedForAtOnce() { // W-6
        Event quiet = scope.event();
        Event loud = scope.event();
        List<WaitItem> items = List.of(new WaitItem(quiet, SIGNALED), new WaitItem(loud, SIGNALED));
        assertThat(Handle.waitMany(items, Deadline.PAST))
                .isEqualTo(new WaitMany.TimedOut(List.of(Signals.NONE, Signals.NONE)));
        var _ = loud.signal(Signals.NONE, SIGNALED).orElseThrow();
        assertThat(Handle.waitMany(items, Deadline.INFINITE))
                .isEqualTo(new WaitMany.Satisfied(List.of(Signals.NONE, SIGNALED)));
        assertThat(Handle.waitMany(List.of(), Deadline.PAST))
                .isEqualTo(new WaitMany.TimedOut(List.of()));
    }

    @Test
    void aWaitThroughAPortComesOnceOrEachTimeUntilItIsCanceled() { // P-7, P-8, P-12
        Port port = scope.port();
        Event event = scope.event();
        assertThat(event.waitAsync(port, 1, SIGNALED, WaitMode.ONCE)).isEqualTo(Ok.UNIT);
        assertThat(event.waitAsync(port, 2, SIGNALED, WaitMode.REPEATING)).isEqualTo(Ok.UNIT);
        pulse(event);
        assertThat(List.of(Packets.next(port), Packets.next(port)))
                .containsExactlyInAnyOrder(
                        new SignalPacket(1, 0, false, SIGNALED, SIGNALED, 1),
                        new SignalPacket(2, 0, true, SIGNALED, SIGNALED, 1));
        pulse(event);
        assertThat(Packets.next(port))
                .isEqualTo(new SignalPacket(2, 0, true, SIGNALED, SIGNALED, 1));
        pulse(event);
        assertThat(port.cancel(event, 2)).isEqualTo(Ok.UNIT);
        pulse(event);
        Packets.requireNone(port);
        assertThat(port.cancel(event, 2)).isEqualTo(ZxError.NOT_FOUND.err());
    }

    private static void pulse(Event event) {
        var _ = event.signal(Signals.NONE, SIGNALED).orElseThrow();
        var _ = event.signal(SIGNALED, Signals.NONE).orElseThrow();
    }

    @Test
    void closingTheHandleCancelsAWaitForOneObject() throws Exception { // W-5
        Event event = scope.event();
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Wait> wait =
                    begin(
                            threads,
                            ThreadState.Known.BLOCKED_WAIT_ONE,
                            () -> event.waitFor(SIGNALED, Deadline.INFINITE));
            event.close();
            assertThat(wait.get()).isEqualTo(new Wait.Canceled(Signals.HANDLE_CLOSED));
        }
    }

    @Test
    void closingOneHandleCancelsAWaitForManyObjects() throws Exception { // W-6
        Event closed = scope.event();
        Event open = scope.event();
        List<WaitItem> items =
                List.of(new WaitItem(open, SIGNALED), new WaitItem(closed, SIGNALED));
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<WaitMany> wait =
                    begin(
                            threads,
                            ThreadState.Known.BLOCKED_WAIT_MANY,
                            () -> Handle.waitMany(items, Deadline.INFINITE));
            closed.close();
            assertThat(wait.get())
                    .isEqualTo(new WaitMany.Canceled(List.of(Signals.NONE, Signals.HANDLE_CLOSED)));
        }
    }

    @Test
    void closingThePortWakesNobodyWhoWaitsForAPacket() throws Exception { // P-14
        Port closed = scope.port();
        Port other = scope.own(closed.duplicate(Rights.SAME_RIGHTS).orElseThrow());
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Result<PortPacket>> wait =
                    begin(
                            threads,
                            ThreadState.Known.BLOCKED_PORT,
                            () -> closed.waitFor(Deadline.INFINITE));
            closed.close();
            var packet = UserPacket.of(7);
            assertThat(other.queue(packet)).isEqualTo(Ok.UNIT);
            assertThat(wait.get()).isEqualTo(new Ok<>(packet));
        }
    }

    @Test
    void aClosedPortIsNeverAnUnbind() { // B-3
        Port port = scope.port();
        Job job = scope.job();
        assertThat(job.bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
        Port closed = scope.port();
        closed.close();
        assertThat(job.bindExceptionPort(closed, 1)).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(job.bindExceptionPort(port, 1)).isEqualTo(ZxError.ALREADY_BOUND.err());
    }

    /// Lets another thread make a call, and returns when it blocks there.
    private <T> Future<T> begin(ExecutorService threads, ThreadState state, Callable<T> call)
            throws InterruptedException {
        var caller = new SynchronousQueue<ZxThread>();
        Future<T> answer =
                threads.submit(
                        () -> {
                            caller.put(ZxThread.self().orElseThrow());
                            return call.call();
                        });
        ZxThread waiting = scope.own(caller.take());
        while (!waiting.info().orElseThrow().state().equals(state)) {
            Thread.onSpinWait();
        }
        return answer;
    }
}
