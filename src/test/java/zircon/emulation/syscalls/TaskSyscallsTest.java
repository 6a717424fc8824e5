package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_ALREADY_BOUND;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_RESUME_TRY_NEXT;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.FakeContext;

@Timeout(60)
class TaskSyscallsTest {
    private static final int BAD = 12345;

    private final TestSyscalls zx = new TestSyscalls();
    private final int port = zx.port();
    private final int event = zx.event();
    private final int process = zx.process();
    private final int thread = zx.thread(process);

    private int bind(int task, int to, int options) {
        return status(() -> zx.tasks.taskBindExceptionPort(zx.caller, task, to, 7, options));
    }

    private int resume(int task, int with, int options) {
        return status(() -> zx.tasks.taskResumeFromException(zx.caller, task, with, options));
    }

    private int kill(int task) {
        return status(() -> zx.tasks.taskKill(zx.caller, task));
    }

    @Test
    @DisplayName("B-2: bind fails in the order of its steps")
    void bindFailsInOrder() {
        assertThat(bind(BAD, BAD, 2)).as("(1) before (2)").isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(bind(BAD, 0, 3)).as("(1), unbinding").isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(bind(BAD, BAD, 0)).as("(2)").isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(bind(BAD, event, 0)).as("(2) before (3)").isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(bind(BAD, port, 0)).as("(3)").isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(bind(event, port, 0)).as("(4)").isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(bind(event, port, 1)).as("(4)").isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(bind(thread, port, 1)).as("(4)").isEqualTo(ZX_ERR_INVALID_ARGS());
        zx.test.locked(() -> zx.kernel.faults().failAllocation(1));
        assertThat(bind(process, port, 0)).as("(5)").isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(bind(process, port, 0)).isZero();
        assertThat(bind(process, port, 0)).as("(7)").isEqualTo(ZX_ERR_ALREADY_BOUND());
        assertThat(kill(process)).isZero();
        assertThat(bind(process, port, 0)).as("(6)").isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("B-3: unbind fails in the order of its steps, and ignores the key")
    void unbindFailsInOrder() {
        assertThat(bind(BAD, 0, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(bind(thread, 0, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(bind(port, 0, 0)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(bind(thread, 0, 0)).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(bind(thread, port, 0)).isZero();
        assertThat(status(() -> zx.tasks.taskBindExceptionPort(zx.caller, thread, 0, 999, 0)))
                .isZero();
        assertThat(bind(thread, 0, 0)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("B-4: handles without any rights will do, also to the caller's own tasks")
    void noRightsAreNeeded() {
        int weakPort = zx.duplicate(port, 0);
        int weakThread = zx.duplicate(thread, 0);
        assertThat(bind(weakThread, weakPort, 0)).isZero();
        assertThat(bind(weakThread, 0, 0)).isZero();
        int self = zx.runtime.processSelf(zx.caller);
        int threadSelf = zx.runtime.threadSelf(zx.caller);
        assertThat(bind(self, port, 1)).isZero();
        assertThat(bind(threadSelf, port, 0)).isZero();
        assertThat(bind(self, 0, 1)).isZero();
        assertThat(bind(threadSelf, 0, 0)).isZero();
    }

    @Test
    @DisplayName("B-6: unbinding works on a dead task")
    void unbindingTheDead() {
        assertThat(bind(process, port, 1)).isZero();
        assertThat(kill(process)).isZero();
        assertThat(bind(process, 0, 1)).isZero();
    }

    @Test
    @DisplayName("X-9: resume fails in the order of its steps")
    void resumeFailsInOrder() {
        assertThat(resume(BAD, BAD, 9)).as("(1)").isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(resume(process, BAD, 9)).as("(1), X-13").isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(resume(zx.root(), port, 0)).as("(1), X-13").isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(resume(thread, BAD, 9)).as("(2)").isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(resume(thread, 0, 9)).as("(2), H-12").isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(resume(thread, event, 9)).as("(2)").isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(resume(thread, port, 1)).as("(3)").isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(resume(thread, port, 3)).as("(3)").isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(resume(thread, port, 0)).as("(4)").isEqualTo(ZX_ERR_BAD_STATE());
        int faulted = zx.faulted(port, FakeContext.pageFault());
        int other = zx.port();
        assertThat(resume(faulted, other, 0)).as("(5)").isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(resume(faulted, port, 0)).isZero();
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("RESUME");
    }

    @Test
    @DisplayName("X-10: a handle without rights, and any handle to the same port, can answer")
    void answeringNeedsNoRights() {
        int faulted = zx.faulted(port, FakeContext.pageFault());
        int weakPort = zx.duplicate(port, 0);
        int weakThread = zx.duplicate(faulted, 0);
        assertThat(resume(weakThread, weakPort, ZX_RESUME_TRY_NEXT())).isZero();
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("UNHANDLED");
    }

    @Test
    @DisplayName("task_kill wants DESTROY, then a task")
    void killFailsInOrder() {
        assertThat(kill(BAD)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(kill(event)).as("rights before type").isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(kill(zx.duplicate(process, ZX_RIGHT_READ()))).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(kill(zx.runtime.processSelf(zx.caller))).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(kill(zx.runtime.threadSelf(zx.caller))).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(kill(thread)).as("T-3").isZero();
        assertThat(kill(process)).isZero();
        assertThat(kill(process)).isZero();
    }

    @Test
    @DisplayName("C-5: a guest that kills itself is to leave from that call on")
    void killingOneself() {
        var spawned =
                zx.test.spawn(
                        guest -> {
                            Caller own = zx.caller(guest);
                            int self = zx.runtime.threadSelf(own);
                            zx.test.log.add("leaves " + guest.mustLeave());
                            int status = status(() -> zx.tasks.taskKill(own, self));
                            zx.test.log.add(status + ", leaves " + guest.mustLeave());
                        });
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("leaves false", "0, leaves true");
        assertThat(spawned.process().returnCode()).isZero();
    }
}
