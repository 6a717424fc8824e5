package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineTestKit;

/// What jqwik says of properties with `@ZirconTries`.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZirconTriesTest {
    private static Outcome run(Class<?> example) {
        return Outcome.of(
                EngineTestKit.engine("jqwik")
                        .configurationParameter("jqwik.database", "target/jqwik-examples")
                        .selectors(selectClass(example)));
    }

    @Test
    void eachTryGetsWhatItAsksFor() {
        run(PropertyExamples.Passing.class).requireSuccess(2);
    }

    @Test
    void methodsBeforeTheTryAreInItsKernel() {
        run(PropertyExamples.BeforeEachTry.class).requireSuccess(1);
    }

    @Test
    void aTryThatLeaksIsFalsifiedAndShrunkAndTheLineIsNamed() {
        Outcome outcome = run(PropertyExamples.Leaking.class);
        assertThat(outcome.message())
                .contains("a handle to event of koid ")
                .containsPattern("leaksFromTenOn\\(PropertyExamples.java:\\d+\\)");
        assertThat(outcome.printed()).contains("The kernel when 'leaksFromTenOn' failed:");
    }

    @Test
    void oneMethodAloneCanBeChecked() {
        Outcome outcome = run(PropertyExamples.OneProperty.class);
        assertThat(outcome.message()).contains("a handle to event");
        assertThat(outcome.succeeded()).isEqualTo(1);
    }

    @Test
    void aPropertyThatFailsShowsTheKernel() {
        Outcome outcome = run(PropertyExamples.Failing.class);
        assertThat(outcome.message()).isEqualTo("on purpose");
        assertThat(outcome.printed()).containsOnlyOnce("The kernel when").contains("to be seen");
    }

    @Test
    void aParameterOfAnUnknownTypeIsAnError() {
        assertThat(run(PropertyExamples.UnknownType.class).message())
                .contains("@Root Job, Port, Guests", "not for a zircon.Event");
    }
}
