package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_JOB;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_SIGNAL;
import static zircon.sys.zircon_h.ZX_RIGHT_TRANSFER;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.ThreadDispatcher;

import java.util.function.Consumer;

/// `zx_process_*`, `zx_thread_*` and `zx_job_create`.
@Timeout(60)
class ProcessSyscallsTest {
    private static final int BAD = 12345;
    private static final long ENTRY = 0x4000;

    private final TestSyscalls zx = new TestSyscalls();
    private final long out = zx.memory.room(4);
    private final long out2 = zx.memory.room(4);
    private final long name = zx.memory.text("a name");

    private int createProcess(int job, long at, long size, int options) {
        return status(
                () -> zx.processes.processCreate(zx.caller, job, at, size, options, out, out2));
    }

    private int createThread(int process, long at, long size, int options) {
        return status(() -> zx.threads.threadCreate(zx.caller, process, at, size, options, out));
    }

    private int start(int process, int thread, int argument) {
        return status(
                () ->
                        zx.processes.processStart(
                                zx.caller, process, thread, ENTRY, 0, argument, 77));
    }

    @Test
    @DisplayName("job_create: options, handle, rights, type")
    void jobCreate() {
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, BAD, 1, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, BAD, 0, 0)))
                .isEqualTo(ZX_ERR_BAD_HANDLE());
        int writer = zx.duplicate(zx.root(), ZX_RIGHT_WRITE());
        int manager = zx.duplicate(zx.root(), ZX_RIGHT_MANAGE_JOB());
        int weak = zx.duplicate(zx.root(), ZX_RIGHT_READ());
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, writer, 0, out))).isZero();
        assertThat(zx.find(zx.memory.intAt(out)).rights()).isEqualTo(0x3dfcf);
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, manager, 0, out))).isZero();
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, weak, 0, out)))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, zx.process(), 0, out)))
                .as("H2: the second try decides")
                .isEqualTo(ZX_ERR_WRONG_TYPE());
    }

    @Test
    @DisplayName("process_create: options, name, handle, rights, killed job")
    void processCreate() {
        assertThat(createProcess(BAD, 0, 0, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(createProcess(BAD, 0, 0, 0)).as("I-9").isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(createProcess(BAD, FakeMemory.WILD, 1, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(createProcess(BAD, name, 6, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(createProcess(zx.event(), name, 6, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        int job = zx.job();
        assertThat(createProcess(job, name, 6, 0)).isZero();
        assertThat(zx.object(zx.memory.intAt(out), ProcessDispatcher.class).name())
                .isEqualTo("a name");
        assertThat(zx.find(zx.memory.intAt(out2)).rights()).isEqualTo(0x801f);
        var _ = zx.tasks.taskKill(zx.caller, job);
        assertThat(createProcess(job, name, 6, 0)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("C-3: a process whose handles cannot be stored is gone")
    void processCreateCannotStore() {
        int job = zx.job();
        int open = zx.open();
        assertThat(status(() -> zx.processes.processCreate(zx.caller, job, name, 6, 0, out, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(zx.open()).isEqualTo(open);
        for (int allocation = 1; allocation <= 3; allocation++) {
            int failing = allocation;
            zx.test.locked(() -> zx.kernel.faults().failAllocation(failing));
            assertThat(createProcess(job, name, 6, 0)).isEqualTo(ZX_ERR_NO_MEMORY());
        }
        assertThat(zx.kernel.rootJob().jobs().iterator().next().processes()).isEmpty();
        assertThat(zx.open()).isEqualTo(open);
    }

    @Test
    @DisplayName("I-9: names of up to 32 bytes are cut at 31, and may be empty")
    void creationNames() {
        int process = zx.process();
        long longName = zx.memory.text("0123456789012345678901234567890123456789");
        assertThat(createThread(process, longName, 1L << 40, 0)).isZero();
        assertThat(zx.object(zx.memory.intAt(out), ThreadDispatcher.class).name())
                .isEqualTo("0123456789012345678901234567890");
        assertThat(createThread(process, FakeMemory.WILD, 0, 0)).isZero();
        assertThat(zx.object(zx.memory.intAt(out), ThreadDispatcher.class).name()).isEmpty();
        assertThat(createThread(process, name, 2, 0)).isZero();
        assertThat(zx.object(zx.memory.intAt(out), ThreadDispatcher.class).name()).isEqualTo("a ");
    }

    @Test
    @DisplayName("thread_create and thread_start: options, name, handle, rights, state")
    void threads() {
        int process = zx.process();
        assertThat(createThread(BAD, 0, 0, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(createThread(BAD, 0, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(createThread(BAD, name, 6, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        int thread = zx.thread(process);
        assertThat(zx.find(thread).rights()).isEqualTo(0x4d2cf);
        assertThat(startThread(BAD)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(startThread(zx.duplicate(thread, 0))).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(startThread(process)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(startThread(thread)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    private int startThread(int thread) {
        return status(() -> zx.threads.threadStart(zx.caller, thread, ENTRY, 0, 1, 2));
    }

    @Test
    @DisplayName(
            "R-4: arg1 becomes a handle of the new process, whose number is the first argument")
    void startMovesTheArgument() {
        int process = zx.process();
        int thread = zx.thread(process);
        int event = zx.duplicate(zx.event(), ZX_RIGHT_TRANSFER() | ZX_RIGHT_SIGNAL());
        zx.test.machine.put(
                ENTRY,
                (guest, arg1, arg2) -> {
                    Caller own = zx.caller(guest);
                    int signal = status(() -> zx.objects.objectSignal(own, (int) arg1, 0, 8));
                    zx.test.log.add(signal + " " + arg2 + " " + (arg1 >>> 32));
                    // H-4, R-4: the same rights.
                    int rights = zx.test.locked(() -> own.handles().get((int) arg1).rights());
                    zx.test.log.add("rights " + Integer.toHexString(rights));
                    zx.processes.processExit(own, 33);
                    zx.test.log.add("leaves " + guest.mustLeave());
                });
        ProcessDispatcher object = zx.object(process, ProcessDispatcher.class);
        int open = zx.open();
        assertThat(start(process, thread, event)).isZero();
        assertThat(zx.isOpen(event)).isFalse();
        assertThat(zx.open()).isEqualTo(open - 1);
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("0 77 0", "rights 1002", "leaves true");
        assertThat(object.returnCode()).isEqualTo(33);
    }

    @Test
    @DisplayName("process_start fails in order, and consumes arg1 every time (R-4)")
    void startFailsInOrder() {
        int process = zx.process();
        int thread = zx.thread(process);
        int stranger = zx.thread(zx.process());
        assertThat(consumed(BAD, BAD)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(consumed(thread, BAD)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(consumed(process, BAD)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(consumed(process, process)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(consumed(process, stranger)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(start(process, thread, BAD)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(start(process, thread, 0)).as("17.1").isEqualTo(ZX_ERR_BAD_HANDLE());
        int stuck = zx.duplicate(zx.event(), ZX_RIGHT_WAIT());
        assertThat(start(process, thread, stuck)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(zx.isOpen(stuck)).isFalse();
        zx.test.machine.setFailing(true);
        assertThat(consumed(process, thread)).isEqualTo(ZX_ERR_NO_MEMORY());
        var _ = zx.tasks.taskKill(zx.caller, process);
        assertThat(consumed(process, thread)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    private int consumed(int process, int thread) {
        int event = zx.event();
        int result = start(process, thread, event);
        assertThat(zx.isOpen(event)).as("arg1 of a failed start").isFalse();
        return result;
    }

    @Test
    @DisplayName("T-2: thread_exit and, in the host process, process_exit end the calling guest")
    void guestsExit() {
        ThreadDispatcher byThread = hostGuest(own -> zx.threads.threadExit(own));
        ThreadDispatcher byProcess = hostGuest(own -> zx.processes.processExit(own, 1));
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactlyInAnyOrder("leaves true", "leaves true");
        assertThat(byThread.state()).isEqualTo(ThreadDispatcher.State.DEAD);
        assertThat(byProcess.state()).isEqualTo(ThreadDispatcher.State.DEAD);
        assertThat(zx.kernel.hostProcess().returnCode()).isZero();
    }

    /// A running thread of the host process that makes this call.
    private ThreadDispatcher hostGuest(Consumer<Caller> exit) {
        ThreadDispatcher thread = zx.test.thread(zx.kernel.hostProcess());
        zx.test.locked(
                () ->
                        thread.start(
                                guest -> {
                                    exit.accept(zx.caller(guest));
                                    zx.test.log.add("leaves " + guest.mustLeave());
                                }));
        return thread;
    }

    @Test
    @DisplayName("Exits of the application's own thread do nothing")
    void hostThreadsDoNotExit() {
        zx.threads.threadExit(zx.caller);
        zx.processes.processExit(zx.caller, 1);
        assertThat(zx.caller.thread().mustLeave()).isFalse();
        assertThat(zx.kernel.hostProcess().returnCode()).isZero();
    }
}
