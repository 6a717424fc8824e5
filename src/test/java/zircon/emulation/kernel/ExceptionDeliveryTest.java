package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_DEBUGGER;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_JOB;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_NONE;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_PROCESS;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_THREAD;
import static zircon.sys.zircon_h.ZX_EXCP_FATAL_PAGE_FAULT;
import static zircon.sys.zircon_h.ZX_EXCP_GENERAL;
import static zircon.sys.zircon_h.ZX_EXCP_PROCESS_STARTING;
import static zircon.sys.zircon_h.ZX_EXCP_THREAD_STARTING;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_EXCEPTION;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DYING;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// Sections 9.1 to 9.3, 9.6, and 11 as far as it needs no suspension.
@Timeout(60)
class ExceptionDeliveryTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher root = test.kernel.rootJob();
    private final JobDispatcher job = test.job(root);
    private final PortDispatcher port = test.port();

    /// A guest that waits for [FakeMachine#release], so that a test can bind to it first.
    private Spawned held(GuestCode code) {
        test.machine.hold();
        return test.spawn(job, code);
    }

    private void go() {
        test.machine.release();
        test.quiesce();
    }

    /// A guest that faults, and waits for the answer of the process's handler on `port`, with key
    /// 1.
    private Spawned waiting() {
        Spawned spawned = held(test.faulter());
        test.bind(spawned.process(), false, port, 1);
        go();
        assertThat(test.asks(spawned.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_PROCESS());
        return spawned;
    }

    @Test
    @DisplayName("X-1: debugger, thread, process, job, parent job; job debuggers are not asked")
    void theOrderOfTheSearch() {
        Spawned spawned = held(test.faulter());
        test.bind(root, false, port, 5);
        test.bind(job, false, port, 4);
        test.bind(spawned.process(), false, port, 3);
        test.bind(spawned.thread(), false, port, 2);
        test.bind(spawned.process(), true, port, 1);
        test.bind(job, true, port, 99);
        test.bind(root, true, port, 99);
        go();
        passStart(spawned, ZX_EXCP_PROCESS_STARTING());
        passStart(spawned, ZX_EXCP_THREAD_STARTING());
        List<Integer> slots =
                List.of(
                        ZX_EXCEPTION_PORT_TYPE_DEBUGGER(),
                        ZX_EXCEPTION_PORT_TYPE_THREAD(),
                        ZX_EXCEPTION_PORT_TYPE_PROCESS(),
                        ZX_EXCEPTION_PORT_TYPE_JOB(),
                        ZX_EXCEPTION_PORT_TYPE_JOB());
        for (int i = 0; i < slots.size(); i++) {
            assertThat(test.asks(spawned.thread())).isEqualTo(slots.get(i));
            assertThat(test.takeKey(port)).isEqualTo(i + 1);
            assertThat(test.answer(spawned.thread(), port, false)).isZero();
            test.quiesce();
        }
        assertThat(test.takeKey(port)).isEqualTo(1); // the debugger hears of the end
        assertThat(port.queued()).isZero();
        assertThat(spawned.process().isDead()).isTrue();
    }

    /// Lets a thread go on that tells a debugger on `port` of its start.
    private void passStart(Spawned spawned, int type) {
        assertThat(((PortPacket.ExceptionPacket) test.take(port)).type()).isEqualTo(type);
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
    }

    @Test
    @DisplayName("X-2: handled ends the search; the thread goes on with the registers it was given")
    void handledEndsTheSearch() {
        Spawned spawned = waiting();
        PortDispatcher later = test.port();
        test.bind(job, false, later, 2);
        test.locked(
                () ->
                        zircon.sys.zx_thread_state_general_regs.rip(
                                spawned.thread().exceptions().context().general(), 77));
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME");
        assertThat(later.queued()).isZero();
    }

    @Test
    @DisplayName("X-2: others have the saved state while the thread waits for an answer, not after")
    void theSavedState() {
        Spawned spawned = held(test.faulter());
        test.bind(spawned.process(), true, port, 1);
        go();
        FakeContext beforeCode = saved(spawned);
        assertThat(beforeCode.isStopped()).isTrue();
        passStart(spawned, ZX_EXCP_THREAD_STARTING());
        assertThat(beforeCode.isStopped()).isFalse();
        FakeContext atFault = saved(spawned);
        assertThat(atFault).isNotSameAs(beforeCode);
        assertThat(atFault.isStopped()).isTrue();
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(atFault.isStopped()).isFalse();
    }

    private FakeContext saved(Spawned spawned) {
        return (FakeContext)
                test.<ThreadContext>locked(() -> spawned.thread().exceptions().context());
    }

    @Test
    @DisplayName(
            "X-3: with no binding anywhere the process is killed at once, with a code that is not"
                    + " 0")
    void nobodyIsBound() {
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        assertThat(test.log).containsExactly("UNHANDLED");
        assertThat(spawned.process().isDead()).isTrue();
        assertThat(spawned.process().returnCode()).isEqualTo(-1);
    }

    @Test
    @DisplayName("X-3: an unhandled exception takes the other threads along")
    void unhandledKillsAll() {
        Spawned spawned = waiting();
        ThreadDispatcher other = test.thread(spawned.process());
        test.locked(() -> other.start(test.sleeper()));
        test.quiesce();
        test.answer(spawned.thread(), port, false);
        test.quiesce();
        assertThat(test.log).containsExactlyInAnyOrder("UNHANDLED", "left with -502");
        assertThat(spawned.process().isDead()).isTrue();
    }

    @Test
    @DisplayName("X-4: the same fault after handled starts at the top again")
    void theSearchStartsAgain() {
        Spawned spawned =
                held(thread -> List.of(test.faulter(), test.faulter()).forEach(c -> c.run(thread)));
        test.bind(spawned.process(), true, port, 1);
        test.bind(spawned.process(), false, port, 2);
        go();
        passStart(spawned, ZX_EXCP_THREAD_STARTING());
        test.answer(spawned.thread(), port, false);
        test.quiesce();
        test.answer(spawned.thread(), port, true);
        test.quiesce();
        assertThat(List.of(test.takeKey(port), test.takeKey(port), test.takeKey(port)))
                .containsExactly(1L, 2L, 1L);
    }

    @Test
    @DisplayName(
            "X-5: the packet names exception, process, thread and key; state and type are set by"
                    + " then")
    void thePacket() {
        Spawned spawned = waiting();
        assertThat(test.take(port))
                .isEqualTo(
                        new PortPacket.ExceptionPacket(
                                1,
                                ZX_EXCP_FATAL_PAGE_FAULT(),
                                spawned.process().koid(),
                                spawned.thread().koid()));
        assertThat(spawned.thread().reportedState()).isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
    }

    @Test
    @DisplayName("X-6: a full port stops the search; later handlers are not asked")
    void aFullPortKills() {
        Spawned spawned = held(test.faulter());
        PortDispatcher later = test.port();
        test.bind(spawned.thread(), false, port, 1);
        test.bind(job, false, later, 2);
        test.locked(() -> test.kernel.faults().fillPorts(1));
        go();
        assertThat(test.log).containsExactly("UNHANDLED");
        assertThat(spawned.process().returnCode()).isEqualTo(-1);
        assertThat(later.queued()).isZero();
    }

    @Test
    @DisplayName("X-6: an empty packet pool does the same")
    void anEmptyPoolKills() {
        Spawned spawned = held(test.faulter());
        test.bind(job, false, port, 1);
        int left = PacketPool.CAPACITY;
        while (left > 0) {
            PortDispatcher filled = test.port();
            for (int i = 0; i <= PortQueue.FULL && left > 0; i++, left--) {
                test.locked(() -> filled.queue(new PortPacket.UserPacket(0, 0, 0, 0, 0, 0)));
            }
        }
        go();
        assertThat(spawned.process().isDead()).isTrue();
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("X-7, X-21: every handler sees the same report; it is gone when nobody is asked")
    void theReport() {
        Spawned spawned = waiting();
        test.bind(job, false, port, 2);
        ExceptionReport first = test.locked(() -> spawned.thread().exceptions().report());
        assertThat(first).isEqualTo(new ExceptionReport(ZX_EXCP_FATAL_PAGE_FAULT(), 14, 6, 0x1234));
        test.answer(spawned.thread(), port, false);
        test.quiesce();
        assertThat(test.locked(() -> spawned.thread().exceptions().report())).isSameAs(first);
        test.answer(spawned.thread(), port, true);
        test.quiesce();
        assertThatThrownBy(() -> test.locked(() -> spawned.thread().exceptions().report()))
                .isSameAs(Refusal.BAD_STATE);
        assertThatThrownBy(() -> test.locked(() -> spawned.thread().exceptions().context()))
                .isSameAs(Refusal.BAD_STATE);
    }

    @Test
    @DisplayName("Section 10, I-1: answered but not yet running: type NONE, report still there")
    void answeredNotYetRunning() {
        Spawned spawned = waiting();
        test.locked(
                () -> {
                    spawned.thread().exceptions().answer(port, true);
                    assertThat(spawned.thread().exceptions().waitsForSlotType())
                            .isEqualTo(ZX_EXCEPTION_PORT_TYPE_NONE());
                    assertThat(spawned.thread().reportedState())
                            .isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
                    assertThat(spawned.thread().exceptions().report()).isNotNull();
                    assertThat(spawned.thread().exceptions().context()).isNotNull();
                });
    }

    @Test
    @DisplayName(
            "Section 10: killed while waiting: DYING, type is the slot asked, report still there")
    void killedWhileWaiting() {
        Spawned spawned = waiting();
        test.locked(
                () -> {
                    spawned.thread().kill();
                    assertThat(spawned.thread().exceptions().waitsForSlotType())
                            .isEqualTo(ZX_EXCEPTION_PORT_TYPE_PROCESS());
                    assertThat(spawned.thread().reportedState()).isEqualTo(ZX_THREAD_STATE_DYING());
                    assertThat(spawned.thread().exceptions().report()).isNotNull();
                });
    }

    @Test
    @DisplayName("X-9: not in an exception, then the wrong port, then already answered")
    void answersFailInOrder() {
        Spawned idle = test.spawn(job, test.sleeper());
        test.quiesce();
        PortDispatcher other = test.port();
        assertThat(test.answer(idle.thread(), port, true)).isEqualTo(ZX_ERR_BAD_STATE());
        Spawned spawned = waiting();
        assertThat(test.answer(spawned.thread(), other, true)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        test.locked(
                () -> {
                    spawned.thread().exceptions().answer(port, true);
                    assertThat(test.answer(spawned.thread(), other, true))
                            .isEqualTo(ZX_ERR_ACCESS_DENIED());
                    assertThat(test.answer(spawned.thread(), port, false))
                            .isEqualTo(ZX_ERR_BAD_STATE());
                });
        test.quiesce();
        assertThat(test.log).as("X-11: the first answer wins").containsExactly("RESUME");
    }

    @Test
    @DisplayName("X-10: with one port in two slots, a second answer hits the next slot's exchange")
    void anExtraAnswerHitsTheNextSlot() {
        Spawned spawned = waiting();
        test.bind(job, false, port, 2);
        assertThat(test.answer(spawned.thread(), port, false)).isZero();
        test.quiesce();
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME");
    }

    @Test
    @DisplayName("X-11: the packet need not have been read, and stays")
    void unreadPacketsStay() {
        Spawned spawned = waiting();
        assertThat(test.answer(spawned.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(test.takeKey(port)).isEqualTo(1);
    }

    @Test
    @DisplayName("X-12: a wrong port changes nothing")
    void aWrongPortChangesNothing() {
        Spawned spawned = waiting();
        test.answer(spawned.thread(), test.port(), true);
        test.quiesce();
        assertThat(test.asks(spawned.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_PROCESS());
        assertThat(test.log).isEmpty();
    }

    @Test
    @DisplayName("X-13: new and dead threads are BAD_STATE")
    void newAndDeadThreads() {
        ThreadDispatcher fresh = test.thread(test.process(job));
        assertThat(test.answer(fresh, port, true)).isEqualTo(ZX_ERR_BAD_STATE());
        Spawned dead = test.spawn(job, _ -> {});
        test.quiesce();
        assertThat(test.answer(dead.thread(), port, true)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("Q-1: a kill while waiting ends the search; queued packets remain")
    void killWhileWaiting() {
        Spawned spawned = waiting();
        PortDispatcher later = test.port();
        test.bind(job, false, later, 2);
        test.locked(spawned.thread()::kill);
        test.quiesce();
        assertThat(test.log).containsExactly("LEAVE");
        assertThat(later.queued()).isZero();
        assertThat(port.queued()).isEqualTo(1);
        assertThat(spawned.process().returnCode()).as("R-2: killed one by one").isZero();
    }

    @Test
    @DisplayName("Q-2: handled, then killed before it runs: it leaves at the user boundary")
    void handledThenKilled() {
        Spawned spawned = waiting();
        test.locked(
                () -> {
                    spawned.thread().exceptions().answer(port, true);
                    spawned.thread().kill();
                });
        test.quiesce();
        assertThat(test.log).containsExactly("LEAVE");
    }

    @Test
    @DisplayName("Q-2: TRY_NEXT, then killed: the next slot gets a packet, nobody waits there")
    void tryNextThenKilled() {
        Spawned spawned = waiting();
        PortDispatcher later = test.port();
        test.bind(job, false, later, 2);
        test.bind(root, false, later, 3);
        test.locked(
                () -> {
                    spawned.thread().exceptions().answer(port, false);
                    spawned.thread().kill();
                });
        test.quiesce();
        assertThat(test.takeKey(later)).isEqualTo(2);
        assertThat(later.queued()).isZero();
        assertThat(spawned.process().isDead()).isTrue();
    }

    @Test
    @DisplayName("Q-3: killed, then answered before it runs: the answer has no effect")
    void killedThenAnswered() {
        Spawned spawned = waiting();
        test.locked(
                () -> {
                    spawned.thread().kill();
                    assertThat(test.answer(spawned.thread(), port, true))
                            .isIn(ZX_OK(), ZX_ERR_BAD_STATE());
                });
        test.quiesce();
        assertThat(test.log).containsExactly("LEAVE");
    }

    @Test
    @DisplayName("Q-4: unbound, then answered: ACCESS_DENIED from another port, else BAD_STATE")
    void unboundThenAnswered() {
        Spawned spawned = waiting();
        PortDispatcher later = test.port();
        test.bind(job, false, later, 2);
        test.unbind(spawned.process(), false);
        test.quiesce();
        assertThat(test.answer(spawned.thread(), port, true)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(test.answer(spawned.thread(), later, true)).isZero();
        test.quiesce();
        assertThat(test.answer(spawned.thread(), port, true)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("Q-5: answered, then unbound: the answer stands")
    void answeredThenUnbound() {
        Spawned spawned = waiting();
        test.locked(
                () -> {
                    spawned.thread().exceptions().answer(port, true);
                    spawned.process().exceptionSlot(false).unbind();
                });
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME");
    }

    @Test
    @DisplayName("Q-6: unbound and bound again: the thread has taken TRY_NEXT already")
    void unboundAndBoundAgain() {
        Spawned spawned = waiting();
        test.locked(
                () -> {
                    spawned.process().exceptionSlot(false).unbind();
                    spawned.process().bindExceptionPort(false, port, 1);
                });
        test.quiesce();
        assertThat(test.log).containsExactly("UNHANDLED");
        assertThat(port.queued()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Q-7: a kill that is pending at the fault: the first handler still gets its packet")
    void killedBeforeTheFault() {
        Spawned spawned =
                held(
                        thread -> {
                            test.locked(thread::kill);
                            test.faulter().run(thread);
                        });
        test.bind(spawned.thread(), false, port, 1);
        test.bind(job, false, port, 2);
        go();
        assertThat(test.log).containsExactly("LEAVE");
        assertThat(test.takeKey(port)).isEqualTo(1);
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("Q-10: two threads in exceptions through one binding are independent")
    void twoThreadsThroughOneBinding() {
        test.bind(job, false, port, 1);
        Spawned first = test.spawn(job, test.faulter());
        Spawned second = test.spawn(job, test.faulter());
        test.quiesce();
        assertThat(test.answer(first.thread(), port, true)).isZero();
        test.quiesce();
        assertThat(test.log).containsExactly("RESUME");
        assertThat(test.asks(second.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_JOB());
    }

    @ParameterizedTest(name = "X-22: vector {0} is exception {1}")
    @CsvSource({
        "0, 0x0008", "1, 0x0408", "3, 0x0308", "4, 0x0008", "5, 0x0008", "6, 0x0208",
        "11, 0x0008", "12, 0x0008", "13, 0x0008", "14, 0x0108", "16, 0x0008", "17, 0x0008",
        "19, 0x0008"
    })
    void vectors(int vector, String type) {
        assertThat(X86Vector.exceptionType(vector)).isEqualTo(Integer.decode(type));
    }

    @Test
    @DisplayName("X-21: cr2 is 0 unless it is a page fault")
    void cr2IsForPageFaults() {
        FakeContext context = new FakeContext(13, 8, 0x5555);
        assertThat(ExceptionReport.of(ZX_EXCP_GENERAL(), context))
                .isEqualTo(new ExceptionReport(ZX_EXCP_GENERAL(), 13, 8, 0));
    }

    @Test
    @DisplayName(
            "An unhandled exception of a guest thread in the host process ends that thread alone")
    void guestsInTheHostProcess() {
        ThreadDispatcher thread = test.thread(test.kernel.hostProcess());
        test.locked(
                () ->
                        thread.start(
                                guest -> {
                                    test.faulter().run(guest);
                                    test.log.add("leaves " + guest.mustLeave());
                                }));
        test.quiesce();
        assertThat(test.log).containsExactly("UNHANDLED", "leaves true");
        assertThat(thread.isDead()).isTrue();
        assertThat(test.kernel.hostProcess().state()).isEqualTo(ProcessDispatcher.State.RUNNING);
    }

    @Test
    @DisplayName("An unhandled exception of the application's own thread leaves that thread alive")
    void hostThreadsSurvive() {
        assertThat(test.host.handleException(ZX_EXCP_FATAL_PAGE_FAULT(), FakeContext.pageFault()))
                .isEqualTo(ThreadDispatcher.Verdict.UNHANDLED);
        assertThat(test.host.mustLeave()).isFalse();
        assertThat(test.host.state()).isEqualTo(ThreadDispatcher.State.RUNNING);
    }
}
