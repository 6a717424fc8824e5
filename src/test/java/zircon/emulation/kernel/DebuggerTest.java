package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_DEBUGGER;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER;
import static zircon.sys.zircon_h.ZX_EXCP_FATAL_PAGE_FAULT;
import static zircon.sys.zircon_h.ZX_EXCP_PROCESS_STARTING;
import static zircon.sys.zircon_h.ZX_EXCP_THREAD_EXITING;
import static zircon.sys.zircon_h.ZX_EXCP_THREAD_STARTING;
import static zircon.sys.zircon_h.ZX_THREAD_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_EXCEPTION;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DYING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_SUSPENDED;
import static zircon.sys.zircon_h.ZX_THREAD_SUSPENDED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// The debugger-only exceptions of section 9.4.
@Timeout(20)
class DebuggerTest {
    private static final int STARTING = ZX_EXCP_THREAD_STARTING();
    private static final int EXITING = ZX_EXCP_THREAD_EXITING();

    private final TestKernel test = new TestKernel();
    private final JobDispatcher job = test.job(test.kernel.rootJob());
    private final JobDispatcher inner = test.job(job);
    private final PortDispatcher port = test.port();

    private Spawned debugged(GuestCode code) {
        test.machine.hold();
        Spawned spawned = test.spawn(inner, code);
        test.bind(spawned.process(), true, port, 1);
        test.machine.release();
        test.quiesce();
        return spawned;
    }

    private PortPacket.ExceptionPacket take() {
        return (PortPacket.ExceptionPacket) test.take(port);
    }

    private void requirePacket(ThreadDispatcher thread, int type) {
        var packet = take();
        assertThat(packet.type()).isEqualTo(type);
        assertThat(packet.thread()).isEqualTo(thread.koid());
        assertThat(packet.process()).isEqualTo(thread.process().koid());
    }

    private void answer(ThreadDispatcher thread, boolean handled) {
        assertThat(test.answer(thread, port, handled)).isZero();
        test.quiesce();
    }

