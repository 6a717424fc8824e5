package zircon.conformance.model;

import org.jspecify.annotations.Nullable;

import zircon.conformance.model.Thing.Answer;
import zircon.conformance.model.Thing.Bound;
import zircon.conformance.model.Thing.Exchange;
import zircon.conformance.model.Thing.JobTask;
import zircon.conformance.model.Thing.Packet;
import zircon.conformance.model.Thing.Port;
import zircon.conformance.model.Thing.ProcessTask;
import zircon.conformance.model.Thing.ThreadTask;
import zircon.conformance.model.Thing.ThreadTask.Stage;

import java.util.ArrayList;
import java.util.List;

/// Section 9: what threads do by themselves, and the exceptions that they meet.
abstract class Threads extends Exceptions {
    private static final int OF_DEBUGGER = 1;
    private static final int OF_THREAD = 2;
    private static final int OF_PROCESS = 3;
    private static final int OF_JOB = 4;
    private static final int OF_JOB_DEBUGGER = 5;

    Threads() {}

    Threads(Exceptions other) {
        super(other);
    }

    /// Until every thread is at rest.
    final void run() {
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

    final boolean isAwake(ThreadTask thread) {
        if (!thread.isStarted()) {
            return false;
        }
        if (thread.exchange != null) {
            return !isUnanswered(thread) || thread.killed; // T-4: not by an exit of its own
        }
        if (thread.stage != Stage.USER || thread.killed || thread.place >= 0 || thread.calls) {
            return true;
        }
        if (isToSuspend(thread)) {
            return !thread.suspended;
        }
        return thread.suspended || !thread.blocks || (isReader(thread) && canRead(thread));
    }

    private static boolean isReader(ThreadTask thread) {
        return thread.goes == Step.Goes.READ_PORT;
    }

    private boolean canRead(ThreadTask thread) {
        return !port(hold(thread.knows).object()).queue.isEmpty();
    }

    @Override
    final int readers(Port port) {
        return (int)
                all(ThreadTask.class).stream()
                        .filter(thread -> thread.blocks && isReader(thread))
                        .filter(thread -> hold(thread.knows).object() == port.id)
                        .count();
    }

    final void advance(ThreadTask thread) {
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
        } else if (thread.calls) {
            thread.calls = false;
            takeStep(thread);
        } else if (isToSuspend(thread)) {
            thread.suspended = true;
            change(thread, Bits.RUNNING, Bits.SUSPENDED); // T-1
        } else {
            if (thread.suspended) {
                thread.suspended = false;
                change(thread, Bits.SUSPENDED, Bits.RUNNING); // T-1
            }
            if (thread.goes == Step.Goes.FAULT) {
                takeStep(thread);
            } else {
                thread.calls = true;
            }
        }
    }

    private void takeStep(ThreadTask thread) {
        switch (thread.goes) {
            case FAULT -> raise(thread, Bits.PAGE_FAULT);
            case SLEEP -> thread.blocks = true; // C-4
            case EXIT -> {
                thread.exited = true; // T-2
                beginExit(thread);
            }
            case EXIT_PROCESS -> killProcess(process(thread), Step.EXIT_CODE);
            case READ_PORT -> readPort(thread);
            case CLOSE -> {
                thread.goes = Step.Goes.EXIT; // when it returns
                closeKnown(thread);
            }
            case CREATE_PORT -> {
                thread.goes = Step.Goes.EXIT;
                // A handle is no good option.
                portMade |= thread.knows == Step.JUNK && !process(thread).denies(Bits.NEW_PORT);
                if (process(thread).raises(Bits.NEW_PORT)) { // P-16: before its options
                    raise(thread, Bits.POLICY_ERROR);
                }
            }
        }
    }

    private static void raise(ThreadTask thread, int exception) {
        thread.exception = exception;
        thread.place = 0;
    }

    /// A lookup has failed.
    private void missed(ThreadTask thread) {
        if (process(thread).raises(Bits.BAD_HANDLE)) { // H-13
            raise(thread, Bits.POLICY_ERROR);
        }
    }

    private void closeKnown(ThreadTask thread) {
        ProcessTask process = process(thread);
        if (process.owned.contains(thread.knows)) {
            process.owned = List.of();
            close(thread.knows);
        } else {
            missed(thread);
        }
    }

    private void readPort(ThreadTask thread) {
        thread.blocks = false;
        if (!process(thread).owned.contains(thread.knows)) {
            thread.goes = Step.Goes.EXIT;
            missed(thread);
            return;
        }
        Hold hold = hold(thread.knows);
        if (!(thing(hold.object()) instanceof Port port) || (hold.rights() & Bits.READ) == 0) {
            thread.goes = Step.Goes.EXIT; // C-1: refused, which no policy hears of
        } else if (port.queue.isEmpty()) {
            thread.blocks = true;
        } else {
            open |= firsts(port).size() > 1 || readers(port) > 1; // who gets which is not said
            port.queue = List.copyOf(port.queue.subList(1, port.queue.size())); // P-1
            thread.goes = Step.Goes.EXIT;
            woken = false;
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
        return queue(port(bound.port()), packet) == Status.OK;
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
                if (deliver(thread, slot.bound(), thread.exception)) {
                    seen.add(new Transition.Asked(thread.place, slot.level(), thread.exception));
                    enter(thread, slot.bound(), thread.exception, slot.portType());
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
        if (ThreadTask.isGeneral(exchange.exception()) && exchange.answer() == Answer.HANDLED) {
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
}
