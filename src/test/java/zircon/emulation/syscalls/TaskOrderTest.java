package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_ALREADY_BOUND;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_RIGHT_DESTROY;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_GENERAL_REGS;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_SINGLE_STEP;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.FakeContext;

/// Section 13's order of checks: exception ports, suspending and killing, registers.
@Timeout(60)
class TaskOrderTest {
    private static void kill(Arguments with, int task) {
        var _ = with.zx.tasks.taskKill(with.zx.caller, task);
    }

    private static int bind(Arguments with) {
        return with.zx.tasks.taskBindExceptionPort(
                with.caller(), with.i("task"), with.i("port"), 1, with.i("options"));
    }

    @Test
    @DisplayName(
            "13 task_bind_exception_port, B-2: options, port, task, its type, NO_MEMORY, death,"
                    + " slot")
    void taskBindExceptionPort() {
        CheckOrder.of(
                        with -> {
                            int process = with.zx.process();
                            with.put("process", process);
                            with.put("task", with.handle(process, 0));
                            with.put("port", with.handle(with.zx.port(), 0));
                        },
                        TaskOrderTest::bind)
                .step(ZX_ERR_INVALID_ARGS(), "options", 2)
                .lookupWithoutRights("port")
                .lookupWithoutRights("task")
                .noMemory(1)
                .step(ZX_ERR_NOT_FOUND(), with -> kill(with, with.i("process")))
                .step(
                        ZX_ERR_ALREADY_BOUND(),
                        with -> {
                            var _ = bind(with);
                        })
                .check();
    }

    @Test
    @DisplayName("13 task_bind_exception_port, B-2: a thread has no debugger")
    void taskBindExceptionPortOfAThread() {
        CheckOrder.of(
                        with -> {
                            with.put("task", with.handle(with.zx.process(), 0));
                            with.put("port", with.handle(with.zx.port(), 0));
                            with.put("options", 1);
                        },
                        TaskOrderTest::bind)
                .lookupWithoutRights("port")
                .step(ZX_ERR_BAD_HANDLE(), "task", Arguments.BAD)
                .step(
                        ZX_ERR_INVALID_ARGS(),
                        with -> with.put("task", with.zx.thread(with.zx.process())))
                .noMemory(1)
                .check();
    }

