package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import zircon.ExceptionPortKind;
import zircon.ExceptionPortType;
import zircon.Job;
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

import java.util.List;

/// What unbinding does to threads that wait: B-9, B-10, B-13.
class UnbindTest extends KernelFixture {
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ROOT_JOB")
    @DisplayName(
            "B-9: a thread that waits through the binding goes on as if it were answered TRY_NEXT")
    void unbindReleases(Slot slot) {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port next = scope.port();
        slot.bind(victim, port);
        Slot.ROOT_JOB.bind(victim, next);
        victim.guest().fault();
        var _ = Packets.exceptionOf(victim.koid(), port);
        requireWaiting(victim.thread(), slot.type());

        assertThat(slot.unbind(victim)).isEqualTo(Ok.UNIT);

        assertThat(slot.unbind(victim)).isEqualTo(ZxError.BAD_STATE.err());
        var _ = Packets.exceptionOf(victim.koid(), next);
        requireWaiting(victim.thread(), Slot.ROOT_JOB.type());
        Packets.requireNone(port);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ROOT_JOB")
    @DisplayName("B-9: so does the end of the port's last handle (P-15), and no sooner one")
    void closingThePortReleases(Slot slot) {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port copy = scope.own(port.duplicate(Rights.NONE).orElseThrow());
        Port next = scope.port();
        slot.bind(victim, port);
        Slot.ROOT_JOB.bind(victim, next);
        victim.guest().fault();
        var _ = Packets.exceptionOf(victim.koid(), port);

        port.close();
        Packets.requireNone(next);
        requireWaiting(victim.thread(), slot.type());
        copy.close();

        var _ = Packets.exceptionOf(victim.koid(), next);
        assertThat(slot.unbind(victim)).isEqualTo(ZxError.BAD_STATE.err());
    }

    @Test
    @DisplayName("B-9: with no handler left the process dies")
    void unbindingTheLastHandlerKills() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.PROCESS.bind(victim, port);
        victim.guest().fault();
        var _ = Packets.exception(port);
        assertThat(Slot.PROCESS.unbind(victim)).isEqualTo(Ok.UNIT);
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(-1);
    }

    @Test
    @DisplayName("B-9: a job's binding holds threads of processes in the whole subtree; all go on")
    void wholeSubtree() {
        Job top = scope.job();
        Job middle = scope.jobIn(top);
        Job bottom = scope.jobIn(middle);
        Job beside = scope.jobIn(top);
        List<Guest> guests =
                List.of(
                        scope.guestIn(top),
                        scope.guestIn(middle),
                        scope.guestIn(bottom),
                        scope.guestIn(beside));
        Port port = scope.port();
        var _ = top.bindExceptionPort(port, 1).orElseThrow();
        ZxThread second = guests.get(2).newThread();
        guests.forEach(Guest::fault);
        Guest.fault(second);
        for (int i = 0; i < 5; i++) {
            var _ = Packets.exception(port);
        }

        assertThat(top.unbindExceptionPort()).isEqualTo(Ok.UNIT);

        for (Guest guest : guests) {
            Guest.awaitEnd(guest.process());
            assertThat(guest.process().info().orElseThrow().returnCode()).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("B-9: only threads that wait through this binding go on")
    void otherBindingsHold() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        for (Slot slot : Slot.values()) {
            slot.bind(victim, port); // the same port in all slots
        }
        victim.guest().fault();
        var _ = Packets.exception(port);
        assertThat(victim.job().bindExceptionPort(port, 1, ExceptionPortKind.DEBUGGER))
                .isEqualTo(Ok.UNIT);
        for (Slot slot : List.of(Slot.THREAD, Slot.PROCESS, Slot.JOB, Slot.ROOT_JOB)) {
            assertThat(slot.unbind(victim)).isEqualTo(Ok.UNIT);
        }
        assertThat(victim.job().unbindExceptionPort(ExceptionPortKind.DEBUGGER)).isEqualTo(Ok.UNIT);

        Packets.requireNone(port);
        requireWaiting(victim.thread(), ExceptionPortType.Known.DEBUGGER);
        assertThat(Slot.DEBUGGER.unbind(victim)).isEqualTo(Ok.UNIT);
        assertThat(Packets.exception(port).key()).isEqualTo(Slot.PARENT_JOB.key());
    }

    @Test
    @DisplayName("B-10: a packet that is queued stays; the thread it names has moved on")
    void packetsStay() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port next = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, next);
        victim.guest().fault();
        Packets.settle();
        assertThat(Slot.THREAD.unbind(victim)).isEqualTo(Ok.UNIT);
        var _ = Packets.exceptionOf(victim.koid(), next);

        var _ = Packets.exceptionOf(victim.koid(), port);
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED))
                .isEqualTo(ZxError.ACCESS_DENIED.err());
        assertThat(victim.thread().resumeFromException(port, Resume.TRY_NEXT))
                .isEqualTo(ZxError.ACCESS_DENIED.err());
        requireWaiting(victim.thread(), ExceptionPortType.Known.PROCESS);

        Guest.sendTo(victim.thread(), Code.NANOSLEEP, Long.MAX_VALUE);
        assertThat(victim.thread().resumeFromException(next, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        Packets.settle();
        assertThat(victim.thread().resumeFromException(port, Resume.HANDLED))
                .isEqualTo(ZxError.BAD_STATE.err());
    }

    @Test
    @DisplayName("B-13: a slot that is filled during an exception is asked if its turn is to come")
    void bindingAheadOfTheSearch() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        victim.guest().fault();
        var _ = Packets.exception(port);
        Slot.JOB.bind(victim, port);
        Slot.DEBUGGER.bind(victim, port); // its turn is over
        Packets.requireNone(port);

        var _ = victim.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();

        assertThat(Packets.exception(port).key()).isEqualTo(Slot.JOB.key());
        var _ = victim.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        Guest.awaitEnd(victim.process());
        Packets.requireExiting(port); // the debugger hears of the end
        Packets.requireNone(port);
    }

    @Test
    @DisplayName("B-13: a slot that is emptied before its turn is not asked")
    void unbindingAheadOfTheSearch() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, port);
        Slot.JOB.bind(victim, port);
        victim.guest().fault();
        var _ = Packets.exception(port);
        assertThat(Slot.PROCESS.unbind(victim)).isEqualTo(Ok.UNIT);
        var _ = victim.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        assertThat(Packets.exception(port).key()).isEqualTo(Slot.JOB.key());
    }

    @Test
    @DisplayName("B-13: binding sends no packet for threads and exceptions that are there already")
    void bindingSendsNothing() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port late = scope.port();
        victim.guest().sleep();
        Slot.DEBUGGER.bind(victim, late);
        ZxThread asking = victim.guest().newThread();
        var _ = asking.bindExceptionPort(port, 1).orElseThrow();
        assertThat(Slot.DEBUGGER.unbind(victim)).isEqualTo(Ok.UNIT);
        Guest.fault(asking);
        var _ = Packets.exception(port);
        for (Slot slot : Slot.values()) {
            slot.bind(victim, late);
        }
        Packets.requireNone(late);
        Packets.requireNone(port);
    }
}
