package zircon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.providers.TypeUsage;

import zircon.conformance.report.Edge;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/// Each property of the suite, a small number of times.
class SuiteProperties {
    private static final Noted NOTED = new Noted();

    /// The property of the suite that is tried.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    private @interface Of {
        String value();
    }

    @Provide
    Arbitrary<? extends Trial> trials(TypeUsage trial) {
        String name = trial.findAnnotation(Of.class).orElseThrow().value();
        return Suite.properties().stream()
                .filter(property -> property.name().equals(name))
                .findFirst()
                .orElseThrow()
                .trials();
    }

    @Property(tries = 80)
    @Label("H, W, P, K: programs of handles, ports, waits and channels agree with the model")
    void objects(@ForAll("trials") @Of("objects.agree-with-the-model") Trial trial)
            throws Deviation {
        trial.run(NOTED);
    }

    @Property(tries = 60)
    @Label("J, R, B: programs of tasks that do not run agree with the model")
    void tasks(@ForAll("trials") @Of("tasks.agree-with-the-model") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Property(tries = 80)
    @Label("T, S, X, Q: programs of threads that fault agree with the model")
    void exceptions(@ForAll("trials") @Of("exceptions.agree-with-the-model") Trial trial)
            throws Deviation {
        trial.run(NOTED);
    }

    @Property(tries = 80)
    @Label("Q-1, Q-2, Q-3, Q-4, Q-5, Q-7, Q-8: calls in a hurry end as the model allows")
    void races(@ForAll("trials") @Of("exceptions.races") Trial trial) throws Deviation {
        trial.run(NOTED);
    }

    @Property(tries = 40)
    @Label("programs of all calls agree with the model")
    void everything(@ForAll("trials") @Of("everything.agrees-with-the-model") Trial trial)
            throws Deviation {
        trial.run(NOTED);
    }

    @Property(tries = 60)
    @Label("13: of two things that are wrong, the first one decides")
    void orderOfChecks(@ForAll("trials") @Of("calls.order-of-checks") Trial trial)
            throws Deviation {
        trial.run(NOTED);
    }

    @AfterContainer
    static void whatWasSeenIsKnown() {
        assertThat(ErrorOrder.cells()).containsAll(NOTED.cells.keySet());
        assertThat(ExchangeDiagram.edges()).containsAll(NOTED.edges.keySet());
        assertThat(List.copyOf(NOTED.edges.keySet()))
                .contains(new Edge("idle", "slot's turn, thread enters", "unanswered"));
    }
}
