package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import zircon.conformance.model.Bits;
import zircon.conformance.model.Model;
import zircon.conformance.model.Step;
import zircon.conformance.model.Step.Goes;
import zircon.conformance.model.Type;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A step, or some that belong together, before it is known what handles there are.
///
/// @param x a number, whose meaning the kind knows
/// @param y another one
record Move(Kind kind, Pick a, Pick b, Pick c, int x, int y) {
    private static final int MOST = 15;
    private static final int FILLED = 7;
    private static final int USER_0 = 1 << 24;
    private static final int USER_1 = 1 << 25;
    private static final int[] SIGNALS = {
        USER_0,
        0,
        USER_1,
        USER_0 | USER_1,
        Bits.SIGNALED,
        USER_0,
        0,
        USER_0 | Bits.SIGNALED,
        Bits.USER,
        Bits.READABLE,
        Bits.WRITABLE,
        Bits.PEER_CLOSED
    };
    private static final int[] TRIGGERS = {
        USER_0,
        USER_0 | USER_1,
        Bits.SIGNALED,
        USER_0,
        USER_0 | Bits.PEER_CLOSED | Bits.READABLE,
        Bits.READABLE,
        Bits.PEER_CLOSED,
        Bits.RUNNING,
        Bits.SUSPENDED,
        Bits.WRITABLE,
        0,
        -1
    };
    private static final List<Goes> ELSEWHERE = List.of(Goes.SLEEP, Goes.EXIT, Goes.EXIT_PROCESS);
    private static final int[] REMOVED = {
        0,
        0,
        0,
        Bits.WRITE,
        Bits.READ,
        Bits.WAIT,
        Bits.SIGNAL,
        Bits.DUPLICATE,
        Bits.TRANSFER,
        Bits.INSPECT,
        Bits.ENUMERATE,
        Bits.DESTROY,
        Bits.MANAGE_THREAD | Bits.MANAGE_PROCESS | Bits.MANAGE_JOB,
        Bits.SIGNAL_PEER
    };

    /// What is done, and how often.
    enum Kind {
        PORT(3),
        EVENT(4),
        EVENT_PAIR(3),
        CHANNEL(3),
        CLOSE(4),
        CLOSE_MANY(1),
        DUPLICATE(5),
        REPLACE(2),
        SIGNAL(14),
        SIGNAL_PEER(6),
        WAIT_ONE(2),
        WAIT_MANY(2),
        WAIT_ASYNC(16),
        QUEUE(3),
        FILL(1),
        READ_PORT(5),
        CANCEL(4),
        WRITE(9),
        READ(6),
        JOB(3),
        NEST(1),
        PROCESS(3),
        THREAD(3),
        CHILD(3),
        SUSPEND(3),
        KILL(2),
        BIND(9),
        UNBIND(3),
        ANSWER(10),
        VICTIM(5),
        START_PROCESS(2),
        START_THREAD(3),
        REDIRECT(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static final Set<Kind> OBJECTS = EnumSet.range(Kind.PORT, Kind.READ);
    static final Set<Kind> TASKS =
            EnumSet.of(
                    Kind.JOB,
                    Kind.NEST,
                    Kind.PROCESS,
                    Kind.THREAD,
                    Kind.CHILD,
                    Kind.SUSPEND,
                    Kind.KILL,
                    Kind.BIND,
                    Kind.UNBIND,
                    Kind.PORT,
                    Kind.CLOSE,
                    Kind.DUPLICATE,
                    Kind.WAIT_ASYNC,
                    Kind.READ_PORT,
                    Kind.WRITE,
                    Kind.READ,
                    Kind.CHANNEL);
    static final Set<Kind> EXCEPTIONS =
            EnumSet.of(
                    Kind.VICTIM,
                    Kind.PORT,
                    Kind.FILL,
                    Kind.BIND,
                    Kind.UNBIND,
                    Kind.ANSWER,
                    Kind.READ_PORT,
                    Kind.SUSPEND,
                    Kind.KILL,
                    Kind.CLOSE,
                    Kind.DUPLICATE,
                    Kind.JOB,
                    Kind.THREAD,
                    Kind.PROCESS,
                    Kind.START_PROCESS,
                    Kind.START_THREAD,
                    Kind.REDIRECT);

    static Arbitrary<Move> of(Set<Kind> kinds) {
        List<Tuple.Tuple2<Integer, Kind>> weighted = new ArrayList<>();
        kinds.forEach(kind -> weighted.add(Tuple.of(kind.weight, kind)));
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, MOST);
        return Combinators.combine(
                        Arbitraries.frequency(weighted),
                        Pick.any(),
                        Pick.any(),
                        Pick.any(),
                        numbers,
                        numbers)
                .as(Move::new);
    }

