package zircon.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Clock;
import zircon.Deadline;
import zircon.ExceptionHandler;
import zircon.ExceptionPacket;
import zircon.ExceptionServer;
import zircon.Job;
import zircon.Koid;
import zircon.Ok;
import zircon.Port;
import zircon.PortPacket;
import zircon.Result;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.Unit;
import zircon.UserPacket;
import zircon.Verdict;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.Packets;
import zircon.kit.ServerFixture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Handlers that throw, close what they serve with, are killed, or are virtual threads.
class HandlersTest extends ServerFixture {
    private static final int MANY = 8;
    private static final List<Verdict> VERDICTS = List.of(Verdict.values());

    private List<ZxProcess> spawnMany(Job job, Runnable body) {
        List<ZxProcess> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(spawn(job, body));
        }
        return all;
    }

    @Test
    void aHandlerThatAlwaysThrowsHoldsNobody() {
        Job job = scope.job();
        var failures = new AtomicInteger();
        ExceptionServer server = server().onFailure((_, _) -> failures.incrementAndGet());
        server.otherwise(
                _ -> {
                    throw new AssertionError("on purpose");
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        List<ZxProcess> all = spawnMany(job, GuestFaults::breakpoint);
        assertThat(all).allMatch(process -> returnCode(process) == -1);
        server.close();
        assertThat(failures).hasValue(MANY);
    }

    @Test
    void aHandlerThatClosesItsPortBeforeItAnswersPassesOnAll() {
        Job job = scope.job();
        Port port = scope.port();
        var _ = job.bindExceptionPort(port, 1).orElseThrow();
        List<ZxProcess> all = spawnMany(job, GuestFaults::breakpoint);
        ExceptionPacket packet = Packets.exception(port);
        ZxProcess first =
                all.stream()
                        .filter(process -> process.koid().orElseThrow().equals(packet.process()))
                        .findAny()
                        .orElseThrow();
        try (ZxThread thread = first.child(packet.thread(), Rights.SAME_RIGHTS).orElseThrow()) {
            port.close();
            assertThat(thread.resumeFromException(port, Resume.HANDLED))
                    .isEqualTo(ZxError.BAD_HANDLE.err());
        }
        assertThat(all).allMatch(process -> returnCode(process) == -1);
    }

    @Test
    void aHandlerThatClosesItsServerPassesOnAllButItsOwn() {
        Job job = scope.job();
        ExceptionServer server = server();
        server.otherwise(
                _ -> {
                    server.close();
                    server.close();
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        List<ZxProcess> all = spawnMany(job, GuestFaults::breakpoint);
        Packets.settle();
        assertThat(server.serve(Deadline.INFINITE)).isEqualTo(Ok.UNIT);
        assertThat(all).filteredOn(process -> returnCode(process) == 0).hasSize(1);
    }

    @Test
    void aHandlerMayUnbindBindAndCloseTheTaskThatItIsAskedAbout() {
        Job job = scope.job();
        ExceptionServer server = server();
        server.otherwise(
                exception -> {
                    Job bound = job.duplicate(Rights.SAME_RIGHTS).orElseThrow();
                    try (bound) {
                        var _ = server.unbind(bound).orElseThrow();
                        var _ = server.bind(bound).orElseThrow();
                    }
                    assertThat(exception.type().isArchitectural()).isTrue();
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isEqualTo(-1);
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isEqualTo(-1);
    }

    /// A process that handles the exceptions of `job`, by `handler`.
    private ZxProcess handling(Job job, Job handled, ExceptionHandler handler) {
        int given = handled.duplicate(Rights.SAME_RIGHTS).orElseThrow().raw();
        int number =
                HostEmulation.instance()
                        .spawnProcess(
                                job.raw(),
                                "handler",
                                given,
                                mine -> serveAsGuest(Job.adopt(mine), handler));
        ZxProcess process = ZxProcess.adopt(number);
        var _ = scope.own(process);
        Packets.settle();
        return process;
    }

    private static void serveAsGuest(Job job, ExceptionHandler handler) {
        try (job;
                ExceptionServer server = ExceptionServer.create().orElseThrow()) {
            var _ = server.otherwise(handler).bind(job).orElseThrow();
            var _ = server.serve(Deadline.INFINITE).orElseThrow();
        }
    }

    @Test
    void theDeathOfAHandlingProcessPassesOnWhatItWasAskedAbout() {
        Job above = scope.job();
        Job job = scope.jobIn(above);
        var asked = new CompletableFuture<Koid>();
        ZxProcess handler =
                handling(
                        above,
                        job,
                        exception -> {
                            asked.complete(exception.packet().process());
                            var _ = Clock.nanosleep(Deadline.INFINITE);
                            return Verdict.KILL;
                        });
        ExceptionServer next = server().otherwise(_ -> Verdict.HANDLED);
        var _ = next.bind(above).orElseThrow();
        List<ZxProcess> all = spawnMany(job, GuestFaults::breakpoint);
        Koid first = asked.join();
        assertThat(all).anyMatch(process -> process.koid().orElseThrow().equals(first));
        Packets.settle();
        var _ = handler.kill().orElseThrow();
        var _ = next.start().orElseThrow();
        assertThat(all).allMatch(process -> returnCode(process) == 0);
        assertThat(returnCode(handler)).isEqualTo(-1);
    }

    @Test
    void aProcessMayKillItselfForItsOwnException() {
        Job job = scope.job();
        ZxProcess process = handling(job, job, _ -> Verdict.KILL);
        int number =
                HostEmulation.instance()
                        .spawnThread(process.raw(), "faulting", GuestFaults::breakpoint);
        try (ZxThread thread = ZxThread.adopt(number)) {
            Guest.awaitEnd(thread);
        }
        assertThat(returnCode(process)).isEqualTo(-1);
    }

    @Test
    void aVirtualThreadBlocksItsCarrierAndIsWokenAllTheSame() {
        Port port = scope.port();
        var taken = new CompletableFuture<Result<? extends PortPacket>>();
        var _ = Thread.ofVirtual().start(() -> taken.complete(port.waitFor(Deadline.INFINITE)));
        var _ = port.queue(UserPacket.of(7)).orElseThrow();
        assertThat(taken.join()).isEqualTo(new Ok<>(UserPacket.of(7)));
    }

    @Test
    void aVirtualThreadServesAndAnotherOneCloses() {
        Job job = scope.job();
        ExceptionServer server = server();
        var virtual = new CompletableFuture<Boolean>();
        var served = new CompletableFuture<Result<Unit>>();
        server.otherwise(
                _ -> {
                    virtual.complete(Thread.currentThread().isVirtual());
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = Thread.ofVirtual().start(() -> served.complete(server.serve(Deadline.INFINITE)));
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
        assertThat(virtual.join()).isTrue();
        var _ = Thread.ofVirtual().start(server::close);
        assertThat(served.join()).isEqualTo(Ok.UNIT);
        server.close();
    }

    @Test
    void thirtyTwoThreadsUseAndCloseTheSameServer() {
        for (int round = 0; round < MANY; round++) {
            Job job = scope.job();
            ExceptionServer server = server().otherwise(_ -> anyVerdict());
            var _ = server.bind(job).orElseThrow();
            List<ZxProcess> all = spawnMany(job, HandlersTest::faultRepeatedly);
            Crowd.run(
                    round,
                    random -> {
                        for (int step = 0; step < MANY; step++) {
                            requireSensible(
                                    switch (random.nextInt(6)) {
                                        case 0 -> server.start();
                                        case 1 -> server.serve(Deadline.PAST);
                                        case 2 -> server.bind(job);
                                        case 3 -> server.unbind(job);
                                        case 4 -> server.bind(all.get(random.nextInt(MANY)));
                                        default -> server.unbind(all.get(random.nextInt(MANY)));
                                    });
                            assertThat(server.toString()).startsWith("ExceptionServer[");
                        }
                        server.close();
                    });
            assertThat(job.unbindExceptionPort()).isEqualTo(ZxError.BAD_STATE.err());
            assertThat(all).allMatch(process -> returnCode(process) <= 0);
        }
    }

    private static void faultRepeatedly() {
        for (int i = 0; i < MANY; i++) {
            GuestFaults.breakpoint();
        }
    }

    private static Verdict anyVerdict() {
        return VERDICTS.get(ThreadLocalRandom.current().nextInt(VERDICTS.size()));
    }

    private static void requireSensible(Result<Unit> result) {
        assertThat(result)
                .isIn(
                        Ok.UNIT,
                        ZxError.ALREADY_BOUND.err(),
                        ZxError.BAD_HANDLE.err(),
                        ZxError.BAD_STATE.err(),
                        ZxError.NOT_FOUND.err(),
                        ZxError.TIMED_OUT.err());
    }

    @Test
    @DisplayName("B-7: the death of a task is no exception, and unbinds nothing")
    void theDeathOfATaskIsNoExceptionAndUnbindsNothing() {
        Guest guest = scope.javaGuest(() -> {});
        ExceptionServer server = server();
        var _ = server.bind(guest.process()).orElseThrow();
        guest.go();
        var _ = guest.process().waitFor(Signals.PROCESS_TERMINATED, Deadline.INFINITE);
        assertThat(server.serve(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
        assertThat(server.unbind(guest.process())).isEqualTo(Ok.UNIT);
    }
}
