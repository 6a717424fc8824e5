package zircon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import zircon.conformance.report.Edge;

import java.util.List;

/// Each property of the suite, a small number of times.
class SuiteProperties {
    private static final Noted NOTED = new Noted();

    private static zircon.conformance.Property named(String name) {
        return Suite.properties().stream()
                .filter(property -> property.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Property(tries = 80)
    @Label("H, W, P, K: programs of handles, ports, waits and channels agree with the model")
    void objects(@ForAll("objectPrograms") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Provide
    Arbitrary<? extends Trial> objectPrograms() {
        return named("objects.agree-with-the-model").trials();
    }

    @Property(tries = 60)
    @Label("J, R, B: programs of tasks that do not run agree with the model")
    void tasks(@ForAll("taskPrograms") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Provide
    Arbitrary<? extends Trial> taskPrograms() {
        return named("tasks.agree-with-the-model").trials();
    }

    @Property(tries = 80)
    @Label("T, S, X, Q: programs of threads that fault agree with the model")
    void exceptions(@ForAll("exceptionPrograms") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Provide
    Arbitrary<? extends Trial> exceptionPrograms() {
        return named("exceptions.agree-with-the-model").trials();
    }

    @Property(tries = 80)
    @Label("Q-1, Q-2, Q-3, Q-4, Q-5, Q-7, Q-8: calls in a hurry end as the model allows")
    void races(@ForAll("raceTrials") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Provide
    Arbitrary<? extends Trial> raceTrials() {
        return named("exceptions.races").trials();
    }

    @Property(tries = 40)
    @Label("programs of all calls agree with the model")
    void everything(@ForAll("programs") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Provide
    Arbitrary<? extends Trial> programs() {
        return named("everything.agrees-with-the-model").trials();
    }

    @Property(tries = 60)
    @Label("13: of two things that are wrong, the first one decides")
    void orderOfChecks(@ForAll("calls") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Provide
    Arbitrary<? extends Trial> calls() {
        return named("calls.order-of-checks").trials();
    }

    @AfterContainer
    static void whatWasSeenIsKnown() {
        assertThat(ErrorOrder.cells()).containsAll(NOTED.cells.keySet());
        assertThat(ExchangeDiagram.edges()).containsAll(NOTED.edges.keySet());
        assertThat(List.copyOf(NOTED.edges.keySet()))
                .contains(new Edge("idle", "slot's turn, thread enters", "unanswered"));
    }
}
