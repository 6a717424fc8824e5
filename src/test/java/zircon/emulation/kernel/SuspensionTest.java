package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_THREAD_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_EXCEPTION;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_SLEEPING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DYING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_NEW;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_SUSPENDED;
import static zircon.sys.zircon_h.ZX_THREAD_SUSPENDED;
import static zircon.sys.zircon_h.ZX_THREAD_TERMINATED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.ThreadDispatcher.Verdict;

@Timeout(20)
class SuspensionTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher job = test.job(test.kernel.rootJob());
    private final FakeContext user = new FakeContext(0, 0, 0);

    /// Sleeps as a syscall does that is made anew after a suspension; then ends.
    private final GuestCode sleeper =
            thread -> {
                Verdict verdict = Verdict.RESUME;
                int status = Refusal.RETRY.status();
                while (status == Refusal.RETRY.status() && verdict == Verdict.RESUME) {
                    status = test.status(() -> thread.sleepUntil(5_000));
                    test.log.add("status " + status);
                    verdict = thread.returnToUser(user);
                    test.log.add(verdict.toString());
                }
            };

    private Spawned sleeping() {
        Spawned spawned = test.spawn(job, sleeper);
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
        return spawned;
    }

    private Handle suspend(Suspendable task) {
        return test.handle(
                test.locked(
                        () ->
                                switch (task) {
                                    case ThreadDispatcher thread ->
                                            SuspendTokenDispatcher.suspend(thread, test.host);
                                    case ProcessDispatcher process ->
                                            SuspendTokenDispatcher.suspend(process, test.host);
                                }));
    }

    private int suspendStatus(Suspendable task, ThreadDispatcher caller) {
        return test.status(
                () -> {
                    task.suspend(caller);
                    task.resume();
                });
    }

    private int state(Spawned spawned) {
        return test.locked(() -> spawned.thread().reportedState());
    }

    @Test
    @DisplayName("S-1: not oneself, not one's own process, not what is dying or dead")
    void whatCanBeSuspended() {
        Spawned spawned = sleeping();
        assertThat(suspendStatus(spawned.thread(), test.host)).isEqualTo(ZX_OK());
        assertThat(suspendStatus(spawned.process(), test.host)).isEqualTo(ZX_OK());
        assertThat(suspendStatus(spawned.thread(), spawned.thread()))
                .isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(suspendStatus(spawned.process(), spawned.thread()))
                .isEqualTo(ZX_ERR_NOT_SUPPORTED());
        ThreadDispatcher sibling = test.thread(spawned.process());
        assertThat(suspendStatus(sibling, spawned.thread())).isEqualTo(ZX_OK());
        test.quiesce();
        test.locked(spawned.process()::kill);
        test.quiesce();
        assertThat(suspendStatus(spawned.thread(), test.host)).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(suspendStatus(spawned.process(), test.host)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("S-1: a dying process cannot be suspended")
    void dying() {
        test.machine.hold();
        Spawned spawned = test.spawn(job, sleeper);
        test.locked(spawned.process()::kill);
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_DYING());
        assertThat(suspendStatus(spawned.thread(), test.host)).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(suspendStatus(spawned.process(), test.host)).isEqualTo(ZX_ERR_BAD_STATE());
        test.machine.release();
    }

    @Test
    @DisplayName(
            "S-2: a new thread can be suspended; it starts with RUNNING, and SUSPENDED follows")
    void newThreads() {
        ProcessDispatcher process = test.process(job);
        ThreadDispatcher thread = test.thread(process);
        Handle token = suspend(thread);
        test.machine.hold();
        test.locked(() -> process.start(thread, sleeper));
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
        test.machine.release();
        test.quiesce();
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_SUSPENDED());
        assertThat(test.locked(thread::reportedState)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        assertThat(test.log).isEmpty(); // 17.9: none of its code has run
        test.close(token);
        test.quiesce();
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
        assertThat(test.locked(thread::reportedState))
                .isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
    }

    @Test
    @DisplayName("S-2: a token on a new thread that is closed before the start leaves no trace")
    void newThreadsResumed() {
        ThreadDispatcher thread = test.thread(test.process(job));
        test.close(suspend(thread));
        assertThat(test.locked(thread::reportedState)).isEqualTo(ZX_THREAD_STATE_NEW());
        test.locked(() -> thread.process().start(thread, sleeper));
        test.quiesce();
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
    }

    @Test
    @DisplayName("S-3, C-4: a blocking call is left, and made again with the same deadline")
    void blockingCalls() {
        Spawned spawned = sleeping();
        Handle token = suspend(spawned.thread());
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        assertThat(test.signals(spawned.thread())).isEqualTo(ZX_THREAD_SUSPENDED());
        test.clock.advance(10_000); // past the deadline: a suspended thread does not notice
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        test.close(token);
        test.quiesce();
        assertThat(test.log).containsExactly("status -6", "RESUME", "status 0", "RESUME");
    }

    @Test
    @DisplayName("S-3: a thread that runs user code is interrupted")
    void runningThreads() {
        test.machine.hold();
        Spawned spawned = test.spawn(job, thread -> {});
        Handle token = suspend(spawned.thread());
        assertThat(test.machine.interrupted).containsExactly(spawned.thread());
        assertThat(test.locked(spawned.thread()::isToBeInterrupted)).isTrue();
        test.close(token);
        assertThat(test.locked(spawned.thread()::isToBeInterrupted)).isFalse();
        test.machine.release();
    }

    @Test
    @DisplayName("S-4, Q-8: an exception is not left; SUSPENDED follows when it is handled")
    void inAnException() {
        PortDispatcher port = test.port();
        test.bind(job, false, port, 1);
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        Handle token = suspend(spawned.thread());
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
        assertThat(test.signals(spawned.thread())).isEqualTo(ZX_THREAD_RUNNING());
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        assertThat(test.signals(spawned.thread())).isEqualTo(ZX_THREAD_SUSPENDED());
        assertThat(test.log).isEmpty();
        test.close(token);
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME");
    }

    @Test
    @DisplayName("S-4: passing from one handler to the next does not suspend in between")
    void betweenHandlers() {
        PortDispatcher port = test.port();
        test.bind(job, false, port, 1);
        test.bind(test.kernel.rootJob(), false, port, 2);
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        Handle token = suspend(spawned.thread());
        assertThat(test.answer(spawned.thread(), port, false)).isZero();
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
        assertThat(test.takeKey(port)).isEqualTo(1);
        assertThat(test.takeKey(port)).isEqualTo(2);
        test.close(token);
        test.unbind(test.kernel.rootJob(), false);
    }

    @Test
    @DisplayName("Q-8: a token closed while the thread is in an exception leaves no trace")
    void tokenClosedInAnException() {
        PortDispatcher port = test.port();
        test.bind(job, false, port, 1);
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        test.close(suspend(spawned.thread()));
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME");
    }

    @Test
    @DisplayName("S-5: a suspended thread can be killed; SUSPENDED stays set until TERMINATED")
    void killed() {
        PortDispatcher debugger = test.port();
        Spawned spawned = sleeping();
        Handle token = suspend(spawned.thread());
        test.quiesce();
        test.locked(
                () -> {
                    spawned.thread().kill();
                    assertThat(spawned.thread().reportedState()).isEqualTo(ZX_THREAD_STATE_DYING());
                    assertThat(spawned.thread().signals().active())
                            .isEqualTo(ZX_THREAD_SUSPENDED());
                });
        test.quiesce();
        assertThat(test.signals(spawned.thread())).isEqualTo(ZX_THREAD_TERMINATED());
        assertThat(test.log).containsExactly("status -6", "LEAVE");
        test.close(token);
        assertThat(debugger.queued()).isZero();
    }

    @Test
    @DisplayName("S-6, T-5: each token counts once, and its last handle takes the one back")
    void tokensCount() {
        Spawned spawned = sleeping();
        Handle first = suspend(spawned.thread());
        Handle second = suspend(spawned.thread());
        Handle ofProcess = suspend(spawned.process());
        test.quiesce();
        for (Handle token : new Handle[] {second, ofProcess, first}) {
            assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
            test.close(token);
            test.quiesce();
        }
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
    }

    @Test
    @DisplayName("S-6: a token for whose handle there is no memory suspends nothing")
    void noMemory() {
        Spawned spawned = sleeping();
        for (int allocation = 1; allocation <= 2; allocation++) {
            int failing = allocation;
            assertThat(
                            test.status(
                                    () -> {
                                        test.kernel.faults().failAllocation(failing);
                                        var token =
                                                SuspendTokenDispatcher.suspend(
                                                        spawned.thread(), test.host);
                                        var _ = test.kernel.handles().make(token, 0);
                                    }))
                    .isEqualTo(ZX_ERR_NO_MEMORY());
            test.quiesce();
            assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
        }
    }

    @Test
    @DisplayName("S-7: a process is suspended with all threads, also those that start meanwhile")
    void processes() {
        Spawned spawned = sleeping();
        ThreadDispatcher sibling = test.thread(spawned.process());
        ThreadDispatcher later = test.thread(spawned.process());
        test.locked(() -> sibling.start(sleeper));
        test.quiesce();
        Handle ofSibling = suspend(sibling);
        Handle token = suspend(spawned.process());
        Handle again = suspend(spawned.process());
        test.locked(() -> later.start(sleeper));
        test.quiesce();
        for (ThreadDispatcher thread : spawned.process().threads()) {
            assertThat(test.locked(thread::reportedState)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        }
        test.close(token);
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        test.close(again);
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
        assertThat(test.locked(later::reportedState)).isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
        assertThat(test.locked(sibling::reportedState)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        test.close(ofSibling);
        test.quiesce();
        assertThat(test.locked(sibling::reportedState))
                .isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
    }

    @Test
    @DisplayName("S-7: an initial process can be suspended, and starts so")
    void initialProcesses() {
        ProcessDispatcher process = test.process(job);
        Handle token = suspend(process);
        ThreadDispatcher thread = test.thread(process);
        test.locked(() -> process.start(thread, sleeper));
        test.quiesce();
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_SUSPENDED());
        test.close(token);
        test.quiesce();
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
    }

    @Test
    @DisplayName("S-7: on a dying process the resume is ignored")
    void dyingProcess() {
        Spawned spawned = sleeping();
        Handle token = suspend(spawned.process());
        test.quiesce();
        test.locked(spawned.process()::kill);
        test.close(token);
        test.quiesce();
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
    }

    @Test
    @DisplayName("S-8, X-20: a kill comes before a policy exception, and that before a suspension")
    void orderOfPendingWork() {
        PortDispatcher port = test.port();
        test.bind(job, false, port, 1);
        test.machine.hold();
        Spawned spawned =
                test.spawn(
                        job,
                        thread -> {
                            test.locked(thread::raisePolicyException);
                            test.locked(thread::raisePolicyException); // at most one per call
                            test.log.add(thread.returnToUser(FakeContext.ofSyscall()).toString());
                            test.locked(thread::raisePolicyException);
                            test.locked(thread::kill);
                            test.log.add(thread.returnToUser(FakeContext.ofSyscall()).toString());
                        });
        test.machine.release();
        test.quiesce();
        Handle token = suspend(spawned.thread());
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
        var packet = (PortPacket.ExceptionPacket) test.take(port);
        assertThat(packet.type()).isEqualTo(zircon.sys.zircon_h.ZX_EXCP_POLICY_ERROR());
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        test.close(token);
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME", "LEAVE");
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("X-20: a policy exception is raised once; unhandled, it ends the process")
    void policyExceptions() {
        PortDispatcher port = test.port();
        test.bind(job, false, port, 1);
        Spawned spawned =
                test.spawn(
                        job,
                        thread -> {
                            for (int i = 0; i < 2; i++) {
                                test.locked(thread::raisePolicyException);
                                Verdict verdict = thread.returnToUser(FakeContext.ofSyscall());
                                test.log.add(verdict + " " + thread.hasPendingWork());
                            }
                        });
        test.quiesce();
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME false");
        assertThat(test.answer(spawned.thread(), port, false)).isZero();
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME false", "UNHANDLED true");
        assertThat(spawned.process().isDead()).isTrue();
    }

    @Test
    @DisplayName("B-6, X-13: a suspended thread takes a binding, and is in no exception")
    void suspendedThreadsCanBeBound() {
        Spawned spawned = sleeping();
        Handle token = suspend(spawned.thread());
        test.quiesce();
        assertThat(state(spawned)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        PortDispatcher port = test.port();
        test.bind(spawned.thread(), false, port, 1);
        assertThat(spawned.thread().exceptionSlot(false).bound()).isNotNull();
        assertThat(test.answer(spawned.thread(), port, true)).isEqualTo(ZX_ERR_BAD_STATE());
        test.unbind(spawned.thread(), false);
        assertThat(spawned.thread().exceptionSlot(false).bound()).isNull();
        test.close(token);
    }

    @Test
    @DisplayName("section 10: registers can be had of a suspended thread, and of no running one")
    void registers() {
        Spawned spawned = sleeping();
        assertThat(test.status(() -> spawned.thread().stoppedContext()))
                .isEqualTo(ZX_ERR_BAD_STATE());
        Handle token = suspend(spawned.thread());
        test.quiesce();
        assertThat(test.<ThreadContext>locked(() -> spawned.thread().stoppedContext()))
                .isSameAs(user);
        assertThat(user.isStopped()).isTrue();
        test.close(token);
        test.quiesce();
        assertThat(user.isStopped()).isFalse();
        assertThat(test.status(() -> spawned.thread().stoppedContext()))
                .isEqualTo(ZX_ERR_BAD_STATE());
    }
}
