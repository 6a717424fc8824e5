package zircon.conformance;

import zircon.conformance.model.Bits;
import zircon.conformance.model.Model;
import zircon.conformance.model.Step;
import zircon.conformance.model.Step.Goes;
import zircon.conformance.model.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// What a move means in a state: the steps, with the handles that there are.
final class Meaning {
    private static final int MOST = Move.MOST;
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
    private static final List<Goes> ELSEWHERE =
            List.of(Goes.SLEEP, Goes.EXIT, Goes.EXIT_PROCESS, Goes.CLOSE, Goes.CREATE_PORT);
    private static final List<Goes> FIRST_THREAD =
            List.of(
                    Goes.FAULT,
                    Goes.READ_PORT,
                    Goes.FAULT,
                    Goes.EXIT,
                    Goes.FAULT,
                    Goes.CLOSE,
                    Goes.CREATE_PORT,
                    Goes.CREATE_PORT);
    private static final List<Goes> OTHER_THREAD =
            List.of(Goes.FAULT, Goes.CLOSE, Goes.CREATE_PORT, Goes.EXIT);
    private static final int[] CONDITIONS = {
        Bits.BAD_HANDLE, Bits.NEW_PORT, Bits.NEW_ANY, Bits.NEW_PROCESS, 13
    };
    // Longer than any that is kept.
    private static final String NAME = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int[] ACTIONS = {
        Bits.RAISE, Bits.DENY | Bits.RAISE, Bits.DENY, 0, Bits.RAISE, 8
    };
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

    private final Move.Kind kind;
    private final Pick a;
    private final Pick b;
    private final Pick c;
    private final int x;
    private final int y;
    private final Model m;

    Meaning(Move move, Model model) {
        kind = move.kind();
        a = move.a();
        b = move.b();
        c = move.c();
        x = move.x();
        y = move.y();
        m = model;
    }

