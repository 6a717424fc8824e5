package zircon.conformance.model;

import zircon.conformance.model.Thing.JobTask;
import zircon.conformance.model.Thing.Port;
import zircon.conformance.model.Thing.ThreadTask;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A state of the kernel, as far as one process can tell; immutable. What a step does to it is told
/// in the superclasses, one for each part of the specification.
public final class Model extends Observable {
    /// The number of the object of variable 0.
    public static final int FIRST_JOB = 1;

    private Model() {}

    private Model(Model other) {
        super(other);
    }

    /// One job, in variable 0.
    ///
    /// @param height of that job (J-1)
    public static Model initial(int height) {
        Model model = new Model();
        JobTask job = new JobTask(model.serial(), 0, height, Map.of());
        model.add(job);
        model.give(job, Type.JOB.rights());
        return model;
    }

    /// What the step does in this state.
    public Outcome take(Step step) {
        return take(step, true);
    }

    private Outcome take(Step step, boolean untilRest) {
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
        if (untilRest) {
            next.run();
        }
        next.sweep();
        return new Outcome(status, rule, List.copyOf(values), List.copyOf(anyOf), next);
    }

    // Section 11: what may be while not all threads have come to rest.

    /// What the step's call does at this moment, before any thread goes on.
    public List<Outcome> takeAtOnce(Step step) {
        Outcome outcome = take(step, false);
        boolean dying = step instanceof Step.Resume(int thread, _, _) && isLeavingKilled(thread);
        if (dying && outcome.status() == Status.OK) {
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

    /// The state after the packet that is one of `anyOf` was taken out of a port.
    ///
    /// @param which its place in that list
    public Model read(int portVariable, int which) {
        Model next = new Model(this);
        Port port = next.port(hold(portVariable).object());
        port.queue = Thing.minus(port.queue, firsts(port).get(which));
        return next;
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
            case Step.SetName(int handle, var name) -> setName(handle, name);
            case Step.PortQueue(int port, long key, int count) -> portQueue(port, key, count);
            case Step.PortWait(int port) -> portWait(port, values, anyOf);
            case Step.PortCancel(int port, int source, long key) -> portCancel(port, source, key);
            case Step.ChannelWrite(int channel, int bytes, var handles) ->
                    channelWrite(channel, bytes, handles);
            case Step.ChannelRead(int channel, int options, int bytes, int handles) ->
                    channelRead(channel, options, bytes, handles, values);
            case Step.JobCreate(int parent, int options) -> jobCreate(parent, options);
            case Step.SetPolicy(int job, int options, var policies) ->
                    setPolicy(job, options, policies);
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
            case Step.ThreadInfo(int thread) -> {
                need(thread, Bits.INSPECT, Type.THREAD);
                values.addAll(threadInfo(thread));
            }
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
            case Step.SetName _ -> "I-8";
            case Step.PortQueue _ -> "P-4";
            case Step.PortWait _ -> "P-1";
            case Step.PortCancel _ -> "P-12";
            case Step.ChannelWrite _ -> "K-2";
            case Step.JobCreate _ -> "J-1";
            case Step.SetPolicy _ -> "J-9";
            case Step.ProcessCreate _ -> "J-4";
            case Step.ThreadCreate _ -> "R-8";
            case Step.ProcessStart _, Step.ThreadStart _ -> "R-3";
            case Step.GetChild _ -> "I-10";
            case Step.Kill _ -> "T-3";
            case Step.Suspend _ -> "S-1";
            case Step.Bind _ -> "B-2";
            case Step.Resume _ -> "X-9";
            case Step.Redirect _ -> "I-3";
            case Step.ThreadInfo _ -> "I-1";
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
}
