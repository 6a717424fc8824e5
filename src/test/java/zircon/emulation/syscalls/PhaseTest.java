package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_DEBUGGER;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_NONE;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_THREAD;
import static zircon.sys.zircon_h.ZX_INFO_THREAD;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_EXCEPTION;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_SLEEPING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DEAD;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DYING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_FP_REGS;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_GENERAL_REGS;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_NEW;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_SUSPENDED;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.FakeContext;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.Spawned;
import zircon.emulation.kernel.ThreadDispatcher;

import java.util.concurrent.CountDownLatch;

/// Section 10: what can be observed of a thread in each phase of its life. "Between two handlers"
/// is none here.
@Timeout(60)
class PhaseTest {
    private static final int GENERAL_SIZE = 144;
    private static final int FP_SIZE = 160;

    private final TestSyscalls zx = new TestSyscalls();
    private final long buffer = zx.memory.room(256);
    private final int port = zx.port();

    @AfterEach
    void endGuests() {
        zx.kernel.guests().killAll();
        zx.test.machine.release();
        zx.test.quiesce();
    }

    private int registers(int thread, int kind, int size) {
        int read =
                status(
                        () ->
                                zx.threadStates.threadReadState(
                                        zx.caller, thread, kind, buffer, size));
        int write =
                status(
                        () ->
                                zx.threadStates.threadWriteState(
                                        zx.caller, thread, kind, buffer, size));
        assertThat(write).as("writing registers").isEqualTo(read);
        return read;
    }

    private int info(int thread, int topic) {
        return status(() -> zx.info.objectGetInfo(zx.caller, thread, topic, buffer, 256, 0, 0));
    }

    /// One row of the section's table; the registers are the general ones and the others.
    private void require(int thread, int state, int type, int report, int general, int others) {
        assertThat(info(thread, ZX_INFO_THREAD())).isZero();
        assertThat(zx.memory.intAt(buffer)).as("state").isEqualTo(state);
        assertThat(zx.memory.intAt(buffer + 4)).as("type").isEqualTo(type);
        assertThat(info(thread, ZX_INFO_THREAD_EXCEPTION_REPORT())).as("report").isEqualTo(report);
        assertThat(registers(thread, ZX_THREAD_STATE_GENERAL_REGS(), GENERAL_SIZE))
                .as("general registers")
                .isEqualTo(general);
        assertThat(registers(thread, ZX_THREAD_STATE_FP_REGS(), FP_SIZE))
                .as("other registers")
                .isEqualTo(others);
    }

    private void requireNothing(int thread, int state) {
        int badState = ZX_ERR_BAD_STATE();
        require(thread, state, ZX_EXCEPTION_PORT_TYPE_NONE(), badState, badState, badState);
    }

    private void requireStopped(int thread, int state, int type) {
        require(thread, state, type, ZX_OK(), ZX_OK(), ZX_OK());
    }

    private void requireOutside(int thread, int state, int type) {
        require(thread, state, type, ZX_OK(), ZX_ERR_NOT_SUPPORTED(), ZX_OK());
    }

    private int suspend(int thread) {
        return zx.made(at -> zx.tasks.taskSuspend(zx.caller, thread, at));
    }

    private void kill(int task) {
        assertThat(status(() -> zx.tasks.taskKill(zx.caller, task))).isZero();
    }

    private int resume(int thread) {
        return status(() -> zx.tasks.taskResumeFromException(zx.caller, thread, port, 0));
    }

    private void bindDebugger(int task) {
        assertThat(status(() -> zx.tasks.taskBindExceptionPort(zx.caller, task, port, 1, 1)))
                .isZero();
    }

    @Test
    @DisplayName("10 new")
    void newThread() {
        requireNothing(zx.thread(zx.process()), ZX_THREAD_STATE_NEW());
    }

    /// A thread that runs until it is to leave, and says by the second latch that it may be dead.
    private int spinning(CountDownLatch mayEnd) throws InterruptedException {
        var runs = new CountDownLatch(1);
        Spawned spawned =
                zx.test.spawn(
                        _ -> {
                            runs.countDown();
                            try {
                                mayEnd.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError("nobody interrupts a guest", e);
                            }
                        });
        runs.await();
        return zx.handleOf(spawned.thread());
    }

    @Test
    @DisplayName("10 running")
    void running() throws InterruptedException {
        var mayEnd = new CountDownLatch(1);
        int thread = spinning(mayEnd);
        requireNothing(thread, ZX_THREAD_STATE_RUNNING());
        mayEnd.countDown();
    }

