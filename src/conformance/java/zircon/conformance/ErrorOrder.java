package zircon.conformance;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.ALREADY_BOUND;
import static zircon.conformance.model.Status.BAD_STATE;
import static zircon.conformance.model.Status.BUFFER_TOO_SMALL;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_FOUND;
import static zircon.conformance.model.Status.NOT_SUPPORTED;
import static zircon.conformance.model.Status.NO_MEMORY;
import static zircon.conformance.model.Status.OUT_OF_RANGE;
import static zircon.conformance.model.Status.PEER_CLOSED;
import static zircon.conformance.model.Status.SHOULD_WAIT;
import static zircon.conformance.model.Status.TIMED_OUT;
import static zircon.conformance.model.Status.WRONG_TYPE;

import zircon.conformance.Scene.Value;
import zircon.conformance.model.Bits;
import zircon.conformance.model.Status;
import zircon.conformance.model.Type;
import zircon.conformance.report.Cell;
import zircon.sys.zircon_h;

import java.util.ArrayList;
import java.util.List;

/// Section 13: each call with everything that can be wrong with it, in the order of its checks.
///
/// NO_MEMORY is left out: nothing that every kernel offers provokes it.
public final class ErrorOrder {
    private static final Value ZERO = Value.of(0);
    private static final Value ONE = Value.of(1);
    private static final Value PAST = new Value(Long.MIN_VALUE, "ZX_TIME_INFINITE_PAST");
    private static final Value USER_0 = Value.bits(1 << 24);
    private static final Value READABLE = Value.bits(1);

    private static final List<List<CheckRow.Case>> CASES =
            rows().stream().map(CheckRow::cases).toList();

    private ErrorOrder() {}

    /// All that [Evidence#call] can be told.
    ///
    /// @return calls in the order of section 13; of each call, the conditions in the order of its
    ///   checks
    public static List<Cell> cells() {
        return CASES.stream().flatMap(List::stream).map(CheckRow.Case::cell).toList();
    }

    /// What is tried of each call.
    static List<List<CheckRow.Case>> cases() {
        return CASES;
    }

    private static CheckRow row(String call, String arguments, CheckRow.Action good) {
        return new CheckRow(call, List.of(arguments.split(" ")), good);
    }

    private static List<CheckRow> rows() {
        List<CheckRow> rows = new ArrayList<>();
        handles(rows);
        info(rows);
        signalsAndWaits(rows);
        ports(rows);
        jobsAndProcesses(rows);
        memory(rows);
        threads(rows);
        exceptions(rows);
        tasks(rows);
        channels(rows);
        return List.copyOf(rows);
    }

    private static void handles(List<CheckRow> rows) {
        rows.add(row("zx_handle_close", "handle", s -> s.put("handle", s.event())).bad("handle"));
        rows.add(
                row(
                                "zx_handle_duplicate",
                                "handle rights out",
                                s ->
                                        s.put("handle", s.event())
                                                .put("rights", Value.bits(1))
                                                .put("out", s.out()))
                        .bad("handle")
                        .lacks("handle", s -> s.with(Bits.WAIT, s.event()), "DUPLICATE")
                        .fault("rights no subset", INVALID_ARGS, "rights", Value.bits(0x10))
                        .out());
        rows.add(
                row(
                                "zx_handle_replace",
                                "handle rights out",
                                s ->
                                        s.put("handle", s.event())
                                                .put("rights", Value.bits(1))
                                                .put("out", s.out()))
                        .bad("handle")
                        .fault("rights no subset", INVALID_ARGS, "rights", Value.bits(0x10))
                        .out());
    }

