package zircon.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import zircon.conformance.report.Failure;
import zircon.conformance.report.Outcome;
import zircon.conformance.report.PropertyReport;
import zircon.conformance.report.Report;
import zircon.conformance.report.ReportFolder;
import zircon.kit.ForkedJvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `zx conformance` as the build has packed it, with properties that only pretend.
@Timeout(300)
class ConformanceCliTest {
    private static final List<String> OPTIONS =
            List.of(
                    "-Dzircon.conformance.catalog=" + FakeCatalog.class.getName(),
                    "-Dzircon.conformance.trial.limit=3000");

    @TempDir Path folder;

    private static List<String> zx(String... arguments) {
        String classPath = BuiltZx.classPath(BuiltZx.SUITE, "test-classes");
        return BuiltZx.command(classPath, OPTIONS, arguments);
    }

    private static ForkedJvm.Ended run(String... arguments)
            throws IOException, InterruptedException {
        return ForkedJvm.run(zx(arguments), Map.of());
    }

    private Report report() throws IOException {
        return new ReportFolder(folder).read();
    }

    @Test
    void whatHoldsIsStatus0() throws Exception {
        ForkedJvm.Ended ended = run("--only", "fake.{sound,last}", "--seed", "7");
        assertThat(ended.output())
                .startsWith(
                        "2 properties against the emulation; seed 7\nok      fake.sound: 60 tries")
                .contains("2 held, 0 failed, 0 not run; 120 tries");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void whatFailsIsStatus1AndItsSmallestProgramIsPrinted() throws Exception {
        ForkedJvm.Ended ended =
                run("--only", "fake.too-many", "--seed", "42", "--report", folder.toString());
        assertThat(ended.output())
                .contains("FAILED  fake.too-many", "numbers [51, 51, 51]", "0 held, 1 failed")
                .contains("Report: file:" + "//" + folder.resolve("index.html"));
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(report().seed()).isEqualTo(42);
        assertThat(folder.resolve("junit.xml")).exists();
    }

    @Test
    void aRunGoesOnAfterAHangAndAfterTheDeathOfItsJvm() throws Exception {
        ForkedJvm.Ended ended = run("--seed", "42", "--report", folder.toString());
        assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
        assertThat(report().properties())
                .extracting(PropertyReport::name)
                .containsExactlyElementsOf(
                        new FakeCatalog().properties().stream().map(p -> p.name()).toList());
        assertThat(report().properties())
                .extracting(PropertyReport::outcome)
                .containsExactly(
                        Outcome.PASSED,
                        Outcome.FAILED,
                        Outcome.PASSED,
                        Outcome.FAILED,
                        Outcome.FAILED,
                        Outcome.FAILED,
                        Outcome.PASSED);
        Failure hang = report().properties().get(3).failures().getFirst();
        assertThat(hang.kind()).isEqualTo(Failure.HANG);
        assertThat(hang.details()).contains("FakeCatalog.hang");
        Failure crash = report().properties().get(4).failures().getFirst();
        assertThat(crash.kind()).isEqualTo(Failure.CRASH);
        assertThat(crash.message()).endsWith("exit status 3, in step 4");
        assertThat(crash.details()).contains("last words");
        assertThat(crash.steps()).isEqualTo(7);
        assertThat(report().properties().get(4).tried()).isEqualTo(crash.trial() + 1);
    }

    @Test
    void anotherLibraryLeavesOutWhatNeedsTheEmulation() throws Exception {
        String library =
                BuiltZx.TARGET
                        .resolve("classes/zircon/internal/linux-x86_64/libzircon.so")
                        .toString();
        ForkedJvm.Ended ended =
                run("--only", "fake.{sound,ours}", "--library", library, "--seed", "1");
        assertThat(ended.output())
                .contains("against " + library)
                .contains("not run fake.ours; needs the emulation")
                .contains("1 held, 0 failed, 1 not run");
        assertThat(ended.exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"INT", "TERM"})
    void interruptedItReportsWhatItHas(String signal) throws Exception {
        // Whoever starts a build in the background has it ignore INT, which is inherited.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(zx("--only", "fake.sound", "--tries", "1000000000", "--report"));
        command.add(folder.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith("1 property against the emulation");
            var _ = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
            String rest = String.join("\n", output.readAllLines());
            assertThat(rest).contains("interrupted", "Report: ");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(rest).isZero();
            assertThat(report().ended()).isEqualTo("interrupted");
            assertThat(report().properties().getFirst().planned()).isEqualTo(1_000_000_000);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTimeLimitEndsIt() throws Exception {
        String[] arguments = {
            "--only", "fake.{sound,last}", "--tries", "1000000000", "--time", "1s", "--report"
        };
        List<String> command = new ArrayList<>(zx(arguments));
        command.add(folder.toString());
        ForkedJvm.Ended ended = ForkedJvm.run(command, Map.of());
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(report().ended()).isEqualTo(SuiteRun.NO_TIME);
        assertThat(report().properties()).hasSize(2);
    }

    @Test
    void shardsAreMergedFromTheirFolders() throws Exception {
        for (String shard : List.of("1/2", "2/2")) {
            var _ =
                    run(
                            "--only",
                            "fake.{sound,too-many}",
                            "--seed",
                            "42",
                            "--shard",
                            shard,
                            "--report",
                            folder.resolve(shard.substring(0, 1)).toString());
        }
        String one = folder.resolve("1").toString();
        String two = folder.resolve("2").toString();
        ForkedJvm.Ended merged = run("--merge", one, two, "--report", folder.toString());
        assertThat(merged.output()).contains("fake.too-many: 60 tries", "1 held, 1 failed");
        assertThat(merged.exit()).isEqualTo(1);
        assertThat(report().shards()).containsExactly("1/1");
        assertThat(run("--merge", one, one).exit()).isEqualTo(2);
        assertThat(run("--merge", folder.resolve("none").toString()).output())
                .isEqualTo(
                        "zx conformance: there is no report in %s\n"
                                .formatted(folder.resolve("none")));
    }

    @Test
    void aGlobWithoutAMatchIsBadUsage() throws Exception {
        ForkedJvm.Ended ended = run("--only", "real.*");
        assertThat(ended.output())
                .startsWith(
                        "zx conformance: --only: no property is called 'real.*'; there are fake.")
                .hasLineCount(1);
        assertThat(ended.exit()).isEqualTo(2);
    }

    @Test
    void withoutTheSuiteItSaysWhatIsMissing() throws Exception {
        String classPath = BuiltZx.classPath(BuiltZx.COMMANDS);
        ForkedJvm.Ended ended = ForkedJvm.run(BuiltZx.command(classPath, OPTIONS), Map.of());
        assertThat(ended.output())
                .startsWith("zx conformance: the conformance suite is not on the class path")
                .contains("-conformance.jar")
                .hasLineCount(1);
        assertThat(ended.exit()).isEqualTo(2);
    }
}
