package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

import zircon.testing.TestKernel;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What JUnit says of tests with `@ZirconTest`.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZirconTestTest {
    /// How a class of examples ended.
    ///
    /// @param failures of tests and containers
    /// @param printed to stderr
    private record Outcome(
            EngineExecutionResults results, List<Throwable> failures, String printed) {
        String message() {
            assertThat(failures).hasSize(1);
            return failures.getFirst().getMessage();
        }

        long succeeded() {
            return results.testEvents().succeeded().count();
        }
    }

    private static Outcome run(Class<?> example) {
        PrintStream before = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            EngineExecutionResults results =
                    EngineTestKit.engine("junit-jupiter")
                            .configurationParameter(
                                    "junit.jupiter.execution.parallel.enabled", "true")
                            .configurationParameter(
                                    "junit.jupiter.execution.parallel.config.strategy", "fixed")
                            .configurationParameter(
                                    "junit.jupiter.execution.parallel.config.fixed.parallelism",
                                    "2")
                            .selectors(selectClass(example))
                            .execute();
            return new Outcome(
                    results,
                    results.allEvents().failed().stream().map(ZirconTestTest::failure).toList(),
                    printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    private static Throwable failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
    }

    private static void requireSuccess(Class<?> example, int tests) {
        Outcome outcome = run(example);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.succeeded()).isEqualTo(tests);
        assertThat(outcome.printed()).isEmpty();
    }

    @Test
    void aTestGetsWhatItAsksForAndPasses() {
        requireSuccess(Examples.Passing.class, 1);
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
        requireSuccess(Examples.FakeClocks.class, 1);
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
        requireSuccess(Examples.OneInstance.class, 2);
    }

    @Test
    void oneMethodAloneCanHaveAKernel() {
        Outcome outcome = run(Examples.OneMethod.class);
        assertThat(outcome.message()).contains("a handle to port");
        assertThat(outcome.succeeded()).isEqualTo(1);
    }

    @Test
    void parallelTestsRunOneAfterTheOther() {
        requireSuccess(Examples.Concurrent.class, 3);
    }

    @Test
    void withoutTheLockTheSecondKernelIsRefused() {
        try (TestKernel _ = TestKernel.start()) {
            assertThat(run(Examples.ConcurrentWithoutLock.class).message())
                    .contains("This JVM has one kernel", "cannot run in parallel");
        }
    }
}
