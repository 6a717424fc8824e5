package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// How a class of examples ended.
///
/// @param succeeded how many of its tests
/// @param failures of tests and containers
/// @param printed to stderr
record Outcome(long succeeded, List<Throwable> failures, String printed) {
    /// Runs what was selected.
    static Outcome of(EngineTestKit.Builder tests) {
        PrintStream before = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            EngineExecutionResults results = tests.execute();
            return new Outcome(
                    results.testEvents().succeeded().count(),
                    results.allEvents().failed().stream().map(Outcome::failure).toList(),
                    printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    private static Throwable failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
    }

    /// The message of the only failure.
    String message() {
        assertThat(failures).hasSize(1);
        return String.valueOf(failures.getFirst().getMessage());
    }

    void requireSuccess(int tests) {
        assertThat(failures).isEmpty();
        assertThat(succeeded).isEqualTo(tests);
        assertThat(printed).isEmpty();
    }
}
