package zircon.conformance.model;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BAD_STATE;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_FOUND;
import static zircon.conformance.model.Status.WRONG_TYPE;

import org.jspecify.annotations.Nullable;

import zircon.conformance.model.Thing.Answer;
import zircon.conformance.model.Thing.Bound;
import zircon.conformance.model.Thing.Exchange;
import zircon.conformance.model.Thing.JobTask;
import zircon.conformance.model.Thing.ProcessTask;
import zircon.conformance.model.Thing.ProcessTask.Life;
import zircon.conformance.model.Thing.Task;
import zircon.conformance.model.Thing.ThreadTask;
import zircon.conformance.model.Thing.ThreadTask.Stage;
import zircon.conformance.model.Thing.Token;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Sections 5 to 8 and 9.3: what is done to jobs, processes, threads and their exception ports.
abstract class Tasks extends State {
    Tasks() {}

    Tasks(State other) {
        super(other);
    }

    final <T extends Thing> List<T> all(Class<T> type) {
        return things.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    final ProcessTask process(ThreadTask thread) {
        return (ProcessTask) thing(thread.related);
    }

    final ThreadTask thread(int id) {
        return (ThreadTask) thing(id);
    }

    final void note(String from, String event, String to) {
        seen.add(new Transition.Edge(from, event, to));
    }

    static boolean isUnanswered(ThreadTask thread) {
        return thread.exchange != null && thread.exchange.answer() == Answer.NONE;
    }

    // Section 5: jobs.

    final void jobCreate(int parentVariable, int options) throws Refused {
        if (options != 0) {
            throw new Refused(INVALID_ARGS, "13");
        }
        JobTask parent =
                (JobTask) needEither(parentVariable, Bits.MANAGE_JOB, Bits.WRITE, Type.JOB);
        if (parent.height == 0) {
            throw new Refused(Status.OUT_OF_RANGE, "J-1");
        }
        requireReady(parent);
        JobTask job = new JobTask(serial(), parent.id, parent.height - 1); // J-1
        add(job);
        change(parent, Bits.NO_JOBS, 0); // J-5
        give(job, Type.JOB.rights());
    }

    private static void requireReady(JobTask job) throws Refused {
        if (job.killed) {
            throw new Refused(BAD_STATE, "J-3");
        }
    }

    final List<JobTask> children(JobTask job) {
        return all(JobTask.class).stream().filter(child -> child.related == job.id).toList();
    }

    /// J-7.
    final List<ProcessTask> processes(JobTask job) {
        return all(ProcessTask.class).stream()
                .filter(child -> child.related == job.id && child.life != Life.DEAD)
                .toList();
    }

    private void killJob(JobTask job) {
        if (!job.killed) { // J-2
            job.killed = true;
            children(job).reversed().forEach(this::killJob);
            processes(job).reversed().forEach(process -> killProcess(process, -1));
        }
    }

    // Section 6: processes.

    final void processCreate(int jobVariable, int options) throws Refused {
        if (options != 0) {
            throw new Refused(INVALID_ARGS, "13");
        }
        JobTask job = (JobTask) needEither(jobVariable, Bits.MANAGE_PROCESS, Bits.WRITE, Type.JOB);
        requireReady(job);
        ProcessTask process = new ProcessTask(serial(), job.id);
        add(process);
        change(job, Bits.NO_PROCESSES, 0); // J-4
        give(process, Type.PROCESS.rights());
    }

    final void processStart(int processVariable, int threadVariable, Step.Goes goes, int argument)
            throws Refused {
        try {
            ProcessTask process = (ProcessTask) need(processVariable, Bits.WRITE, Type.PROCESS);
            ThreadTask thread = (ThreadTask) need(threadVariable, Bits.WRITE, Type.THREAD);
            if (thread.related != process.id) {
                throw new Refused(ACCESS_DENIED, "13");
            }
            any(argument, Bits.TRANSFER);
            if (thread.stage != Stage.NEW || process.life != Life.INITIAL) {
                throw new Refused(BAD_STATE, "R-3");
            }
            takeAway(argument);
            process.owned = List.of(argument);
            process.life = Life.RUNNING;
            start(process, thread, Stage.PROCESS_STARTING, goes);
        } catch (Refused refused) {
            if (hold(argument).place() == Place.HERE) {
                close(argument);
            }
            throw refused;
        }
    }

    private void start(ProcessTask process, ThreadTask thread, Stage first, Step.Goes goes) {
        thread.stage = first;
        thread.goes = goes;
        process.threads = Thing.plus(process.threads, thread.id);
        change(thread, 0, Bits.RUNNING); // T-1
    }

    ///
    final void killProcess(ProcessTask process, long code) {
        if (process.ends()) {
            return;
        }
        process.returnCode = code;
        if (process.threads.isEmpty()) {
            end(process);
        } else {
            process.life = Life.DYING;
            process.threads.forEach(id -> killThread(thread(id)));
        }
    }

    ///
    final void end(ProcessTask process) {
        process.life = Life.DEAD;
        List<Integer> owned = process.owned;
        process.owned = List.of();
        owned.forEach(this::close);
        change(process, 0, Bits.TERMINATED);
        JobTask job = (JobTask) thing(process.related);
        if (processes(job).isEmpty()) {
            change(job, 0, Bits.NO_PROCESSES); // J-4
        }
    }

    @Override
    void lastHandleClosed(Thing thing) {
        super.lastHandleClosed(thing);
        switch (thing) {
            case ProcessTask process when process.life == Life.INITIAL -> end(process);
            case Thing.Port port -> {
                if (actor != 0
                        && awake > 1
                        && bindings().stream().anyMatch(f -> f.bound().port() == port.id)) {
                    open = true; // who came first is up to the scheduler
                }
                bindings().stream() // P-15
                        .filter(filled -> filled.bound().port() == port.id)
                        .sorted(
                                Comparator.comparingInt((Filled f) -> f.bound().serial())
                                        .reversed())
                        .forEach(filled -> unbind(filled.task(), filled.debugger()));
                port.queue = List.of();
            }
            case Token token -> resume(thing(token.task)); // S-6
            default -> {}
        }
    }

    // Section 7: threads and suspension.

    final void threadCreate(int variable, int options) throws Refused {
        if (options != 0) {
            throw new Refused(INVALID_ARGS, "13");
        }
        Thing process = needEither(variable, Bits.MANAGE_THREAD, Bits.WRITE, Type.PROCESS);
        ThreadTask thread = new ThreadTask(serial(), process.id);
        add(thread);
        give(thread, Type.THREAD.rights());
    }

    final void threadStart(int variable, Step.Goes goes) throws Refused {
        ThreadTask thread =
                (ThreadTask) needEither(variable, Bits.MANAGE_THREAD, Bits.WRITE, Type.THREAD);
        ProcessTask process = process(thread);
        if (thread.stage != Stage.NEW || process.life != Life.RUNNING) {
            throw new Refused(BAD_STATE, "R-3");
        }
        start(process, thread, Stage.THREAD_STARTING, goes);
    }

    /// T-3, T-4.
    private void killThread(ThreadTask thread) {
        if (thread.isStarted() && !thread.isDying()) {
            thread.killed = true;
            if (isUnanswered(thread)) {
                note("unanswered", "kill", "unanswered, dying");
            }
        }
    }

    final void kill(int variable) throws Refused {
        switch (any(variable, Bits.DESTROY)) {
            case JobTask job -> killJob(job);
            case ProcessTask process -> killProcess(process, -1);
            case ThreadTask thread -> killThread(thread);
            default -> throw new Refused(WRONG_TYPE, "13");
        }
    }

    final void suspend(int variable) throws Refused {
        Thing thing = any(variable, Bits.WRITE); // S-1
        switch (thing) {
            case ThreadTask thread -> {
                if (thread.isDying() || thread.stage == Stage.DEAD) {
                    throw new Refused(BAD_STATE, "S-1");
                }
                thread.suspends++; // T-5
                noteSuspension(thread);
            }
            case ProcessTask process -> {
                if (process.ends()) {
                    throw new Refused(BAD_STATE, "S-1");
                }
                process.suspends++; // S-7
                process.threads.forEach(id -> noteSuspension(thread(id)));
            }
            default -> throw new Refused(WRONG_TYPE, "S-1");
        }
        Token token = new Token(serial(), thing.id);
        add(token);
        give(token, Type.SUSPEND_TOKEN.rights());
    }

    private void noteSuspension(ThreadTask thread) {
        if (isUnanswered(thread)) {
            note("unanswered", "suspend / token close", "unanswered"); // S-4
        }
    }

    private void resume(Thing task) {
        if (task instanceof ThreadTask thread) {
            thread.suspends--;
            noteSuspension(thread);
        } else if (task instanceof ProcessTask process && !process.ends()) { // S-7
            process.suspends--;
            process.threads.forEach(id -> noteSuspension(thread(id)));
        }
    }

    final boolean isToSuspend(ThreadTask thread) {
        return thread.suspends + process(thread).suspends > 0; // T-5
    }

    final void getChild(int variable, int child, int rights) throws Refused {
        Hold hold = live(variable);
        any(variable, Bits.ENUMERATE);
        if ((same(hold, rights) & ~hold.rights()) != 0) {
            throw new Refused(ACCESS_DENIED, "13");
        }
        int id = hold(child).object();
        Thing parent = thing(hold.object());
        boolean found = switch (parent) { // I-10
                    case ProcessTask process -> process.threads.contains(id);
                    case JobTask job ->
                            children(job).stream().anyMatch(one -> one.id == id)
                                    || processes(job).stream().anyMatch(one -> one.id == id);
                    default -> throw new Refused(WRONG_TYPE, "13");
                };
        if (!found) {
            throw new Refused(NOT_FOUND, "R-7");
        }
        give(thing(id), same(hold, rights)); // I-10
    }

    // Section 8: binding exception ports.

    /// A slot that is filled.
    record Filled(Task task, boolean debugger, Bound bound) {}

    final List<Filled> bindings() {
        List<Filled> filled = new ArrayList<>();
        for (Task task : all(Task.class)) {
            for (boolean debugger : new boolean[] {false, true}) {
                Bound bound = task.slot(debugger);
                if (bound != null) {
                    filled.add(new Filled(task, debugger, bound));
                }
            }
        }
        return filled;
    }

    final void bind(int taskVariable, int portVariable, long key, int options) throws Refused {
        boolean debugger = options == Bits.DEBUGGER;
        if ((options & ~Bits.DEBUGGER) != 0) {
            throw new Refused(INVALID_ARGS, "B-2"); // (1)
        }
        if (isZero(portVariable)) {
            unbind(taskVariable, debugger);
            return;
        }
        Thing port = need(portVariable, 0, Type.PORT); // (2), B-4
        Thing target = any(taskVariable, 0); // (3)
        if (target instanceof ThreadTask && debugger) {
            throw new Refused(INVALID_ARGS, "B-2"); // (4)
        }
        if (!(target instanceof Task task)) {
            throw new Refused(WRONG_TYPE, "B-2"); // (4)
        }
        if ((task instanceof ThreadTask thread && thread.stage == Stage.DEAD)
                || (task instanceof ProcessTask process && process.life == Life.DEAD)) {
            throw new Refused(NOT_FOUND, "B-6"); // (6)
        }
        if (task.slot(debugger) != null) {
            throw new Refused(Status.ALREADY_BOUND, "B-5"); // (7)
        }
        task.fill(debugger, new Bound(serial(), port.id, key));
    }

    private void unbind(int taskVariable, boolean debugger) throws Refused {
        Thing target = any(taskVariable, 0); // B-3 (2)
        if (target instanceof ThreadTask && debugger) {
            throw new Refused(INVALID_ARGS, "B-3"); // (3)
        }
        if (!(target instanceof Task task)) {
            throw new Refused(WRONG_TYPE, "B-3"); // (3)
        }
        if (task.slot(debugger) == null) {
            throw new Refused(BAD_STATE, "B-3"); // (4)
        }
        unbind(task, debugger);
    }

    /// B-9.
    private void unbind(Task task, boolean debugger) {
        Bound removed = Objects.requireNonNull(task.slot(debugger));
        task.fill(debugger, null);
        for (ThreadTask thread : all(ThreadTask.class)) {
            Exchange exchange = thread.exchange;
            if (exchange == null || thread.killed) {
                continue; // one that is killed goes nowhere else
            }
            boolean own = exchange.bound().equals(removed);
            String state = stateOf(exchange.answer());
            if (!isUnanswered(thread)) {
                if (own) {
                    note(state, "this binding removed", state);
                }
            } else {
                if (own) {
                    thread.exchange = exchange.answered(Answer.UNBOUND);
                    note("unanswered", "this binding removed", "try-next");
                } else {
                    note("unanswered", "other binding removed", "unanswered");
                }
            }
        }
    }

    // Section 9.3: answers.

    ///
    final void resumeFromException(int threadVariable, int portVariable, int options)
            throws Refused {
        ThreadTask thread = (ThreadTask) need(threadVariable, 0, Type.THREAD); // (1), X-10
        Thing port = need(portVariable, 0, Type.PORT); // (2)
        if (options != 0 && options != Bits.TRY_NEXT) {
            throw new Refused(INVALID_ARGS, "X-9"); // (3)
        }
        Exchange exchange = thread.exchange;
        if (exchange == null) {
            note("idle", "answer", "idle");
            throw new Refused(BAD_STATE, "X-13"); // (4)
        }
        String state = stateOf(exchange.answer());
        if (exchange.bound().port() != port.id) {
            note(state, "answer, other port", state);
            throw new Refused(ACCESS_DENIED, "X-12"); // (5)
        }
        if (exchange.answer() == Answer.UNBOUND) {
            throw new Refused(ACCESS_DENIED, "Q-4"); // (5): it is nobody's any more
        }
        if (exchange.answer() != Answer.NONE) {
            note(state, "answer, matching port", state);
            throw new Refused(BAD_STATE, "X-11"); // (6)
        }
        boolean next = options == Bits.TRY_NEXT;
        thread.exchange = exchange.answered(next ? Answer.TRY_NEXT : Answer.HANDLED);
        note(
                "unanswered",
                next ? "answer TRY_NEXT, matching port" : "answer 0, matching port",
                next ? "try-next" : "handled");
    }

    static String stateOf(Answer answer) {
        return switch (answer) {
            case NONE -> "unanswered";
            case HANDLED -> "handled";
            case TRY_NEXT, UNBOUND -> "try-next";
        };
    }

    /// I-2 and I-3, with general registers that differ in where the thread goes.
    final void redirect(int variable, Step.Goes goes) throws Refused {
        ThreadTask thread = (ThreadTask) need(variable, Bits.READ, Type.THREAD);
        if (!thread.suspended && thread.exchange == null) {
            throw new Refused(BAD_STATE, "I-2");
        }
        if (!thread.hasFrame()) {
            throw new Refused(Status.NOT_SUPPORTED, "I-2"); // 9.4
        }
        if (thread.sleeps) {
            open = true; // it is stopped inside the call
        }
        need(variable, Bits.WRITE, Type.THREAD);
        thread.goes = goes;
        thread.sleeps = false;
    }

    // C-6.

    /// Drops what nothing refers to, of which only jobs can tell (J-5).
    final void sweep() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Thing thing : List.copyOf(things.values())) {
                if (thing.handles == 0 && !isReferred(thing)) {
                    things.remove(thing.id);
                    changed = true;
                    if (thing instanceof JobTask
                            && things.get(thing.related) instanceof JobTask parent
                            && children(parent).isEmpty()) {
                        change(parent, 0, Bits.NO_JOBS); // J-5
                    }
                }
            }
        }
    }

    private boolean isReferred(Thing thing) {
        if (thing instanceof Task task && (task.general != null || task.debugger != null)) {
            return true; // B-7
        }
        boolean lives =
                switch (thing) {
                    case ThreadTask thread -> thread.isStarted();
                    case ProcessTask process -> process.life != Life.DEAD;
                    default -> false;
                };
        return lives || things.values().stream().anyMatch(other -> refersTo(other, thing));
    }

    private static boolean refersTo(Thing other, Thing thing) {
        return switch (other) {
            case Token token -> token.task == thing.id;
            case ThreadTask thread -> thread.related == thing.id;
            case ProcessTask process -> process.related == thing.id;
            case JobTask job -> job.related == thing.id;
            default -> false;
        };
    }

    final @Nullable JobTask parent(JobTask job) {
        return (JobTask) things.get(job.related);
    }
}
