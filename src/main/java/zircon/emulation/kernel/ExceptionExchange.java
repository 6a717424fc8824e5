package zircon.emulation.kernel;

/// One thread's exchange with one handler, as the table of X-5 has it: a method per event.
///
/// It knows neither lock nor threads. The thread that asks waits until [#isOpen] says no, then
/// takes the end by [#leave].
final class ExceptionExchange {
    /// Where the exchange stands. All but Idle name the binding through which the thread asked.
    sealed interface State {
        record Idle() implements State {}

        /// The packet is on its way or read; the thread waits.
        record Unanswered(ExceptionPort via) implements State {}

        record Handled(ExceptionPort via) implements State {}

        record TryNext(ExceptionPort via) implements State {}

        /// As if answered "try next"; but there is no port any more that could answer.
        record Unbound(ExceptionPort via) implements State {}

        /// The thread was killed before there was an answer.
        record Killed(ExceptionPort via) implements State {}

        /// The packet could not be queued.
        record Undeliverable(ExceptionPort via) implements State {}
    }

    private static final State IDLE = new State.Idle();

    private State state = IDLE;

    State state() {
        return state;
    }

    /// Whether the thread is still to wait.
    boolean isOpen() {
        return state instanceof State.Unanswered;
    }

    /// It is the slot's turn.
    void ask(ExceptionPort via) {
        if (!(state instanceof State.Idle)) {
            throw new IllegalStateException(
                    "a thread asks one handler at a time, but is in " + state);
        }
        state = new State.Unanswered(via);
    }

    /// The packet found no room.
    void portFull() {
        if (state instanceof State.Unanswered(ExceptionPort via)) {
            state = new State.Undeliverable(via);
        }
    }

    /// Someone answers "handled" with this port.
    ///
    /// @throws Refusal as X-9 from its step 4 on
    void resume(PortDispatcher port) {
        state = new State.Handled(answerable(port));
    }

    /// Someone answers "try next" with this port.
    ///
    /// @throws Refusal as X-9 from its step 4 on
    void tryNext(PortDispatcher port) {
        state = new State.TryNext(answerable(port));
    }

    private ExceptionPort answerable(PortDispatcher port) {
        ExceptionPort via = via(state);
        if (via.port() != port || state instanceof State.Unbound) {
            throw Refusal.ACCESS_DENIED;
        }
        if (!isOpen()) {
            throw Refusal.BAD_STATE;
        }
        return via;
    }

    private static ExceptionPort via(State state) {
        return switch (state) {
            case State.Idle() -> throw Refusal.BAD_STATE;
            case State.Unanswered(ExceptionPort via) -> via;
            case State.Handled(ExceptionPort via) -> via;
            case State.TryNext(ExceptionPort via) -> via;
            case State.Unbound(ExceptionPort via) -> via;
            case State.Killed(ExceptionPort via) -> via;
            case State.Undeliverable(ExceptionPort via) -> via;
        };
    }

    /// A binding was removed.
    void unbound(ExceptionPort binding) {
        if (state instanceof State.Unanswered(ExceptionPort via) && via == binding) {
            state = new State.Unbound(via);
        }
    }

    /// The thread was killed.
    void killed() {
        if (state instanceof State.Unanswered(ExceptionPort via)) {
            state = new State.Killed(via);
        }
    }

    /// The thread runs again; says how the exchange ended.
    State leave() {
        if (isOpen()) {
            throw new IllegalStateException("a thread cannot leave an exchange that is " + state);
        }
        State end = state;
        state = IDLE;
        return end;
    }
}
