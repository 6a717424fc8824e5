package zircon.conformance;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.ALREADY_BOUND;
import static zircon.conformance.model.Status.BAD_STATE;
import static zircon.conformance.model.Status.BUFFER_TOO_SMALL;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_FOUND;
import static zircon.conformance.model.Status.NO_MEMORY;
import static zircon.conformance.model.Status.OUT_OF_RANGE;
import static zircon.conformance.model.Status.WRONG_TYPE;

import zircon.conformance.Scene.Value;
import zircon.conformance.model.Bits;
import zircon.conformance.model.Type;
import zircon.sys.zircon_h;

import java.util.List;

/// Section 13 for jobs, processes, threads and exceptions.
final class TaskRows {
    private static final Value ZERO = Value.of(0);
    private static final Value ONE = Value.of(1);

    private TaskRows() {}

    static void jobsAndProcesses(List<CheckRow> rows) {
        rows.add(
                CheckRow.of(
                                "zx_job_create",
                                "parent options out",
                                s ->
                                        s.put("parent", s.job())
                                                .put("options", ZERO)
                                                .put("out", s.out()))
                        .fault("unknown option", INVALID_ARGS, "options", ONE)
                        .lookup("parent", Type.JOB, Bits.MANAGE_JOB | Bits.WRITE)
                        .fault(
                                "nested too deep",
                                OUT_OF_RANGE,
                                "parent",
                                s -> {
                                    Value deepest = s.job();
                                    for (int height = 29; height > 0; height--) {
                                        deepest = s.jobIn(deepest);
                                    }
                                    return deepest;
                                })
                        .state("killed", BAD_STATE, "life", s -> s.must("zx_task_kill", s.root()))
                        .out());
        rows.add(
                CheckRow.of(
                                "zx_job_set_policy",
                                "job options topic policy count",
                                s ->
                                        s.put("job", s.job())
                                                .put("options", ZERO)
                                                .put("topic", ZERO)
                                                .put("policy", s.buffer())
                                                .put("count", ONE))
                        .fault("unknown option", INVALID_ARGS, "options", Value.of(2))
                        .fault("policy NULL", INVALID_ARGS, "policy", Scene.NOTHING)
                        .fault("no entries", INVALID_ARGS, "count", ZERO)
                        .fault("unknown topic", INVALID_ARGS, "topic", ONE)
                        .fault("policy unreadable", INVALID_ARGS, "policy", Scene.WILD)
                        .bad("job")
                        .lacks("job", s -> s.with(0, s.event()), "SET_POLICY")
                        .state(
                                "job not empty",
                                BAD_STATE,
                                "children",
                                s -> {
                                    Value job = s.argument("whole job");
                                    s.put("child", s.jobIn(job));
                                })
                        .fault("too many entries", OUT_OF_RANGE, "count", Value.of(14))
                        .fault("unknown condition", INVALID_ARGS, "policy", s -> s.buffer(14))
                        .and(s -> s.put("whole job", s.argument("job"))));
        rows.add(
                create(
                                "zx_process_create",
                                "job name size options out vmar",
                                s -> s.put("job", s.job()).put("vmar", s.out()))
                        .lookup("job", Type.JOB, Bits.MANAGE_PROCESS | Bits.WRITE)
                        .state(
                                "job killed",
                                BAD_STATE,
                                "life",
                                s -> s.must("zx_task_kill", s.root()))
                        .out());
        rows.add(
                CheckRow.of(
                                "zx_process_start",
                                "process thread entry stack argument word",
                                s -> {
                                    Value process = s.process();
                                    s.put("process", process).put("thread", s.threadOf(process));
                                    s.put("whole process", process);
                                    s.put("entry", ZERO).put("stack", ZERO).put("word", ZERO);
                                    s.put("argument", s.event());
                                })
                        .lookup("process", Type.PROCESS, Bits.WRITE)
                        .lookup("thread", Type.THREAD, Bits.WRITE)
                        .fault("thread of another process", ACCESS_DENIED, "thread", Scene::thread)
                        .bad("argument")
                        .lacks("argument", s -> s.with(0, s.event()), "TRANSFER")
                        .state(
                                "process ended",
                                BAD_STATE,
                                "life",
                                s -> s.must("zx_task_kill", s.argument("whole process"))));
    }

    static void memory(List<CheckRow> rows) {
        rows.add(memory("zx_process_read_memory", Bits.READ | Bits.WRITE));
        rows.add(memory("zx_process_write_memory", Bits.WRITE));
    }

    private static CheckRow memory(String call, int rights) {
        return CheckRow.of(
                        call,
                        "process address buffer size actual",
                        s ->
                                s.put(
                                                "process",
                                                new Value(
                                                        zircon_h.zx_process_self(),
                                                        "zx_process_self()"))
                                        .put("address", new Value(s.buffer().number(), "address()"))
                                        .put("buffer", s.buffer())
                                        .put("size", Value.of(8))
                                        .put("actual", s.buffer()))
                .fault("buffer NULL", INVALID_ARGS, "buffer", Scene.NOTHING)
                .fault("size 0", INVALID_ARGS, "size", ZERO)
                .fault("size too large", INVALID_ARGS, "size", Value.of((64L << 20) + 1))
                .lookup("process", Type.PROCESS, rights)
                .fault("nothing mapped", NO_MEMORY, "address", Value.of(4096))
                .fault("buffer unusable", INVALID_ARGS, "buffer", Scene.WILD)
                .fault("actual unwritable", INVALID_ARGS, "actual", Scene.WILD);
    }

