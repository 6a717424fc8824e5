package zircon.faults;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Java program that says whether the kernel on its class path is sound: its exit status is 0 if
/// so, and 1 if not.
///
/// @param command a main class and its arguments
/// @param limit for one run
record Detector(List<String> command, Duration limit) {
    /// What `zx conformance` says of a property that failed; then there is no need to hear more.
    private static final Pattern FAILED =
            Pattern.compile("FAILED +(?<by>\\S+): (?<tries>[\\d,]+) tries.*");

    private static final String NOTHING = "-";
    private static final int UNSOUND = 1;

    /// What came of a run.
    enum Verdict {
        FOUND("found"),
        MISSED("not found"),
        NO_END("no end in time"),
        BROKEN("the detector broke");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// A run.
    ///
    /// @param verdict what came of it
    /// @param by the property that failed first, if the detector says so
    /// @param tries of that property
    /// @param seconds that the run took
    record Finding(Verdict verdict, String by, String tries, double seconds) {}

    /// Runs the program on this JVM's class path.
    ///
    /// @param first what is to stand before all else on it
    /// @param log gets what the program writes
    Finding run(List<Path> first, Path log) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(java(first)).redirectErrorStream(true).start();
        CompletableFuture<Process> inTime =
                process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        var _ =
                inTime.exceptionally(
                        _ -> {
                            var _ = process.toHandle().destroyForcibly();
                            return process;
                        });
        Matcher failed = firstFailure(process, log);
        int status = process.onExit().join().exitValue();
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        if (failed != null) {
            return new Finding(Verdict.FOUND, failed.group("by"), failed.group("tries"), seconds);
        }
        Verdict verdict = inTime.isCompletedExceptionally() ? Verdict.NO_END : verdict(status);
        return new Finding(verdict, NOTHING, NOTHING, seconds);
    }

    private static Verdict verdict(int status) {
        return switch (status) {
            case 0 -> Verdict.MISSED;
            case UNSOUND -> Verdict.FOUND;
            default -> Verdict.BROKEN;
        };
    }

    /// Reads to the end, which comes soon after the first failure.
    private static @Nullable Matcher firstFailure(Process process, Path log) throws IOException {
        Matcher first = null;
        try (BufferedReader output = process.inputReader();
                PrintWriter copy = new PrintWriter(Files.newBufferedWriter(log))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.println(line);
                Matcher failed = FAILED.matcher(line);
                if (first == null && failed.matches()) {
                    first = failed;
                    var _ = process.toHandle().destroy(); // the process's own closes its output
                }
            }
        }
        return first;
    }

    private List<String> java(List<Path> first) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash"));
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath(first)));
        Stream.of("project.basedir", "project.build.directory", "native.directory")
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> words.add("-D%s=%s".formatted(name, System.getProperty(name))));
        words.addAll(command);
        return words;
    }

    private static String classPath(List<Path> first) {
        return Stream.concat(
                        first.stream().map(Path::toString),
                        Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
