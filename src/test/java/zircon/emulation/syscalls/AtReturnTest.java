package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_JOB_NO_PROCESSES;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_PROCESS_TERMINATED;
import static zircon.sys.zircon_h.ZX_THREAD_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_EXCEPTION;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DYING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_SUSPENDED;
import static zircon.sys.zircon_h.ZX_THREAD_SUSPENDED;
import static zircon.sys.zircon_h.ZX_THREAD_TERMINATED;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.FakeContext;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.PortDispatcher;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Spawned;
import zircon.emulation.kernel.ThreadDispatcher;

/// The table at the end of section 11: what is already true when a call returns. The threads that
/// it concerns cannot run meanwhile, since the kernel is locked or the machine held, so nothing is
/// true by chance.
@Timeout(60)
class AtReturnTest {
    private static final long ENTRY = 0x4000;

    private final TestSyscalls zx = new TestSyscalls();
    private final int port = zx.port();

    @AfterEach
    void endGuests() {
        zx.kernel.guests().killAll();
        zx.test.machine.release();
        zx.test.quiesce();
    }

    private int signals(Dispatcher object) {
        return zx.test.signals(object);
    }

    private int state(ThreadDispatcher thread) {
        return zx.test.locked(thread::reportedState);
    }

    private int kill(int task) {
        return status(() -> zx.tasks.taskKill(zx.caller, task));
    }

    private int answer(int thread, int with) {
        return status(() -> zx.tasks.taskResumeFromException(zx.caller, thread, with, 0));
    }

    @Test
    @DisplayName("11 bind: the slot is changed, and who waited is answered")
    void bind() {
        int faulted = zx.faulted(port, FakeContext.pageFault());
        ThreadDispatcher thread = zx.object(faulted, ThreadDispatcher.class);
        zx.test.locked(
                () -> {
                    assertThat(
                                    status(
                                            () ->
                                                    zx.tasks.taskBindExceptionPort(
                                                            zx.caller, faulted, 0, 0, 0)))
                            .isZero();
                    assertThat(thread.exceptionSlot(false).bound()).isNull();
                    assertThat(zx.test.asks(thread)).isZero();
                    assertThat(thread.reportedState())
                            .isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
                    int again =
                            status(
                                    () ->
                                            zx.tasks.taskBindExceptionPort(
                                                    zx.caller, faulted, port, 2, 0));
                    assertThat(again).isZero();
                    assertThat(thread.exceptionSlot(false).bound()).isNotNull();
                });
    }

    @Test
    @DisplayName("11 resume: the answer is recorded, and nobody is asked any more")
    void resume() {
        int faulted = zx.faulted(port, FakeContext.pageFault());
        ThreadDispatcher thread = zx.object(faulted, ThreadDispatcher.class);
        zx.test.locked(
                () -> {
                    assertThat(answer(faulted, port)).isZero();
                    assertThat(zx.test.asks(thread)).isZero();
                    assertThat(answer(faulted, port)).isEqualTo(ZX_ERR_BAD_STATE());
                });
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("RESUME");
    }