    /// @param parent puts what else there is among the arguments
    private static CheckRow create(String call, String arguments, CheckRow.Action parent) {
        return CheckRow.of(call, arguments, parent)
                .and(
                        s ->
                                s.put("name", s.name())
                                        .put("size", ONE)
                                        .put("options", ZERO)
                                        .put("out", s.out()))
                .fault("unknown option", INVALID_ARGS, "options", ONE)
                .fault("name NULL", INVALID_ARGS, "name", Scene.NOTHING);
    }

    static void threads(List<CheckRow> rows) {
        rows.add(
                create(
                                "zx_thread_create",
                                "process name size options out",
                                s -> s.put("process", s.process()))
                        .lookup("process", Type.PROCESS, Bits.MANAGE_THREAD | Bits.WRITE)
                        .out());
        rows.add(
                CheckRow.of(
                                "zx_thread_start",
                                "thread entry stack one two",
                                s ->
                                        s.put("thread", s.thread())
                                                .put("entry", ZERO)
                                                .put("stack", ZERO)
                                                .put("one", ZERO)
                                                .put("two", ZERO))
                        .lookup("thread", Type.THREAD, Bits.MANAGE_THREAD | Bits.WRITE)
                        .otherwise(BAD_STATE));
        rows.add(
                registers("zx_thread_read_state", Bits.READ)
                        .otherwise(BAD_STATE)
                        .never("buffer unwritable", "buffer", Scene.WILD));
        rows.add(
                registers("zx_thread_write_state", Bits.WRITE)
                        .fault("buffer too long", INVALID_ARGS, "size", Value.of(145))
                        .fault("buffer unreadable", INVALID_ARGS, "buffer", Scene.WILD)
                        .otherwise(BAD_STATE));
    }

    private static CheckRow registers(String call, int rights) {
        return CheckRow.of(
                        call,
                        "thread kind buffer size",
                        s ->
                                s.put("thread", s.thread())
                                        .put("kind", ZERO)
                                        .put("buffer", s.buffer())
                                        .put("size", Value.of(144)))
                .lookup("thread", Type.THREAD, rights)
                .fault("unknown kind", INVALID_ARGS, "kind", Value.of(3))
                .fault("buffer too small", BUFFER_TOO_SMALL, "size", Value.of(3));
    }

    static void exceptions(List<CheckRow> rows) {
        String call = "zx_task_bind_exception_port";
        rows.add(
                CheckRow.of(
                                call,
                                "task port key options",
                                s ->
                                        s.put("task", s.with(0, s.process()))
                                                .put("port", s.with(0, s.port()))
                                                .put("key", ONE)
                                                .put("options", ZERO))
                        .named("bind")
                        .fault("unknown option", INVALID_ARGS, "options", Value.of(2))
                        .plainLookup("port")
                        .bad("task")
                        .does(
                                "debugger of a thread",
                                INVALID_ARGS,
                                "task options",
                                s -> s.put("task", s.thread()).put("options", ONE))
                        .fault("no task", WRONG_TYPE, "task", Scene::event)
                        .fault("dead", NOT_FOUND, "task", TaskRows::killed)
                        .fault("slot taken", ALREADY_BOUND, "task", TaskRows::taken)
                        .fault("dead, slot taken", NOT_FOUND, "task", TaskRows::takenAndKilled));
        rows.add(
                CheckRow.of(
                                call,
                                "task port key options",
                                s ->
                                        s.put("task", taken(s))
                                                .put("port", new Value(0, "ZX_HANDLE_INVALID"))
                                                .put("key", ONE)
                                                .put("options", ZERO))
                        .named("unbind")
                        .fault("unknown option", INVALID_ARGS, "options", Value.of(2))
                        .bad("task")
                        .does(
                                "debugger of a thread",
                                INVALID_ARGS,
                                "task options",
                                s -> s.put("task", s.thread()).put("options", ONE))
                        .fault("no task", WRONG_TYPE, "task", Scene::event)
                        .fault("slot empty", BAD_STATE, "task", Scene::process));
        rows.add(
                CheckRow.of(
                                "zx_task_resume_from_exception",
                                "thread port options",
                                s ->
                                        s.put("thread", s.with(0, s.thread()))
                                                .put("port", s.with(0, s.port()))
                                                .put("options", ZERO))
                        .plainLookup("thread")
                        .plainLookup("port")
                        .fault("unknown option", INVALID_ARGS, "options", ONE)
                        .otherwise(BAD_STATE));
    }

    private static Value taken(Scene s) {
        Value process = s.process();
        s.must("zx_task_bind_exception_port", process, s.port(), ONE, ZERO);
        return process;
    }

    private static Value killed(Scene s) {
        return kill(s, s.process());
    }

    private static Value takenAndKilled(Scene s) {
        return kill(s, taken(s));
    }

    private static Value kill(Scene s, Value task) {
        s.must("zx_task_kill", task);
        return task;
    }

    static void tasks(List<CheckRow> rows) {
        for (String call : List.of("zx_task_suspend", "zx_task_suspend_token")) {
            rows.add(
                    CheckRow.of(
                                    call,
                                    "task out",
                                    s -> s.put("task", s.process()).put("out", s.out()))
                            .bad("task")
                            .lacks("task", s -> s.with(0, s.event()), "WRITE")
                            .fault("ended", BAD_STATE, "task", TaskRows::killed)
                            .fault("neither process nor thread", WRONG_TYPE, "task", Scene::port)
                            .out());
        }
        rows.add(
                CheckRow.of("zx_task_kill", "task", s -> s.put("task", s.process()))
                        .bad("task")
                        .lacks("task", s -> s.with(0, s.event()), "DESTROY"));
    }
}