    long weight() {
        return (long) a.weight() + b.weight() + c.weight() + x + y;
    }

    /// Moves of the same kind that are simpler in one respect.
    Stream<Move> simpler() {
        return Stream.of(
                        a.simpler().map(pick -> new Move(kind, pick, b, c, x, y)),
                        b.simpler().map(pick -> new Move(kind, a, pick, c, x, y)),
                        c.simpler().map(pick -> new Move(kind, a, b, pick, x, y)),
                        lower(x).mapToObj(number -> new Move(kind, a, b, c, number, y)),
                        lower(y).mapToObj(number -> new Move(kind, a, b, c, x, number)))
                .flatMap(all -> all);
    }

    private static IntStream lower(int number) {
        return number == 0 ? IntStream.empty() : IntStream.of(0, number / 2, number - 1).distinct();
    }

    /// The steps, in this state; none if there is nothing to take them with.
    List<Step> in(Model m) {
        try {
            return steps(m);
        } catch (Pick.NothingFits _) {
            return List.of();
        }
    }

    private List<Step> steps(Model m) {
        return switch (kind) {
            case PORT -> List.of(new Step.PortCreate(x == MOST ? 2 : x == MOST - 1 ? 1 : 0));
            case EVENT -> List.of(new Step.EventCreate(option(0)));
            case EVENT_PAIR -> List.of(new Step.EventPairCreate(option(0)));
            case CHANNEL -> List.of(new Step.ChannelCreate(option(0)));
            case CLOSE -> List.of(new Step.Close(a.in(m, _ -> true)));
            case CLOSE_MANY ->
                    List.of(
                            new Step.CloseMany(
                                    List.of(
                                                    a.in(m, _ -> true),
                                                    b.in(m, _ -> true),
                                                    c.in(m, _ -> true))
                                            .subList(0, x % 4)));
            case DUPLICATE -> {
                int handle = a.in(m, has(m, Bits.DUPLICATE));
                yield List.of(new Step.Duplicate(handle, rights(m, handle)));
            }
            case REPLACE -> {
                int handle = a.in(m, _ -> true);
                yield List.of(new Step.Replace(handle, rights(m, handle)));
            }
            case SIGNAL -> {
                int handle = a.in(m, has(m, Bits.SIGNAL));
                yield List.of(new Step.Signal(handle, mask(m, handle, y), mask(m, handle, x)));
            }
            case SIGNAL_PEER -> {
                int handle = a.in(m, has(m, Bits.SIGNAL_PEER));
                yield List.of(new Step.SignalPeer(handle, mask(m, handle, y), mask(m, handle, x)));
            }
            case WAIT_ONE -> List.of(new Step.WaitOne(a.in(m, has(m, Bits.WAIT)), of(TRIGGERS, x)));
            case WAIT_MANY -> List.of(waitMany(m));
            case WAIT_ASYNC ->
                    List.of(
                            new Step.WaitAsync(
                                    a.in(m, has(m, Bits.WAIT)),
                                    b.in(m, is(m, Type.PORT, Bits.WRITE)),
                                    y % 3,
                                    of(TRIGGERS, x),
                                    y == MOST ? 2 : y % 2));
            case QUEUE -> List.of(new Step.PortQueue(a.in(m, is(m, Type.PORT, Bits.WRITE)), x, 1));
            case FILL ->
                    List.of(
                            new Step.PortQueue(
                                    a.in(m, is(m, Type.PORT, Bits.WRITE)),
                                    x,
                                    x < 4 ? Bits.PORT_HOLDS : x));
            case READ_PORT -> List.of(new Step.PortWait(a.in(m, is(m, Type.PORT, Bits.READ))));
            case CANCEL ->
                    List.of(
                            new Step.PortCancel(
                                    a.in(m, is(m, Type.PORT, Bits.WRITE)),
                                    b.in(m, has(m, Bits.WAIT)),
                                    x % 3));
            case WRITE -> List.of(write(m));
            case READ ->
                    List.of(
                            new Step.ChannelRead(
                                    a.in(m, is(m, Type.CHANNEL, Bits.READ)),
                                    x == MOST ? 2 : x % 5 == 4 ? 1 : 0,
                                    y % 7 == 6 ? 0 : 8,
                                    y % 5 == 4 ? 0 : 3));
            case JOB ->
                    List.of(
                            new Step.JobCreate(
                                    a.in(m, is(m, Type.JOB, Bits.MANAGE_JOB)), option(0)));
            case NEST -> nest(m);
            case PROCESS ->
                    List.of(
                            new Step.ProcessCreate(
                                    a.in(m, is(m, Type.JOB, Bits.MANAGE_PROCESS)), option(0)));
            case THREAD ->
                    List.of(
                            new Step.ThreadCreate(
                                    a.in(m, is(m, Type.PROCESS, Bits.MANAGE_THREAD)), option(0)));
            case CHILD -> {
                int parent = a.in(m, has(m, Bits.ENUMERATE));
                int child = b.in(m, v -> parent >= 0 && m.related(v) == m.object(parent));
                yield List.of(new Step.GetChild(parent, child, rights(m, parent)));
            }
            case SUSPEND ->
                    List.of(new Step.Suspend(a.in(m, v -> isTask(m, v) && m.type(v) != Type.JOB)));
            case KILL ->
                    List.of(
                            new Step.Kill(
                                    a.in(m, v -> isTask(m, v) && has(m, Bits.DESTROY).test(v))));
            case BIND ->
                    List.of(
                            new Step.Bind(
                                    a.in(m, toBind(m)),
                                    b.in(m, is(m, Type.PORT, 0)),
                                    y,
                                    debuggerOption(m, a.in(m, toBind(m)))));
            case UNBIND -> {
                int task = a.in(m, v -> isTask(m, v) && m.slots(v).stream().anyMatch(p -> p != 0));
                boolean first =
                        task < 0
                                || !m.isLive(task)
                                || !m.type(task).isTask()
                                || m.slots(task).get(0) != 0;
                yield List.of(new Step.Bind(task, Step.NONE, y, option(first ? 0 : 1)));
            }
            case ANSWER -> answer(m);
            case VICTIM -> victim(m);
            case START_PROCESS -> {
                int process = a.in(m, is(m, Type.PROCESS, Bits.WRITE));
                yield List.of(
                        new Step.ProcessStart(
                                process,
                                b.in(
                                        m,
                                        v ->
                                                m.type(v) == Type.THREAD
                                                        && process >= 0
                                                        && m.related(v) == m.object(process)),
                                goes(y),
                                c.in(m, has(m, Bits.TRANSFER))));
            }
            case START_THREAD ->
                    List.of(
                            new Step.ThreadStart(
                                    a.in(
                                            m,
                                            v ->
                                                    m.type(v) == Type.THREAD
                                                            && m.threadInfo(v).get(0) == 0),
                                    goes(y)));
            case REDIRECT ->
                    List.of(
                            new Step.Redirect(
                                    a.in(m, v -> m.type(v) == Type.THREAD && m.canRedirect(v)),
                                    ELSEWHERE.get(y % ELSEWHERE.size())));
        };
    }

