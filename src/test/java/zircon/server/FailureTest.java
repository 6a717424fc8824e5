package zircon.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.ExceptionPortKind;
import zircon.ExceptionServer;
import zircon.ExceptionType;
import zircon.GeneralRegisters.Register;
import zircon.Handle;
import zircon.Job;
import zircon.Koid;
import zircon.PendingException;
import zircon.Result;
import zircon.Rights;
import zircon.Verdict;
import zircon.ZxError;
import zircon.ZxException;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// Handlers that fail, and tasks that die or are unbound while they are asked about.
class FailureTest extends ServerFixture {
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private ExceptionServer listening() {
        return server().onFailure((_, failure) -> failures.add(failure));
    }

    @Test
    void whatAHandlerThrowsIsReportedAndTheExceptionPassedOn() {
        Job above = scope.job();
        Job job = scope.jobIn(above);
        var thrown = new StackOverflowError("on purpose");
        List<ExceptionPacket> about = new CopyOnWriteArrayList<>();
        ExceptionServer broken = server();
        broken.otherwise(
                _ -> {
                    throw thrown;
                });
        broken.onFailure(
                (packet, failure) -> {
                    about.add(packet);
                    failures.add(failure);
                });
        ExceptionServer next = server().otherwise(_ -> Verdict.HANDLED);
        var _ = broken.bind(job).orElseThrow();
        var _ = next.bind(above).orElseThrow();
        var _ = broken.start().orElseThrow();
        var _ = next.start().orElseThrow();
        ZxProcess process =
                spawn(
                        job,
                        () -> {
                            GuestFaults.breakpoint();
                            GuestFaults.breakpoint();
                        });
        assertThat(returnCode(process)).isZero();
        broken.close();
        assertThat(failures).containsExactly(thrown, thrown);
        assertThat(about.getLast().process()).isEqualTo(process.koid().orElseThrow());
    }

    @Test
    @SuppressWarnings("NullAway") // the handler breaks the contract
    void aVerdictOfNullIsAFailure() {
        Job job = scope.job();
        ExceptionServer server = listening().otherwise(_ -> null);
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isEqualTo(-1);
        server.close();
        assertThat(failures).singleElement().isInstanceOf(NullPointerException.class);
    }

