package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_NONE;
import static zircon.sys.zircon_h.ZX_EXCP_PROCESS_STARTING;
import static zircon.sys.zircon_h.ZX_EXCP_THREAD_EXITING;
import static zircon.sys.zircon_h.ZX_EXCP_THREAD_STARTING;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.ExceptionExchange.State;
import zircon.emulation.kernel.ExceptionListener.Outcome;

import java.util.ArrayList;
import java.util.List;

/// The exceptions of one thread: the search for a handler, and what others may see of it.
public final class ThreadExceptions extends Chain.Link<ThreadExceptions> {
    private final ThreadDispatcher thread;
    private final ExceptionExchange exchange = new ExceptionExchange();
    private @Nullable ExceptionReport report;
    private @Nullable ThreadContext context;

    ThreadExceptions(ThreadDispatcher thread) {
        this.thread = thread;
    }

    /// Asks one handler after the other; sleeps for their answers. If nobody handles it, ends the
    /// thread's process.
    ///
    /// @return whether the thread may go on, if nobody killed it
    boolean handle(int type, ThreadContext saved) {
        report = ExceptionReport.of(type, saved);
        context = saved;
        saved.stop();
        boolean handled = search();
        if (!handled) {
            thread.kernel().exceptionListener().unhandled(thread, type);
            thread.endUnhandled();
        }
        saved.goOn();
        report = null;
        context = null;
        return handled;
    }

    /// The thread is about to run its code (section 9.4).
    ///
    /// @param initial whether it is the first of its process
    void announceStart(boolean initial, ThreadContext saved) {
        ProcessDispatcher process = thread.process();
        if (initial) {
            announce(ZX_EXCP_PROCESS_STARTING(), process.job().nearestDebugger(), saved);
        }
        announce(ZX_EXCP_THREAD_STARTING(), process.exceptionSlot(true).bound(), saved);
    }

    /// The thread is about to end (section 9.4).
    void announceExit(ThreadContext saved) {
        announce(ZX_EXCP_THREAD_EXITING(), thread.process().exceptionSlot(true).bound(), saved);
    }

    /// Tells a debugger, if there is one, and sleeps for its answer, which makes no difference.
    private void announce(int type, @Nullable ExceptionPort debugger, ThreadContext saved) {
        if (debugger == null) {
            return;
        }
        report = ExceptionReport.of(type, saved);
        context = saved;
        saved.stop();
        var _ = ask(debugger); // nor does it when the packet cannot be queued
        saved.goOn();
        report = null;
        context = null;
    }

    /// Whether there is no more to do: someone handled it, or the thread was killed.
    private boolean search() {
        for (ExceptionSlot slot : slotsInOrder()) {
            ExceptionPort via = slot.bound(); // B-13: at the moment its turn comes
            if (via == null) {
                continue;
            }
            switch (ask(via)) {
                case State.TryNext(_), State.Unbound(_) -> {}
                case State.Handled(_), State.Killed(_) -> {
                    return true;
                }
                default -> {
                    return false; // later handlers are not asked
                }
            }
        }
        return false;
    }

    ///
    private List<ExceptionSlot> slotsInOrder() {
        List<ExceptionSlot> slots = new ArrayList<>();
        ProcessDispatcher process = thread.process();
        slots.add(process.exceptionSlot(true));
        slots.add(thread.exceptionSlot(false));
        slots.add(process.exceptionSlot(false));
        for (JobDispatcher job = process.job(); job != null; job = job.parent()) {
            slots.add(job.exceptionSlot(false));
        }
        return slots;
    }

    /// X-5, one exchange. Marking and queuing are one step under the lock (semantics.md 16.1).
    private State ask(ExceptionPort via) {
        ExceptionListener listener = thread.kernel().exceptionListener();
        exchange.ask(via);
        via.entered(this);
        int type = report().type();
        listener.asked(thread, type, via);
        try {
            via.port().queue(packet(via));
        } catch (Refusal _) {
            exchange.portFull();
        }
        if (thread.isKilled()) {
            exchange.killed(); // the packet was sent all the same
        }
        while (exchange.isOpen()) {
            thread.sleepInException(via.port());
        }
        via.left(this);
        State end = exchange.leave();
        listener.left(thread, type, via, outcome(end));
        return end;
    }

    private static Outcome outcome(State end) {
        return switch (end) {
            case State.Handled(_) -> Outcome.HANDLED;
            case State.TryNext(_) -> Outcome.TRY_NEXT;
            case State.Unbound(_) -> Outcome.UNBOUND;
            case State.Killed(_) -> Outcome.KILLED;
            case State.Undeliverable(_) -> Outcome.UNDELIVERABLE;
            case State.Idle(), State.Unanswered(_) ->
                    throw new IllegalStateException("no exchange ends " + end);
        };
    }

    private PortPacket packet(ExceptionPort via) {
        return new PortPacket.ExceptionPacket(
                via.key(), report().type(), thread.process().koid(), thread.koid());
    }

    /// Answers the exchange that the thread is in.
    ///
    /// @throws Refusal BAD_STATE: it is in none, or answered; ACCESS_DENIED: it waits on another
    ///   port
    public void answer(PortDispatcher port, boolean handled) {
        thread.kernel().assertLocked();
        if (handled) {
            exchange.resume(port);
        } else {
            exchange.tryNext(port);
        }
        thread.wake();
    }

    void unbound(ExceptionPort binding) {
        exchange.unbound(binding);
        if (!exchange.isOpen()) {
            thread.wake();
        }
    }

    void killed() {
        exchange.killed();
    }

    private boolean inExchange() {
        return !(exchange.state() instanceof State.Idle);
    }

    /// The report of the exception that the thread is in.
    ///
    /// @throws Refusal BAD_STATE: it is in none
    public ExceptionReport report() {
        ExceptionReport current = report;
        if (current == null || !inExchange()) {
            throw Refusal.BAD_STATE;
        }
        return current;
    }

    /// The saved state of a thread in an exception.
    ///
    /// @throws Refusal BAD_STATE: it is in none
    public ThreadContext context() {
        ThreadContext current = context;
        if (current == null || !inExchange()) {
            throw Refusal.BAD_STATE;
        }
        return current;
    }

    /// ZX_EXCEPTION_PORT_TYPE_*: the slot whose answer is outstanding (I-1).
    public int waitsForSlotType() {
        return switch (exchange.state()) {
            case State.Unanswered(ExceptionPort via) -> via.slot().type();
            case State.Killed(ExceptionPort via) ->
                    via.slot().type(); // section 10, "killed while waiting"
            default -> ZX_EXCEPTION_PORT_TYPE_NONE();
        };
    }
}