    @Test
    @DisplayName("11 start: RUNNING, by state and signal, and listed, before any code has run")
    void start() {
        zx.test.machine.put(ENTRY, (_, _, _) -> zx.test.log.add("ran"));
        zx.test.machine.hold();
        int process = zx.process();
        int first = zx.thread(process);
        assertThat(
                        status(
                                () ->
                                        zx.processes.processStart(
                                                zx.caller,
                                                process,
                                                first,
                                                ENTRY,
                                                0,
                                                zx.event(),
                                                0)))
                .isZero();
        int second = zx.thread(process);
        assertThat(status(() -> zx.threads.threadStart(zx.caller, second, ENTRY, 0, 0, 0)))
                .isZero();
        ProcessDispatcher object = zx.object(process, ProcessDispatcher.class);
        for (int handle : new int[] {first, second}) {
            ThreadDispatcher thread = zx.object(handle, ThreadDispatcher.class);
            assertThat(state(thread)).isEqualTo(ZX_THREAD_STATE_RUNNING());
            assertThat(signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
            assertThat(zx.test.<Dispatcher>locked(() -> object.thread(thread.koid())))
                    .isSameAs(thread);
        }
        assertThat(object.state()).isEqualTo(ProcessDispatcher.State.RUNNING);
        assertThat(zx.test.log).isEmpty();
    }

    @Test
    @DisplayName("11 kill-thread: a started thread is DYING; it is TERMINATED later")
    void killThread() {
        zx.test.machine.hold();
        Spawned spawned = zx.test.spawn(_ -> {});
        assertThat(kill(zx.handleOf(spawned.thread()))).isZero();
        assertThat(state(spawned.thread())).isEqualTo(ZX_THREAD_STATE_DYING());
        assertThat(signals(spawned.thread())).isEqualTo(ZX_THREAD_RUNNING());
        zx.test.machine.release();
        zx.test.quiesce();
        assertThat(signals(spawned.thread())).isEqualTo(ZX_THREAD_TERMINATED());
    }

    @Test
    @DisplayName("11 kill-process: dying, exited, with its code, and its threads are DYING")
    void killProcess() {
        zx.test.machine.hold();
        Spawned spawned = zx.test.spawn(_ -> {});
        assertThat(kill(zx.handleOf(spawned.process()))).isZero();
        requireKilled(spawned);
        zx.test.machine.release();
        zx.test.quiesce();
        assertThat(signals(spawned.process())).isEqualTo(ZX_PROCESS_TERMINATED());
    }

    private void requireKilled(Spawned spawned) {
        assertThat(spawned.process().state()).isEqualTo(ProcessDispatcher.State.DYING);
        assertThat(spawned.process().returnCode()).isEqualTo(-1);
        assertThat(signals(spawned.process())).isZero();
        assertThat(state(spawned.thread())).isEqualTo(ZX_THREAD_STATE_DYING());
    }

    @Test
    @DisplayName("11 kill-never-started: dead, TERMINATED, and gone from its job")
    void killNeverStarted() {
        int job = zx.job();
        int process = zx.process(job);
        assertThat(kill(process)).isZero();
        ProcessDispatcher object = zx.object(process, ProcessDispatcher.class);
        assertThat(object.state()).isEqualTo(ProcessDispatcher.State.DEAD);
        assertThat(signals(object)).isEqualTo(ZX_PROCESS_TERMINATED());
        JobDispatcher parent = zx.object(job, JobDispatcher.class);
        assertThat(zx.test.locked(() -> parent.processes().iterator().hasNext())).isFalse();
        assertThat(signals(parent) & ZX_JOB_NO_PROCESSES()).isNotZero();
    }

    @Test
    @DisplayName("11 kill-job: nothing can be made in it, and its processes are as if each killed")
    void killJob() {
        zx.test.machine.hold();
        int job = zx.job();
        Spawned spawned = zx.test.spawn(zx.object(job, JobDispatcher.class), _ -> {});
        assertThat(kill(job)).isZero();
        long out = zx.memory.room(4);
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, job, 0, out)))
                .isEqualTo(ZX_ERR_BAD_STATE());
        requireKilled(spawned);
        JobDispatcher object = zx.object(job, JobDispatcher.class);
        assertThat(signals(object) & ZX_JOB_NO_PROCESSES()).isZero();
        zx.test.machine.release();
        zx.test.quiesce();
        assertThat(signals(object) & ZX_JOB_NO_PROCESSES()).isNotZero();
    }

    @Test
    @DisplayName("11 suspend, 11 last-token: counted at once; state and signal follow")
    void suspendAndLastToken() {
        zx.test.machine.hold();
        Spawned spawned = zx.test.spawn(_ -> zx.test.log.add("ran"));
        ThreadDispatcher thread = spawned.thread();
        int handle = zx.handleOf(thread);
        int token = zx.made(at -> zx.tasks.taskSuspend(zx.caller, handle, at));
        assertThat(state(thread)).isEqualTo(ZX_THREAD_STATE_RUNNING());
        assertThat(signals(thread)).isEqualTo(ZX_THREAD_RUNNING());
        zx.test.machine.release();
        zx.test.quiesce();
        assertThat(state(thread)).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
        zx.test.locked(
                () -> {
                    zx.close(token);
                    assertThat(thread.reportedState()).isEqualTo(ZX_THREAD_STATE_SUSPENDED());
                    assertThat(signals(thread)).isEqualTo(ZX_THREAD_SUSPENDED());
                });
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("ran");
    }

    @Test
    @DisplayName("11 last-port: all bindings are gone, who waited is answered, the queue dropped")
    void lastPort() {
        int faulted = zx.faulted(port, FakeContext.pageFault());
        ThreadDispatcher thread = zx.object(faulted, ThreadDispatcher.class);
        PortDispatcher object = zx.object(port, PortDispatcher.class);
        int process = zx.process();
        assertThat(status(() -> zx.tasks.taskBindExceptionPort(zx.caller, process, port, 1, 0)))
                .isEqualTo(ZX_OK());
        zx.test.locked(
                () -> {
                    zx.close(port);
                    assertThat(thread.exceptionSlot(false).bound()).isNull();
                    ProcessDispatcher other = zx.object(process, ProcessDispatcher.class);
                    assertThat(other.exceptionSlot(false).bound()).isNull();
                    assertThat(zx.test.asks(thread)).isZero();
                    assertThat(object.queued()).isZero();
                });
    }
}