    @Test
    void aKillThatIsRefusedIsReportedAndTheExceptionPassedOn() {
        Job job = scope.job();
        Job weak = scope.own(job.duplicate(Rights.DUPLICATE.plus(Rights.ENUMERATE)).orElseThrow());
        ExceptionServer server = listening().otherwise(_ -> Verdict.KILL_THREAD);
        var _ = server.bind(weak).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isEqualTo(-1);
        server.close();
        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        ZxException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(ZxError.ACCESS_DENIED));
    }

    @Test
    void whatCannotBeAnsweredForWantOfMemoryIsPassedOnAndTheServerStaysBound() {
        Job job = scope.job();
        ExceptionServer server =
                listening()
                        .on(
                                ExceptionType.Known.SW_BREAKPOINT,
                                _ -> {
                                    HostEmulation.instance().failAllocation(1);
                                    return Verdict.HANDLED;
                                })
                        .on(ExceptionType.Known.UNDEFINED_INSTRUCTION, _ -> Verdict.KILL);
        var _ = server.bind(job).orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        var _ = server.serve(Deadline.PAST);
        assertThat(returnCode(process)).isEqualTo(-1);
        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        ZxException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(ZxError.NO_MEMORY));
        var _ = spawn(job, GuestFaults::undefinedInstruction);
        Packets.settle();
        assertThat(server.serve(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
        assertThat(failures).hasSize(1);
        assertThat(server.toString()).endsWith("bindings=1]");
    }

    @Test
    @DisplayName("Q-1, Q-3: a process that dies while it is asked about disturbs nobody")
    void aProcessDiesMeanwhile() {
        Job job = scope.job();
        ExceptionServer server = listening();
        server.otherwise(
                exception -> {
                    ZxProcess process = exception.process().orElseThrow();
                    var _ = process.kill().orElseThrow();
                    Guest.awaitEnd(process);
                    asked.add(exception.report().toString());
                    asked.add(exception.registers().toString());
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isEqualTo(-1);
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isEqualTo(-1);
        server.close();
        String missing = ZxError.NOT_FOUND.err().toString();
        assertThat(asked).containsExactly(missing, missing, missing, missing);
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("Q-12: of the dead, only koids are left; every verdict on them is as good")
    void theDeadAreAskedAboutAndNotAnswered() {
        Job job = scope.job();
        ExceptionServer server = listening();
        var _ = server.bind(job).orElseThrow();
        for (Verdict verdict : Verdict.values()) {
            var thread = new AtomicReference<Result<ZxThread>>();
            server.otherwise(
                    exception -> {
                        thread.set(exception.thread());
                        return verdict;
                    });
            ZxProcess process = spawn(job, GuestFaults::breakpoint);
            Packets.settle();
            var _ = process.kill().orElseThrow();
            Guest.awaitEnd(process);
            assertThat(server.serve(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
            assertThat(thread).hasValue(ZxError.NOT_FOUND.err());
        }
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("X-18: the end of a killed thread is told, and needs no answer")
    void theExitOfAKilledThread() {
        Guest guest = scope.guest();
        ExceptionServer server = listening();
        server.otherwise(
                exception -> {
                    asked.add(exception.type().toString());
                    return Verdict.HANDLED;
                });
        guest.sleep();
        var _ = server.bind(guest.process(), ExceptionPortKind.DEBUGGER).orElseThrow();
        var _ = guest.process().kill().orElseThrow();
        Guest.awaitEnd(guest.process());
        assertThat(server.serve(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
        assertThat(asked).containsExactly("THREAD_EXITING");
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("B-9, X-10: unbound by its handler, a thread is the next slot's to decide about")
    void unboundByItsHandler() {
        Guest guest = scope.javaGuest(GuestFaults::breakpoint);
        ExceptionServer server = listening();
        server.otherwise(
                exception -> {
                    if (exception.boundTo().equals(exception.packet().thread())) {
                        asked.add("thread");
                        var _ = server.unbind(guest.thread()).orElseThrow();
                        Packets.settle(); // it waits for the process' handler now
                        return Verdict.HANDLED;
                    }
                    asked.add("process");
                    return Verdict.KILL;
                });
        var _ = server.bind(guest.thread()).orElseThrow();
        var _ = server.bind(guest.process()).orElseThrow();
        guest.go();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(guest.process())).isEqualTo(-1);
        server.close();
        assertThat(asked).containsExactly("thread", "process");
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("B-10: the packet of a binding that is no more is nobody's question")
    void packetsOfEarlierBindings() {
        Guest guest = scope.javaGuest(GuestFaults::breakpoint);
        ExceptionServer server = listening();
        server.otherwise(
                exception -> {
                    asked.add(exception.boundTo().toString());
                    return Verdict.HANDLED;
                });
        var _ = server.bind(guest.thread()).orElseThrow();
        var _ = server.bind(guest.process()).orElseThrow();
        guest.go();
        Packets.settle();
        var _ = server.unbind(guest.thread()).orElseThrow();
        Packets.settle();
        assertThat(server.serve(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
        assertThat(returnCode(guest.process())).isZero();
        assertThat(asked).containsExactly(guest.process().koid().orElseThrow().toString());
    }

    @Test
    @DisplayName("Q-4: unbound behind the server's back, the verdict comes too late")
    void unboundBehindTheServersBack() {
        Job above = scope.job();
        Job job = scope.jobIn(above);
        ExceptionServer server = listening();
        ExceptionServer next = server().otherwise(_ -> Verdict.HANDLED);
        server.otherwise(
                _ -> {
                    var _ = job.unbindExceptionPort().orElseThrow();
                    Packets.settle();
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = next.bind(above).orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        Packets.settle();
        var _ = server.serve(Deadline.PAST);
        var _ = next.start().orElseThrow();
        assertThat(returnCode(process)).isZero();
        assertThat(failures).isEmpty();
        assertThat(server.unbind(job)).isEqualTo(ZxError.BAD_STATE.err());
    }

    @Test
    void aHandlerMayCloseAndGiveAwayWhatItIsLent() {
        Job job = scope.job();
        ExceptionServer server = listening();
        server.otherwise(
                exception -> {
                    exception.thread().orElseThrow().close();
                    exception.process().orElseThrow().replace(Rights.NONE).orElseThrow().close();
                    assertThat(exception.thread().orElseThrow().isClosed()).isTrue();
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
        server.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void afterTheVerdictNothingIsLent() {
        Job job = scope.job();
        ExceptionServer server = server();
        var kept = new CompletableFuture<PendingException>();
        var lent = new ArrayList<Handle>();
        server.otherwise(
                exception -> {
                    lent.add(exception.thread().orElseThrow());
                    lent.add(exception.process().orElseThrow());
                    kept.complete(exception);
                    return Verdict.KILL;
                });
        var _ = server.bind(job).orElseThrow();
        ZxProcess process = spawn(job, GuestFaults::breakpoint);
        Koid koid = process.koid().orElseThrow();
        Packets.settle();
        var _ = server.serve(Deadline.PAST);
        assertThat(lent).allMatch(Handle::isClosed);
        PendingException old = soon(kept);
        Result<?> closed = ZxError.BAD_HANDLE.err();
        assertThat(List.<Result<?>>of(old.thread(), old.process(), old.report(), old.registers()))
                .allMatch(closed::equals);
        assertThat(old.writeRegister(Register.RAX, 0)).isEqualTo(closed);
        assertThat(old.packet().process()).isEqualTo(koid);
        assertThat(old.toString())
                .isEqualTo(
                        "PendingException[SW_BREAKPOINT in thread %s of process %s]"
                                .formatted(old.packet().thread(), koid));
    }
}
