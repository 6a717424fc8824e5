package zircon.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Deadline;
import zircon.ExceptionServer;
import zircon.Job;
import zircon.Ok;
import zircon.Port;
import zircon.Result;
import zircon.Unit;
import zircon.UserPacket;
import zircon.Verdict;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;
import zircon.kit.Packets;
import zircon.kit.ServerFixture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Serving on one's own thread and the server's, until a deadline or the close.
class ServingTest extends ServerFixture {
    private static final Result<Unit> BAD_HANDLE = ZxError.BAD_HANDLE.err();
    private static final Result<Unit> BAD_STATE = ZxError.BAD_STATE.err();
    private static final Result<Unit> TIMED_OUT = ZxError.TIMED_OUT.err();

    /// More than that many packets of users the system does not hold (P-3).
    private static final int POOL = 16384;

    private static final int PORT_CAPACITY = 2049;

    private static CompletableFuture<Result<Unit>> serveAside(ExceptionServer server) {
        var served = new CompletableFuture<Result<Unit>>();
        Thread.ofPlatform().daemon().start(() -> served.complete(server.serve(Deadline.INFINITE)));
        return served;
    }

    private static CompletableFuture<Void> closeAside(ExceptionServer server) {
        return CompletableFuture.runAsync(server::close, work -> new Thread(work).start());
    }

    @Test
    void aPastDeadlineAsksAboutOneException() {
        Job job = scope.job();
        var asked = new AtomicInteger();
        ExceptionServer server =
                server().otherwise(
                                _ -> {
                                    asked.incrementAndGet();
                                    return Verdict.HANDLED;
                                });
        var _ = server.bind(job).orElseThrow();
        assertThat(server.serve(Deadline.PAST)).isEqualTo(TIMED_OUT);
        assertThat(asked).hasValue(0);
        ZxProcess first = spawn(job, GuestFaults::breakpoint);
        ZxProcess second = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        assertThat(server.serve(Deadline.PAST)).isEqualTo(TIMED_OUT);
        assertThat(asked).hasValue(1);
        assertThat(server.serve(Deadline.PAST)).isEqualTo(TIMED_OUT);
        assertThat(returnCode(first)).isZero();
        assertThat(returnCode(second)).isZero();
    }

    @Test
    void aThreadThatFaultsForEverHoldsNobodyBeyondTheDeadline() {
        Job job = scope.job();
        ExceptionServer server = server().otherwise(_ -> Verdict.HANDLED);
        var _ = server.bind(job).orElseThrow();
        var _ = spawn(job, GuestFaults::undefinedInstruction);
        assertThat(server.serve(Deadline.after(Duration.ofMillis(20)))).isEqualTo(TIMED_OUT);
    }

    @Test
    void oneThreadServesAtATime() {
        ExceptionServer server = server();
        var _ = server.start().orElseThrow();
        assertThat(server.start()).isEqualTo(BAD_STATE);
        assertThat(server.serve(Deadline.PAST)).isEqualTo(BAD_STATE);
    }

