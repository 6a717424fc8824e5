package zircon.conformance.model;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BAD_STATE;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_FOUND;
import static zircon.conformance.model.Status.WRONG_TYPE;

import zircon.conformance.model.Thing.Answer;
import zircon.conformance.model.Thing.Bound;
import zircon.conformance.model.Thing.Exchange;
import zircon.conformance.model.Thing.Port;
import zircon.conformance.model.Thing.ProcessTask;
import zircon.conformance.model.Thing.ProcessTask.Life;
import zircon.conformance.model.Thing.Task;
import zircon.conformance.model.Thing.ThreadTask;
import zircon.conformance.model.Thing.ThreadTask.Stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Sections 8 and 9.3: binding exception ports, and answers.
abstract class Exceptions extends Tasks {
    Exceptions() {}

    Exceptions(Tasks other) {
        super(other);
    }

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

    @Override
    void lastHandleClosed(Thing thing) {
        super.lastHandleClosed(thing);
        if (thing instanceof Port port) {
            portClosed(port);
        }
    }

    /// P-15.
    private void portClosed(Port port) {
        List<Filled> through =
                bindings().stream().filter(filled -> filled.bound().port() == port.id).toList();
        if (actor != 0 && awake > 1 && !through.isEmpty()) {
            open = true; // who came first is up to the scheduler
        }
        through.stream()
                .sorted(Comparator.comparingInt((Filled f) -> f.bound().serial()).reversed())
                .forEach(filled -> unbind(filled.task(), filled.debugger()));
        port.queue = List.of();
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
        if (thread.isInCall()) {
            open = true; // where its stack pointer is then, is not said
        }
        need(variable, Bits.WRITE, Type.THREAD);
        thread.goes = goes;
        thread.knows = Step.JUNK;
        thread.blocks = false;
    }
}
