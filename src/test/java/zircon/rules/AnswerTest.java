package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.ExceptionPortType;
import zircon.Ok;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.ZxError;
import zircon.ZxThread;
import zircon.kit.Guest;
import zircon.kit.Guest.Code;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

/// Answering. The order of the checks is in [AnswerOrderTest].
class AnswerTest extends KernelFixture {
    @Test
    @DisplayName(
            "X-10: any handle to the port will do, and the one that was bound need not be left")
    void anyHandle() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port other = scope.own(port.duplicate(Rights.NONE).orElseThrow());
        try (Port bound = port.duplicate(Rights.NONE).orElseThrow()) {
            Slot.JOB.bind(victim, bound);
        }
        victim.guest().fault();
        var _ = Packets.exception(port);
        Guest.sendTo(victim.thread(), Code.PROCESS_EXIT, 3);
        assertThat(victim.thread().resumeFromException(other, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "X-10: with one port in two slots, an answer too many hits the next slot's exchange")
    void answerTooMany() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, port);
        victim.guest().fault();
        Packets.settle();
        assertThat(victim.thread().resumeFromException(port, Resume.TRY_NEXT)).isEqualTo(Ok.UNIT);
        Packets.settle();
        requireWaiting(victim.thread(), ExceptionPortType.Known.PROCESS);
        assertThat(victim.thread().resumeFromException(port, Resume.TRY_NEXT)).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(victim.process());
        assertThat(Packets.exception(port).key()).isEqualTo(Slot.THREAD.key());
        assertThat(Packets.exception(port).key()).isEqualTo(Slot.PROCESS.key());
    }

    @Test
    @DisplayName("X-11: the first answer wins")
    void firstAnswerWins() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        victim.guest().fault();
        var _ = Packets.exception(port);
        Guest.sendTo(victim.thread(), Code.NANOSLEEP, Long.MAX_VALUE);
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        assertThat(victim.thread().resumeFromException(port, Resume.TRY_NEXT))
                .isEqualTo(ZxError.BAD_STATE.err());
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED))
                .isEqualTo(ZxError.BAD_STATE.err());
        Packets.settle();
        assertThat(victim.process().info().orElseThrow().exited()).isFalse();
    }

    @Test
    @DisplayName("X-11: the packet need not have been read; it stays in the queue")
    void answeredBeforeThePacketIsRead() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        victim.guest().fault();
        Packets.settle();
        Guest.sendTo(victim.thread(), Code.PROCESS_EXIT, 8);
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(8);
        var _ = Packets.exceptionOf(victim.koid(), port);
    }

    @Test
    @DisplayName("X-12: a wrong port changes nothing, and the thread keeps waiting")
    void wrongPort() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port next = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, next); // not asked yet
        victim.guest().fault();
        var _ = Packets.exception(port);
        for (Resume answer : Resume.values()) {
            assertThat(victim.thread().resumeFromException(next, answer))
                    .isEqualTo(ZxError.ACCESS_DENIED.err());
            assertThat(victim.thread().resumeFromException(scope.port(), answer))
                    .isEqualTo(ZxError.ACCESS_DENIED.err());
        }
        Packets.requireNone(next);
        requireWaiting(victim.thread(), ExceptionPortType.Known.THREAD);
        assertThat(victim.thread().resumeFromException(port, Resume.TRY_NEXT)).isEqualTo(Ok.UNIT);
        var _ = Packets.exceptionOf(victim.koid(), next);
    }

    @Test
    @DisplayName("X-13: a thread that runs user code is in no exception")
    void running() {
        Port port = scope.port();
        // The one thread that is sure to run user code is the caller.
        try (ZxThread self = ZxThread.self().orElseThrow()) {
            assertThat(self.resumeFromException(port, Resume.HANDLED))
                    .isEqualTo(ZxError.BAD_STATE.err());
        }
    }
}