    @Test
    void aHandlerDoesNotServe() {
        Job job = scope.job();
        ExceptionServer server = server();
        var served = new CompletableFuture<Result<Unit>>();
        server.otherwise(
                _ -> {
                    served.complete(server.serve(Deadline.INFINITE));
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
        assertThat(soon(served)).isEqualTo(BAD_STATE);
    }

    @Test
    void aServerServesAgainAfterADeadline() {
        Job job = scope.job();
        ExceptionServer server = server().otherwise(_ -> Verdict.HANDLED);
        var _ = server.bind(job).orElseThrow();
        assertThat(server.serve(Deadline.PAST)).isEqualTo(TIMED_OUT);
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
    }

    @Test
    void closingEndsAServeThatWaits() {
        ExceptionServer server = server();
        CompletableFuture<Result<Unit>> served = serveAside(server);
        server.close();
        assertThat(soon(served)).isIn(Ok.UNIT, BAD_HANDLE); // begun before or after the close
    }

    @Test
    void afterTheCloseNoThreadIsLeft() {
        ExceptionServer server = server();
        var serving = new CompletableFuture<Thread>();
        Job job = scope.job();
        server.otherwise(
                _ -> {
                    serving.complete(Thread.currentThread());
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        var _ = spawn(job, GuestFaults::breakpoint);
        Thread thread = soon(serving);
        assertThat(thread.isDaemon()).isTrue();
        server.close();
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    @DisplayName("P-15, B-9: what waits for a server that closes asks the next handler")
    void whatWaitsIsPassedOn() {
        Job above = scope.job();
        Job job = scope.jobIn(above);
        Guest guest = scope.guestIn(job);
        ExceptionServer closing = server();
        ExceptionServer next = server().otherwise(_ -> Verdict.HANDLED);
        var _ = closing.bind(job).orElseThrow();
        var _ = closing.bind(guest.process()).orElseThrow();
        var _ = closing.bind(guest.thread()).orElseThrow();
        var _ = next.bind(above).orElseThrow();
        var _ = next.start().orElseThrow();
        ZxProcess first = spawn(job, GuestFaults::breakpoint);
        ZxProcess second = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        closing.close();
        assertThat(returnCode(first)).isZero();
        assertThat(returnCode(second)).isZero();
        assertThat(job.unbindExceptionPort()).isEqualTo(BAD_STATE);
        assertThat(guest.process().unbindExceptionPort()).isEqualTo(BAD_STATE);
        assertThat(guest.thread().unbindExceptionPort()).isEqualTo(BAD_STATE);
    }

    @Test
    void aHandlersOwnCloseLeavesItsVerdictAndPassesOnTheRest() {
        Job job = scope.job();
        ExceptionServer server = server();
        server.otherwise(
                _ -> {
                    server.close();
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        ZxProcess first = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        ZxProcess second = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        assertThat(server.serve(Deadline.INFINITE)).isEqualTo(Ok.UNIT);
        assertThat(returnCode(first)).isZero();
        assertThat(returnCode(second)).isEqualTo(-1);
        assertThat(server.serve(Deadline.INFINITE)).isEqualTo(BAD_HANDLE);
    }

    @Test
    void aHandlerOnTheServersThreadMayCloseItToo() {
        Job job = scope.job();
        ExceptionServer server = server();
        server.otherwise(
                _ -> {
                    server.close();
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
        server.close(); // waits for the server's thread
        assertThat(job.unbindExceptionPort()).isEqualTo(BAD_STATE);
    }

    @Test
    void closingWaitsForTheHandlerAtWorkAndItsVerdictCounts() {
        Job job = scope.job();
        ExceptionServer server = server();
        var atWork = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var done = new AtomicBoolean();
        server.otherwise(
                _ -> {
                    atWork.countDown();
                    goOn.await();
                    done.set(true);
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        var doneAtClose = new CompletableFuture<Boolean>();
        List<CompletableFuture<Void>> closers = new ArrayList<>();
        awaitQuietly(atWork);
        for (int i = 0; i < 4; i++) {
            closers.add(closeAside(server).thenRun(() -> doneAtClose.complete(done.get())));
        }
        while (!server.isClosed()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closers.forEach(ServerFixture::soon);
        assertThat(soon(doneAtClose)).isTrue();
        assertThat(returnCode(process)).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("P-3: closing wakes the server also when the system has no packet left")
    void closingWithoutPackets() {
        List<Port> ports = new ArrayList<>();
        UserPacket packet = UserPacket.of(0);
        for (int queued = 0; queued < POOL; queued++) {
            if (queued % PORT_CAPACITY == 0) {
                ports.add(scope.port());
            }
            var _ = ports.getLast().queue(packet).orElseThrow();
        }
        assertThat(scope.port().queue(packet)).isEqualTo(ZxError.NO_MEMORY.err());
        ExceptionServer server = server();
        var _ = server.start().orElseThrow();
        soon(closeAside(server));
    }

    @Test
    void interruptingEndsNoServe() {
        Job job = scope.job();
        ExceptionServer server = server();
        server.otherwise(
                _ -> Thread.currentThread().isInterrupted() ? Verdict.HANDLED : Verdict.KILL);
        var _ = server.bind(job).orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        Thread.currentThread().interrupt();
        Result<Unit> served = server.serve(Deadline.PAST);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(served).isEqualTo(TIMED_OUT);
        assertThat(returnCode(process)).isZero();
    }

    @Test
    void closingIsNotInterruptedEither() {
        ExceptionServer server = server();
        var _ = server.start().orElseThrow();
        Thread.currentThread().interrupt();
        server.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void aHandlerThatIsInterruptedPassesOnAndTheInterruptionIsLeftToTheCaller() {
        Job job = scope.job();
        ExceptionServer server = server().onFailure((_, _) -> {});
        server.otherwise(
                _ -> {
                    throw new InterruptedException("on purpose");
                });
        var _ = server.bind(job).orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        var _ = server.serve(Deadline.PAST);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(returnCode(process)).isEqualTo(-1);
    }

    @Test
    void aGuestServesItselfButHasNoThreadsToStart() {
        var started = new CompletableFuture<Result<Unit>>();
        var served = new CompletableFuture<Result<Unit>>();
        Guest guest =
                scope.javaGuest(
                        () -> {
                            try (ExceptionServer server = ExceptionServer.create().orElseThrow()) {
                                started.complete(server.start());
                                served.complete(server.serve(Deadline.PAST));
                            }
                        });
        guest.go();
        assertThat(soon(started)).isEqualTo(ZxError.NOT_SUPPORTED.err());
        assertThat(soon(served)).isEqualTo(TIMED_OUT);
        assertThat(returnCode(guest.process())).isZero();
    }
}