    /// @throws Pick.NothingFits there is nothing to take a step with
    List<Step> steps() {
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
                int handle = a.in(m, has(Bits.DUPLICATE));
                yield List.of(new Step.Duplicate(handle, rights(handle)));
            }
            case REPLACE -> {
                int handle = a.in(m, _ -> true);
                yield List.of(new Step.Replace(handle, rights(handle)));
            }
            case SIGNAL -> {
                int handle = a.in(m, has(Bits.SIGNAL));
                yield List.of(new Step.Signal(handle, mask(handle, y), mask(handle, x)));
            }
            case SIGNAL_PEER -> {
                int handle = a.in(m, has(Bits.SIGNAL_PEER));
                yield List.of(new Step.SignalPeer(handle, mask(handle, y), mask(handle, x)));
            }
            case WAIT_ONE -> List.of(new Step.WaitOne(a.in(m, has(Bits.WAIT)), of(TRIGGERS, x)));
            case WAIT_MANY -> List.of(waitMany());
            case WAIT_ASYNC ->
                    List.of(
                            new Step.WaitAsync(
                                    a.in(m, has(Bits.WAIT)),
                                    b.in(m, is(Type.PORT, Bits.WRITE)),
                                    y % 3,
                                    of(TRIGGERS, x),
                                    y == MOST ? 2 : y % 2));
            case QUEUE -> List.of(new Step.PortQueue(a.in(m, is(Type.PORT, Bits.WRITE)), x, 1));
            case FILL ->
                    List.of(
                            new Step.PortQueue(
                                    a.in(m, is(Type.PORT, Bits.WRITE)),
                                    x,
                                    x < 4 ? Bits.PORT_HOLDS : x));
            case READ_PORT -> List.of(new Step.PortWait(a.in(m, is(Type.PORT, Bits.READ))));
            case CANCEL ->
                    List.of(
                            new Step.PortCancel(
                                    a.in(m, is(Type.PORT, Bits.WRITE)),
                                    b.in(m, has(Bits.WAIT)),
                                    x % 3));
            case WRITE -> List.of(write());
            case READ ->
                    List.of(
                            new Step.ChannelRead(
                                    a.in(m, is(Type.CHANNEL, Bits.READ)),
                                    x == MOST ? 2 : x % 5 == 4 ? 1 : 0,
                                    y % 7 == 6 ? 0 : 8,
                                    y % 5 == 4 ? 0 : 3));
            case JOB ->
                    List.of(new Step.JobCreate(a.in(m, is(Type.JOB, Bits.MANAGE_JOB)), option(0)));
            case NEST -> nest();
            case POLICY -> policy();
            case PROCESS ->
                    List.of(
                            new Step.ProcessCreate(
                                    a.in(m, is(Type.JOB, Bits.MANAGE_PROCESS)), option(0)));
            case THREAD ->
                    List.of(
                            new Step.ThreadCreate(
                                    a.in(m, is(Type.PROCESS, Bits.MANAGE_THREAD)), option(0)));
            case CHILD -> {
                int parent = a.in(m, has(Bits.ENUMERATE));
                int child = b.in(m, v -> parent >= 0 && m.related(v) == m.object(parent));
                yield List.of(new Step.GetChild(parent, child, rights(parent)));
            }
            case NAME ->
                    List.of(
                            new Step.SetName(
                                    a.in(m, v -> isTask(v) && has(Bits.SET_PROPERTY).test(v)),
                                    NAME.substring(0, y < 4 ? 30 + y : x)));
            case SUSPEND ->
                    List.of(new Step.Suspend(a.in(m, v -> isTask(v) && m.type(v) != Type.JOB)));
            case KILL ->
                    List.of(new Step.Kill(a.in(m, v -> isTask(v) && has(Bits.DESTROY).test(v))));
            case BIND ->
                    List.of(
                            new Step.Bind(
                                    a.in(m, this::isToBind),
                                    b.in(m, is(Type.PORT, 0)),
                                    y,
                                    debuggerOption(a.in(m, this::isToBind))));
            case UNBIND -> {
                int task = a.in(m, v -> isTask(v) && m.slots(v).stream().anyMatch(p -> p != 0));
                boolean first =
                        task < 0
                                || !m.isLive(task)
                                || !m.type(task).isTask()
                                || m.slots(task).get(0) != 0;
                yield List.of(new Step.Bind(task, Step.NONE, y, option(first ? 0 : 1)));
            }
            case ANSWER -> answer();
            case VICTIM -> victim();
            case OFFENDER -> offender();
            case START_PROCESS -> {
                int process = a.in(m, is(Type.PROCESS, Bits.WRITE));
                yield List.of(
                        new Step.ProcessStart(
                                process,
                                b.in(
                                        m,
                                        v ->
                                                m.type(v) == Type.THREAD
                                                        && process >= 0
                                                        && m.related(v) == m.object(process)),
                                of(FIRST_THREAD, y),
                                c.in(m, has(Bits.TRANSFER))));
            }
            case START_THREAD ->
                    List.of(
                            new Step.ThreadStart(
                                    a.in(
                                            m,
                                            v ->
                                                    m.type(v) == Type.THREAD
                                                            && m.threadInfo(v).get(0) == 0),
                                    of(OTHER_THREAD, y)));
            case REDIRECT ->
                    List.of(
                            new Step.Redirect(
                                    a.in(m, v -> m.type(v) == Type.THREAD && m.canRedirect(v)),
                                    of(ELSEWHERE, y)));
        };
    }

    private static int of(int[] values, int index) {
        return values[index % values.length];
    }

    private static Goes of(List<Goes> all, int index) {
        return all.get(index % all.size());
    }

    /// Mostly what may be changed there (W-2).
    private int mask(int handle, int index) {
        int signals = of(SIGNALS, index);
        boolean fits = handle >= 0 && m.isLive(handle) && index < MOST - 1;
        return fits ? signals & m.type(handle).settable() : signals;
    }

    /// Seldom one that does not exist.
    private int option(int right) {
        return x == MOST ? 4 : right;
    }

    private int debuggerOption(int task) {
        boolean thread = task >= 0 && m.isLive(task) && m.type(task) == Type.THREAD;
        return x == MOST ? 2 : thread && x < 12 ? 0 : x % 2;
    }

    private boolean isToBind(int variable) {
        return isTask(variable) && (y % 4 == 3 || m.slots(variable).contains(0));
    }

    private boolean isTask(int variable) {
        return m.type(variable).isTask();
    }

    private IntPredicate has(int rights) {
        return variable -> (m.rights(variable) & rights) == rights;
    }

    private IntPredicate is(Type type, int rights) {
        return variable -> m.type(variable) == type && (m.rights(variable) & rights) == rights;
    }

    private int rights(int variable) {
        if (x % 3 == 0 || variable < 0) {
            return Bits.SAME_RIGHTS;
        }
        return x == MOST - 1 ? -1 >>> 1 : x == MOST ? 0 : m.rights(variable) & ~of(REMOVED, y);
    }

    private Step waitMany() {
        List<Integer> handles = new ArrayList<>();
        for (int i = 0; i < (x == MOST ? 17 : x % 4); i++) {
            handles.add((i % 2 == 0 ? a : b).in(m, has(Bits.WAIT)));
        }
        return new Step.WaitMany(handles, of(TRIGGERS, y));
    }

    /// Channels are not sent, except where that fails: two that lie in each other can never be
    /// closed.
    private Step write() {
        int channel = a.in(m, is(Type.CHANNEL, Bits.WRITE));
        List<Integer> handles = new ArrayList<>();
        if (x % 3 > 0) {
            handles.add(b.in(m, v -> has(Bits.TRANSFER).test(v) && m.type(v) != Type.CHANNEL));
        }
        if (x % 3 > 1) {
            handles.add(c.in(m, v -> has(Bits.TRANSFER).test(v) && m.type(v) != Type.CHANNEL));
        }
        if (x == MOST) {
            handles.add(channel);
        }
        handles.removeIf(v -> v != channel && v >= 0 && m.isLive(v) && m.type(v) == Type.CHANNEL);
        return new Step.ChannelWrite(channel, y % 8, handles);
    }

    /// J-1.
    private List<Step> nest() {
        int parent = a.in(m, is(Type.JOB, Bits.MANAGE_JOB));
        List<Step> steps = new ArrayList<>();
        for (int depth = 0; depth <= 2 * x; depth++) {
            steps.add(new Step.JobCreate(depth == 0 ? parent : m.variables() + depth - 1, 0));
        }
        return steps;
    }

    /// Mostly of a new job, since what is in a job has its policy already (J-8).
    private List<Step> policy() {
        List<Step> steps = new ArrayList<>();
        int job = a.in(m, is(Type.JOB, x < 4 ? Bits.SET_POLICY : Bits.MANAGE_JOB));
        if (x >= 4) {
            steps.add(new Step.JobCreate(job, 0));
            job = m.variables();
        }
        List<Step.Policy> entries = new ArrayList<>();
        for (int i = 0; i < (x == MOST ? 14 : x % 4 == 3 ? 2 : 1); i++) {
            entries.add(new Step.Policy(of(CONDITIONS, y / 3 + 2 * i), of(ACTIONS, y + i)));
        }
        int options = x == MOST - 1 ? 2 : x % 2;
        steps.add(new Step.SetPolicy(job, options, x == 0 ? List.of() : entries));
        if (x == 6) {
            steps.add(new Step.SetPolicy(job, y % 2, entries.reversed()));
        }
        return steps;
    }

    /// To the port that the thread waits for, mostly.
    private List<Step> answer() {
        int thread = a.in(m, v -> m.type(v) == Type.THREAD && (m.asks(v) != 0 || y % 4 == 3));
        int asked =
                thread >= 0 && m.isLive(thread) && m.type(thread) == Type.THREAD
                        ? m.asks(thread)
                        : 0;
        int port = b.in(m, x == MOST || asked == 0 ? is(Type.PORT, 0) : v -> m.object(v) == asked);
        return List.of(
                new Step.Resume(thread, port, y == MOST ? 1 : x % 3 == 0 ? 0 : Bits.TRY_NEXT));
    }

    /// A new process that runs: in a job, with a thread, and bound as the bits of `x` say.
    private List<Step> victim() {
        int next = m.variables();
        int job = a.in(m, is(Type.JOB, Bits.MANAGE_PROCESS));
        int port = b.orNone(m, is(Type.PORT, 0));
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
        Goes goes = of(FIRST_THREAD, y);
        int argument =
                y % 4 == 0 ? c.orNone(m, v -> has(Bits.TRANSFER).test(v) && v != 0) : Step.NONE;
        if (argument < 0) {
            boolean reads = goes == Goes.READ_PORT && port >= 0;
            steps.add(reads ? new Step.Duplicate(port, Bits.SAME_RIGHTS) : new Step.EventCreate(0));
            argument = next + 2;
        }
        steps.add(new Step.ProcessStart(next, next + 1, goes, argument));
        return steps;
    }

    /// A process that runs in a job with a policy, and does what that policy is about.
    private List<Step> offender() {
        int job = m.variables();
        int process = job + 1;
        boolean creates = x % 4 > 0;
        int condition = !creates ? Bits.BAD_HANDLE : y % 2 == 0 ? Bits.NEW_PORT : Bits.NEW_ANY;
        Step.Policy policy = new Step.Policy(condition, y % 4);
        // Its first thread keeps it alive.
        return List.of(
                new Step.JobCreate(a.in(m, is(Type.JOB, Bits.MANAGE_JOB)), 0),
                new Step.SetPolicy(job, x % 2, List.of(policy)),
                new Step.ProcessCreate(job, 0),
                new Step.ThreadCreate(process, 0),
                new Step.EventCreate(0),
                new Step.Bind(process, b.in(m, is(Type.PORT, 0)), y, 0),
                new Step.ProcessStart(process, job + 2, Goes.FAULT, job + 3),
                new Step.ThreadCreate(process, 0),
                new Step.ThreadStart(job + 4, creates ? Goes.CREATE_PORT : Goes.CLOSE));
    }

    private void bindIf(int bit, int task, int port, int options, List<Step> steps) {
        if ((x & bit) != 0) {
            steps.add(new Step.Bind(task, port, y, options));
        }
    }
}
