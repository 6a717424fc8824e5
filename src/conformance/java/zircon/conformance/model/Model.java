package zircon.conformance.model;

import org.jspecify.annotations.Nullable;

import zircon.conformance.model.Thing.Answer;
import zircon.conformance.model.Thing.Bound;
import zircon.conformance.model.Thing.Exchange;
import zircon.conformance.model.Thing.JobTask;
import zircon.conformance.model.Thing.Packet;
import zircon.conformance.model.Thing.Port;
import zircon.conformance.model.Thing.ProcessTask;
import zircon.conformance.model.Thing.Task;
import zircon.conformance.model.Thing.ThreadTask;
import zircon.conformance.model.Thing.ThreadTask.Stage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A state of the kernel, as far as one process can tell; immutable. Here is what a step does, and
/// sections 9.1, 9.2 and 9.4: what threads do by themselves until all are at rest.
public final class Model extends Tasks {
    /// The number of the object of variable 0.
    public static final int FIRST_JOB = 1;

    private static final int NO_TYPE = 0;
    private static final int OF_DEBUGGER = 1;
    private static final int OF_THREAD = 2;
    private static final int OF_PROCESS = 3;
    private static final int OF_JOB = 4;
    private static final int OF_JOB_DEBUGGER = 5;

    private Model() {}

    private Model(Model other) {
        super(other);
    }

    /// One job, in variable 0.
    ///
    /// @param height of that job (J-1)
    public static Model initial(int height) {
        Model model = new Model();
        JobTask job = new JobTask(model.serial(), 0, height);
        model.add(job);
        model.give(job, Type.JOB.rights());
        return model;
    }

    /// What the step does in this state.
    public Outcome take(Step step) {
        Model next = new Model(this);
        List<Object> values = new ArrayList<>();
        List<List<Object>> anyOf = new ArrayList<>();
        Status status = Status.OK;
        String rule = ruleOf(step);
        int made = holds.size() + step.makes();
        try {
            status = next.call(step, values, anyOf);
        } catch (Refused refused) {
            status = refused.status();
            rule = refused.rule();
        }
        while (next.holds.size() < made) {
            next.holds.add(new Hold(Place.NEVER, 0, 0, 0)); // C-3
        }
        next.run();
        next.sweep();
        return new Outcome(status, rule, List.copyOf(values), List.copyOf(anyOf), next);
    }

    // Section 11: what may be while not all threads have come to rest.

    /// What the step's call does at this moment, before any thread goes on.
    public List<Outcome> takeAtOnce(Step step) {
        Model next = new Model(this);
        List<Object> values = new ArrayList<>();
        Status status = Status.OK;
        String rule = ruleOf(step);
        int made = holds.size() + step.makes();
        boolean dying = step instanceof Step.Resume(int thread, _, _) && isLeavingKilled(thread);
        try {
            status = next.call(step, values, new ArrayList<>());
        } catch (Refused refused) {
            status = refused.status();
            rule = refused.rule();
        }
        while (next.holds.size() < made) {
            next.holds.add(new Hold(Place.NEVER, 0, 0, 0));
        }
        next.sweep();
        Outcome outcome = new Outcome(status, rule, List.copyOf(values), List.of(), next);
        if (dying && status == Status.OK) {
            Model same = new Model(this); // no effect
            return List.of(
                    new Outcome(Status.OK, "Q-3", List.of(), List.of(), same),
                    new Outcome(Status.BAD_STATE, "Q-3", List.of(), List.of(), same));
        }
        return List.of(outcome);
    }

    private boolean isLeavingKilled(int variable) {
        return isLive(variable)
                && thing(hold(variable).object()) instanceof ThreadTask thread
                && thread.killed
                && isUnanswered(thread);
    }

    /// The states after a moment in which one thread went on; none if all are at rest.
    public List<Model> moments() {
        List<Model> moments = new ArrayList<>();
        for (ThreadTask thread : all(ThreadTask.class)) {
            if (isAwake(thread)) {
                Model next = new Model(this);
                next.actor = thread.id;
                next.advance(next.thread(thread.id));
                next.actor = 0;
                next.sweep();
                moments.add(next);
            }
        }
        return moments;
    }

    /// Of two states with equal digests nothing that follows can differ.
    public String digest() {
        var text = new StringBuilder();
        holds.forEach(hold -> text.append(hold.place()).append(' '));
        things.values().forEach(thing -> text.append(';').append(thing.digest()));
        return text.toString();
    }