    private static int of(int[] values, int index) {
        return values[index % values.length];
    }

    /// Mostly what may be changed there (W-2).
    private static int mask(Model m, int handle, int index) {
        int signals = of(SIGNALS, index);
        boolean fits = handle >= 0 && m.isLive(handle) && index < MOST - 1;
        return fits ? signals & m.type(handle).settable() : signals;
    }

    /// Seldom one that does not exist.
    private int option(int right) {
        return x == MOST ? 4 : right;
    }

    private int debuggerOption(Model m, int task) {
        boolean thread = task >= 0 && m.isLive(task) && m.type(task) == Type.THREAD;
        return x == MOST ? 2 : thread && x < 12 ? 0 : x % 2;
    }

    private IntPredicate toBind(Model m) {
        return v -> isTask(m, v) && (y % 4 == 3 || m.slots(v).contains(0));
    }

    private static Goes goes(int y) {
        return y % 4 == 3 ? Goes.EXIT : Goes.FAULT;
    }

    private static boolean isTask(Model m, int variable) {
        return m.type(variable).isTask();
    }

    private static IntPredicate has(Model m, int rights) {
        return variable -> (m.rights(variable) & rights) == rights;
    }

    private static IntPredicate is(Model m, Type type, int rights) {
        return variable -> m.type(variable) == type && (m.rights(variable) & rights) == rights;
    }

    private int rights(Model m, int variable) {
        if (x % 3 == 0 || variable < 0) {
            return Bits.SAME_RIGHTS;
        }
        return x == MOST - 1 ? -1 >>> 1 : x == MOST ? 0 : m.rights(variable) & ~of(REMOVED, y);
    }

