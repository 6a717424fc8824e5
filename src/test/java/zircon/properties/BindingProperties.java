package zircon.properties;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import net.jqwik.api.statistics.StatisticsReport;

import zircon.jqwik.ZirconTries;
import zircon.properties.BindingModel.Slot;
import zircon.properties.BindingModel.Step;
import zircon.properties.BindingModel.Task;

import java.util.List;

/// Random sequences of calls against [BindingModel].
@ZirconTries
class BindingProperties {
    private static final int PORTS = 2;

    /// A call.
    sealed interface Call {
        record Bind(Slot slot, int port) implements Call {}

        record Unbind(Slot slot) implements Call {}

        /// Makes the port, or another handle to it if it is there.
        record OpenPort(int port) implements Call {}

        record ClosePort(int port) implements Call {}

        record Kill(Task task) implements Call {}

        /// Asks whether a debugger is attached.
        record Ask(Task process) implements Call {}
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 250)
    @Label(
            "B-1, B-2, B-3, B-5, B-7, B-8: bind, unbind, close, duplicate, kill and get_info agree"
                    + " with a model")
    void agreesWithTheModel(@ForAll("calls") List<Call> calls) {
        try (var system = new BindingSystem()) {
            BindingModel model = BindingModel.initial();
            for (Call call : calls) {
                Step step = predicted(model, call);
                assertThat(status(system, call))
                        .as("%s in %s", call, model)
                        .isEqualTo(step.status());
                model = step.next();
                if (call instanceof Call.Ask(Task process)) {
                    assertThat(system.debuggerAttached(process))
                            .isEqualTo(model.debuggerAttached(process));
                }
                if (call instanceof Call.Kill) {
                    system.awaitEnd(model.dead());
                }
                Statistics.label("call")
                        .collect(
                                call.getClass().getSimpleName()
                                        + " "
                                        + Prediction.name(step.status()));
            }
            Statistics.label("bindings at the end").collect(model.bound().size());
            requireSlots(system, model);
            Statistics.label("call").coverage(BindingProperties::requireAll);
        }
    }

    private static void requireAll(StatisticsCoverage coverage) {
        for (String met :
                List.of(
                        "Bind OK",
                        "Bind BAD_HANDLE",
                        "Bind INVALID_ARGS",
                        "Bind NOT_FOUND",
                        "Bind ALREADY_BOUND",
                        "Unbind OK",
                        "Unbind BAD_STATE",
                        "ClosePort OK",
                        "Kill OK",
                        "Ask OK")) {
            coverage.check(met).count(count -> count > 0);
        }
    }

    /// By taking away what is bound.
    private static void requireSlots(BindingSystem system, BindingModel model) {
        BindingModel left = model;
        for (Task task : Task.values()) {
            for (boolean debugger : new boolean[] {false, true}) {
                Step step = left.unbind(new Slot(task, debugger));
                assertThat(system.unbind(new Slot(task, debugger)))
                        .as("unbinding %s, debugger %s, of %s", task, debugger, model)
                        .isEqualTo(step.status());
                left = step.next();
            }
        }
    }

    private static Step predicted(BindingModel model, Call call) {
        return switch (call) {
            case Call.Bind(Slot slot, int port) -> model.bind(slot, port);
            case Call.Unbind(Slot slot) -> model.unbind(slot);
            case Call.OpenPort(int port) -> model.openPort(port);
            case Call.ClosePort(int port) -> model.closePort(port);
            case Call.Kill(Task task) -> model.kill(task);
            case Call.Ask _ -> new Step(0, model);
        };
    }

    private static int status(BindingSystem system, Call call) {
        return switch (call) {
            case Call.Bind(Slot slot, int port) -> system.bind(slot, port);
            case Call.Unbind(Slot slot) -> system.unbind(slot);
            case Call.OpenPort(int port) -> system.openPort(port);
            case Call.ClosePort(int port) -> system.closePort(port);
            case Call.Kill(Task task) -> system.kill(task);
            case Call.Ask _ -> 0;
        };
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<Integer> ports = Arbitraries.integers().between(0, PORTS - 1);
        Arbitrary<Slot> slots =
                Combinators.combine(Arbitraries.of(Task.class), Arbitraries.of(true, false))
                        .as(Slot::new);
        Arbitrary<Call> call =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Combinators.combine(slots, ports).as(Call.Bind::new)),
                        Tuple.of(3, slots.map(Call.Unbind::new)),
                        Tuple.of(6, ports.map(Call.OpenPort::new)),
                        Tuple.of(4, ports.map(Call.ClosePort::new)),
                        Tuple.of(1, Arbitraries.of(Task.class).map(Call.Kill::new)),
                        Tuple.of(
                                3,
                                Arbitraries.of(Task.PROCESS, Task.INITIAL_PROCESS)
                                        .map(Call.Ask::new)));
        return call.list().ofMinSize(5).ofMaxSize(60);
    }
}