    private Status call(Step step, List<Object> values, List<List<Object>> anyOf) throws Refused {
        switch (step) {
            case Step.PortCreate(int options) -> {
                refuse((options & ~1) != 0, Status.INVALID_ARGS, "P-16");
                make(new Port(serial()));
            }
            case Step.EventCreate(int options) -> {
                refuse(options != 0, Status.INVALID_ARGS, "K-5");
                make(new Thing.Event(serial()));
            }
            case Step.EventPairCreate(int options) -> {
                refuse(options != 0, Status.NOT_SUPPORTED, "K-5");
                makePair(Type.EVENTPAIR);
            }
            case Step.ChannelCreate(int options) -> {
                refuse(options != 0, Status.INVALID_ARGS, "13");
                makePair(Type.CHANNEL);
            }
            case Step.Close(int handle) -> closeOne(handle);
            case Step.CloseMany(var handles) -> closeMany(handles);
            case Step.Duplicate(int handle, int rights) -> duplicate(handle, rights);
            case Step.Replace(int handle, int rights) -> replace(handle, rights);
            case Step.Signal(int handle, int clear, int set) -> signal(handle, clear, set);
            case Step.SignalPeer(int handle, int clear, int set) -> signalPeer(handle, clear, set);
            case Step.WaitOne(int handle, int signals) -> {
                return waitOne(handle, signals, values) ? Status.OK : Status.TIMED_OUT;
            }
            case Step.WaitMany(var handles, int signals) -> {
                return waitMany(handles, signals, values) ? Status.OK : Status.TIMED_OUT;
            }
            case Step.WaitAsync(int handle, int port, long key, int signals, int options) ->
                    waitAsync(handle, port, key, signals, options);
            case Step.PortQueue(int port, long key, int count) -> portQueue(port, key, count);
            case Step.PortWait(int port) -> portWait(port, values, anyOf);
            case Step.PortCancel(int port, int source, long key) -> portCancel(port, source, key);
            case Step.ChannelWrite(int channel, int bytes, var handles) ->
                    channelWrite(channel, bytes, handles);
            case Step.ChannelRead(int channel, int options, int bytes, int handles) ->
                    channelRead(channel, options, bytes, handles, values);
            case Step.JobCreate(int parent, int options) -> jobCreate(parent, options);
            case Step.ProcessCreate(int job, int options) -> processCreate(job, options);
            case Step.ThreadCreate(int process, int options) -> threadCreate(process, options);
            case Step.ProcessStart(int process, int thread, var goes, int argument) ->
                    processStart(process, thread, goes, argument);
            case Step.ThreadStart(int thread, var goes) -> threadStart(thread, goes);
            case Step.GetChild(int handle, int child, int rights) ->
                    getChild(handle, child, rights);
            case Step.Kill(int task) -> kill(task);
            case Step.Suspend(int task) -> suspend(task);
            case Step.Bind(int task, int port, long key, int options) ->
                    bind(task, port, key, options);
            case Step.Resume(int thread, int port, int options) ->
                    resumeFromException(thread, port, options);
            case Step.Redirect(int thread, var goes) -> redirect(thread, goes);
        }
        return Status.OK;
    }

    /// Which rule says that the step succeeds.
    private static String ruleOf(Step step) {
        return switch (step) {
            case Step.PortCreate _ -> "P-16";
            case Step.EventCreate _, Step.EventPairCreate _ -> "K-5";
            case Step.ChannelCreate _, Step.ChannelRead _ -> "K-1";
            case Step.Close _, Step.CloseMany _ -> "H-7";
            case Step.Duplicate _ -> "H-5";
            case Step.Replace _ -> "H-6";
            case Step.Signal _, Step.SignalPeer _ -> "W-2";
            case Step.WaitOne _ -> "W-4";
            case Step.WaitMany _ -> "W-6";
            case Step.WaitAsync _ -> "P-6";
            case Step.PortQueue _ -> "P-4";
            case Step.PortWait _ -> "P-1";
            case Step.PortCancel _ -> "P-12";
            case Step.ChannelWrite _ -> "K-2";
            case Step.JobCreate _ -> "J-1";
            case Step.ProcessCreate _ -> "J-4";
            case Step.ThreadCreate _ -> "R-8";
            case Step.ProcessStart _, Step.ThreadStart _ -> "R-3";
            case Step.GetChild _ -> "I-10";
            case Step.Kill _ -> "T-3";
            case Step.Suspend _ -> "S-1";
            case Step.Bind _ -> "B-2";
            case Step.Resume _ -> "X-9";
            case Step.Redirect _ -> "I-3";
        };
    }

