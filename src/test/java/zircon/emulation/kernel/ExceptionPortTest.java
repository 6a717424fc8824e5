package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_ALREADY_BOUND;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_JOB;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_THREAD;
import static zircon.sys.zircon_h.ZX_THREAD_RUNNING;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Section 8, below the syscalls' checks.
@Timeout(60)
class ExceptionPortTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher root = test.kernel.rootJob();
    private final JobDispatcher job = test.job(root);
    private final PortDispatcher port = test.port();

    private int bind(TaskDispatcher task, boolean debugger, PortDispatcher to, long key) {
        return test.status(() -> task.bindExceptionPort(debugger, to, key));
    }

    private int unbind(TaskDispatcher task, boolean debugger) {
        return test.status(() -> task.exceptionSlot(debugger).unbind());
    }

    private boolean isBound(TaskDispatcher task, boolean debugger) {
        return test.locked(() -> task.exceptionSlot(debugger).bound() != null);
    }

    @Test
    @DisplayName("B-1: five slots, independent of each other; one port may fill them all")
    void slotsAreIndependent() {
        ProcessDispatcher process = test.process(job);
        ThreadDispatcher thread = test.thread(process);
        assertThat(bind(job, false, port, 1)).isZero();
        assertThat(bind(job, true, port, 2)).isZero();
        assertThat(bind(root, true, port, 3)).isZero();
        assertThat(bind(process, false, port, 4)).isZero();
        assertThat(bind(process, true, port, 5)).isZero();
        assertThat(bind(thread, false, port, 6)).isZero();
        assertThat(unbind(process, false)).isZero();
        assertThat(isBound(process, true)).isTrue();
        assertThat(isBound(thread, false)).isTrue();
        assertThat(isBound(job, false)).isTrue();
    }

    @Test
    @DisplayName("B-1, B-2: a thread has no slot for debuggers")
    void threadsHaveNoDebuggerSlot() {
        ThreadDispatcher thread = test.thread(test.process(job));
        assertThat(bind(thread, true, port, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(unbind(thread, true)).isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("B-2: NO_MEMORY, then NOT_FOUND, then ALREADY_BOUND")
    void bindFailsInOrder() {
        ProcessDispatcher process = test.process(job);
        test.bind(process, false, port, 1);
        test.locked(process::kill);
        test.locked(() -> test.kernel.faults().failAllocation(1));
        assertThat(bind(process, false, port, 1)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(bind(process, false, port, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
        assertThat(bind(process, true, port, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("B-3: unbinding an empty slot, or twice, is BAD_STATE")
    void unbindingTwice() {
        assertThat(unbind(job, false)).isEqualTo(ZX_ERR_BAD_STATE());
        test.bind(job, false, port, 1);
        assertThat(unbind(job, true)).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(unbind(job, false)).isZero();
        assertThat(unbind(job, false)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName(
            "B-5, B-12: a taken slot is ALREADY_BOUND for any port and key, and stays as it is")
    void aTakenSlotStays() {
        test.bind(job, false, port, 1);
        assertThat(bind(job, false, port, 1)).isEqualTo(ZX_ERR_ALREADY_BOUND());
        assertThat(bind(job, false, port, 2)).isEqualTo(ZX_ERR_ALREADY_BOUND());
        assertThat(bind(job, false, test.port(), 1)).isEqualTo(ZX_ERR_ALREADY_BOUND());
        ExceptionPort bound = Objects.requireNonNull(job.exceptionSlot(false).bound());
        assertThat(bound.port()).isSameAs(port);
        assertThat(bound.key()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B-6: a killed job can be bound; new and dying threads, initial and dying processes,"
                    + " too")
    void statesThatCanBeBound() {
        test.locked(job::kill);
        assertThat(bind(job, false, port, 1)).isZero();
        ProcessDispatcher initial = test.process(root);
        assertThat(bind(initial, false, port, 1)).isZero();
        assertThat(bind(test.thread(initial), false, port, 1)).isZero();
        test.machine.hold();
        Spawned dying = test.spawn(test.sleeper());
        test.locked(dying.process()::kill);
        assertThat(dying.thread().state()).isEqualTo(ThreadDispatcher.State.DYING);
        assertThat(bind(dying.thread(), false, port, 1)).isZero();
        assertThat(bind(dying.process(), false, port, 1)).isZero();
        test.machine.release();
        test.quiesce();
        assertThat(unbind(dying.thread(), false)).isZero();
        assertThat(bind(dying.thread(), false, port, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("B-7: a binding outlives its target, and keeps its debugger attached")
    void bindingsOutliveTheTarget() {
        ProcessDispatcher process = test.process(root);
        test.bind(process, true, port, 1);
        test.locked(process::kill);
        assertThat(isBound(process, true)).isTrue();
        assertThat(unbind(process, true)).isZero();
    }

    @Test
    @DisplayName("B-8, P-15: only the last handle of the port matters")
    void onlyTheLastHandleMatters() {
        PortDispatcher closing = test.locked(() -> new PortDispatcher(test.kernel));
        Handle first = test.handle(closing);
        Handle second = test.handle(closing);
        test.bind(job, false, closing, 1);
        test.close(first);
        assertThat(isBound(job, false)).isTrue();
        test.close(second);
        assertThat(isBound(job, false)).isFalse();
        assertThat(bind(job, false, port, 1)).isZero();
    }

    @Test
    @DisplayName("P-15: closing a port leaves bindings of other ports alone")
    void closingTouchesItsOwnBindings() {
        PortDispatcher closing = test.locked(() -> new PortDispatcher(test.kernel));
        Handle handle = test.handle(closing);
        test.bind(job, false, closing, 1);
        test.bind(job, true, port, 2);
        test.unbind(job, false);
        test.bind(job, false, port, 3);
        test.close(handle);
        assertThat(isBound(job, false)).isTrue();
        assertThat(isBound(job, true)).isTrue();
    }

    @Test
    @DisplayName("P-15: closing a port removes its newest binding first")
    void theNewestBindingGoesFirst() {
        PortDispatcher closing = test.locked(() -> new PortDispatcher(test.kernel));
        Handle handle = test.handle(closing);
        List<String> order = new ArrayList<>();
        for (String name : List.of("oldest", "middle", "newest")) {
            JobDispatcher parent = test.job(root);
            JobDispatcher child = test.locked(() -> parent.createJob(name));
            Handle childHandle = test.handle(child);
            test.bind(child, false, closing, 1);
            test.close(childHandle); // the binding alone keeps the child
            SignalObserver observer =
                    new SignalObserver() {
                        @Override
                        public void signalsChanged(int active) {
                            order.add(name);
                        }

                        @Override
                        public void handleClosed() {}
                    };
            Handle parentHandle = test.handle(parent);
            test.locked(() -> parent.signals().watch(parentHandle, observer));
        }
        test.close(handle);
        assertThat(order).containsExactly("newest", "middle", "oldest");
    }

    @Test
    @DisplayName("B-9: unbinding lets the waiting thread try the next slot")
    void unbindingIsTryNext() {
        PortDispatcher next = test.port();
        test.bind(job, false, next, 9);
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        assertThat(test.asks(spawned.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_JOB());
        test.locked(spawned.process()::kill);
        test.quiesce();

        test.machine.hold();
        Spawned faulting = test.spawn(job, test.faulter());
        test.bind(faulting.thread(), false, port, 1);
        test.machine.release();
        test.quiesce();
        assertThat(test.asks(faulting.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_THREAD());
        test.unbind(faulting.thread(), false);
        test.quiesce();
        assertThat(test.asks(faulting.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_JOB());
    }

    @Test
    @DisplayName(
            "B-9: unbinding a job's slot releases the threads of the whole subtree, and no others")
    void unbindingAJobReleasesTheSubtree() {
        test.bind(root, false, port, 1);
        JobDispatcher child = test.job(job);
        PortDispatcher other = test.port();
        List<Spawned> released =
                List.of(test.spawn(root, test.faulter()), test.spawn(child, test.faulter()));
        test.quiesce();
        test.bind(job, false, other, 2);
        Spawned staying = test.spawn(child, test.faulter());
        test.quiesce();
        test.unbind(root, false);
        test.quiesce();
        assertThat(released).allMatch(spawned -> spawned.process().isDead());
        assertThat(staying.process().state()).isEqualTo(ProcessDispatcher.State.RUNNING);
        assertThat(test.asks(staying.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_JOB());
    }

    @Test
    @DisplayName("B-9, P-15, Q-9: closing the last port handle releases, too")
    void closingThePortReleases() {
        PortDispatcher closing = test.locked(() -> new PortDispatcher(test.kernel));
        Handle handle = test.handle(closing);
        test.bind(job, false, closing, 1);
        test.bind(root, false, port, 2);
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        test.close(handle);
        test.quiesce();
        assertThat(test.takeKey(port)).isEqualTo(2);
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME");
    }

    @Test
    @DisplayName("B-10: packets stay in the port after an unbind")
    void packetsStay() {
        test.bind(job, false, port, 1);
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        test.unbind(job, false);
        test.quiesce();
        assertThat(test.takeKey(port)).isEqualTo(1);
        assertThat(test.answer(spawned.thread(), port, true)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("B-13: a slot that the search has passed is not asked; one that it has not, is")
    void lateBindings() {
        PortDispatcher late = test.port();
        Spawned spawned;
        test.bind(job, false, port, 1);
        spawned = test.spawn(job, test.faulter());
        test.quiesce();
        test.bind(spawned.thread(), false, late, 2);
        test.bind(root, false, late, 3);
        test.answer(spawned.thread(), port, false);
        test.quiesce();
        assertThat(test.takeKey(late)).isEqualTo(3);
        assertThat(late.queued()).isZero();
    }

    @Test
    @DisplayName("B-13: binding sends nothing for what exists already")
    void bindingSendsNothing() {
        Spawned spawned = test.spawn(job, test.sleeper());
        test.quiesce();
        test.bind(spawned.process(), true, port, 1);
        test.bind(spawned.thread(), false, port, 2);
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("B-14: binding, unbinding and asking change no signals")
    void noSignals() {
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        Spawned asking;
        test.bind(job, false, port, 1);
        asking = test.spawn(job, test.faulter());
        test.quiesce();
        assertThat(test.signals(asking.thread())).isEqualTo(ZX_THREAD_RUNNING());
        assertThat(test.signals(asking.process())).isZero();
        int before = test.signals(job);
        test.bind(job, true, port, 2);
        test.unbind(job, true);
        assertThat(test.signals(job)).isEqualTo(before);
        assertThat(spawned.process().isDead()).isTrue();
    }
}