    private int state(ThreadDispatcher thread) {
        return test.locked(thread::reportedState);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "9.4 THREAD_STARTING before any code, 9.4 THREAD_EXITING after it, T-2; both answers"
                    + " are the same")
    void startAndExit(boolean handled) {
        Spawned spawned = debugged(_ -> test.log.add("ran"));
        test.bind(inner, false, test.port(), 9);
        requirePacket(spawned.thread(), STARTING);
        assertThat(state(spawned.thread())).isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
        assertThat(test.asks(spawned.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_DEBUGGER());
        assertThat(test.signals(spawned.thread())).isEqualTo(ZX_THREAD_RUNNING());
        assertThat(test.locked(() -> spawned.thread().exceptions().report()))
                .isEqualTo(new ExceptionReport(STARTING, 0, 0, 0));
        assertThat(test.<ThreadContext>locked(() -> spawned.thread().stoppedContext()).hasGeneral())
                .isFalse();
        assertThat(test.log).isEmpty();
        answer(spawned.thread(), handled);
        assertThat(test.log).containsExactly("ran");
        requirePacket(spawned.thread(), EXITING);
        assertThat(state(spawned.thread())).isEqualTo(ZX_THREAD_STATE_DYING());
        assertThat(test.asks(spawned.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_DEBUGGER());
        assertThat(test.locked(spawned.process()::isDead)).isFalse();
        answer(spawned.thread(), handled);
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
        assertThat(spawned.process().returnCode()).isZero();
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("X-14, 9.4 PROCESS_STARTING comes first, from the first thread alone, and no exit")
    void processStarting() {
        test.bind(job, true, port, 1);
        Spawned spawned = test.spawn(inner, test.sleeper());
        test.quiesce();
        requirePacket(spawned.thread(), ZX_EXCP_PROCESS_STARTING());
        assertThat(test.asks(spawned.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER());
        test.bind(spawned.process(), true, port, 1);
        answer(spawned.thread(), true);
        requirePacket(spawned.thread(), STARTING);
        answer(spawned.thread(), true);
        ThreadDispatcher second = test.thread(spawned.process());
        test.locked(() -> second.start(test.sleeper()));
        test.quiesce();
        requirePacket(second, STARTING);
        test.unbind(spawned.process(), true);
        test.locked(spawned.process()::kill);
        test.quiesce();
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("B-1, 9.4 PROCESS_STARTING goes to the nearest job debugger alone")
    void nearestJobDebugger() {
        PortDispatcher outer = test.port();
        test.bind(job, true, outer, 1);
        test.bind(inner, true, port, 2);
        Spawned spawned = test.spawn(inner, test.sleeper());
        test.quiesce();
        answer(spawned.thread(), false); // never offered to anyone else
        assertThat(port.queued()).isEqualTo(1);
        assertThat(outer.queued()).isZero();
        assertThat(test.locked(spawned.thread()::reportedState))
                .isNotEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
    }

    @Test
    @DisplayName("9.4: the slot is read when the thread first runs, not when it is started")
    void slotReadWhenItRuns() {
        test.machine.hold();
        Spawned spawned = test.spawn(inner, test.sleeper());
        test.bind(job, true, port, 1); // the start has returned
        test.machine.release();
        test.quiesce();
        requirePacket(spawned.thread(), ZX_EXCP_PROCESS_STARTING());
    }

    @Test
    @DisplayName("X-6: a packet that cannot be queued holds no thread up")
    void portFull() {
        test.machine.hold();
        Spawned spawned = test.spawn(inner, test.sleeper());
        test.bind(spawned.process(), true, port, 1);
        test.locked(() -> test.kernel.faults().fillPorts(1));
        test.machine.release();
        test.quiesce();
        assertThat(test.asks(spawned.thread())).isZero();
        assertThat(test.locked(spawned.process()::isDead)).isFalse();
    }

    @Test
    @DisplayName("X-16, S-4: a start is announced although suspended; SUSPENDED follows the answer")
    void startedSuspended() {
        ProcessDispatcher process = test.process(inner);
        ThreadDispatcher thread = test.thread(process);
        test.bind(process, true, port, 1);
        test.locked(() -> thread.suspend(test.host));
        test.locked(() -> process.start(thread, _ -> test.log.add("ran")));
        test.quiesce();
        requirePacket(thread, STARTING);
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
        answer(thread, true);
        assertThat(state(thread)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        assertThat(test.signals(thread)).isEqualTo(ZX_THREAD_SUSPENDED());
        assertThat(test.log).isEmpty();
        test.locked(thread::resume);
        test.quiesce();
        assertThat(test.log).containsExactly("ran");
    }

    @Test
    @DisplayName("T-4, X-17: neither kill of thread, process or job dislodges THREAD_EXITING")
    void heldInExit() {
        Spawned spawned = debugged(_ -> {});
        answer(spawned.thread(), true);
        test.locked(
                () -> {
                    spawned.thread().kill();
                    spawned.process().kill();
                    job.kill();
                });
        test.quiesce();
        assertThat(state(spawned.thread())).isEqualTo(ZX_THREAD_STATE_DYING());
        assertThat(test.asks(spawned.thread())).isEqualTo(ZX_EXCEPTION_PORT_TYPE_DEBUGGER());
        assertThat(spawned.process().state()).isEqualTo(ProcessDispatcher.State.DYING);
        answer(spawned.thread(), true);
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
        assertThat(spawned.process().returnCode()).isEqualTo(-1);
    }

    @Test
    @DisplayName("T-4, B-11: unbinding the debugger lets a thread finish")
    void unboundInExit() {
        Spawned spawned = debugged(_ -> {});
        answer(spawned.thread(), true);
        test.unbind(spawned.process(), true);
        test.quiesce();
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
    }

    @Test
    @DisplayName("B-11: unbinding the debugger lets a thread start")
    void unboundInStart() {
        Spawned spawned = debugged(_ -> test.log.add("ran"));
        test.unbind(spawned.process(), true);
        test.quiesce();
        assertThat(test.log).containsExactly("ran");
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
    }

    enum Kill {
        THREAD,
        PROCESS,
        JOB,
        ANCESTOR,
        PROCESS_EXIT,
        UNHANDLED_EXCEPTION
    }

    private void kill(Kill kill, Spawned spawned) {
        switch (kill) {
            case THREAD -> test.locked(spawned.thread()::kill);
            case PROCESS -> test.locked(spawned.process()::kill);
            case JOB -> test.locked(inner::kill);
            case ANCESTOR -> test.locked(job::kill);
            case PROCESS_EXIT -> test.locked(() -> spawned.process().exit(3));
            case UNHANDLED_EXCEPTION -> {
                ThreadDispatcher other = test.thread(spawned.process());
                PortDispatcher others = test.port();
                test.bind(other, false, others, 1);
                test.locked(() -> other.start(test.faulter()));
                test.quiesce();
                requirePacket(other, STARTING);
                answer(other, true);
                requirePacket(other, ZX_EXCP_FATAL_PAGE_FAULT());
                answer(other, false);
                assertThat(test.answer(other, others, false)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kill.class)
    @DisplayName("X-18: of a killed thread the packet comes, but it does not wait")
    void killedThreadsDoNotWait(Kill kill) {
        Spawned spawned = debugged(test.sleeper());
        requirePacket(spawned.thread(), STARTING);
        answer(spawned.thread(), true);
        kill(kill, spawned);
        test.quiesce();
        if (kill == Kill.UNHANDLED_EXCEPTION) {
            assertThat(List.of(take().thread(), take().thread())).contains(spawned.thread().koid());
            assertThat(test.locked(spawned.process()::isDead)).isTrue();
            assertThat(port.queued()).isZero();
            return;
        }
        requirePacket(spawned.thread(), EXITING);
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
    }

    @Test
    @DisplayName("X-19, 17.9: killed in STARTING it still sends what is left, and runs no code")
    void killedInStart() {
        test.bind(job, true, port, 1);
        Spawned spawned = test.spawn(inner, _ -> test.log.add("ran"));
        test.quiesce();
        test.bind(spawned.process(), true, port, 1);
        test.locked(spawned.process()::kill);
        test.quiesce();
        requirePacket(spawned.thread(), ZX_EXCP_PROCESS_STARTING());
        requirePacket(spawned.thread(), STARTING);
        requirePacket(spawned.thread(), EXITING);
        assertThat(test.log).isEmpty();
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
    }

    @Test
    @DisplayName("Q-11: a fatal fault, then THREAD_EXITING of each thread, which do not wait")
    void fatalFault() {
        Spawned spawned = debugged(test.faulter());
        ThreadDispatcher other = test.thread(spawned.process());
        answer(spawned.thread(), true);
        requirePacket(spawned.thread(), STARTING);
        requirePacket(spawned.thread(), ZX_EXCP_FATAL_PAGE_FAULT());
        test.locked(() -> other.start(test.sleeper()));
        test.quiesce();
        requirePacket(other, STARTING);
        answer(other, true);
        answer(spawned.thread(), false);
        List<Integer> types = List.of(take().type(), take().type());
        assertThat(types).containsExactly(EXITING, EXITING);
        assertThat(test.locked(spawned.process()::isDead)).isTrue();
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("B-13: a debugger that comes late hears of no start")
    void attachedLate() {
        Spawned spawned = test.spawn(inner, test.sleeper());
        test.quiesce();
        test.bind(spawned.process(), true, port, 1);
        assertThat(port.queued()).isZero();
    }
}
