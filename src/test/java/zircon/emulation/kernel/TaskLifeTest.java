package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_PROCESS_TERMINATED;
import static zircon.sys.zircon_h.ZX_THREAD_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_PORT;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_SLEEPING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_WAIT_ONE;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DEAD;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DYING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_NEW;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_TERMINATED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(60)
class TaskLifeTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher root = test.kernel.rootJob();

    private void exitProcess(ThreadDispatcher thread, long code) {
        test.locked(() -> thread.process().exit(code));
    }

    @Test
    @DisplayName("R-1, R-3, T-1: states and signals from new to dead")
    void aWholeLife() {
        ProcessDispatcher process = test.process(root);
        ThreadDispatcher thread = test.thread(process);
        assertThat(process.state()).isEqualTo(ProcessDispatcher.State.INITIAL);
        assertThat(test.signals(thread)).isZero();
        assertThat(thread.reportedState()).isEqualTo(ZX_THREAD_STATE_NEW());
        test.machine.hold();
        test.locked(() -> process.start(thread, test.faulter()));
        assertThat(process.state()).isEqualTo(ProcessDispatcher.State.RUNNING);
        assertThat(thread.reportedState()).isEqualTo(ZX_THREAD_STATE_RUNNING());
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
        assertThat(process.threads()).containsExactly(thread);
        test.machine.release();
        test.quiesce();
        assertThat(thread.reportedState()).isEqualTo(ZX_THREAD_STATE_DEAD());
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_TERMINATED());
        assertThat(process.state()).isEqualTo(ProcessDispatcher.State.DEAD);
        assertThat(test.signals(process)).isEqualTo(ZX_PROCESS_TERMINATED());
        assertThat(process.threads()).isEmpty();
    }

    @Test
    @DisplayName("R-2: process_exit sets the code, the first one counts")
    void exitSetsTheCode() {
        Spawned spawned =
                test.spawn(
                        thread -> {
                            exitProcess(thread, 0x1_0000_0007L);
                            exitProcess(thread, 8);
                        });
        test.quiesce();
        assertThat(spawned.process().returnCode()).isEqualTo(0x1_0000_0007L);
    }

    @Test
    @DisplayName("R-2: a kill sets -1; threads killed one by one leave 0")
    void killSetsTheCode() {
        Spawned killed = test.spawn(test.sleeper());
        Spawned oneByOne = test.spawn(test.sleeper());
        ThreadDispatcher second = test.thread(oneByOne.process());
        test.locked(() -> second.start(test.sleeper()));
        test.quiesce();
        test.locked(killed.process()::kill);
        test.locked(oneByOne.thread()::kill);
        test.quiesce();
        assertThat(oneByOne.process().state()).isEqualTo(ProcessDispatcher.State.RUNNING);
        test.locked(second::kill);
        test.quiesce();
        assertThat(killed.process().returnCode()).isEqualTo(-1);
        assertThat(oneByOne.process().isDead()).isTrue();
        assertThat(oneByOne.process().returnCode()).isZero();
    }

    @Test
    @DisplayName("R-2: a kill after process_exit does not change the code")
    void killAfterExitKeepsTheCode() {
        test.machine.hold();
        Spawned spawned = test.spawn(test.sleeper());
        exitProcess(spawned.thread(), 5);
        test.locked(spawned.process()::kill);
        test.machine.release();
        test.quiesce();
        assertThat(spawned.process().returnCode()).isEqualTo(5);
    }

    @Test
    @DisplayName("R-2: process_exit of a process that is dying already does not change its code")
    void exitAfterKillKeepsTheCode() {
        test.machine.hold();
        Spawned spawned = test.spawn(test.sleeper());
        test.locked(spawned.process()::kill);
        exitProcess(spawned.thread(), 5);
        test.machine.release();
        test.quiesce();
        assertThat(spawned.process().returnCode()).isEqualTo(-1);
    }

    @Test
    @DisplayName("R-5, R-1: the last of a killed process's threads to finish makes it dead")
    void theLastThreadMakesItDead() {
        Spawned spawned = test.spawn(test.sleeper());
        test.quiesce();
        test.machine.hold();
        ThreadDispatcher late = test.thread(spawned.process());
        test.locked(() -> late.start(test.sleeper()));
        test.locked(spawned.process()::kill);
        while (!test.locked(spawned.thread()::isDead)) {
            Thread.onSpinWait();
        }
        assertThat(late.reportedState()).isEqualTo(ZX_THREAD_STATE_DYING());
        assertThat(spawned.process().state()).isEqualTo(ProcessDispatcher.State.DYING);
        assertThat(test.signals(spawned.process())).isZero();
        test.machine.release();
        test.quiesce();
        assertThat(test.signals(spawned.process())).isEqualTo(ZX_PROCESS_TERMINATED());
    }

    @Test
    @DisplayName(
            "R-3: starts of the wrong thing in the wrong state are BAD_STATE, and change nothing")
    void startsWantTheRightStates() {
        ProcessDispatcher process = test.process(root);
        ThreadDispatcher first = test.thread(process);
        ThreadDispatcher second = test.thread(process);
        assertThat(test.status(() -> first.start(test.sleeper()))).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(first.state()).isEqualTo(ThreadDispatcher.State.NEW);
        assertThat(test.status(() -> process.start(first, test.sleeper()))).isZero();
        assertThat(test.status(() -> process.start(second, test.sleeper())))
                .isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(test.status(() -> second.start(test.sleeper()))).isZero();
        assertThat(test.status(() -> second.start(test.sleeper()))).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName(
            "R-3: a start without a host thread to be had is NO_MEMORY and leaves the thread new")
    void aFailedStartLeavesTheThreadNew() {
        ProcessDispatcher process = test.process(root);
        ThreadDispatcher thread = test.thread(process);
        test.machine.setFailing(true);
        assertThat(test.status(() -> process.start(thread, test.sleeper())))
                .isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(thread.state()).isEqualTo(ThreadDispatcher.State.NEW);
        assertThat(process.state()).isEqualTo(ProcessDispatcher.State.INITIAL);
        test.machine.setFailing(false);
        assertThat(test.status(() -> process.start(thread, test.sleeper()))).isZero();
    }

    @Test
    @DisplayName("R-5: a process without started threads dies at once, reported as started")
    void killingANeverStartedProcess() {
        ProcessDispatcher process = test.process(root);
        var _ = test.thread(process);
        test.locked(process::kill);
        assertThat(process.state()).isEqualTo(ProcessDispatcher.State.DEAD);
        assertThat(process.returnCode()).isEqualTo(-1);
        assertThat(root.processes()).doesNotContain(process);
    }

    @Test
    @DisplayName("R-6: thread signal, then handles, then process signal, then the job's")
    void theOrderOfDeath() {
        JobDispatcher job = test.job(root);
        Spawned spawned = test.spawn(job, test.sleeper());
        test.quiesce();
        List<String> order = new ArrayList<>();
        watch(spawned.thread(), "thread", order);
        watch(spawned.process(), "process", order);
        watch(job, "job", order);
        EventPairDispatcher.Pair pair = test.locked(() -> EventPairDispatcher.create(test.kernel));
        watch(pair.first(), "handles", order);
        test.locked(
                () -> {
                    Handle inside = test.kernel.handles().make(pair.second(), 0);
                    spawned.process().handles().add(inside);
                    spawned.process().kill();
                });
        test.quiesce();
        assertThat(order).containsExactly("thread", "handles", "process", "job");
    }

    private void watch(Dispatcher object, String name, List<String> order) {
        Handle handle = test.handle(object);
        SignalObserver observer =
                new SignalObserver() {
                    @Override
                    public void signalsChanged(int active) {
                        order.add(name);
                    }

                    @Override
                    public void handleClosed() {}
                };
        test.locked(() -> object.signals().watch(handle, observer));
    }

    @Test
    @DisplayName(
            "R-7: threads are listed from their start to their death, in the order of the starts")
    void onlyStartedThreadsAreListed() {
        Spawned spawned = test.spawn(test.sleeper());
        ThreadDispatcher second = test.thread(spawned.process());
        ThreadDispatcher third = test.thread(spawned.process());
        assertThat(spawned.process().thread(second.koid())).isNull();
        test.locked(() -> third.start(test.sleeper()));
        test.locked(() -> second.start(test.sleeper()));
        assertThat(spawned.process().threads()).containsExactly(spawned.thread(), third, second);
        test.locked(third::kill);
        test.quiesce();
        assertThat(spawned.process().threads()).containsExactly(spawned.thread(), second);
    }

    @Test
    @DisplayName("R-8: a dead process still gets threads, which cannot start")
    void aDeadProcessGetsThreads() {
        ProcessDispatcher process = test.process(root);
        test.locked(process::kill);
        ThreadDispatcher thread = test.thread(process);
        assertThat(test.status(() -> thread.start(test.sleeper()))).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(test.status(() -> process.start(thread, test.sleeper())))
                .isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("R-9: closing the last handle of a never-started process ends it with code 0")
    void closingANeverStartedProcess() {
        ProcessDispatcher process = test.locked(() -> root.createProcess("p"));
        Handle handle = test.handle(process);
        test.close(handle);
        assertThat(process.state()).isEqualTo(ProcessDispatcher.State.DEAD);
        assertThat(process.returnCode()).isZero();
        assertThat(root.processes()).doesNotContain(process);
    }

    @Test
    @DisplayName(
            "T-2: thread_exit makes the caller leave at its way out; the process ends with code 0")
    void threadExit() {
        Spawned spawned =
                test.spawn(
                        thread -> {
                            test.locked(thread::exit);
                            test.log.add(thread.state() + " " + thread.mustLeave());
                        });
        test.quiesce();
        assertThat(test.log).containsExactly("DYING true");
        assertThat(spawned.process().isDead()).isTrue();
        assertThat(spawned.process().returnCode()).isZero();
    }

    @Test
    @DisplayName("A thread for which the host has no memory after all ends without running")
    void unborn() {
        test.machine.hold();
        Spawned spawned = test.spawn(test.sleeper());
        spawned.thread().endUnborn();
        assertThat(spawned.thread().state()).isEqualTo(ThreadDispatcher.State.DEAD);
        assertThat(spawned.process().isDead()).isTrue();
        test.quiesce();
        assertThat(test.log).isEmpty();
    }

    @Test
    @DisplayName("A thread's runtime is the time for which it did not sleep")
    void runtime() {
        ThreadDispatcher thread = test.thread(test.process(root));
        test.clock.advance(3);
        assertThat(test.<Long>locked(thread::runtime)).as("new").isZero();
        test.machine.hold();
        test.locked(() -> thread.process().start(thread, test.sleeper()));
        test.clock.advance(30);
        assertThat(test.<Long>locked(thread::runtime)).as("running").isEqualTo(30);
        test.machine.release();
        test.quiesce();
        test.clock.advance(500);
        assertThat(test.<Long>locked(thread::runtime)).as("asleep").isEqualTo(30);
        test.locked(thread::kill);
        test.quiesce();
        test.clock.advance(500);
        assertThat(test.<Long>locked(thread::runtime)).as("dead").isEqualTo(30);
    }

    @Test
    @DisplayName("T-2, T-3: who exits or is killed has something to do on its way out")
    void endsAreWork() {
        test.machine.hold();
        Spawned exiting = test.spawn(test.sleeper());
        Spawned killed = test.spawn(test.sleeper());
        assertThat(killed.thread().hasPendingWork()).isFalse();
        test.locked(exiting.thread()::exit);
        test.locked(killed.thread()::kill);
        assertThat(exiting.thread().hasPendingWork()).isTrue();
        assertThat(killed.thread().hasPendingWork()).isTrue();
        assertThat(test.machine.interrupted).as("C-5").containsExactly(killed.thread());
        test.machine.release();
        test.quiesce();
        assertThat(test.log).isEmpty();
    }

    @Test
    @DisplayName(
            "I-11: a thread's handle to itself ends with it, but not once another process has it")
    void handlesToOneself() {
        Spawned keeps = test.spawn(test.sleeper());
        Spawned gives = test.spawn(test.sleeper());
        test.quiesce();
        HandleTable kept = keeps.process().handles();
        HandleTable given = gives.process().handles();
        Handle own = Objects.requireNonNull(kept.find(test.locked(keeps.thread()::self)));
        Handle moved = Objects.requireNonNull(given.find(test.locked(gives.thread()::self)));
        HandleTable other = test.kernel.hostProcess().handles();
        test.locked(
                () -> {
                    given.remove(moved);
                    other.add(moved);
                    keeps.thread().kill();
                    gives.thread().kill();
                });
        test.quiesce();
        assertThat(kept.contains(own)).isFalse();
        assertThat(other.find(other.valueOf(moved))).isSameAs(moved);
    }

    @Test
    @DisplayName("T-3: killing a new thread does nothing; it can still be started")
    void killingANewThread() {
        ProcessDispatcher process = test.process(root);
        ThreadDispatcher thread = test.thread(process);
        assertThat(test.status(thread::kill)).isZero();
        assertThat(thread.state()).isEqualTo(ThreadDispatcher.State.NEW);
        assertThat(test.status(() -> process.start(thread, test.sleeper()))).isZero();
        test.quiesce();
        assertThat(thread.reportedState()).isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
    }

    @Test
    @DisplayName("T-3: killing a running thread makes it dying at once; a second kill does nothing")
    void killingARunningThread() {
        AtomicReference<Boolean> left = new AtomicReference<>();
        test.machine.hold();
        Spawned spawned = test.spawn(thread -> left.set(true));
        test.locked(spawned.thread()::kill);
        assertThat(spawned.thread().reportedState()).isEqualTo(ZX_THREAD_STATE_DYING());
        assertThat(spawned.thread().mustLeave()).isTrue();
        assertThat(test.status(spawned.thread()::kill)).isZero();
        test.machine.release();
        test.quiesce();
        assertThat(left.get()).as("user code ran").isNull();
        assertThat(test.status(spawned.thread()::kill)).isZero();
    }

    @Test
    @DisplayName("C-5: a thread killed in nanosleep wakes at once and leaves")
    void killInNanosleep() {
        Spawned spawned = test.spawn(test.sleeper());
        test.quiesce();
        test.locked(spawned.thread()::kill);
        test.quiesce();
        assertThat(test.log).containsExactly("left with -502");
        assertThat(spawned.process().isDead()).isTrue();
    }

    @Test
    @DisplayName("C-5: a thread that was killed before it would sleep does not sleep")
    void killBeforeSleeping() {
        var _ =
                test.spawn(
                        thread -> {
                            test.locked(thread::kill);
                            test.sleeper().run(thread);
                        });
        test.quiesce();
        assertThat(test.log).containsExactly("left with -502");
    }

    @Test
    @DisplayName("C-5: a thread killed in port_wait leaves, and takes no packet")
    void killInPortWait() {
        PortDispatcher port = test.port();
        Spawned spawned =
                test.spawn(
                        thread -> {
                            int status = test.status(() -> port.read(thread, Long.MAX_VALUE));
                            test.log.add("left with " + status);
                        });
        test.quiesce();
        assertThat(spawned.thread().reportedState()).isEqualTo(ZX_THREAD_STATE_BLOCKED_PORT());
        test.locked(
                () -> {
                    spawned.thread().kill();
                    port.queue(new PortPacket.UserPacket(7, 0, 0, 0, 0, 0));
                });
        test.quiesce();
        assertThat(test.log).containsExactly("left with -502");
        assertThat(test.takeKey(port)).isEqualTo(7);
    }

    @Test
    @DisplayName("C-5: a thread killed in wait_one leaves")
    void killInWaitOne() {
        Handle event = test.handle(test.locked(() -> new EventDispatcher(test.kernel)));
        Spawned spawned =
                test.spawn(
                        thread -> {
                            int status =
                                    test.status(
                                            () ->
                                                    SignalWait.waitOne(
                                                            thread, event, 8, Long.MAX_VALUE));
                            test.log.add("left with " + status);
                        });
        test.quiesce();
        assertThat(spawned.thread().reportedState()).isEqualTo(ZX_THREAD_STATE_BLOCKED_WAIT_ONE());
        test.locked(spawned.thread()::kill);
        test.quiesce();
        assertThat(test.log).containsExactly("left with -502");
    }

    @Test
    @DisplayName("C-6: a started thread keeps itself alive; a bound one that never started, too")
    void whatKeepsAThread() {
        ProcessDispatcher process = test.process(root);
        ThreadDispatcher thread = test.locked(() -> process.createThread("bound"));
        Handle handle = test.handle(thread);
        PortDispatcher port = test.port();
        test.bind(thread, false, port, 1);
        test.close(handle);
        test.locked(() -> process.start(thread, test.sleeper())); // B-7
        test.unbind(thread, false);
        test.quiesce();
        assertThat(process.threads()).containsExactly(thread);
    }

    @Test
    @DisplayName("Guest code that throws ends its thread all the same")
    void throwingGuests() {
        ProcessDispatcher process = test.process(root);
        ThreadDispatcher thread = test.thread(process);
        test.machine.hold();
        test.locked(() -> process.start(thread, _ -> {}));
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () ->
                                thread.run(
                                        _ -> {
                                            throw new IllegalArgumentException("mine");
                                        },
                                        FakeContext.outside()))
                .hasMessage("mine");
        assertThat(process.isDead()).isTrue();
    }
}