    @Test
    @DisplayName("13 task_bind_exception_port, B-3: to unbind, options, task, its type, slot")
    void taskUnbindExceptionPort() {
        CheckOrder.of(
                        with -> {
                            with.put("task", with.handle(with.zx.process(), 0));
                            with.put("port", with.zx.port());
                            with.put("options", 1);
                            var _ = bind(with);
                            with.put("port", 0);
                        },
                        TaskOrderTest::bind)
                .step(ZX_ERR_INVALID_ARGS(), "options", 3)
                .step(ZX_ERR_BAD_HANDLE(), "task", Arguments.BAD)
                .step(
                        ZX_ERR_INVALID_ARGS(),
                        with -> with.put("task", with.zx.thread(with.zx.process())))
                .step(ZX_ERR_WRONG_TYPE(), with -> with.put("task", with.zx.event()))
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> {
                            var _ = bind(with);
                        })
                .check();
    }

    @Test
    @DisplayName(
            "13 task_resume_from_exception, X-9: thread, port, options, exception, its port,"
                    + " its answer")
    void taskResumeFromException() {
        CheckOrder.of(
                        with -> {
                            int port = with.zx.port();
                            int thread = with.zx.faulted(port, FakeContext.pageFault());
                            with.put("thread", with.handle(thread, 0));
                            with.put("port", with.handle(port, 0));
                        },
                        with ->
                                with.zx.tasks.taskResumeFromException(
                                        with.caller(),
                                        with.i("thread"),
                                        with.i("port"),
                                        with.i("options")))
                .lookupWithoutRights("thread")
                .lookupWithoutRights("port")
                .step(ZX_ERR_INVALID_ARGS(), "options", 1)
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> with.put("thread", with.zx.thread(with.zx.process())))
                .step(ZX_ERR_ACCESS_DENIED(), with -> with.put("port", with.zx.port()))
                .check();
    }

    private static int suspend(Arguments with) {
        return with.zx.tasks.taskSuspend(with.caller(), with.i("task"), with.l("out"));
    }

    @Test
    @DisplayName("13 task_suspend, 13 task_suspend_token, S-1: handle, WRITE, NO_MEMORY, task, out")
    void taskSuspend() {
        CheckOrder.of(
                        with -> {
                            with.put("task", with.handle(with.zx.process(), ZX_RIGHT_WRITE()));
                            with.put("out", with.zx.memory.room(4));
                        },
                        TaskOrderTest::suspend)
                .lookupAny("task")
                .noMemory(1)
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("task", with.zx.runtime.processSelf(with.caller())))
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("task", with.zx.runtime.threadSelf(with.caller())))
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> {
                            int process = with.zx.process();
                            kill(with, process);
                            with.put("task", process);
                        })
                .step(ZX_ERR_WRONG_TYPE(), with -> with.put("task", with.zx.job()))
                .step(
                        ZX_ERR_WRONG_TYPE(),
                        with -> with.put("task", with.handle(with.zx.event(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                .check();
    }

    @Test
    @DisplayName("13 task_kill: handle, DESTROY, a task")
    void taskKill() {
        CheckOrder.of(
                        with -> {
                            int process = with.zx.process();
                            with.put("task", with.handle(process, ZX_RIGHT_DESTROY()));
                        },
                        with -> with.zx.tasks.taskKill(with.caller(), with.i("task")))
                .lookup("task")
                .check();
    }

    private static void stopped(Arguments with, int right) {
        int thread = with.zx.faulted(with.zx.port(), FakeContext.pageFault());
        with.put("thread", with.handle(thread, right));
        with.put("kind", ZX_THREAD_STATE_GENERAL_REGS());
        with.put("buffer", with.zx.memory.room(144));
        with.put("size", 144);
    }

    @Test
    @DisplayName("13 thread_read_state, I-2: handle, READ, type, kind, size, state, store")
    void threadReadState() {
        CheckOrder.of(
                        with -> stopped(with, ZX_RIGHT_READ()),
                        with ->
                                with.zx.threadStates.threadReadState(
                                        with.caller(),
                                        with.i("thread"),
                                        with.i("kind"),
                                        with.l("buffer"),
                                        with.l("size")))
                .lookup("thread")
                .step(ZX_ERR_INVALID_ARGS(), "kind", 3)
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 7)
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> with.put("thread", with.zx.thread(with.zx.process())))
                .step(ZX_ERR_INVALID_ARGS(), "kind", 6)
                .step(ZX_ERR_INVALID_ARGS(), "buffer", FakeMemory.readOnly())
                .check();
    }

    private static int write(Arguments with) {
        return with.zx.threadStates.threadWriteState(
                with.caller(), with.i("thread"), with.i("kind"), with.l("buffer"), with.l("size"));
    }

    @Test
    @DisplayName("13 thread_write_state, I-3: handle, WRITE, type, kind, size, load, state")
    void threadWriteState() {
        CheckOrder.of(with -> stopped(with, ZX_RIGHT_WRITE()), TaskOrderTest::write)
                .lookup("thread")
                .step(ZX_ERR_INVALID_ARGS(), "kind", 3)
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 143)
                .step(ZX_ERR_INVALID_ARGS(), "size", 145)
                .step(ZX_ERR_INVALID_ARGS(), "buffer", FakeMemory.WILD)
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> with.put("thread", with.zx.thread(with.zx.process())))
                .check();
    }

    @Test
    @DisplayName("13 thread_write_state, I-3: the state comes before the value of a single step")
    void threadWriteSingleStep() {
        CheckOrder.of(
                        with -> {
                            stopped(with, ZX_RIGHT_WRITE());
                            with.put("kind", ZX_THREAD_STATE_SINGLE_STEP());
                            with.put("buffer", with.zx.memory.ints(1));
                            with.put("size", 4);
                        },
                        TaskOrderTest::write)
                .lookup("thread")
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> with.put("thread", with.zx.thread(with.zx.process())))
                .step(ZX_ERR_INVALID_ARGS(), with -> with.put("buffer", with.zx.memory.ints(2)))
                .check();
    }
}
