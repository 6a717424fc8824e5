package zircon.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import zircon.Err;
import zircon.Job;
import zircon.Ok;
import zircon.conformance.model.Bits;
import zircon.conformance.model.Model;
import zircon.conformance.model.Outcome;
import zircon.conformance.model.Status;
import zircon.conformance.model.Step;
import zircon.conformance.model.Type;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A program's objects in the library, which are compared with the model after every step.
final class World implements Actor.Variables, AutoCloseable {
    private static final int JUNK = -1;
    private static final int MOST_CHILDREN = 64;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment record = arena.allocate(64, 8);
    private final MemorySegment list = arena.allocate(JAVA_LONG, MOST_CHILDREN);
    private final MemorySegment actual = arena.allocate(8);
    private final MemorySegment avail = arena.allocate(8);
    private final Actor actor;
    private final @Nullable Emulation emulation;

    private final List<Integer> numbers = new ArrayList<>();
    private final Set<Integer> everMade = new HashSet<>();
    // By variable, and by the model's number of the object.
    private final List<Long> koids = new ArrayList<>();
    private final Map<Integer, Long> koidOf = new HashMap<>();
    // The parent of the program's job, to end everything by.
    private final int outer;
    private int step;

    /// @param wrapped whether the calls go through the wrapper
    World(boolean wrapped, @Nullable Emulation emulation) {
        this.emulation = emulation;
        try (Job root = firstJob()) {
            outer = jobIn(root.raw());
        }
        actor = wrapped ? new WrapperActor(new RawActor(arena)) : new RawActor(arena);
        numbers.add(jobIn(outer));
        everMade.add(numbers.getFirst());
        int _ = info(0, zircon_h.ZX_INFO_HANDLE_BASIC(), 32);
        koids.add(record.get(JAVA_LONG, 0));
        koidOf.put(Model.FIRST_JOB, koids.getFirst());
    }

    /// Everything that trials make is below it.
    static Job firstJob() {
        return switch (Job.defaultJob()) {
            case Ok<Job>(var job) -> job;
            case Err<Job>(var status) ->
                    throw new IllegalStateException(
                            "the library gives no job to make objects in: a duplicate of what"
                                    + " zx_job_default returns is "
                                    + Status.nameOf(status.raw()));
        };
    }

    private int jobIn(int parent) {
        MemorySegment out = arena.allocate(JAVA_INT);
        int status = zircon_h.zx_job_create(parent, 0, out);
        if (status != 0) {
            throw new IllegalStateException("no job for the program: " + Status.nameOf(status));
        }
        return out.get(JAVA_INT, 0);
    }

    @Override
    public int number(int variable) {
        return switch (variable) {
            case Step.NONE -> 0;
            case Step.JUNK -> JUNK;
            default -> numbers.get(variable);
        };
    }

    @Override
    public long koid(int variable) {
        return variable >= 0 ? koids.get(variable) : 0;
    }

    /// Takes the step in the library too.
    ///
    /// @return the model's next state
    Model take(Model before, Step taken, Outcome expected) throws Deviation {
        step++;
        Actor.Answer answer = actor.call(taken, this);
        require(
                expected.rule(),
                taken + " returns",
                expected.status().constant(),
                Status.nameOf(answer.status()));
        learn(taken, answer, expected.next());
        Model next = expected.next();
        if (expected.anyOf().isEmpty()) {
            require(
                    expected.rule(),
                    taken + " stores",
                    expected.values().stream().map(this::meaning).toList(),
                    answer.values());
        } else {
            next = next.read(((Step.PortWait) taken).port(), which(expected, answer));
        }
        if (emulation != null && (before.hasGuests() || next.hasGuests())) {
            emulation.settle();
        }
        if (!next.isOpen()) {
            compare(next);
        }
        return next;
    }

    /// Makes a call in a hurry.
    Actor.Answer call(Step taken) {
        step++;
        return actor.call(taken, this);
    }

    /// Waits until all guests are at rest.
    void settle() {
        if (emulation != null) {
            emulation.settle();
        }
    }

    /// The numbers for what the model says that a call stores.
    List<Object> meanings(List<Object> values) {
        return values.stream().map(this::meaning).toList();
    }

    /// A call had one of several possible results.
    void requireOne(String rule, String what, Set<?> expected, Object seen) throws Deviation {
        Object named = seen instanceof Integer status ? Status.nameOf(status) : seen;
        if (!expected.contains(named)) {
            throw new Deviation(rule, step, what + " one of " + expected, named.toString());
        }
    }

    private int which(Outcome expected, Actor.Answer answer) throws Deviation {
        List<List<Object>> all = new ArrayList<>();
        for (List<Object> one : expected.anyOf()) {
            List<Object> meant = one.stream().map(this::meaning).toList();
            if (meant.equals(answer.values())) {
                return all.size();
            }
            all.add(meant);
        }
        throw new Deviation("P-1", step, "one of the packets " + all, answer.values().toString());
    }

