package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import zircon.Deadline;
import zircon.ExceptionPacket;
import zircon.ExceptionPortKind;
import zircon.ExceptionPortType;
import zircon.ExceptionType;
import zircon.Job;
import zircon.Koid;
import zircon.Ok;
import zircon.Port;
import zircon.Resume;
import zircon.Rights;
import zircon.Signals;
import zircon.Task;
import zircon.Wait;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Slots and bindings: B-1, B-4, B-5, B-6, B-7, B-8, B-14.
class SlotTest extends KernelFixture {
    @Test
    @DisplayName(
            "B-1: one port fills every slot of a thread, its process and jobs, each with its key")
    void everySlotIsIndependent() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        for (Slot slot : Slot.values()) {
            assertThat(slot.bind(victim, port, slot.key())).isEqualTo(Ok.UNIT);
        }
        victim.guest().fault();
        Packets.passStart(victim.thread(), port);
        for (Slot slot : Slot.values()) {
            assertThat(Packets.exception(port).key()).isEqualTo(slot.key());
            assertThat(victim.thread().resumeFromException(port, Resume.TRY_NEXT))
                    .isEqualTo(Ok.UNIT);
        }
        for (Slot slot : Slot.values()) {
            assertThat(slot.unbind(victim)).isEqualTo(Ok.UNIT);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("B-1, B-5: a slot holds one binding; taking it away leaves the others")
    void unbindingOneSlotLeavesTheOthers(Slot emptied) {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        for (Slot slot : Slot.values()) {
            slot.bind(victim, port);
        }
        assertThat(emptied.unbind(victim)).isEqualTo(Ok.UNIT);
        for (Slot slot : Slot.values()) {
            if (slot != emptied) {
                assertThat(slot.bind(victim, port, 0)).isEqualTo(ZxError.ALREADY_BOUND.err());
            }
            assertThat(slot.unbind(victim))
                    .isEqualTo(slot == emptied ? ZxError.BAD_STATE.err() : Ok.UNIT);
        }
    }

    @Test
    @DisplayName("B-1: a job's debugger slot is another than its general one and its parent's")
    void jobDebuggersAreIndependent() {
        Job parent = scope.job();
        Job child = scope.jobIn(parent);
        Port port = scope.port();
        for (Job job : List.of(parent, child)) {
            for (ExceptionPortKind kind : ExceptionPortKind.values()) {
                assertThat(job.bindExceptionPort(port, 1, kind)).isEqualTo(Ok.UNIT);
            }
        }
        assertThat(parent.unbindExceptionPort(ExceptionPortKind.DEBUGGER)).isEqualTo(Ok.UNIT);
        assertThat(parent.unbindExceptionPort(ExceptionPortKind.DEBUGGER))
                .isEqualTo(ZxError.BAD_STATE.err());
        assertThat(child.unbindExceptionPort(ExceptionPortKind.DEBUGGER)).isEqualTo(Ok.UNIT);
        assertThat(parent.unbindExceptionPort()).isEqualTo(Ok.UNIT);
        assertThat(child.unbindExceptionPort()).isEqualTo(Ok.UNIT);
    }

    @Test
    @DisplayName("B-4: the caller may bind to its own job, process and thread")
    void ownTasks() {
        Port port = scope.port();
        List<Task> own =
                List.of(
                        scope.rootJob(),
                        scope.own(ZxProcess.self().orElseThrow()),
                        scope.own(ZxThread.self().orElseThrow()));
        for (Task task : own) {
            assertThat(task.bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
        }
        for (Task task : own) {
            assertThat(task.unbindExceptionPort()).isEqualTo(Ok.UNIT);
        }
        Packets.requireNone(port);
    }

    @Test
    @DisplayName("B-5: binding again replaces neither port nor key; unbind first to change them")
    void bindingAgainReplacesNothing() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port other = scope.port();
        assertThat(victim.thread().bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
        assertThat(victim.thread().bindExceptionPort(port, 1))
                .isEqualTo(ZxError.ALREADY_BOUND.err());
        assertThat(victim.thread().bindExceptionPort(port, 2))
                .isEqualTo(ZxError.ALREADY_BOUND.err());
        assertThat(victim.thread().bindExceptionPort(other, 1))
                .isEqualTo(ZxError.ALREADY_BOUND.err());
        victim.guest().fault();
        assertThat(Packets.exception(port).key()).isEqualTo(1);

        assertThat(victim.process().bindExceptionPort(other, 0)).isEqualTo(Ok.UNIT);
        assertThat(victim.thread().unbindExceptionPort()).isEqualTo(Ok.UNIT);
        assertThat(victim.thread().bindExceptionPort(other, -1)).isEqualTo(Ok.UNIT);
        var _ = Packets.exception(other);
        var _ = victim.thread().resumeFromException(other, Resume.HANDLED).orElseThrow();
        assertThat(Packets.exception(other).key()).isEqualTo(-1);
        Packets.requireNone(port);
    }

    @Test
    @DisplayName(
            "B-6: jobs, initial processes and new threads take a binding; so does a killed job")
    void tasksThatDoNotRun() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        var _ = victim.job().kill().orElseThrow();
        assertThat(victim.job().bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
        Guest initial = scope.guest();
        assertThat(initial.process().bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
        assertThat(initial.thread().bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
    }

    @Test
    @DisplayName(
            "B-6: running and dying tasks take a binding, dead ones do not; all can be unbound")
    void lifeOfATask() {
        Port port = scope.port();
        // While it waits for Java, the kernel cannot end it: it is dying.
        var mayEnd = new CountDownLatch(1);
        var waits = new CountDownLatch(1);
        Guest guest =
                scope.javaGuest(
                        () -> {
                            waits.countDown();
                            awaitInJava(mayEnd);
                        });
        List<Task> tasks = List.of(guest.process(), guest.thread());
        try {
            guest.go();
            awaitInJava(waits);
            bindAndUnbind(tasks, port);
            var _ = guest.process().kill().orElseThrow();
            bindAndUnbind(tasks, port);
            for (Task task : tasks) {
                assertThat(task.bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
            }
        } finally {
            mayEnd.countDown();
        }
        Guest.awaitEnd(guest.process());
        for (Task task : tasks) {
            assertThat(task.bindExceptionPort(port, 1)).isEqualTo(ZxError.NOT_FOUND.err());
            assertThat(task.unbindExceptionPort()).isEqualTo(Ok.UNIT);
            assertThat(task.bindExceptionPort(port, 1)).isEqualTo(ZxError.NOT_FOUND.err());
        }
        Packets.requireNone(port);
    }

    private static void bindAndUnbind(List<Task> tasks, Port port) {
        for (Task task : tasks) {
            assertThat(task.bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
            assertThat(task.unbindExceptionPort()).isEqualTo(Ok.UNIT);
        }
    }

    private static void awaitInJava(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a guest", e);
        }
    }

    @Test
    @DisplayName("B-7: the slot stays filled when its task dies")
    void deathKeepsTheBinding() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.DEBUGGER.bind(victim, port);
        Slot.THREAD.bind(victim, port);
        victim.guest().fault();
        Packets.settle();
        var _ = victim.process().kill().orElseThrow();
        Guest.awaitEnd(victim.process());

        assertThat(attached(victim)).isTrue();
        assertThat(Slot.DEBUGGER.unbind(victim)).isEqualTo(Ok.UNIT);
        assertThat(attached(victim)).isFalse();
        assertThat(Slot.THREAD.unbind(victim)).isEqualTo(Ok.UNIT);
    }

    @Test
    @DisplayName("B-7: a binding keeps its task's object, even a new thread's without a handle")
    void bindingKeepsTheObject() {
        Job parent = scope.job();
        Job job = parent.createJob().orElseThrow();
        Koid koid = job.koid().orElseThrow();
        Port port = scope.port();
        try (job;
                Guest guest = Guest.in(job)) {
            var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        }
        // The thread keeps its process, and that its job, which is listed as long as it exists
        // (J-5).
        assertThat(parent.children().orElseThrow()).containsExactly(koid);
        port.close();
        assertThat(parent.children().orElseThrow()).isEmpty();
    }

    @Test
    @DisplayName("B-8: closing the task's handle changes nothing")
    void closingTheTaskHandle() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        try (ZxThread second = victim.thread().duplicate(Rights.NONE).orElseThrow()) {
            var _ = second.bindExceptionPort(port, 5).orElseThrow();
        }
        victim.guest().fault();
        assertThat(Packets.exceptionOf(victim.koid(), port).key()).isEqualTo(5);
    }

    @Test
    @DisplayName("B-8: of a port's handles the last one counts, and the binding is none of them")
    void closingPortHandles() {
        Victim victim = Victim.in(scope);
        Port first = scope.port();
        Port second = scope.own(first.duplicate(Rights.SAME_RIGHTS).orElseThrow());
        Slot.DEBUGGER.bind(victim, first);
        assertThat(second.handleCount()).isEqualTo(new Ok<>(2));
        first.close();
        assertThat(attached(victim)).isTrue();
        assertThat(second.handleCount()).isEqualTo(new Ok<>(1));
        second.close();
        assertThat(attached(victim)).isFalse();
        assertThat(Slot.DEBUGGER.unbind(victim)).isEqualTo(ZxError.BAD_STATE.err());
    }

    @Test
    @DisplayName("B-8: a replaced port never has no handle: its bindings stay (H-6)")
    void replacingThePort() {
        Victim victim = Victim.in(scope);
        Port port = Port.create().orElseThrow();
        Slot.DEBUGGER.bind(victim, port);
        Port replaced = scope.own(port.replace(Rights.NONE).orElseThrow());
        assertThat(attached(victim)).isTrue();
        replaced.close();
        assertThat(attached(victim)).isFalse();
    }

    @Test
    @DisplayName("B-14: binding, unbinding and asking change no signal")
    void noSignals() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        victim.guest().sleep();
        List<Task> tasks = List.of(victim.thread(), victim.process(), victim.job());
        for (Task task : tasks) {
            Signals before = signals(task);
            assertThat(task.bindExceptionPort(port, 1)).isEqualTo(Ok.UNIT);
            assertThat(signals(task)).isEqualTo(before);
            assertThat(task.unbindExceptionPort()).isEqualTo(Ok.UNIT);
            assertThat(signals(task)).isEqualTo(before);
        }
        ZxThread asking = victim.guest().newThread();
        var _ = asking.bindExceptionPort(port, 1).orElseThrow();
        Guest.fault(asking);
        var _ = Packets.exception(port);
        assertThat(signals(asking)).isEqualTo(Signals.THREAD_RUNNING);
    }

    @Test
    @DisplayName("B-4: a guest may bind to itself")
    void guestBindsToItself() {
        Port port = scope.port();
        Guest guest =
                scope.javaGuest(
                        () -> {
                            Port own = Port.create().orElseThrow();
                            try (ZxThread self = ZxThread.self().orElseThrow()) {
                                var _ = self.bindExceptionPort(own, 1).orElseThrow();
                            }
                            GuestFaults.breakpoint();
                        });
        var _ = guest.process().bindExceptionPort(port, 2).orElseThrow();
        guest.go();
        Packets.settle();
        // Nobody else has its port, so it waits for itself.
        requireWaiting(guest.thread(), ExceptionPortType.Known.THREAD);
        Packets.requireNone(port);
        var _ = guest.thread().unbindExceptionPort().orElseThrow();
        ExceptionPacket packet = Packets.exception(port);
        assertThat(packet.type()).isEqualTo(ExceptionType.Known.SW_BREAKPOINT);
        var _ = guest.thread().resumeFromException(port, Resume.HANDLED).orElseThrow();
        Guest.awaitEnd(guest.process());
        assertThat(guest.process().info().orElseThrow().returnCode()).isZero();
    }

    private static Signals signals(Task task) {
        Wait wait = task.waitFor(Signals.NONE, Deadline.PAST);
        assertThat(wait).isInstanceOf(Wait.TimedOut.class);
        return ((Wait.TimedOut) wait).observed();
    }

    private static boolean attached(Victim victim) {
        return victim.process().info().orElseThrow().debuggerAttached();
    }
}
