package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;

import zircon.testing.TestKernel;

import java.util.List;

/// What JUnit says of tests with `@ZirconTest`.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZirconTestTest {
    private static Outcome run(Class<?> example) {
        return Outcome.of(engine(example));
    }

    private static EngineTestKit.Builder engine(Class<?> example) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .selectors(selectClass(example));
    }

    @Test
    void aTestGetsWhatItAsksForAndPasses() {
        run(Examples.Passing.class).requireSuccess(1);
    }

    @Test
    void aLeakedHandleFailsTheTestAndTheLineThatMadeItIsNamed() {
        String message = run(Examples.LeakingHandles.class).message();
        assertThat(message)
                .contains("a handle to port of koid ")
                .containsPattern(
                        "at zircon.extension.Examples\\$LeakingHandles.open\\(Examples.java:\\d+\\)")
                .containsPattern(
                        "at zircon.extension.Examples\\$LeakingHandles.leaks\\(Examples.java:\\d+\\)")
                .contains("The kernel:")
                .doesNotContain("zircon.Port.create", "org.junit");
        String line = message.replaceAll("(?s).*open\\(Examples.java:(\\d+)\\).*", "$1");
        assertThat(SourceLines.of("zircon/extension/Examples.java", Integer.parseInt(line)))
                .contains("the line that is to be named");
    }

    @Test
    void aLeakedGuestFailsTheTestAndIsNamed() {
        Outcome outcome = run(Examples.LeakingGuest.class);
        assertThat(outcome.message()).contains("a guest: thread ", "\"forgotten\"", "SLEEPING");
        assertThat(outcome.succeeded()).isEqualTo(1);
    }

    @Test
    void aTestThatTimesOutShowsTheKernel() {
        Outcome outcome = run(Examples.Hanging.class);
        assertThat(outcome.message()).contains("timed out after 300 milliseconds");
        assertThat(outcome.printed())
                .contains("The kernel when hangs(Port) failed:", "BLOCKED_PORT");
        assertThat(outcome.succeeded()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Examples.Uninterruptible.class,
                Examples.UninterruptibleClass.class,
                Examples.InheritedLimit.class,
                Examples.UninterruptibleBefore.class,
                Examples.UninterruptibleAfter.class
            })
    void aTimeLimitThatOnlyInterruptsIsRefused(Class<?> example) {
        assertThat(run(example).failures())
                .isNotEmpty()
                .allSatisfy(
                        failure ->
                                assertThat(failure)
                                        .hasMessageContaining(
                                                "@Timeout of a @ZirconTest needs threadMode ="
                                                        + " SEPARATE_THREAD: a thread that waits in"
                                                        + " a syscall cannot be interrupted"));
    }

    @Test
    void theLimitThatCountsIsTheNearest() {
        assertThat(run(Examples.UninterruptibleClass.class).succeeded()).isEqualTo(1);
        Outcome nested = run(Examples.InheritedLimit.class);
        assertThat(nested.succeeded()).isEqualTo(1);
        assertThat(nested.failures()).hasSize(2);
    }

    @Test
    void theThreadModeOfThePlatformCounts() {
        Outcome outcome =
                Outcome.of(
                        engine(Examples.UninterruptibleBefore.class)
                                .configurationParameter(
                                        Timeout.DEFAULT_TIMEOUT_THREAD_MODE_PROPERTY_NAME,
                                        "separate_thread"));
        assertThat(outcome.message()).contains("timed out after 3 seconds");
    }

    @Test
    void aTestThatFailsShowsTheKernel() {
        Outcome outcome = run(Examples.Failing.class);
        assertThat(outcome.message()).isEqualTo("on purpose");
        assertThat(outcome.printed()).containsOnlyOnce("The kernel when").contains("to be seen");
        assertThat(run(Examples.FailingBefore.class).printed()).containsOnlyOnce("The kernel when");
    }

    @Test
    void whatAGuestThrowsFailsTheTest() {
        Outcome outcome = run(Examples.ThrowingGuest.class);
        assertThat(outcome.message()).isEqualTo("said by the guest");
        assertThat(outcome.failures().getFirst()).isExactlyInstanceOf(AssertionError.class);
    }

    @Test
    void whatAGuestThrowsFailsTheTestEvenIfThatEndsAtOnce() {
        assertThat(run(Examples.GuestThatThrowsLate.class).failures())
                .hasSize(20)
                .allSatisfy(failure -> assertThat(failure).hasMessage("mine"));
    }

    @Test
    void aParameterOfAnUnknownTypeIsAnError() {
        List<String> messages =
                run(Examples.UnknownTypes.class).failures().stream()
                        .map(Throwable::getMessage)
                        .toList();
        assertThat(messages).hasSize(3);
        assertThat(messages)
                .anyMatch(
                        message ->
                                message.contains("@Root Job, Port, Guests")
                                        && message.contains("not for a zircon.Event"))
                .anyMatch(message -> message.contains("No ParameterResolver registered"))
                .anyMatch(
                        message ->
                                message.contains("@Root stands at a parameter of type zircon.Job"));
    }

    @Test
    void aParameterWithoutAKernelIsAnError() {
        assertThat(run(Examples.TooEarly.class).message())
                .contains("There is a kernel only while a test runs");
    }

    @Test
    void whoAsksForAFakeClockGetsAKernelWithOne() {
        run(Examples.FakeClocks.class).requireSuccess(1);
        assertThat(run(Examples.FakeClockTooLate.class).message())
                .contains("The clock of this test is the system's");
    }

    @Test
    void nestedClassesShareTheKernelOfTheTest() {
        Outcome outcome = run(Examples.Outer.class);
        assertThat(outcome.succeeded()).isEqualTo(1);
        assertThat(outcome.message()).contains("a handle to event", "Examples$Outer$Inner.<init>");
    }

    @Test
    void eachTestOfOneInstanceHasItsOwnKernel() {
        run(Examples.OneInstance.class).requireSuccess(2);
    }

    @Test
    void oneMethodAloneCanHaveAKernel() {
        Outcome outcome = run(Examples.OneMethod.class);
        assertThat(outcome.message()).contains("a handle to port");
        assertThat(outcome.succeeded()).isEqualTo(1);
    }

    @Test
    void parallelTestsRunOneAfterTheOther() {
        run(Examples.Concurrent.class).requireSuccess(3);
    }

    @Test
    void withoutTheLockTheSecondKernelIsRefused() {
        try (TestKernel _ = TestKernel.start()) {
            assertThat(run(Examples.ConcurrentWithoutLock.class).message())
                    .contains("This JVM has one kernel", "cannot run in parallel");
        }
    }
}
