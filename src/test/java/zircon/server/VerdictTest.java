package zircon.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Deadline;
import zircon.ExceptionPortKind;
import zircon.ExceptionServer;
import zircon.ExceptionType;
import zircon.GeneralRegisters.Register;
import zircon.Job;
import zircon.Koid;
import zircon.Rights;
import zircon.Verdict;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;
import zircon.kit.Packets;
import zircon.kit.ServerFixture;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// Who is asked about an exception, and what comes of the verdict.
class VerdictTest extends ServerFixture {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private ExceptionServer naming(String name, Verdict verdict) {
        return server().otherwise(
                        _ -> {
                            asked.add(name);
                            return verdict;
                        });
    }

    private static long threadExit() {
        return Objects.requireNonNull(zircon_h.zx_thread_exit$address()).address();
    }

    @Test
    void aHandlerIsAskedAboutExceptionsOfItsTypeAndTheOtherOneAboutTheRest() {
        Job job = scope.job();
        ExceptionServer server = naming("the rest", Verdict.TRY_NEXT);
        server.on(
                ExceptionType.Known.SW_BREAKPOINT,
                exception -> {
                    asked.add(exception.type().toString());
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        ZxProcess process =
                spawn(
                        job,
                        () -> {
                            GuestFaults.breakpoint();
                            GuestFaults.undefinedInstruction();
                        });
        assertThat(returnCode(process)).isEqualTo(-1);
        assertThat(asked).containsExactly("SW_BREAKPOINT", "the rest");
    }

    @Test
    void withoutHandlersAllIsPassedOn() {
        Job job = scope.job();
        ExceptionServer server = server();
        var _ = server.bind(job).orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        assertThat(server.serve(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
        assertThat(returnCode(process)).isEqualTo(-1);
    }

    @Test
    void aHandledThreadGoesOnWithTheRegistersThatTheHandlerWrote() {
        Job job = scope.job();
        ExceptionServer server = server();
        try (Arena arena = Arena.ofShared()) {
            long answer = arena.allocateFrom(ValueLayout.JAVA_LONG, 42).address();
            server.otherwise(
                    exception -> {
                        assertThat(exception.registers().orElseThrow().rdi()).isEqualTo(NOWHERE);
                        var _ = exception.writeRegister(Register.RDI, answer).orElseThrow();
                        return Verdict.HANDLED;
                    });
            var _ = server.bind(job).orElseThrow();
            var _ = server.start().orElseThrow();
            var read = new CompletableFuture<Long>();
            ZxProcess process = spawn(job, () -> read.complete(GuestFaults.read(NOWHERE)));
            assertThat(soon(read)).isEqualTo(42);
            assertThat(returnCode(process)).isZero();
        }
    }

    @Test
    @DisplayName("X-1, X-2: one server in every slot is asked slot by slot while it passes on")
    void oneServerInEverySlot() {
        Job above = scope.job();
        Job job = scope.jobIn(above);
        Guest guest = scope.guestIn(job);
        ExceptionServer server = server();
        server.otherwise(
                exception -> {
                    asked.add(exception.boundTo() + " " + exception.portKind());
                    return Verdict.TRY_NEXT;
                });
        for (var task : List.of(above, job, guest.process(), guest.thread())) {
            var _ = server.bind(task).orElseThrow();
        }
        var _ = server.bind(guest.process(), ExceptionPortKind.DEBUGGER).orElseThrow();
        server.on(ExceptionType.Known.THREAD_STARTING, _ -> Verdict.HANDLED);
        server.on(ExceptionType.Known.THREAD_EXITING, _ -> Verdict.HANDLED);
        var _ = server.start().orElseThrow();
        guest.fault();
        assertThat(returnCode(guest.process())).isEqualTo(-1);
        Koid process = guest.process().koid().orElseThrow();
        assertThat(asked)
                .containsExactly(
                        process + " DEBUGGER",
                        guest.thread().koid().orElseThrow() + " GENERAL",
                        process + " GENERAL",
                        job.koid().orElseThrow() + " GENERAL",
                        above.koid().orElseThrow() + " GENERAL");
    }

    @Test
    void aKilledProcessIsNobodyElsesToDecideAbout() {
        Job above = scope.job();
        Job job = scope.jobIn(above);
        ExceptionServer first = naming("first", Verdict.KILL);
        ExceptionServer second = naming("second", Verdict.HANDLED);
        var _ = first.bind(job).orElseThrow();
        var _ = second.bind(above).orElseThrow();
        var _ = first.start().orElseThrow();
        var _ = second.start().orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        assertThat(returnCode(process)).isEqualTo(-1);
        assertThat(asked).containsExactly("first");
    }

    @Test
    @DisplayName("R-2: a killed thread takes nobody with it; the process ends with code 0")
    void aKilledThreadAloneEnds() {
        Job job = scope.job();
        ExceptionServer server = naming("server", Verdict.KILL_THREAD);
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        Guest guest = scope.guestIn(job);
        guest.fault();
        ZxThread other = guest.newThread();
        Guest.awaitEnd(guest.thread());
        assertThat(returnCode(guest.process())).isZero();
        assertThat(other.kill().isOk()).isTrue();
        assertThat(asked).containsExactly("server");
    }

    @Test
    @DisplayName("T-4: a thread that is held on its way out is let go by a killing verdict too")
    void aThreadThatExitsIsLetGoByAKillingVerdict() {
        Guest guest = scope.javaGuest(ZxThread::exit);
        ExceptionServer server = server();
        server.on(
                ExceptionType.Known.THREAD_EXITING,
                _ -> {
                    Packets.settle(); // it is held
                    return Verdict.KILL;
                });
        var _ = server.bind(guest.process(), ExceptionPortKind.DEBUGGER).orElseThrow();
        var _ = server.start().orElseThrow();
        guest.go();
        Guest.awaitEnd(guest.process());
    }

    @Test
    @DisplayName("B-11, 9.4: what only debuggers are told goes on, whoever is asked or not")
    void synthetics() {
        Job job = scope.job();
        ExceptionServer server = server();
        for (ExceptionType.Known type : ExceptionType.Known.values()) {
            server.on(
                    type,
                    exception -> {
                        asked.add(exception.type().toString());
                        assertThat(exception.thread().orElseThrow().koid().orElseThrow())
                                .isEqualTo(exception.packet().thread());
                        return Verdict.TRY_NEXT;
                    });
        }
        var _ = server.bind(job, ExceptionPortKind.DEBUGGER).orElseThrow();
        Guest guest = scope.guestIn(job);
        var _ = server.bind(guest.process(), ExceptionPortKind.DEBUGGER).orElseThrow();
        var _ = server.start().orElseThrow();
        guest.start(threadExit(), 0);
        assertThat(returnCode(guest.process())).isZero();
        assertThat(asked).containsExactly("PROCESS_STARTING", "THREAD_STARTING", "THREAD_EXITING");
    }

    @Test
    void aServerWithoutHandlersHoldsNoDebuggedThread() {
        Job job = scope.job();
        ExceptionServer server = server();
        var _ = server.bind(job, ExceptionPortKind.DEBUGGER).orElseThrow();
        Guest guest = scope.guestIn(job);
        var _ = server.bind(guest.process(), ExceptionPortKind.DEBUGGER).orElseThrow();
        var _ = server.start().orElseThrow();
        guest.start(threadExit(), 0);
        assertThat(returnCode(guest.process())).isZero();
    }

    @Test
    @DisplayName("I-10: a process far below the job is found, though no call looks it up")
    void aProcessFarBelowIsFound() {
        Job top = scope.job();
        Job deep = top;
        for (int level = 0; level < 8; level++) {
            Job wrong = scope.jobIn(deep);
            var _ = scope.jobIn(wrong);
            deep = scope.jobIn(deep);
        }
        ExceptionServer server = server();
        var found = new CompletableFuture<List<Koid>>();
        server.otherwise(
                exception -> {
                    found.complete(
                            List.of(
                                    exception.process().orElseThrow().koid().orElseThrow(),
                                    exception.thread().orElseThrow().koid().orElseThrow()));
                    return Verdict.HANDLED;
                });
        var _ = server.bind(top).orElseThrow();
        var _ = server.start().orElseThrow();
        var thread = new CompletableFuture<Koid>();
        ZxProcess process =
                spawn(
                        deep,
                        () -> {
                            try (ZxThread self = ZxThread.self().orElseThrow()) {
                                thread.complete(self.koid().orElseThrow());
                            }
                            GuestFaults.breakpoint();
                        });
        assertThat(soon(found)).containsExactly(process.koid().orElseThrow(), soon(thread));
        assertThat(returnCode(process)).isZero();
    }

    @Test
    void throughAThreadItsProcessIsFoundBelowTheDefaultJob() {
        Guest guest = scope.javaGuest(GuestFaults::breakpoint);
        ExceptionServer server = server();
        var found = new CompletableFuture<Koid>();
        server.otherwise(
                exception -> {
                    found.complete(exception.process().orElseThrow().koid().orElseThrow());
                    return Verdict.KILL;
                });
        var _ = server.bind(guest.thread()).orElseThrow();
        var _ = server.start().orElseThrow();
        guest.go();
        assertThat(soon(found)).isEqualTo(guest.process().koid().orElseThrow());
        assertThat(returnCode(guest.process())).isEqualTo(-1);
    }

    @Test
    void handlersMayBeOfFewRightsWhenTheirServerIs() {
        Job job = scope.job();
        Job weak = scope.own(job.duplicate(Rights.DUPLICATE.plus(Rights.ENUMERATE)).orElseThrow());
        ExceptionServer server = naming("server", Verdict.HANDLED);
        var _ = server.bind(weak).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
    }
}
