package zircon.faults;

import zircon.faults.Detector.Finding;
import zircon.faults.Detector.Verdict;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Puts each of the seeded faults into the kernel and runs a [Detector] against it; tells what it
/// found, as a table. The exit status is 0 if all were found.
///
/// The arguments are the detector's main class and arguments; without any it is `zx conformance` in
/// its default budget. System properties: `faults.only`, a glob of names; `faults.limit`, the
/// seconds that a run may take.
public final class SeededFaults {
    private static final List<String> CONFORMANCE =
            List.of("zircon.cli.Main", "conformance", "--fail-fast", "--seed", "1");
    private static final long LIMIT_SECONDS = 600;
    private static final String ALL = "*";
    private static final String HEAD =
            "| fault | rule | what is wrong | result | by | tries | seconds |\n"
                    + "|---|---|---|---|---|---|---|";

    private final Path project;
    private final Path folder;
    private final Detector detector;
    private final List<String> table = new ArrayList<>(List.of(HEAD));
    private int missed;

    private SeededFaults(Path project, Path folder, Detector detector) {
        this.project = project;
        this.folder = folder;
        this.detector = detector;
    }

    /// Runs.
    public static void main(String[] arguments) throws IOException {
        Path project = Path.of(System.getProperty("project.basedir", "")).toAbsolutePath();
        String build = System.getProperty("project.build.directory", project + "/target");
        Detector detector =
                new Detector(
                        arguments.length == 0 ? CONFORMANCE : List.of(arguments),
                        Duration.ofSeconds(Long.getLong("faults.limit", LIMIT_SECONDS)));
        Path folder = Files.createDirectories(Path.of(build, "faults"));
        Path scratch = Files.createTempDirectory(folder, "run");
        System.exit(new SeededFaults(project, scratch, detector).run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        String only = System.getProperty("faults.only", ALL);
        if (only.equals(ALL)) {
            requireSilence();
        }
        PathMatcher meant = FileSystems.getDefault().getPathMatcher("glob:" + only);
        for (SeededFault fault : SeededFault.all(project)) {
            if (meant.matches(Path.of(fault.name()))) {
                seek(fault);
            }
        }
        String whole = String.join("\n", table) + "\n";
        Files.writeString(folder.resolve("table.md"), whole);
        System.out.printf("%n%s%nThis and what the detector wrote: %s%n", whole, folder);
        return missed == 0;
    }

    /// What a detector finds counts for something only if it finds nothing where there is nothing.
    private void requireSilence() throws IOException {
        Finding finding = detector.run(List.of(), folder.resolve("00-sound.log"));
        System.out.printf(
                Locale.ROOT, "without a fault: %s, %.1f s%n", finding.verdict(), finding.seconds());
        if (finding.verdict() != Verdict.MISSED) {
            throw new IllegalStateException(
                    "%s says of the kernel without a fault: %s; see %s"
                            .formatted(detector.command(), finding, folder));
        }
    }

    private void seek(SeededFault fault) throws IOException {
        Path classes = FaultyClasses.compile(project, List.of(fault), folder.resolve(fault.name()));
        Finding finding = detector.run(List.of(classes), folder.resolve(fault.name() + ".log"));
        if (finding.verdict() != Verdict.FOUND) {
            missed++;
        }
        table.add(
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %s | %.1f |",
                        fault.name(),
                        fault.rule(),
                        fault.what(),
                        finding.verdict(),
                        finding.by(),
                        finding.tries(),
                        finding.seconds()));
        System.out.printf(
                Locale.ROOT,
                "%s: %s, %s, %s tries, %.1f s%n",
                fault.name(),
                finding.verdict(),
                finding.by(),
                finding.tries(),
                finding.seconds());
    }
}