    private Object meaning(Object value) {
        return switch (value) {
            case Outcome.Koid(int object) -> koidOf.getOrDefault(object, 0L);
            case Outcome.Variable(int variable) -> (long) number(variable);
            default -> value;
        };
    }

    private void require(String rule, String what, Object expected, Object actualValue)
            throws Deviation {
        if (!expected.equals(actualValue)) {
            throw new Deviation(rule, step, what + " " + expected, actualValue.toString());
        }
    }

    /// H-1, H-2.
    void learn(Step taken, Actor.Answer answer, Model next) throws Deviation {
        for (int i = 0; i < taken.makes(); i++) {
            int number = i < answer.made().size() ? answer.made().get(i) : 0;
            numbers.add(number);
            if (number != 0) {
                require(
                        "H-1",
                        "a handle with bit 31 clear and bit 0 set:",
                        true,
                        number > 0 && (number & 1) == 1);
                require("H-2", "a handle that is new:", true, everMade.add(number));
            }
        }
        while (koids.size() < numbers.size()) {
            int variable = koids.size();
            boolean there = next.isLive(variable) || next.isHandle(variable);
            koids.add(there && numbers.get(variable) != 0 ? koidNow(variable, next) : 0L);
        }
    }

    /// Of a new handle; its object may have one already.
    private long koidNow(int variable, Model model) throws Deviation {
        int object = model.object(variable);
        int status = info(variable, zircon_h.ZX_INFO_HANDLE_BASIC(), 32);
        if (status != 0) {
            return koidOf.getOrDefault(object, 0L);
        }
        long koid = record.get(JAVA_LONG, 0);
        Long known = koidOf.putIfAbsent(object, koid);
        if (known == null) {
            long latest =
                    koidOf.values().stream()
                            .filter(other -> other != koid)
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0);
            boolean pair = latest == koid + 1 || latest == koid - 1;
            require(
                    "I-7",
                    "a koid that is higher than " + latest + ":",
                    true,
                    koid > latest || pair);
        }
        return koid;
    }

    private int info(int variable, int topic, int size) {
        return zircon_h.zx_object_get_info(number(variable), topic, record, size, actual, avail);
    }

    // What can be observed.

    void compare(Model model) throws Deviation {
        for (int variable = 0; variable < model.variables(); variable++) {
            int valid =
                    zircon_h.zx_object_get_info(
                            number(variable),
                            zircon_h.ZX_INFO_HANDLE_VALID(),
                            MemorySegment.NULL,
                            0,
                            MemorySegment.NULL,
                            MemorySegment.NULL);
            require(
                    "H-8",
                    "h" + variable + " is",
                    model.isLive(variable) ? "ZX_OK" : "ZX_ERR_BAD_HANDLE",
                    Status.nameOf(valid));
        }
        for (int variable = 0; variable < model.variables(); variable++) {
            if (model.isLive(variable)) {
                compare(variable, model);
            }
        }
        if (emulation != null) {
            emulation.compare(model, this);
        }
    }

    /// For [Emulation].
    void requireSeen(String rule, String what, Object expected, Object seen) throws Deviation {
        require(rule, what, expected, seen);
    }

    long koidOfObject(int object) {
        return koidOf.getOrDefault(object, 0L);
    }

    private void compare(int variable, Model model) throws Deviation {
        String name = "h" + variable;
        Type type = model.type(variable);
        int rights = model.rights(variable);
        int status = info(variable, zircon_h.ZX_INFO_HANDLE_BASIC(), 32);
        require("I-7", name + ": handle info", 0, status);
        require(
                "I-7",
                name + ": koid",
                koidOf.getOrDefault(model.object(variable), 0L),
                record.get(JAVA_LONG, 0));
        require("H-4", name + ": rights", rights, record.get(JAVA_INT, 8));
        require("I-7", name + ": type", type.number(), record.get(JAVA_INT, 12));
        Long related = koidOf.get(model.related(variable));
        if (related != null) {
            require("I-7", name + ": related koid", related, record.get(JAVA_LONG, 16));
        }
        require("I-7", name + ": waitable", type.waitable() ? 1 : 0, record.get(JAVA_INT, 24));
        if ((rights & Bits.WAIT) != 0 && type.waitable()) {
            int waited = zircon_h.zx_object_wait_one(number(variable), 0, Long.MIN_VALUE, actual);
            require(
                    "W-4",
                    name + ": looking at its signals",
                    "ZX_ERR_TIMED_OUT",
                    Status.nameOf(waited));
            require(
                    signalRule(type),
                    name + ": signals",
                    "%#x".formatted(model.signals(variable)),
                    "%#x".formatted(actual.get(JAVA_INT, 0)));
        }
        if ((rights & Bits.INSPECT) != 0) {
            int counted = info(variable, zircon_h.ZX_INFO_HANDLE_COUNT(), 4);
            require("I-7", name + ": handle count", "ZX_OK", Status.nameOf(counted));
            require("I-7", name + ": handles", model.handles(variable), record.get(JAVA_INT, 0));
            if (type == Type.PROCESS) {
                compareProcess(variable, name, model);
            } else if (type == Type.THREAD) {
                compareThread(variable, name, model);
            }
        }
        if ((rights & Bits.ENUMERATE) != 0) {
            if (type == Type.PROCESS) {
                compareList(
                        "R-7",
                        name + ": threads",
                        variable,
                        zircon_h.ZX_INFO_PROCESS_THREADS(),
                        model.children(variable));
            } else if (type == Type.JOB) {
                compareList(
                        "J-5",
                        name + ": child jobs",
                        variable,
                        zircon_h.ZX_INFO_JOB_CHILDREN(),
                        model.children(variable));
                compareList(
                        "J-7",
                        name + ": processes",
                        variable,
                        zircon_h.ZX_INFO_JOB_PROCESSES(),
                        model.processes(variable));
            }
        }
    }

    private static String signalRule(Type type) {
        return switch (type) {
            case THREAD -> "T-1";
            case PROCESS -> "R-6";
            case JOB -> "J-4";
            case CHANNEL -> "K-1";
            case EVENTPAIR -> "K-5";
            default -> "W-1";
        };
    }

    private void compareProcess(int variable, String name, Model model) throws Deviation {
        int status = info(variable, zircon_h.ZX_INFO_PROCESS(), 16);
        require("R-1", name + ": process info", "ZX_OK", Status.nameOf(status));
        List<Long> seen =
                List.of(
                        (long) record.get(JAVA_BYTE, 8),
                        (long) record.get(JAVA_BYTE, 9),
                        (long) record.get(JAVA_BYTE, 10),
                        record.get(JAVA_LONG, 0));
        require(
                "R-1",
                name + ": started, exited, debugger attached, return code",
                model.processInfo(variable),
                seen);
    }

    private void compareThread(int variable, String name, Model model) throws Deviation {
        int status = info(variable, zircon_h.ZX_INFO_THREAD(), 8);
        require("I-1", name + ": thread info", "ZX_OK", Status.nameOf(status));
        require(
                "I-1",
                name + ": state, type of the port that it waits for",
                model.threadInfo(variable),
                List.of((long) record.get(JAVA_INT, 0), (long) record.get(JAVA_INT, 4)));
        int reported = info(variable, zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT(), 32);
        int report = model.report(variable);
        require(
                "X-21",
                name + ": exception report",
                report == 0 ? "ZX_ERR_BAD_STATE" : "ZX_OK",
                Status.nameOf(reported));
        if (report != 0) {
            require(
                    "X-21",
                    name + ": size, type in the report",
                    List.of(32, report),
                    List.of(record.get(JAVA_INT, 0), record.get(JAVA_INT, 4)));
        }
    }

    private void compareList(
            String rule, String what, int variable, int topic, List<Integer> objects)
            throws Deviation {
        int status =
                zircon_h.zx_object_get_info(
                        number(variable), topic, list, list.byteSize(), actual, avail);
        require("I-6", what, "ZX_OK", Status.nameOf(status));
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < actual.get(JAVA_LONG, 0); i++) {
            seen.add(list.getAtIndex(JAVA_LONG, i));
        }
        require(rule, what, objects.stream().map(this::koidOfObject).toList(), seen);
    }

    // The end.

    /// Ends everything that the program has made.
    @Override
    public void close() {
        MemorySegment all = arena.allocate(JAVA_INT, numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            all.setAtIndex(JAVA_INT, i, numbers.get(i));
        }
        int _ =
                zircon_h.zx_handle_close_many(
                        all, numbers.size()); // those that are closed do no harm
        int _ = zircon_h.zx_task_kill(outer);
        releaseDebugged(outer);
        int _ = zircon_h.zx_handle_close(outer);
        arena.close();
        if (emulation != null) {
            emulation.settle();
        }
    }

    /// A thread that waits in THREAD_EXITING cannot be killed (T-4).
    private void releaseDebugged(int job) {
        for (long koid : koids(job, zircon_h.ZX_INFO_JOB_PROCESSES())) {
            withChild(
                    job,
                    koid,
                    process -> {
                        int _ = zircon_h.zx_task_bind_exception_port(process, 0, 0, Bits.DEBUGGER);
                    });
        }
        for (long koid : koids(job, zircon_h.ZX_INFO_JOB_CHILDREN())) {
            withChild(job, koid, this::releaseDebugged);
        }
    }

    private List<Long> koids(int job, int topic) {
        int _ = zircon_h.zx_object_get_info(job, topic, list, list.byteSize(), actual, avail);
        List<Long> koids = new ArrayList<>();
        for (int i = 0; i < actual.get(JAVA_LONG, 0); i++) {
            koids.add(list.getAtIndex(JAVA_LONG, i));
        }
        return koids;
    }

    private void withChild(int job, long koid, java.util.function.IntConsumer use) {
        MemorySegment out = arena.allocate(JAVA_INT);
        if (zircon_h.zx_object_get_child(job, koid, Bits.SAME_RIGHTS, out) == 0) {
            use.accept(out.get(JAVA_INT, 0));
            int _ = zircon_h.zx_handle_close(out.get(JAVA_INT, 0));
        }
    }
}