    @Test
    @DisplayName("10 blocking, 10 suspended")
    void blockingThenSuspended() {
        Spawned spawned = zx.test.spawn(this::sleepAnewAfterASuspension);
        zx.test.quiesce();
        int thread = zx.handleOf(spawned.thread());
        requireNothing(thread, ZX_THREAD_STATE_BLOCKED_SLEEPING());
        int token = suspend(thread);
        zx.test.quiesce();
        int none = ZX_EXCEPTION_PORT_TYPE_NONE();
        int state = ZX_THREAD_STATE_SUSPENDED();
        require(thread, state, none, ZX_ERR_BAD_STATE(), ZX_OK(), ZX_OK());
        zx.close(token);
        zx.test.quiesce();
        requireNothing(thread, ZX_THREAD_STATE_BLOCKED_SLEEPING());
    }

    @Test
    @DisplayName("10 dying: killed while suspended it is no longer suspended")
    void killedWhileSuspended() {
        Spawned spawned = zx.test.spawn(this::sleepAnewAfterASuspension);
        zx.test.quiesce();
        int thread = zx.handleOf(spawned.thread());
        var _ = suspend(thread);
        zx.test.quiesce();
        zx.test.locked(
                () -> {
                    kill(thread);
                    requireNothing(thread, ZX_THREAD_STATE_DYING());
                });
    }

    private void sleepAnewAfterASuspension(ThreadDispatcher thread) {
        boolean again = true;
        while (again) {
            int status = zx.test.status(() -> thread.sleepUntil(Long.MAX_VALUE));
            again =
                    status == Refusal.RETRY.status()
                            && thread.returnToUser(FakeContext.ofSyscall())
                                    == ThreadDispatcher.Verdict.RESUME;
        }
    }

    @Test
    @DisplayName("10 waiting, 10 pending: a suspension while it waits for an answer is not seen")
    void waiting() {
        int thread = zx.faulted(port, FakeContext.pageFault());
        int state = ZX_THREAD_STATE_BLOCKED_EXCEPTION();
        requireStopped(thread, state, ZX_EXCEPTION_PORT_TYPE_THREAD());
        int token = suspend(thread);
        zx.test.quiesce();
        requireStopped(thread, state, ZX_EXCEPTION_PORT_TYPE_THREAD());
        zx.close(token);
    }

    @Test
    @DisplayName("10 answered: until it runs, the old report is still there")
    void answered() {
        int thread = zx.faulted(port, FakeContext.pageFault());
        zx.test.locked(
                () -> {
                    assertThat(resume(thread)).isZero();
                    int state = ZX_THREAD_STATE_BLOCKED_EXCEPTION();
                    requireStopped(thread, state, ZX_EXCEPTION_PORT_TYPE_NONE());
                });
    }

    @Test
    @DisplayName("10 killed: until it runs, the slot that was asked is still told")
    void killed() {
        int thread = zx.faulted(port, FakeContext.pageFault());
        zx.test.locked(
                () -> {
                    kill(thread);
                    requireStopped(
                            thread, ZX_THREAD_STATE_DYING(), ZX_EXCEPTION_PORT_TYPE_THREAD());
                });
    }

    @Test
    @DisplayName("10 starting, 10 exiting: all registers but those of user code")
    void startingAndExiting() {
        bindDebugger(zx.root());
        Spawned spawned = zx.test.spawn(_ -> {});
        int thread = zx.handleOf(spawned.thread());
        bindDebugger(zx.handleOf(spawned.process()));
        zx.test.quiesce();
        int state = ZX_THREAD_STATE_BLOCKED_EXCEPTION();
        requireOutside(thread, state, ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER());
        assertThat(resume(thread)).isZero();
        zx.test.quiesce();
        requireOutside(thread, state, ZX_EXCEPTION_PORT_TYPE_DEBUGGER());
        assertThat(resume(thread)).isZero();
        zx.test.quiesce();
        requireOutside(thread, ZX_THREAD_STATE_DYING(), ZX_EXCEPTION_PORT_TYPE_DEBUGGER());
        assertThat(resume(thread)).isZero();
    }

    @Test
    @DisplayName("10 dying, 10 dead")
    void dyingThenDead() throws InterruptedException {
        var mayEnd = new CountDownLatch(1);
        int thread = spinning(mayEnd);
        kill(thread);
        requireNothing(thread, ZX_THREAD_STATE_DYING());
        mayEnd.countDown();
        zx.test.quiesce();
        requireNothing(thread, ZX_THREAD_STATE_DEAD());
    }
}
