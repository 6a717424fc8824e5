package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import zircon.ExceptionPortType;
import zircon.Koid;
import zircon.Ok;
import zircon.Port;
import zircon.Result;
import zircon.Resume;
import zircon.Rights;
import zircon.ThreadState;
import zircon.Unit;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.Guest.Code;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.util.concurrent.CountDownLatch;

/// Races and precedence. Where two calls follow each other at once, the thread in between runs or
/// does not, and the rule holds for both: such tests are repeated.
class RaceTest extends KernelFixture {
    private static final int OFTEN = 30;

    @Test
    @DisplayName(
            "Q-1: a kill while waiting ends the search; the packet stays, nobody else is asked")
    void killWhileWaiting() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port later = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, later);
        Slot.ROOT_JOB.bind(victim, later);
        victim.guest().fault();
        Packets.settle();
        Koid thread = victim.koid();
        var _ = victim.thread().kill().orElseThrow();
        assertThat(victim.thread().info().orElseThrow().state())
                .isIn(ThreadState.Known.DYING, ThreadState.Known.DEAD);
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isZero(); // killed one by one
        Packets.requireNone(later);
        assertThat(Packets.exception(port).thread()).isEqualTo(thread);
    }

    @RepeatedTest(OFTEN)
    @DisplayName("Q-2: HANDLED, then a kill: the thread ends, and no other handler is asked")
    void handledThenKilled() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port later = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, later);
        victim.guest().fault();
        var _ = Packets.exception(port);
        Guest.sendTo(victim.thread(), Code.NANOSLEEP, Long.MAX_VALUE);
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        assertThat(victim.thread().kill()).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(victim.thread());
        Packets.requireNone(later);
    }

    @RepeatedTest(OFTEN)
    @DisplayName(
            "Q-2: TRY_NEXT, then a kill: the next slot still gets a packet, the thread ends there")
    void triedNextThenKilled() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port next = scope.port();
        Port later = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, next);
        Slot.JOB.bind(victim, later);
        victim.guest().fault();
        var _ = Packets.exception(port);
        assertThat(victim.thread().resumeFromException(port, Resume.TRY_NEXT)).isEqualTo(Ok.UNIT);
        assertThat(victim.thread().kill()).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(victim.thread());
        var _ = Packets.exceptionOf(victim.koid(), next);
        Packets.requireNone(later);
    }

    @RepeatedTest(OFTEN)
    @DisplayName("Q-3: a kill, then an answer: OK without effect, or BAD_STATE")
    void killedThenAnswered() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        victim.guest().fault();
        var _ = Packets.exception(port);
        Guest.sendTo(victim.thread(), Code.PROCESS_EXIT, 42);
        var _ = victim.thread().kill().orElseThrow();
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED))
                .isIn(Ok.UNIT, ZxError.BAD_STATE.err());
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isZero();
    }

    @RepeatedTest(OFTEN)
    @DisplayName(
            "Q-4: unbound, then answered: ACCESS_DENIED, or BAD_STATE once the exception is over")
    void unboundThenAnswered() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        victim.guest().fault();
        var _ = Packets.exception(port);
        Guest.sendTo(victim.thread(), Code.PROCESS_EXIT, 42);
        var _ = Slot.THREAD.unbind(victim).orElseThrow();
        Result<Unit> answer = victim.thread().resumeFromException(port, Resume.HANDLED);
        assertThat(answer).isIn(ZxError.ACCESS_DENIED.err(), ZxError.BAD_STATE.err());
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(-1);
    }

    @RepeatedTest(OFTEN)
    @DisplayName(
            "Q-4: unbound, then answered: if it waits on another slot, that slot's port decides")
    void unboundThenAnsweredByTheNext() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port next = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, next);
        victim.guest().fault();
        var _ = Packets.exception(port);
        var _ = Slot.THREAD.unbind(victim).orElseThrow();
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED))
                .isEqualTo(ZxError.ACCESS_DENIED.err());
        var _ = Packets.exception(next);
        requireWaiting(victim.thread(), ExceptionPortType.Known.PROCESS);
        assertThat(victim.thread().resumeFromException(next, Resume.TRY_NEXT)).isEqualTo(Ok.UNIT);
    }

    @RepeatedTest(OFTEN)
    @DisplayName("Q-5: answered, then unbound: the answer stands")
    void answeredThenUnbound() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port later = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, later);
        victim.guest().fault();
        var _ = Packets.exception(port);
        Guest.sendTo(victim.thread(), Code.PROCESS_EXIT, 42);
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        assertThat(Slot.THREAD.unbind(victim)).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(42);
        Packets.requireNone(later);
    }

    @RepeatedTest(OFTEN)
    @DisplayName("Q-6: unbound and bound again: the thread does not come back to this slot")
    void unboundAndBoundAgain() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port next = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, next);
        victim.guest().fault();
        var _ = Packets.exception(port);
        assertThat(Slot.THREAD.unbind(victim)).isEqualTo(Ok.UNIT);
        assertThat(Slot.THREAD.bind(victim, port, 99)).isEqualTo(Ok.UNIT);
        var _ = Packets.exceptionOf(victim.koid(), next);
        Packets.requireNone(port);
        requireWaiting(victim.thread(), ExceptionPortType.Known.PROCESS);
    }

    @Test
    @DisplayName(
            "Q-7: a kill is pending at the fault: the first handler gets its packet all the same")
    void killPendingAtTheFault() throws InterruptedException {
        Port port = scope.port();
        Port later = scope.port();
        var running = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        Guest guest =
                scope.javaGuest(
                        () -> {
                            running.countDown();
                            awaitInJava(killed);
                            GuestFaults.breakpoint();
                        });
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        var _ = guest.process().bindExceptionPort(later, 1).orElseThrow();
        guest.go();
        running.await();
        var _ = guest.thread().kill().orElseThrow();
        killed.countDown();
        Guest.awaitEnd(guest.thread());
        var _ = Packets.exceptionOf(guest.thread().koid().orElseThrow(), port);
        Packets.requireNone(later);
    }

    @Test
    @DisplayName("Q-9: a handler's port closes when its process is dead, not when it is killed")
    void handlerDies() throws InterruptedException {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port onlyOne = port.duplicate(Rights.SAME_RIGHTS).orElseThrow();
        var asked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        // The handler waits in Java once it has read the packet: the kernel cannot end it then.
        int handle =
                HostEmulation.instance()
                        .spawnProcess(
                                "handler",
                                onlyOne.raw(),
                                number -> {
                                    var _ = Packets.exception(Port.adopt(number));
                                    asked.countDown();
                                    awaitInJava(mayEnd);
                                });
        Slot.PROCESS.bind(victim, port);
        port.close();
        try (ZxProcess handler = ZxProcess.adopt(handle)) {
            victim.guest().fault();
            asked.await();
            var _ = handler.kill().orElseThrow();
            assertThat(handler.info().orElseThrow().exited()).isTrue();
            requireWaiting(victim.thread(), ExceptionPortType.Known.PROCESS);
            mayEnd.countDown();
            Guest.awaitEnd(handler);
        } finally {
            mayEnd.countDown();
        }
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(-1);
        assertThat(Slot.PROCESS.unbind(victim)).isEqualTo(ZxError.BAD_STATE.err());
    }

    @Test
    @DisplayName("Q-10: two threads in exceptions through one binding are independent")
    void twoThreads() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port later = scope.port();
        Slot.PROCESS.bind(victim, port);
        Slot.JOB.bind(victim, later);
        ZxThread first = victim.thread();
        ZxThread second = victim.guest().newThread();
        ZxThread third = victim.guest().newThread();
        victim.guest().fault();
        Guest.fault(second);
        Guest.fault(third);
        for (int i = 0; i < 3; i++) {
            var _ = Packets.exception(port);
        }
        Guest.sendTo(second, Code.NANOSLEEP, Long.MAX_VALUE);
        assertThat(second.resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        Packets.requireNone(later);
        requireWaiting(first, ExceptionPortType.Known.PROCESS);
        requireWaiting(third, ExceptionPortType.Known.PROCESS);

        assertThat(Slot.PROCESS.unbind(victim)).isEqualTo(Ok.UNIT);

        var _ = Packets.exception(later);
        var _ = Packets.exception(later);
        requireWaiting(first, ExceptionPortType.Known.JOB);
        requireWaiting(third, ExceptionPortType.Known.JOB);
        assertThat(second.info().orElseThrow().state())
                .isEqualTo(ThreadState.Known.BLOCKED_SLEEPING);
    }

    @Test
    @DisplayName("Q-12: no packet is withdrawn: not by an answer, a kill, or an unbind")
    void packetsAreNotWithdrawn() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.PROCESS.bind(victim, port);
        victim.guest().sleep();
        ZxThread answered = victim.guest().newThread();
        ZxThread killed = victim.guest().newThread();
        Guest.fault(answered);
        Packets.settle();
        Guest.fault(killed);
        Packets.settle();
        Guest.sendTo(answered, Code.THREAD_EXIT, 0);
        assertThat(answered.resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        assertThat(killed.kill()).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(answered);
        Guest.awaitEnd(killed);
        assertThat(Slot.PROCESS.unbind(victim)).isEqualTo(Ok.UNIT);
        Packets.settle();
        for (ZxThread gone : new ZxThread[] {answered, killed}) {
            Koid koid = Packets.exception(port).thread();
            assertThat(koid).isEqualTo(gone.koid().orElseThrow());
            assertThat(victim.process().child(koid, Rights.SAME_RIGHTS))
                    .isEqualTo(ZxError.NOT_FOUND.err());
        }
    }

    private static void awaitInJava(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a guest", e);
        }
    }
}