    private static void refuse(boolean wrong, Status status, String rule) throws Refused {
        if (wrong) {
            throw new Refused(status, rule);
        }
    }

    private void make(Thing thing) {
        add(thing);
        give(thing, thing.type.rights());
    }

    private void makePair(Type type) {
        int first = serial();
        int second = serial();
        make(new Thing.End(first, type, second));
        make(new Thing.End(second, type, first));
    }

    // P-1, P-2, and Q-11 with open point 16: threads that ran in the same step queue in any order.

    private void portWait(int variable, List<Object> values, List<List<Object>> anyOf)
            throws Refused {
        Port port = (Port) need(variable, Bits.READ, Type.PORT);
        refuse(port.queue.isEmpty(), Status.TIMED_OUT, "P-2");
        List<Packet> firsts = firsts(port);
        if (firsts.size() > 1) {
            firsts.forEach(packet -> anyOf.add(values(packet)));
        } else {
            values.addAll(values(firsts.getFirst()));
            port.queue = List.copyOf(port.queue.subList(1, port.queue.size())); // P-1
        }
    }

    private static List<Packet> firsts(Port port) {
        Packet oldest = port.queue.getFirst();
        List<Packet> firsts = new ArrayList<>();
        Set<Integer> actors = new HashSet<>();
        for (Packet packet : port.queue) {
            if (packet.phase() == oldest.phase() && actors.add(packet.actor())) {
                firsts.add(packet);
            }
        }
        return oldest.actor() == 0 ? List.of(oldest) : firsts;
    }

    /// The state after the packet that is one of `anyOf` was taken out of a port.
    ///
    /// @param which its place in that list
    public Model read(int portVariable, int which) {
        Model next = new Model(this);
        Port port = next.port(hold(portVariable).object());
        port.queue = Thing.minus(port.queue, firsts(port).get(which));
        return next;
    }

    private static List<Object> values(Packet packet) {
        if (packet.isException()) { // X-5 (c)
            return List.of(
                    packet.key(),
                    (long) packet.type(),
                    0L,
                    new Outcome.Koid(packet.a()),
                    new Outcome.Koid(packet.b()));
        }
        long observed = (packet.a() & 0xffffffffL) | ((long) packet.b() << 32);
        return List.of(
                packet.key(), (long) packet.type(), 0L, observed, (long) packet.count()); // P-5
    }

    // Section 9: what threads do.

