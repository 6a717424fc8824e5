package zircon.conformance.model;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BAD_STATE;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_FOUND;
import static zircon.conformance.model.Status.WRONG_TYPE;

import org.jspecify.annotations.Nullable;

import zircon.conformance.model.Thing.Answer;
import zircon.conformance.model.Thing.JobTask;
import zircon.conformance.model.Thing.ProcessTask;
import zircon.conformance.model.Thing.ProcessTask.Life;
import zircon.conformance.model.Thing.Task;
import zircon.conformance.model.Thing.ThreadTask;
import zircon.conformance.model.Thing.ThreadTask.Stage;
import zircon.conformance.model.Thing.Token;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sections 5 to 7: jobs, processes and threads.
abstract class Tasks extends Channels {
    Tasks() {}

    Tasks(Channels other) {
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
        JobTask job =
                new JobTask(serial(), parent.id, parent.height - 1, parent.policy); // J-1, J-8
        add(job);
        change(parent, Bits.NO_JOBS, 0); // J-5
        give(job, Type.JOB.rights());
    }

    final void setPolicy(int variable, int options, List<Step.Policy> entries) throws Refused {
        if ((options & ~1) != 0 || entries.isEmpty()) {
            throw new Refused(INVALID_ARGS, "13");
        }
        JobTask job = (JobTask) need(variable, Bits.SET_POLICY, Type.JOB);
        if (!children(job).isEmpty() || !processes(job).isEmpty()) {
            throw new Refused(BAD_STATE, "J-8");
        }
        if (entries.size() > 13) {
            throw new Refused(Status.OUT_OF_RANGE, "J-9");
        }
        Map<Integer, Integer> policy = new TreeMap<>(job.policy);
        for (Step.Policy entry : entries) { // J-9: in order
            if (entry.condition() > Bits.NEW_PROCESS) {
                throw new Refused(INVALID_ARGS, "J-9");
            }
            if ((entry.action() & ~7) != 0) {
                throw new Refused(Status.NOT_SUPPORTED, "J-9");
            }
            boolean any = entry.condition() == Bits.NEW_ANY;
            int last = any ? Bits.NEW_PROCESS - 1 : entry.condition();
            for (int one = entry.condition() + (any ? 1 : 0); one <= last; one++) {
                int held = job.policy.getOrDefault(one, entry.action()); // before the call
                if (held == entry.action()) {
                    policy.put(one, held); // the last one wins
                } else if (options == 1) {
                    throw new Refused(Status.ALREADY_EXISTS, "J-9");
                }
            }
        }
        job.policy = policy;
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

    final @Nullable JobTask parent(JobTask job) {
        return (JobTask) things.get(job.related);
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
        ProcessTask process = new ProcessTask(serial(), job.id, job.policy); // J-8
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
            thread.knows = argument;
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

    final void setName(int variable, String name) throws Refused {
        Thing thing = any(variable, Bits.SET_PROPERTY);
        thing.name = name.substring(0, Math.min(name.length(), Bits.LONGEST_NAME)); // I-8
    }

    // C-6.

    /// Drops what nothing refers to, of which only jobs can tell (J-5).
    @Override
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
}