    private static void info(List<CheckRow> rows) {
        rows.add(info("PROCESS", zircon_h.ZX_INFO_PROCESS(), 16, Type.PROCESS, Scene::process));
        rows.add(info("THREAD", zircon_h.ZX_INFO_THREAD(), 8, Type.THREAD, Scene::thread));
        rows.add(
                row(
                                "zx_object_get_info",
                                "handle topic buffer size nothing nothing",
                                s ->
                                        infoOf(s, zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT(), 32)
                                                .put("handle", s.thread()))
                        .named("THREAD_EXCEPTION_REPORT")
                        .fault("unknown topic", NOT_SUPPORTED, "topic", Value.of(99))
                        .lookup("handle", Type.THREAD, Bits.INSPECT)
                        .otherwise(BAD_STATE)
                        .never("buffer too small", "size", ZERO));
        rows.add(
                row(
                                "zx_object_get_info",
                                "handle topic buffer size nothing nothing",
                                s ->
                                        infoOf(s, zircon_h.ZX_INFO_JOB_CHILDREN(), 64)
                                                .put("handle", s.root())
                                                .put("child", s.job()))
                        .named("JOB_CHILDREN")
                        .fault("unknown topic", NOT_SUPPORTED, "topic", Value.of(99))
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "ENUMERATE")
                        .fault("wrong type", WRONG_TYPE, "handle", Scene::process)
                        .fault("buffer unwritable", INVALID_ARGS, "buffer", Scene.WILD));
        rows.add(
                row(
                                "zx_object_get_property",
                                "handle property value size",
                                s ->
                                        s.put("handle", s.process())
                                                .put("property", Value.of(zircon_h.ZX_PROP_NAME()))
                                                .put("value", s.buffer())
                                                .put("size", Value.of(32)))
                        .fault("value NULL", INVALID_ARGS, "value", Scene.NOTHING)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "GET_PROPERTY")
                        .fault("unknown property", INVALID_ARGS, "property", Value.of(77))
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(7))
                        .does(
                                "wrong type",
                                WRONG_TYPE,
                                "handle property",
                                s ->
                                        s.put("handle", s.thread())
                                                .put(
                                                        "property",
                                                        Value.of(
                                                                zircon_h
                                                                        .ZX_PROP_PROCESS_DEBUG_ADDR())))
                        .fault("value unwritable", INVALID_ARGS, "value", Scene.WILD));
        rows.add(
                row(
                                "zx_object_set_property",
                                "handle property value size",
                                s ->
                                        s.put("handle", s.process())
                                                .put(
                                                        "property",
                                                        Value.of(
                                                                zircon_h
                                                                        .ZX_PROP_PROCESS_DEBUG_ADDR()))
                                                .put("value", s.buffer(4096))
                                                .put("size", Value.of(8)))
                        .fault("value NULL", INVALID_ARGS, "value", Scene.NOTHING)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "SET_PROPERTY")
                        .fault("unknown property", INVALID_ARGS, "property", Value.of(77))
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(7))
                        .fault("wrong type", WRONG_TYPE, "handle", Scene::thread)
                        .fault("value unreadable", INVALID_ARGS, "value", Scene.WILD));
        rows.add(
                row(
                                "zx_object_get_child",
                                "handle koid rights out",
                                s ->
                                        s.put("handle", s.root())
                                                .put("koid", s.koid(s.job()))
                                                .put("rights", Value.bits(1))
                                                .put("out", s.out()))
                        .bad("handle")
                        .lacks("handle", s -> s.with(Bits.WAIT, s.event()), "ENUMERATE")
                        .fault("rights no subset", ACCESS_DENIED, "rights", Value.bits(1 << 19))
                        .fault("no such child", NOT_FOUND, "koid", Value.of(1))
                        .out());
    }

    private static Scene infoOf(Scene s, int topic, int size) {
        return s.put("topic", Value.of(topic))
                .put("buffer", s.buffer())
                .put("size", Value.of(size))
                .put("nothing", Scene.NOTHING);
    }

    private static CheckRow info(
            String name, int topic, int size, Type type, CheckRow.Maker maker) {
        return row(
                        "zx_object_get_info",
                        "handle topic buffer size nothing nothing",
                        s -> infoOf(s, topic, size).put("handle", maker.make(s)))
                .named(name)
                .fault("unknown topic", NOT_SUPPORTED, "topic", Value.of(99))
                .lookup("handle", type, Bits.INSPECT)
                .fault("buffer too small", BUFFER_TOO_SMALL, "size", Value.of(size - 1))
                .fault("buffer unwritable", INVALID_ARGS, "buffer", Scene.WILD);
    }

    private static void signalsAndWaits(List<CheckRow> rows) {
        rows.add(
                row(
                                "zx_object_signal",
                                "handle clear set",
                                s ->
                                        s.put("handle", s.event())
                                                .put("clear", ZERO)
                                                .put("set", USER_0))
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "SIGNAL")
                        .fault("mask not settable", INVALID_ARGS, "set", READABLE));
        rows.add(
                row(
                                "zx_object_signal_peer",
                                "handle clear set",
                                s -> {
                                    Value[] pair = s.makeTwo("zx_eventpair_create");
                                    s.put("handle", pair[0])
                                            .put("peer", pair[1])
                                            .put("clear", ZERO)
                                            .put("set", USER_0);
                                })
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "SIGNAL_PEER")
                        .fault("mask not settable", INVALID_ARGS, "set", READABLE)
                        .state(
                                "peer closed",
                                PEER_CLOSED,
                                "peer",
                                s -> s.close(s.argument("peer"))));
        rows.add(
                row(
                                "zx_object_wait_one",
                                "handle signals deadline observed",
                                s ->
                                        s.put("handle", s.channel()[0])
                                                .put("signals", Value.bits(Bits.WRITABLE))
                                                .put("deadline", PAST)
                                                .put("observed", s.buffer()))
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "WAIT")
                        .fault("observed unwritable", INVALID_ARGS, "observed", Scene.WILD)
                        .fault("not satisfied", TIMED_OUT, "signals", USER_0));
        rows.add(
                row(
                                "zx_object_wait_many",
                                "items count deadline",
                                s -> {
                                    s.put("handle", s.channel()[0])
                                            .put("count", ONE)
                                            .put("deadline", PAST);
                                    s.put("signals", Value.bits(Bits.WRITABLE)).put("items", ZERO);
                                    s.later(
                                            () -> {
                                                if (s.argument("items").number() == 0) {
                                                    int signals =
                                                            (int) s.argument("signals").number();
                                                    s.put(
                                                            "items",
                                                            s.items(s.argument("handle"), signals));
                                                }
                                            });
                                })
                        .fault("too many", OUT_OF_RANGE, "count", Value.of(17))
                        .fault("items unreadable", INVALID_ARGS, "items", Scene.WILD)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "WAIT")
                        .fault("not satisfied", TIMED_OUT, "signals", USER_0));
        rows.add(
                row(
                                "zx_object_wait_async",
                                "handle port key signals options",
                                s ->
                                        s.put("handle", s.event())
                                                .put("port", s.port())
                                                .put("key", ONE)
                                                .put("signals", USER_0)
                                                .put("options", ZERO))
                        .lookup("port", Type.PORT, Bits.WRITE)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "WAIT")
                        .fault("unknown option", INVALID_ARGS, "options", Value.of(2)));
    }

    private static void ports(List<CheckRow> rows) {
        rows.add(create("zx_port_create", INVALID_ARGS, Value.of(2), List.of("out")));
        rows.add(
                row(
                                "zx_port_queue",
                                "port packet",
                                s -> s.put("port", s.port()).put("packet", s.buffer()))
                        .lookup("port", Type.PORT, Bits.WRITE)
                        .fault("packet unreadable", INVALID_ARGS, "packet", Scene.WILD)
                        .state(
                                "full",
                                SHOULD_WAIT,
                                "port",
                                s -> {
                                    for (int i = 0; i < Bits.PORT_HOLDS; i++) {
                                        s.must("zx_port_queue", s.argument("port"), s.buffer());
                                    }
                                }));
        rows.add(
                row(
                                "zx_port_wait",
                                "port deadline packet",
                                s ->
                                        s.put("port", s.port())
                                                .put("deadline", PAST)
                                                .put("packet", s.buffer())
                                                .later(
                                                        () -> {
                                                            if (s.argument("filled").number()
                                                                    != 0) {
                                                                s.must(
                                                                        "zx_port_queue",
                                                                        s.argument("filled"),
                                                                        s.buffer());
                                                            }
                                                        })
                                                .put("filled", s.argument("port")))
                        .lookup("port", Type.PORT, Bits.READ)
                        .fault("empty", TIMED_OUT, "filled", ZERO)
                        .fault("packet unwritable", INVALID_ARGS, "packet", Scene.WILD));
        rows.add(
                row(
                                "zx_port_cancel",
                                "port source key",
                                s -> {
                                    s.put("port", s.port())
                                            .put("source", s.event())
                                            .put("key", ONE);
                                    s.must(
                                            "zx_object_wait_async",
                                            s.argument("source"),
                                            s.argument("port"),
                                            ONE,
                                            USER_0,
                                            ZERO);
                                })
                        .lookup("port", Type.PORT, Bits.WRITE)
                        .bad("source")
                        .lacks("source", s -> s.with(0, s.event()), "WAIT")
                        .fault("no such wait", NOT_FOUND, "key", Value.of(9)));
    }

    private static CheckRow create(String call, Status status, Value options, List<String> outs) {
        return row(
                        call,
                        "options " + String.join(" ", outs),
                        s -> {
                            s.put("options", ZERO);
                            for (String out : outs) {
                                s.put(out, s.out());
                            }
                        })
                .fault("unknown option", status, "options", options)
                .fault("out unwritable", INVALID_ARGS, outs.getFirst(), Scene.WILD);
    }

    private static void jobsAndProcesses(List<CheckRow> rows) {
        rows.add(
                row(
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
                row(
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
                row(
                                "zx_process_create",
                                "job name size options out vmar",
                                s ->
                                        s.put("job", s.job())
                                                .put("name", s.name())
                                                .put("size", ONE)
                                                .put("options", ZERO)
                                                .put("out", s.out())
                                                .put("vmar", s.out()))
                        .fault("unknown option", INVALID_ARGS, "options", ONE)
                        .fault("name NULL", INVALID_ARGS, "name", Scene.NOTHING)
                        .lookup("job", Type.JOB, Bits.MANAGE_PROCESS | Bits.WRITE)
                        .state(
                                "job killed",
                                BAD_STATE,
                                "life",
                                s -> s.must("zx_task_kill", s.root()))
                        .out());
        rows.add(
                row(
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

    private static void memory(List<CheckRow> rows) {
        rows.add(memory("zx_process_read_memory", Bits.READ | Bits.WRITE));
        rows.add(memory("zx_process_write_memory", Bits.WRITE));
    }

    private static CheckRow memory(String call, int rights) {
        return row(
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

    private static void threads(List<CheckRow> rows) {
        rows.add(
                row(
                                "zx_thread_create",
                                "process name size options out",
                                s ->
                                        s.put("process", s.process())
                                                .put("name", s.name())
                                                .put("size", ONE)
                                                .put("options", ZERO)
                                                .put("out", s.out()))
                        .fault("unknown option", INVALID_ARGS, "options", ONE)
                        .fault("name NULL", INVALID_ARGS, "name", Scene.NOTHING)
                        .lookup("process", Type.PROCESS, Bits.MANAGE_THREAD | Bits.WRITE)
                        .out());
        rows.add(
                row(
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
        return row(
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

    private static void exceptions(List<CheckRow> rows) {
        String call = "zx_task_bind_exception_port";
        rows.add(
                row(
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
                        .fault("dead", NOT_FOUND, "task", ErrorOrder::killed)
                        .fault("slot taken", ALREADY_BOUND, "task", ErrorOrder::taken)
                        .fault("dead, slot taken", NOT_FOUND, "task", ErrorOrder::takenAndKilled));
        rows.add(
                row(
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
                row(
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

    private static void tasks(List<CheckRow> rows) {
        for (String call : List.of("zx_task_suspend", "zx_task_suspend_token")) {
            rows.add(
                    row(call, "task out", s -> s.put("task", s.process()).put("out", s.out()))
                            .bad("task")
                            .lacks("task", s -> s.with(0, s.event()), "WRITE")
                            .fault("ended", BAD_STATE, "task", ErrorOrder::killed)
                            .fault("neither process nor thread", WRONG_TYPE, "task", Scene::port)
                            .out());
        }
        rows.add(
                row("zx_task_kill", "task", s -> s.put("task", s.process()))
                        .bad("task")
                        .lacks("task", s -> s.with(0, s.event()), "DESTROY"));
    }

    private static void channels(List<CheckRow> rows) {
        rows.add(create("zx_channel_create", INVALID_ARGS, ONE, List.of("out", "out2")));
        rows.add(create("zx_event_create", INVALID_ARGS, ONE, List.of("out")));
        rows.add(create("zx_eventpair_create", NOT_SUPPORTED, ONE, List.of("out", "out2")));
        rows.add(
                row(
                                "zx_channel_read",
                                "channel options bytes handles size count nothing nothing",
                                s -> {
                                    Value[] ends = s.channel();
                                    s.put("channel", ends[0])
                                            .put("peer", ends[1])
                                            .put("options", ZERO);
                                    s.put("bytes", s.buffer()).put("handles", Scene.NOTHING);
                                    s.put("size", Value.of(8))
                                            .put("count", ZERO)
                                            .put("nothing", Scene.NOTHING);
                                    s.put("sent", ONE);
                                    s.later(
                                            () -> {
                                                if (s.argument("sent").number() != 0) {
                                                    s.must(
                                                            "zx_channel_write",
                                                            ends[1],
                                                            ZERO,
                                                            s.buffer(),
                                                            Value.of(8),
                                                            Scene.NOTHING,
                                                            ZERO);
                                                }
                                            });
                                })
                        .lookup("channel", Type.CHANNEL, Bits.READ)
                        .fault("unknown option", NOT_SUPPORTED, "options", Value.of(2))
                        .fault("empty", SHOULD_WAIT, "sent", ZERO)
                        .does(
                                "empty, peer closed",
                                PEER_CLOSED,
                                "sent",
                                s -> {
                                    s.put("sent", ZERO);
                                    s.later(() -> s.close(s.argument("peer")));
                                })
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(7))
                        .fault("bytes unwritable", INVALID_ARGS, "bytes", Scene.WILD));
        rows.add(
                row(
                                "zx_channel_write",
                                "channel options bytes size handles count",
                                s -> {
                                    Value[] ends = s.channel();
                                    s.put("channel", ends[0])
                                            .put("peer", ends[1])
                                            .put("options", ZERO);
                                    s.put("bytes", s.buffer())
                                            .put("size", Value.of(8))
                                            .put("count", ONE);
                                    s.put("sent", s.event()).put("handles", ZERO);
                                    s.later(
                                            () -> {
                                                if (s.argument("handles").number() == 0) {
                                                    s.put("handles", s.array(s.argument("sent")));
                                                }
                                            });
                                })
                        .fault("unknown option", INVALID_ARGS, "options", ONE)
                        .lookup("channel", Type.CHANNEL, Bits.WRITE)
                        .fault("too many bytes", OUT_OF_RANGE, "size", Value.of(65537))
                        .fault("bytes unreadable", INVALID_ARGS, "bytes", Scene.WILD)
                        .fault("handles unreadable", INVALID_ARGS, "handles", Scene.WILD)
                        .bad("sent")
                        .does(
                                "the channel itself",
                                NOT_SUPPORTED,
                                "sent channel",
                                s -> s.put("sent", s.argument("channel")))
                        .fault(
                                "sent lacks TRANSFER",
                                ACCESS_DENIED,
                                "sent",
                                s -> s.with(Bits.WAIT, s.event()))
                        .state(
                                "peer closed",
                                PEER_CLOSED,
                                "peer",
                                s -> s.close(s.argument("peer"))));
        rows.add(
                row("zx_clock_get_new", "id out", s -> s.put("id", ZERO).put("out", s.buffer()))
                        .fault("unknown clock", INVALID_ARGS, "id", Value.of(7))
                        .fault("out unwritable", INVALID_ARGS, "out", Scene.WILD));
        rows.add(
                row(
                                "zx_system_get_version",
                                "version size",
                                s -> s.put("version", s.buffer()).put("size", Value.of(64)))
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(63)));
    }
}