    private Step waitMany(Model m) {
        List<Integer> handles = new ArrayList<>();
        for (int i = 0; i < (x == MOST ? 17 : x % 4); i++) {
            handles.add((i % 2 == 0 ? a : b).in(m, has(m, Bits.WAIT)));
        }
        return new Step.WaitMany(handles, of(TRIGGERS, y));
    }

    /// Channels are not sent, except where that fails: two that lie in each other can never be
    /// closed.
    private Step write(Model m) {
        int channel = a.in(m, is(m, Type.CHANNEL, Bits.WRITE));
        List<Integer> handles = new ArrayList<>();
        if (x % 3 > 0) {
            handles.add(b.in(m, v -> has(m, Bits.TRANSFER).test(v) && m.type(v) != Type.CHANNEL));
        }
        if (x % 3 > 1) {
            handles.add(c.in(m, v -> has(m, Bits.TRANSFER).test(v) && m.type(v) != Type.CHANNEL));
        }
        if (x == MOST) {
            handles.add(channel);
        }
        handles.removeIf(v -> v != channel && v >= 0 && m.isLive(v) && m.type(v) == Type.CHANNEL);
        return new Step.ChannelWrite(channel, y % 8, handles);
    }

    /// J-1.
    private List<Step> nest(Model m) {
        int parent = a.in(m, is(m, Type.JOB, Bits.MANAGE_JOB));
        List<Step> steps = new ArrayList<>();
        for (int depth = 0; depth <= 2 * x; depth++) {
            steps.add(new Step.JobCreate(depth == 0 ? parent : m.variables() + depth - 1, 0));
        }
        return steps;
    }

    /// To the port that the thread waits for, mostly.
    private List<Step> answer(Model m) {
        int thread = a.in(m, v -> m.type(v) == Type.THREAD && (m.asks(v) != 0 || y % 4 == 3));
        int asked =
                thread >= 0 && m.isLive(thread) && m.type(thread) == Type.THREAD
                        ? m.asks(thread)
                        : 0;
        int port =
                b.in(m, x == MOST || asked == 0 ? is(m, Type.PORT, 0) : v -> m.object(v) == asked);
        return List.of(
                new Step.Resume(thread, port, y == MOST ? 1 : x % 3 == 0 ? 0 : Bits.TRY_NEXT));
    }

    /// A new process that runs: in a job, with a thread, and bound as the bits of `x` say.
    private List<Step> victim(Model m) {
        int next = m.variables();
        int job = a.in(m, is(m, Type.JOB, Bits.MANAGE_PROCESS));
        int port = b.orNone(m, is(m, Type.PORT, 0));
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.ProcessCreate(job, 0));
        steps.add(new Step.ThreadCreate(next, 0));
        if (port >= 0) {
            bindIf(1, next, port, 0, steps);
            bindIf(2, next + 1, port, 0, steps);
            bindIf(4, next, port, 1, steps);
            bindIf(8, job, port, 1, steps);
            if (y == FILLED) {
                steps.add(new Step.PortQueue(port, y, Bits.PORT_HOLDS));
            }
        }
        int argument =
                y % 4 == 0 ? c.orNone(m, v -> has(m, Bits.TRANSFER).test(v) && v != 0) : Step.NONE;
        if (argument < 0) {
            steps.add(new Step.EventCreate(0));
            argument = next + 2;
        }
        steps.add(new Step.ProcessStart(next, next + 1, goes(y), argument));
        return steps;
    }

    private void bindIf(int bit, int task, int port, int options, List<Step> steps) {
        if ((x & bit) != 0) {
            steps.add(new Step.Bind(task, port, y, options));
        }
    }

    /// What most programs begin with: a port, and something that it can hear of.
    static Arbitrary<List<Move>> opening(Set<Kind> kinds) {
        Kind[] second = {Kind.EVENT, Kind.EVENT_PAIR, Kind.CHANNEL};
        boolean guests = kinds.contains(Kind.VICTIM);
        return Arbitraries.integers()
                .between(0, MOST)
                .tuple2()
                .map(
                        numbers -> {
                            Pick pick = new Pick(Pick.Kind.FITTING, 0);
                            int x = numbers.get1();
                            int y = numbers.get2();
                            return List.of(
                                    new Move(Kind.PORT, pick, pick, pick, 0, 0),
                                    new Move(
                                            guests ? Kind.VICTIM : second[x % 3],
                                            pick,
                                            pick,
                                            pick,
                                            guests ? x : 0,
                                            y));
                        });
    }
}
