package zircon.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import zircon.conformance.Property;
import zircon.conformance.report.Failure;
import zircon.conformance.report.Outcome;
import zircon.conformance.report.PropertyReport;
import zircon.kit.ForkedJvm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The suite judges a libzircon that is not the emulation.
@Timeout(300)
class OtherLibraryTest {
    private static final String OBJECTS = "objects.agree-with-the-model";

    @TempDir Path folder;

    private static String classPath() {
        return BuiltZx.classPath(BuiltZx.SUITE);
    }

    private static ForkedJvm.Ended zx(String... arguments)
            throws IOException, InterruptedException {
        return ForkedJvm.run(BuiltZx.command(classPath(), List.of(), arguments), Map.of());
    }

    /// Until the first failure, with the default budget.
    private static PropertyReport objects(Path library) throws IOException {
        Plan plan =
                new Plan(
                        SuiteCatalog.class.getName(),
                        List.of(OBJECTS),
                        false,
                        1,
                        0,
                        Shard.WHOLE,
                        Long.MAX_VALUE,
                        20_000,
                        1000,
                        10_000,
                        true);
        List<Property> properties =
                new SuiteCatalog()
                        .properties().stream().filter(p -> p.name().equals(OBJECTS)).toList();
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-Dzircon.library=" + library);
        var said = new ByteArrayOutputStream();
        return new Supervisor(
                        properties,
                        plan,
                        new WorkerJvm(classPath(), options),
                        new Lines(new PrintStream(said, true, StandardCharsets.UTF_8)),
                        Runs.NEVER)
                .run()
                .getFirst();
    }

    private static Failure failure(Path library) throws IOException {
        PropertyReport report = objects(library);
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.failures()).hasSize(1);
        return report.failures().getFirst();
    }

    @Test
    void oneThatFollowsTheSpecificationHoldsAndWhatNeedsTheEmulationIsNotRun() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        String library = here.relativize(OtherLibrary.faithful().toAbsolutePath()).toString();
        ForkedJvm.Ended ended =
                zx("--library", library, "--only", "{ob,ex}*", "--tries", "60", "--seed", "1");
        assertThat(ended.output())
                .startsWith("3 properties against /")
                .contains("ok      " + OBJECTS + ": 60 tries")
                .contains(
                        "not run exceptions.agree-with-the-model; needs the emulation",
                        "not run exceptions.races; needs the emulation")
                .contains("1 held, 0 failed, 2 not run");
        assertThat(ended.exit()).isZero();
    }

    @ParameterizedTest
    @DisplayName("H-6, P-8, P-12, K-1, K-2: each deviation is found within the default tries")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    REPLACE_KEEPS_SOURCE     | H-8    | 2 | zx_handle_replace(
                    REPEATING_FORGETS        | P-[12] | 8 | zx_object_wait_async(
                    CANCEL_LEAVES_PACKETS    | P-[12] | 8 | zx_port_cancel(
                    READABLE_WHEN_EMPTY      | K-1    | 5 | read(
                    REFUSED_WRITE_GIVES_BACK | H-8    | 4 | write(
                    """)
    void oneThatDeviatesFailsWithASmallProgramThatMakesTheCall(
            String deviation, String rule, int mostSteps, String call) throws Exception {
        Failure failure = failure(OtherLibrary.deviating(deviation));
        assertThat(failure.kind()).matches(rule);
        assertThat(failure.steps()).isLessThanOrEqualTo(mostSteps);
        assertThat(failure.listing()).contains(call);
        assertThat(failure.again()).isEqualTo(Failure.RERUNS);
    }

    @Test
    @DisplayName("H-5: a deviation is status 1")
    void oneThatDeviatesIsStatus1() throws Exception {
        String library = OtherLibrary.deviating("DUPLICATE_ADDS_RIGHTS").toString();
        ForkedJvm.Ended ended =
                zx("--library", library, "--only", OBJECTS, "--fail-fast", "--seed", "1");
        assertThat(ended.output())
                .contains("H-5: step 1: expected Duplicate", "got ZX_OK")
                .contains("1  zx_handle_duplicate(h0, ")
                .contains("0 held, 1 failed, 0 not run");
        assertThat(ended.exit()).isEqualTo(1);
    }

    @Test
    @DisplayName("I-11: without a default job there is nothing to judge, and the failure says so")
    void aLibraryWithoutADefaultJobFailsWithTheReason() throws Exception {
        Failure failure = failure(OtherLibrary.deviating("NO_DEFAULT_JOB"));
        assertThat(failure.message())
                .contains("the library gives no job to make objects in")
                .endsWith("zx_job_default returns is ZX_ERR_BAD_HANDLE");
        assertThat(failure.steps()).isZero();
    }

    @Test
    void aCrashSaysInWhichFunctionAndInWhichStep() throws Exception {
        Failure failure = failure(OtherLibrary.deviating("CRASHES"));
        assertThat(failure.kind()).isEqualTo(Failure.CRASH);
        assertThat(failure.message()).matches(".* at C .*zx_eventpair_create.*, in step \\d+");
        assertThat(failure.details()).contains("SIGSEGV");
    }

    @Test
    void aMissingFunctionFailsWhereItIsCalled() throws Exception {
        Path symbols = folder.resolve("symbols");
        Files.writeString(symbols, "{ global: zx_*; local: zx_handle_replace; };");
        Failure failure = failure(OtherLibrary.exporting(symbols));
        assertThat(failure.message()).isEqualTo("the library has no function zx_handle_replace");
        assertThat(failure.listing()).contains("zx_handle_replace(");
        assertThat(failure.steps()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNoLibraryIsBadUsage() throws Exception {
        Path text = Files.writeString(folder.resolve("libzircon.so"), "no library");
        assertThatThrownBy(() -> objects(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--library: " + text);
        ForkedJvm.Ended ended = zx("--library", text.toString(), "--only", OBJECTS);
        assertThat(ended.output()).contains("\nzx conformance: --library: " + text);
        assertThat(ended.exit()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNotThereIsBadUsage() throws Exception {
        ForkedJvm.Ended ended = zx("--library", "nowhere/libzircon.so");
        assertThat(ended.output())
                .startsWith("zx conformance: --library: there is no file nowhere/libzircon.so");
        assertThat(ended.exit()).isEqualTo(2);
    }
}
