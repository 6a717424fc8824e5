package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import zircon.Clock;
import zircon.Deadline;
import zircon.ExceptionPortKind;
import zircon.Port;
import zircon.ProcessInfo;
import zircon.Resume;
import zircon.ThreadState;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;
import zircon.kit.Guest.Code;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;
import zircon.kit.Scope;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// The search for a handler.
class SearchTest extends KernelFixture {
    @Test
    @DisplayName(
            "X-1: debugger, thread, process, job, its parent, up to the root; empty slots are"
                    + " skipped")
    void order() {
        Slot[] slots = Slot.values();
        for (int chosen = 0; chosen < 1 << slots.length; chosen++) {
            EnumSet<Slot> bound = EnumSet.noneOf(Slot.class);
            for (int i = 0; i < slots.length; i++) {
                if ((chosen & (1 << i)) != 0) {
                    bound.add(slots[i]);
                }
            }
            assertThat(searched(bound)).as("bound: %s", bound).isEqualTo(List.copyOf(bound));
        }
    }

    /// Binds a port each, lets a thread fault, answers TRY_NEXT to all; who was asked?
    private static List<Slot> searched(EnumSet<Slot> bound) {
        List<Slot> asked = new ArrayList<>();
        try (var scope = new Scope()) {
            Victim victim = Victim.in(scope);
            Port port = scope.port();
            bound.forEach(slot -> slot.bind(victim, port));
            victim.guest().fault();
            if (bound.contains(Slot.DEBUGGER)) {
                Packets.passStart(victim.thread(), port);
            }
            for (int i = 0; i < bound.size(); i++) {
                Slot slot = Slot.ofKey(Packets.exceptionOf(victim.koid(), port).key());
                requireWaiting(victim.thread(), slot.type());
                asked.add(slot);
                var _ = victim.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
            }
            Guest.awaitEnd(victim.process());
            assertThat(victim.returnCode()).isEqualTo(-1);
            if (bound.contains(Slot.DEBUGGER)) {
                Packets.requireExiting(port);
            }
            Packets.requireNone(port);
        }
        return asked;
    }

    @Test
    @DisplayName("X-1: a job's debugger is never asked about a fault")
    void jobDebuggersAreNotAsked() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Guest running = victim.guest();
        running.sleep();
        var _ = victim.job().bindExceptionPort(port, 1, ExceptionPortKind.DEBUGGER).orElseThrow();
        var _ =
                victim.rootJob()
                        .bindExceptionPort(port, 1, ExceptionPortKind.DEBUGGER)
                        .orElseThrow();
        Guest.fault(running.newThread());
        Guest.awaitEnd(running.process());
        Packets.requireNone(port);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "X-2: HANDLED ends the search; the thread goes on with its registers as they are now")
    void handled(Slot slot) {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port others = scope.port();
        for (Slot other : Slot.values()) {
            if (other.compareTo(slot) >= 0) {
                other.bind(victim, other == slot ? port : others);
            }
        }
        victim.guest().fault();
        if (slot == Slot.DEBUGGER) {
            Packets.passStart(victim.thread(), port);
        }
        var _ = Packets.exception(port);
        Guest.sendTo(victim.thread(), Code.PROCESS_EXIT, 42);
        var _ = victim.thread().resumeFromException(port, Resume.HANDLED).orElseThrow();
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(42);
        Packets.requireNone(others);
    }

    @Test
    @DisplayName("X-2: a kill ends the thread, and it alone")
    void killed() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        victim.guest().sleep();
        ZxThread asking = victim.guest().newThread();
        Slot.PROCESS.bind(victim, port);
        Guest.fault(asking);
        var _ = Packets.exception(port);
        var _ = asking.kill().orElseThrow();
        Guest.awaitEnd(asking);
        assertThat(victim.process().info().orElseThrow())
                .isEqualTo(new ProcessInfo(0, true, false, false));
        assertThat(victim.thread().info().orElseThrow().state())
                .isEqualTo(ThreadState.Known.BLOCKED_SLEEPING);
        Packets.requireNone(port);
    }

    @Test
    @DisplayName("X-3, 17.2: an exception that nobody handles kills the whole process, code -1")
    void unhandled() {
        Victim victim = Victim.in(scope);
        victim.guest().sleep();
        Guest neighbor = scope.guestIn(victim.job());
        neighbor.sleep();
        Guest.fault(victim.guest().newThread());
        Guest.awaitEnd(victim.process());
        Guest.awaitEnd(victim.thread());
        assertThat(victim.process().info().orElseThrow())
                .isEqualTo(new ProcessInfo(-1, true, true, false));
        assertThat(neighbor.process().info().orElseThrow().exited()).isFalse();
    }

    @Test
    @DisplayName("X-3: the code of a process that is dying already stays")
    void unhandledInADyingProcess() {
        Port port = scope.port();
        Guest guest =
                scope.javaGuest(
                        () -> {
                            // For ever but for the end of the process.
                            var _ = Clock.nanosleep(Deadline.INFINITE);
                        });
        ZxThread asking = guest.javaThread(GuestFaults::undefinedInstruction);
        ZxThread exiting = guest.javaThread(() -> ZxProcess.exit(9));
        var _ = asking.bindExceptionPort(port, 1).orElseThrow();
        guest.go();
        Guest.go(asking);
        var _ = Packets.exception(port);
        Guest.go(exiting);
        Guest.awaitEnd(guest.process());
        assertThat(guest.process().info().orElseThrow().returnCode()).isEqualTo(9);
    }

    @Test
    @DisplayName("X-4: the same fault after HANDLED is a new exception, and starts at the top")
    void recurring() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, port);
        victim.guest().fault();
        assertThat(Packets.exception(port).key()).isEqualTo(Slot.THREAD.key());
        var _ = victim.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        assertThat(Packets.exception(port).key()).isEqualTo(Slot.PROCESS.key());
        Slot.DEBUGGER.bind(victim, port);
        var _ = victim.thread().resumeFromException(port, Resume.HANDLED).orElseThrow();
        for (Slot slot : List.of(Slot.DEBUGGER, Slot.THREAD, Slot.PROCESS)) {
            assertThat(Packets.exception(port).key()).isEqualTo(slot.key());
            requireWaiting(victim.thread(), slot.type());
            var _ = victim.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        }
        Guest.awaitEnd(victim.process());
    }
}
