package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_POL_NEW_PROCESS;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_JOB;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_PROCESS;
import static zircon.sys.zircon_h.ZX_RIGHT_MANAGE_THREAD;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_SET_POLICY;
import static zircon.sys.zircon_h.ZX_RIGHT_TRANSFER;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.JobDispatcher;

/// Section 13's order of checks: jobs, processes, and threads that are made and started.
@Timeout(60)
class JobOrderTest {
    private static final long ENTRY = 0x4000;
    private static final long FILE = 0x50_0000;

    /// The checks of `H2[argument: first|WRITE, type]` (C-1): a handle with the first right alone
    /// and of a wrong type is told that it lacks the second.
    private static CheckOrder lookupEither(CheckOrder order, String argument, int first) {
        return order.lookup(argument)
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put(argument, with.handle(with.zx.event(), first)));
    }

    private static void out(Arguments with) {
        with.put("out", with.zx.memory.room(4));
        with.put("out2", with.zx.memory.room(4));
    }

    private static void named(Arguments with) {
        with.put("name", with.zx.memory.text("name"));
        with.put("size", 4);
        out(with);
    }

    private static void kill(Arguments with, int task) {
        var _ = with.zx.tasks.taskKill(with.zx.caller, task);
    }

    private static JobDispatcher parent(Arguments with) {
        return with.zx.object(with.i("parent"), JobDispatcher.class);
    }

    private static int deepest(Arguments with) {
        int job = with.zx.job();
        for (int below = 1; below < 31; below++) {
            int parent = job;
            job = with.zx.made(at -> with.zx.jobs.jobCreate(with.zx.caller, parent, 0, at));
        }
        return job;
    }

    @Test
    @DisplayName("13 job_create, J-1, J-3: options, H2, height, NO_MEMORY, killed parent, out")
    void jobCreate() {
        for (int right : new int[] {ZX_RIGHT_MANAGE_JOB(), ZX_RIGHT_WRITE()}) {
            CheckOrder order =
                    CheckOrder.of(
                            with -> {
                                with.put("parent", with.handle(with.zx.job(), right));
                                out(with);
                            },
                            with -> {
                                if (with.l("killed") == 1) {
                                    // Not by a syscall, which would allocate.
                                    with.zx.test.locked(parent(with)::kill);
                                }
                                return with.zx.jobs.jobCreate(
                                        with.caller(),
                                        with.i("parent"),
                                        with.i("options"),
                                        with.l("out"));
                            });
            order.step(ZX_ERR_INVALID_ARGS(), "options", 1)
                    .step(ZX_ERR_OUT_OF_RANGE(), with -> with.put("parent", deepest(with)))
                    .noMemory(1)
                    .step(ZX_ERR_BAD_STATE(), "killed", 1)
                    .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                    .check();
        }
        CheckOrder lookups =
                CheckOrder.of(
                        with -> {
                            with.put("parent", with.zx.job());
                            out(with);
                        },
                        with ->
                                with.zx.jobs.jobCreate(
                                        with.caller(),
                                        with.i("parent"),
                                        with.i("options"),
                                        with.l("out")));
        lookupEither(
                        lookups.step(ZX_ERR_INVALID_ARGS(), "options", 1),
                        "parent",
                        ZX_RIGHT_MANAGE_JOB())
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                .check();
    }

    @Test
    @DisplayName(
            "13 job_set_policy, J-8, J-9: options, policy, count, topic, NO_MEMORY, load, handle,"
                    + " SET_POLICY, type, children, count, entries")
    void jobSetPolicy() {
        CheckOrder.of(
                        with -> {
                            int job = with.zx.job();
                            with.put("parent", job);
                            with.put("job", with.handle(job, ZX_RIGHT_SET_POLICY()));
                            with.put("policy", with.zx.memory.ints(new int[28]));
                            with.put("count", 13);
                        },
                        with ->
                                with.zx.jobs.jobSetPolicy(
                                        with.caller(),
                                        with.i("job"),
                                        with.i("options"),
                                        with.i("topic"),
                                        with.l("policy"),
                                        with.i("count")))
                .step(ZX_ERR_INVALID_ARGS(), "options", 2)
                .step(ZX_ERR_INVALID_ARGS(), "policy", 0)
                .step(ZX_ERR_INVALID_ARGS(), "count", 0)
                .step(ZX_ERR_INVALID_ARGS(), "topic", 1)
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "policy", FakeMemory.WILD)
                .lookup("job")
                .step(ZX_ERR_BAD_STATE(), with -> with.zx.process(with.i("parent")))
                .step(ZX_ERR_OUT_OF_RANGE(), "count", 14)
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> {
                            int[] entries = new int[28];
                            entries[1] = 8;
                            with.put("policy", with.zx.memory.ints(entries));
                        })
                .check();
    }

    private static int createProcess(Arguments with) {
        return with.zx.processes.processCreate(
                with.caller(),
                with.i("job"),
                with.l("name"),
                with.l("size"),
                with.i("options"),
                with.l("out"),
                with.l("out2"));
    }

    @Test
    @DisplayName("13 process_create, I-9: options, policy, name, H2, NO_MEMORY, killed job, out")
    void processCreate() {
        for (int right : new int[] {ZX_RIGHT_MANAGE_PROCESS(), ZX_RIGHT_WRITE()}) {
            CheckOrder order =
                    CheckOrder.of(
                                    with -> {
                                        int job = with.zx.job();
                                        with.put("parent", job);
                                        with.put("job", with.handle(job, right));
                                        named(with);
                                    },
                                    JobOrderTest::createProcess)
                            .step(ZX_ERR_INVALID_ARGS(), "options", 1)
                            .step(ZX_ERR_ACCESS_DENIED(), with -> with.deny(ZX_POL_NEW_PROCESS()))
                            .step(ZX_ERR_INVALID_ARGS(), "name", 0)
                            .step(ZX_ERR_INVALID_ARGS(), "name", FakeMemory.WILD);
            lookupEither(order, "job", ZX_RIGHT_MANAGE_PROCESS())
                    .noMemory(1)
                    .step(ZX_ERR_BAD_STATE(), with -> kill(with, with.i("parent")))
                    .step(ZX_ERR_INVALID_ARGS(), "out2", FakeMemory.WILD)
                    .check();
        }
    }

    private static int start(Arguments with) {
        return with.zx.processes.processStart(
                with.caller(), with.i("process"), with.i("thread"), ENTRY, 0, with.i("arg1"), 0);
    }

    @Test
    @DisplayName(
            "13 process_start, R-3, R-4: process, thread, whose thread, arg1, TRANSFER, states")
    void processStart() {
        CheckOrder.of(
                        with -> {
                            with.zx.test.machine.put(ENTRY, (_, _, _) -> {});
                            int process = with.zx.process();
                            int thread = with.zx.thread(process);
                            with.put("killed", process);
                            with.put("process", with.handle(process, ZX_RIGHT_WRITE()));
                            with.put("thread", with.handle(thread, ZX_RIGHT_WRITE()));
                            with.put("arg1", with.handle(with.zx.event(), ZX_RIGHT_TRANSFER()));
                        },
                        JobOrderTest::start)
                .lookup("process")
                .lookup("thread")
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put("thread", with.zx.thread(with.zx.process())))
                .step(ZX_ERR_BAD_HANDLE(), "arg1", 0)
                .step(ZX_ERR_BAD_HANDLE(), "arg1", Arguments.BAD)
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put("arg1", with.handle(with.zx.event(), 0)))
                .step(ZX_ERR_BAD_STATE(), with -> kill(with, with.i("killed")))
                .check();
    }

    private static void mapped(Arguments with, int rights) {
        var _ = with.zx.test.machine.memory.map(FILE, 0x2000, 0x1000, false);
        with.put("process", with.handle(with.zx.process(), rights));
        with.put("address", FILE);
        with.put("buffer", with.zx.memory.room(16));
        with.put("size", 16);
        with.put("actual", with.zx.memory.room(8));
    }

    private static CheckOrder memoryChecks(CheckOrder order, int notEnough) {
        return order.step(ZX_ERR_INVALID_ARGS(), "buffer", 0)
                .step(ZX_ERR_INVALID_ARGS(), "size", 0)
                .step(ZX_ERR_INVALID_ARGS(), "size", (64L << 20) + 1)
                .lookup("process")
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put("process", with.handle(with.zx.process(), notEnough)))
                .step(ZX_ERR_NO_MEMORY(), "address", 0x100)
                .step(ZX_ERR_INVALID_ARGS(), "buffer", FakeMemory.WILD)
                .step(ZX_ERR_OUT_OF_RANGE(), "address", FILE + 0x1000)
                .step(ZX_ERR_INVALID_ARGS(), "actual", FakeMemory.readOnly());
    }

    @Test
    @DisplayName(
            "13 process_read_memory, R-10: buffer, size, handle, READ and WRITE, type, mapping,"
                    + " store, backing, actual")
    void processReadMemory() {
        CheckOrder order =
                CheckOrder.of(
                        with -> mapped(with, ZX_RIGHT_READ() | ZX_RIGHT_WRITE()),
                        with ->
                                with.zx.processMemory.processReadMemory(
                                        with.caller(),
                                        with.i("process"),
                                        with.l("address"),
                                        with.l("buffer"),
                                        with.l("size"),
                                        with.l("actual")));
        memoryChecks(order, ZX_RIGHT_READ()).check();
    }

    @Test
    @DisplayName(
            "13 process_write_memory, R-10: buffer, size, handle, WRITE, type, mapping, load,"
                    + " backing, actual")
    void processWriteMemory() {
        CheckOrder order =
                CheckOrder.of(
                        with -> mapped(with, ZX_RIGHT_WRITE()),
                        with ->
                                with.zx.processMemory.processWriteMemory(
                                        with.caller(),
                                        with.i("process"),
                                        with.l("address"),
                                        with.l("buffer"),
                                        with.l("size"),
                                        with.l("actual")));
        memoryChecks(order, ZX_RIGHT_READ()).check();
    }

    @Test
    @DisplayName("13 thread_create, I-9: options, name, H2, NO_MEMORY, out")
    void threadCreate() {
        for (int right : new int[] {ZX_RIGHT_MANAGE_THREAD(), ZX_RIGHT_WRITE()}) {
            CheckOrder order =
                    CheckOrder.of(
                                    with -> {
                                        with.put("process", with.handle(with.zx.process(), right));
                                        named(with);
                                    },
                                    with ->
                                            with.zx.threads.threadCreate(
                                                    with.caller(),
                                                    with.i("process"),
                                                    with.l("name"),
                                                    with.l("size"),
                                                    with.i("options"),
                                                    with.l("out")))
                            .step(ZX_ERR_INVALID_ARGS(), "options", 1)
                            .step(ZX_ERR_INVALID_ARGS(), "name", 0)
                            .step(ZX_ERR_INVALID_ARGS(), "name", FakeMemory.WILD);
            lookupEither(order, "process", ZX_RIGHT_MANAGE_THREAD())
                    .noMemory(1)
                    .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                    .check();
        }
    }

    @Test
    @DisplayName("13 thread_start, R-3: H2, a new thread, a running process")
    void threadStart() {
        for (int right : new int[] {ZX_RIGHT_MANAGE_THREAD(), ZX_RIGHT_WRITE()}) {
            CheckOrder order =
                    CheckOrder.of(
                            with -> {
                                with.zx.test.machine.put(ENTRY, (_, _, _) -> {});
                                var spawned = with.zx.test.spawn(with.zx.test.sleeper());
                                int process = with.zx.handleOf(spawned.process());
                                with.put("process", process);
                                with.put("old", with.zx.handleOf(spawned.thread()));
                                with.put("thread", with.handle(with.zx.thread(process), right));
                            },
                            with ->
                                    with.zx.threads.threadStart(
                                            with.caller(), with.i("thread"), ENTRY, 0, 0, 0));
            lookupEither(order, "thread", ZX_RIGHT_MANAGE_THREAD())
                    .step(ZX_ERR_BAD_STATE(), with -> with.put("thread", with.i("old")))
                    .step(ZX_ERR_BAD_STATE(), with -> kill(with, with.i("process")))
                    .step(
                            ZX_ERR_BAD_STATE(),
                            with -> with.put("thread", with.zx.thread(with.zx.process())))
                    .check();
        }
    }
}