    /// Until every thread is at rest.
    private void run() {
        List<ThreadTask> awake = all(ThreadTask.class).stream().filter(this::isAwake).toList();
        this.awake = awake.size();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (ThreadTask thread : all(ThreadTask.class)) {
                boolean ended = process(thread).ends();
                actor = thread.id;
                while (isAwake(thread)) {
                    advance(thread);
                    moved = true;
                }
                if (!ended && process(thread).ends() && othersIn(process(thread), thread, awake)) {
                    open = true; // who of them was first is up to the scheduler
                }
            }
        }
        actor = 0;
    }

    private static boolean othersIn(
            ProcessTask process, ThreadTask thread, List<ThreadTask> awake) {
        return awake.stream().anyMatch(one -> one != thread && one.related == process.id);
    }

    private boolean isAwake(ThreadTask thread) {
        if (!thread.isStarted()) {
            return false;
        }
        if (thread.exchange != null) {
            return !isUnanswered(thread) || thread.killed; // T-4: not by an exit of its own
        }
        if (thread.stage != Stage.USER || thread.killed || thread.place >= 0) {
            return true;
        }
        return isToSuspend(thread) ? !thread.suspended : thread.suspended || !thread.sleeps;
    }

    private void advance(ThreadTask thread) {
        if (thread.exchange != null) {
            leaveExchange(thread, thread.exchange);
            return;
        }
        switch (thread.stage) {
            case PROCESS_STARTING -> {
                thread.stage = Stage.THREAD_STARTING;
                JobTask nearest = (JobTask) thing(process(thread).related);
                while (nearest != null && nearest.debugger == null) {
                    nearest = parent(nearest);
                }
                if (nearest != null) {
                    ask(thread, nearest.debugger, Bits.PROCESS_STARTING, OF_JOB_DEBUGGER);
                }
            }
            case THREAD_STARTING -> {
                thread.stage = Stage.USER;
                ask(thread, process(thread).debugger, Bits.THREAD_STARTING, OF_DEBUGGER);
            }
            case USER -> {
                if (thread.place >= 0) {
                    search(thread);
                } else {
                    goOn(thread);
                }
            }
            case EXITING -> exit(thread);
            case NEW, DEAD -> throw new IllegalStateException("it does not run");
        }
    }

    /// S-8.
    private void goOn(ThreadTask thread) {
        if (thread.killed) {
            beginExit(thread); // S-5
        } else if (isToSuspend(thread)) {
            thread.suspended = true;
            change(thread, Bits.RUNNING, Bits.SUSPENDED); // T-1
        } else {
            if (thread.suspended) {
                thread.suspended = false;
                change(thread, Bits.SUSPENDED, Bits.RUNNING); // T-1
            }
            switch (thread.goes) {
                case FAULT -> thread.place = 0;
                case SLEEP -> thread.sleeps = true; // C-4
                case EXIT -> {
                    thread.exited = true; // T-2
                    beginExit(thread);
                }
                case EXIT_PROCESS -> killProcess(process(thread), Step.EXIT_CODE);
            }
        }
    }

    // The stage after this one, for an exchange, is the one that follows its answer.
    private void ask(ThreadTask thread, @Nullable Bound bound, int exception, int portType) {
        if (bound != null && deliver(thread, bound, exception) && !thread.killed) {
            enter(thread, bound, exception, portType);
        }
    }

    /// X-5 (a) to (c).
    private boolean deliver(ThreadTask thread, Bound bound, int exception) {
        Packet packet =
                new Packet(
                        bound.key(), exception, thread.related, thread.id, 0, 0, 0, phase, actor);
        if (queue(port(bound.port()), packet) != Status.OK) {
            return false;
        }
        return true;
    }

    private void enter(ThreadTask thread, Bound bound, int exception, int portType) {
        thread.exchange = new Exchange(exception, portType, bound, Answer.NONE);
        note("idle", "slot's turn, thread enters", "unanswered");
    }

    /// A slot of the search.
    private record Slot(@Nullable Bound bound, int portType, String level) {}

    ///
    private List<Slot> slots(ThreadTask thread) {
        ProcessTask process = process(thread);
        List<Slot> slots = new ArrayList<>();
        slots.add(new Slot(process.debugger, OF_DEBUGGER, "process debugger"));
        slots.add(new Slot(thread.general, OF_THREAD, "thread"));
        slots.add(new Slot(process.general, OF_PROCESS, "process"));
        String level = "job";
        for (JobTask job = (JobTask) thing(process.related); job != null; job = parent(job)) {
            slots.add(new Slot(job.general, OF_JOB, level));
            level = level.equals("job") ? "job's parent" : "job's ancestor";
        }
        return slots;
    }

    private void search(ThreadTask thread) {
        List<Slot> slots = slots(thread);
        while (thread.place < slots.size()) {
            Slot slot = slots.get(thread.place); // B-13: read when its turn comes
            thread.place++;
            if (slot.bound() != null) {
                if (deliver(thread, slot.bound(), Bits.PAGE_FAULT)) {
                    seen.add(new Transition.Asked(thread.place, slot.level()));
                    enter(thread, slot.bound(), Bits.PAGE_FAULT, slot.portType());
                    return;
                }
                break;
            }
        }
        killProcess(process(thread), -1);
        beginExit(thread);
    }

    private void leaveExchange(ThreadTask thread, Exchange exchange) {
        thread.exchange = null; // X-5 (e)
        if (exchange.answer() == Answer.NONE) {
            note("unanswered, dying", "thread runs", "idle");
            if (thread.stage == Stage.USER) {
                beginExit(thread); // Q-1; X-19 for the starting ones
            }
            return;
        }
        note(stateOf(exchange.answer()), "thread runs", "idle");
        if (exchange.exception() == Bits.PAGE_FAULT && exchange.answer() == Answer.HANDLED) {
            thread.place = -1;
        }
    }

    private static void beginExit(ThreadTask thread) {
        thread.place = -1;
        thread.suspended = false; // its signals tell otherwise until it is dead (S-5)
        thread.stage = Stage.EXITING;
    }

    private void exit(ThreadTask thread) {
        ProcessTask process = process(thread);
        if (!thread.leaves) {
            thread.leaves = true;
            ask(thread, process.debugger, Bits.THREAD_EXITING, OF_DEBUGGER); // 9.4
            return;
        }
        thread.stage = Stage.DEAD;
        process.threads = Thing.minus(process.threads, (Integer) thread.id);
        change(thread, Bits.RUNNING | Bits.SUSPENDED, Bits.TERMINATED); // T-1
        if (process.threads.isEmpty()) {
            end(process);
        }
    }

    // What can be observed.

    /// Whether nothing more can be said: what the specification leaves open has decided.
    public boolean isOpen() {
        return open;
    }

    /// What the last step did to exchanges.
    public List<Transition> transitions() {
        return List.copyOf(seen);
    }

    /// Whether there is a thread that runs, or may run, or did so in the last step.
    public boolean hasGuests() {
        return awake > 0 || all(ThreadTask.class).stream().anyMatch(ThreadTask::isStarted);
    }

    /// The number of variables.
    public int variables() {
        return holds.size();
    }

    /// Whether the variable's handle is open, here.
    public boolean isLive(int variable) {
        return hold(variable).place() == Place.HERE;
    }

    /// Whether the variable was ever a handle.
    public boolean isHandle(int variable) {
        return hold(variable).object() != 0;
    }

    public int rights(int variable) {
        return hold(variable).rights();
    }

    /// The object's number in the model.
    public int object(int variable) {
        return hold(variable).object();
    }

    public Type type(int variable) {
        return thing(hold(variable).object()).type;
    }

    /// The object that related_koid names, 0 if none does.
    public int related(int variable) {
        return thing(hold(variable).object()).related;
    }

    public int signals(int variable) {
        return thing(hold(variable).object()).signals;
    }

    /// Packets in a port.
    public int queued(int variable) {
        return port(hold(variable).object()).queue.size();
    }

    /// The slots that a port fills.
    public int bindings(int variable) {
        int port = hold(variable).object();
        return (int) bindings().stream().filter(filled -> filled.bound().port() == port).count();
    }

    /// Handles, in this process, in messages and in other processes (I-7).
    public int handles(int variable) {
        return thing(hold(variable).object()).handles;
    }

    /// Started, exited, debugger attached, return code.
    public List<Long> processInfo(int variable) {
        ProcessTask process = (ProcessTask) thing(hold(variable).object());
        return List.of(
                process.life == ProcessTask.Life.INITIAL ? 0L : 1L,
                process.ends() ? 1L : 0L,
                process.debugger == null ? 0L : 1L,
                process.returnCode);
    }

    /// State, and the type of the port that it waits for (I-1).
    public List<Long> threadInfo(int variable) {
        ThreadTask thread = (ThreadTask) thing(hold(variable).object());
        Exchange exchange = thread.exchange;
        return List.of(
                (long) thread.state(),
                exchange != null && isUnanswered(thread) ? exchange.portType() : (long) NO_TYPE);
    }

    /// The type in the exception report, 0 if there is none (section 10).
    public int report(int variable) {
        Exchange exchange = ((ThreadTask) thing(hold(variable).object())).exchange;
        return exchange == null ? 0 : exchange.exception();
    }

    /// Whether there is a general register frame to be written to (I-2).
    public boolean canRedirect(int variable) {
        ThreadTask thread = (ThreadTask) thing(hold(variable).object());
        return thread.hasFrame() && !thread.sleeps;
    }

    /// The ports that fill the two slots of a task; 0 if none does.
    public List<Integer> slots(int variable) {
        Task task = (Task) thing(hold(variable).object());
        return List.of(
                task.general == null ? 0 : task.general.port(),
                task.debugger == null ? 0 : task.debugger.port());
    }

    /// The port that a thread waits for, 0 if it waits for none.
    public int asks(int variable) {
        Exchange exchange = ((ThreadTask) thing(hold(variable).object())).exchange;
        return exchange == null ? 0 : exchange.bound().port();
    }

    /// Threads of a process; child jobs of a job.
    public List<Integer> children(int variable) {
        return switch (thing(hold(variable).object())) {
            case ProcessTask process -> process.threads;
            case JobTask job -> children(job).stream().map(child -> child.id).toList();
            default -> List.of();
        };
    }

    /// Processes of a job (J-7).
    public List<Integer> processes(int variable) {
        return processes((JobTask) thing(hold(variable).object())).stream()
                .map(child -> child.id)
                .toList();
    }
}
