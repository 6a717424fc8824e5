package zircon.conformance;

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
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/// A program's objects in the library, which are compared with the model after every step.
final class World implements Actor.Variables, AutoCloseable {
    private static final int JUNK = -1;

    private final Arena arena = Arena.ofConfined();
    private final Queries queries = new Queries(arena);
    private final MemorySegment made = arena.allocate(JAVA_INT);
    private final Actor actor;
    private final @Nullable Emulation emulation;

    private final List<Integer> numbers = new ArrayList<>();
    // Whatever became of the program, these are to be closed in the end.
    private final List<Integer> opened = new ArrayList<>();
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
        opened.add(numbers.getFirst());
        everMade.add(numbers.getFirst());
        int _ = queries.info(numbers.getFirst(), zircon_h.ZX_INFO_HANDLE_BASIC(), 32);
        koids.add(queries.record().get(JAVA_LONG, 0));
        koidOf.put(Model.FIRST_JOB, koids.getFirst());
    }

    /// Everything that trials make is below it.
    private static Job firstJob() {
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

    @Override
    public long made() {
        return made.address();
    }

    /// Takes the step in the library too.
    ///
    /// @return the model's next state
    Model take(Model before, Step taken, Outcome expected) throws Deviation {
        made.set(JAVA_INT, 0, 0);
        Actor.Answer answer = call(taken);
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
                    meanings(expected.values()),
                    answer.values());
        } else {
            next = next.read(((Step.PortWait) taken).port(), which(expected, answer));
        }
        if (before.hasGuests() || next.hasGuests()) {
            settle();
        }
        if (!next.isOpen()) {
            require("J-11", "a guest made a port:", next.portMade(), made.get(JAVA_INT, 0) != 0);
            compare(next);
        }
        return next;
    }

    /// Makes the call, and no more.
    Actor.Answer call(Step taken) {
        step++;
        Actor.Answer answer = actor.call(taken, this);
        opened.addAll(answer.made());
        return answer;
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
        if (!expected.contains(seen)) {
            throw new Deviation(rule, step, what + " one of " + expected, seen.toString());
        }
    }

    private int which(Outcome expected, Actor.Answer answer) throws Deviation {
        List<List<Object>> all = new ArrayList<>();
        for (List<Object> one : expected.anyOf()) {
            List<Object> meant = meanings(one);
            if (meant.equals(answer.values())) {
                return all.size();
            }
            all.add(meant);
        }
        throw new Deviation("P-1", step, "one of the packets " + all, answer.values().toString());
    }

    private Object meaning(Object value) {
        return switch (value) {
            case Outcome.Koid(int object) -> koidOf(object);
            case Outcome.Variable(int variable) -> (long) number(variable);
            default -> value;
        };
    }

    /// @throws Deviation what was seen is not what the model says
    void require(String rule, String what, Object expected, Object actualValue) throws Deviation {
        if (!expected.equals(actualValue)) {
            throw new Deviation(rule, step, what + " " + expected, actualValue.toString());
        }
    }

    /// By the model's number of the object; 0 if it is not known.
    long koidOf(int object) {
        return koidOf.getOrDefault(object, 0L);
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
        int status = queries.info(number(variable), zircon_h.ZX_INFO_HANDLE_BASIC(), 32);
        if (status != 0) {
            return koidOf(object);
        }
        long koid = queries.record().get(JAVA_LONG, 0);
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

    /// All that can be observed.
    void compare(Model model) throws Deviation {
        new Comparison(this, queries).compare(model);
        if (emulation != null) {
            emulation.compare(model, this);
        }
    }

    // The end.

    /// Ends everything that the program has made.
    @Override
    public void close() {
        MemorySegment all = arena.allocate(JAVA_INT, opened.size());
        for (int i = 0; i < opened.size(); i++) {
            all.setAtIndex(JAVA_INT, i, opened.get(i));
        }
        // Those that are closed do no harm.
        int _ = zircon_h.zx_handle_close_many(all, opened.size());
        int _ = zircon_h.zx_task_kill(outer);
        releaseDebugged(outer);
        int _ = zircon_h.zx_handle_close(outer);
        settle(); // guests may store to the arena
        arena.close();
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
        try {
            return queries.koids(job, topic);
        } catch (Queries.Refused _) {
            return List.of(); // nothing more can be done
        }
    }

    private void withChild(int job, long koid, IntConsumer use) {
        MemorySegment out = arena.allocate(JAVA_INT);
        if (zircon_h.zx_object_get_child(job, koid, Bits.SAME_RIGHTS, out) == 0) {
            use.accept(out.get(JAVA_INT, 0));
            int _ = zircon_h.zx_handle_close(out.get(JAVA_INT, 0));
        }
    }
}
