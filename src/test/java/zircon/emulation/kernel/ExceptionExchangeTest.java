package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import zircon.emulation.kernel.ExceptionExchange.State;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The table of X-5, cell by cell.
class ExceptionExchangeTest {
    private final TestKernel test = new TestKernel();
    private final PortDispatcher port = test.port();
    private final PortDispatcher otherPort = test.port();
    private final ExceptionSlot slot = test.kernel.rootJob().exceptionSlot(false);
    private final ExceptionPort via = new ExceptionPort(slot, port, 1);
    // The same port on the same slot, bound again.
    private final ExceptionPort again = new ExceptionPort(slot, port, 1);

    private final State idle = new State.Idle();
    private final State unanswered = new State.Unanswered(via);
    private final State handled = new State.Handled(via);
    private final State tryNext = new State.TryNext(via);
    private final State unbound = new State.Unbound(via);
    private final State killed = new State.Killed(via);
    private final State undeliverable = new State.Undeliverable(via);

    private ExceptionExchange in(State state) {
        ExceptionExchange exchange = new ExceptionExchange();
        if (!(state instanceof State.Idle)) {
            exchange.ask(via);
        }
        switch (state) {
            case State.Idle(), State.Unanswered(_) -> {}
            case State.Handled(_) -> exchange.resume(port);
            case State.TryNext(_) -> exchange.tryNext(port);
            case State.Unbound(_) -> exchange.unbound(via);
            case State.Killed(_) -> exchange.killed();
            case State.Undeliverable(_) -> exchange.portFull();
        }
        return exchange;
    }

    private List<State> states() {
        return List.of(idle, unanswered, handled, tryNext, unbound, killed, undeliverable);
    }

    private static String name(State state) {
        return state.getClass().getSimpleName();
    }

    private DynamicTest cell(State from, String event, Consumer<ExceptionExchange> act, State to) {
        return DynamicTest.dynamicTest(
                "X-5: " + name(from) + ", " + event + " -> " + name(to),
                () -> {
                    ExceptionExchange exchange = in(from);
                    act.accept(exchange);
                    assertThat(exchange.state()).isEqualTo(to);
                    assertThat(exchange.isOpen()).isEqualTo(to instanceof State.Unanswered);
                });
    }

    private DynamicTest refused(
            State from, String event, Consumer<ExceptionExchange> act, Refusal refusal) {
        return DynamicTest.dynamicTest(
                "X-5: " + name(from) + ", " + event + " -> " + refusal.getMessage(),
                () -> {
                    ExceptionExchange exchange = in(from);
                    assertThatThrownBy(() -> act.accept(exchange)).isSameAs(refusal);
                    assertThat(exchange.state()).isEqualTo(from);
                });
    }

    @TestFactory
    @DisplayName("X-5: answers")
    Stream<DynamicTest> answers() {
        List<DynamicTest> cells = new ArrayList<>();
        cells.add(cell(unanswered, "answer 0", e -> e.resume(port), handled));
        cells.add(cell(unanswered, "answer TRY_NEXT", e -> e.tryNext(port), tryNext));
        for (State state : states()) {
            boolean isIdle = state.equals(idle);
            Refusal wrongPort = isIdle ? Refusal.BAD_STATE : Refusal.ACCESS_DENIED;
            cells.add(refused(state, "answer 0, other port", e -> e.resume(otherPort), wrongPort));
            cells.add(refused(state, "TRY_NEXT, other port", e -> e.tryNext(otherPort), wrongPort));
            if (!state.equals(unanswered)) {
                Refusal late = state.equals(unbound) ? Refusal.ACCESS_DENIED : Refusal.BAD_STATE;
                cells.add(refused(state, "answer 0", e -> e.resume(port), late));
                cells.add(refused(state, "TRY_NEXT", e -> e.tryNext(port), late));
            }
        }
        return cells.stream();
    }

    @TestFactory
    @DisplayName("X-5: unbinding, killing, a full port")
    Stream<DynamicTest> otherEvents() {
        List<DynamicTest> cells = new ArrayList<>();
        for (State state : states()) {
            boolean open = state.equals(unanswered);
            cells.add(cell(state, "binding removed", e -> e.unbound(via), open ? unbound : state));
            cells.add(cell(state, "other binding removed", e -> e.unbound(again), state));
            cells.add(cell(state, "kill", ExceptionExchange::killed, open ? killed : state));
            cells.add(
                    cell(
                            state,
                            "port full",
                            ExceptionExchange::portFull,
                            open ? undeliverable : state));
        }
        return cells.stream();
    }

    @TestFactory
    @DisplayName("X-5: the thread runs")
    Stream<DynamicTest> leaving() {
        return states().stream()
                .filter(state -> !state.equals(unanswered))
                .map(
                        state ->
                                DynamicTest.dynamicTest(
                                        "X-5: " + name(state) + ", thread runs -> Idle",
                                        () -> {
                                            ExceptionExchange exchange = in(state);
                                            assertThat(exchange.leave()).isEqualTo(state);
                                            assertThat(exchange.state()).isEqualTo(idle);
                                        }));
    }

    @Test
    @DisplayName("X-5: an exchange that waits cannot be left, and one that is under way not begun")
    void broken() {
        assertThatThrownBy(() -> in(unanswered).leave()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> in(handled).ask(via)).isInstanceOf(IllegalStateException.class);
    }
}
