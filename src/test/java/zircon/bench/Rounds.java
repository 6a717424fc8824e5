package zircon.bench;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import zircon.bench.plan.Case;
import zircon.bench.plan.Effort;
import zircon.bench.plan.Library;
import zircon.bench.report.Round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Has JMH measure the cases, in rounds: each measures every case once, in a fresh JVM. What the
/// machine does meanwhile thus falls on all of them alike, as it would not if JMH ended one
/// benchmark before it began the next.
final class Rounds {
    private static final String BYTES = "gc.alloc.rate.norm";
    private static final TimeValue STUCK = TimeValue.seconds(60);

    private final Effort effort;
    private final Consumer<String> progress;
    private final StartUp startUp = new StartUp();

    Rounds(Effort effort, Consumer<String> progress) {
        this.effort = effort;
        this.progress = progress;
    }

    /// Measures.
    ///
    /// @return for each case's name, a round of each JVM
    Map<String, List<Round>> measure(List<Case> cases) {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        if (cases.isEmpty()) {
            return rounds;
        }
        long start = System.nanoTime();
        Duration spent = Duration.ZERO;
        for (int done = 0; effort.hasRoom(done, spent); done++) {
            // There and back: what comes first in one round comes last in the next.
            for (Case one : done % 2 == 0 ? cases : cases.reversed()) {
                rounds.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(round(one));
            }
            spent = Duration.ofNanos(System.nanoTime() - start);
            progress.accept(
                    "round %d of %d: %d benchmarks, %d s so far"
                            .formatted(done + 1, effort.rounds(), cases.size(), spent.toSeconds()));
        }
        return rounds;
    }

    private Round round(Case one) {
        return StartUp.measures(one) ? startUp.round(one) : fork(one);
    }

    private Round fork(Case one) {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("^" + Pattern.quote("zircon.bench." + one.benchmark()) + "$")
                        .forks(1)
                        .warmupIterations(effort.warmups(one.library()))
                        .warmupTime(time(effort.warmup()))
                        .measurementIterations(effort.iterations())
                        .measurementTime(time(effort.length()))
                        .timeout(STUCK)
                        .addProfiler(GCProfiler.class)
                        .jvmArgs(jvmArguments(one.library()).toArray(String[]::new))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true);
        one.parameters().forEach(options::param);
        try {
            RunResult result = new Runner(options.build()).runSingle();
            return round(result.getBenchmarkResults().iterator().next());
        } catch (RunnerException e) {
            throw new IllegalStateException(one.name() + " could not be measured", e);
        }
    }

    private static TimeValue time(Duration length) {
        return TimeValue.milliseconds(length.toMillis());
    }

    private static Round round(BenchmarkResult result) {
        Collection<IterationResult> iterations = result.getIterationResults();
        return new Round(
                iterations.stream().map(each -> each.getPrimaryResult().getScore()).toList(),
                iterations.stream().map(Rounds::bytes).toList());
    }

    private static double bytes(IterationResult iteration) {
        Result<?> bytes = iteration.getSecondaryResults().get(BYTES);
        if (bytes == null) {
            throw new IllegalStateException("JMH's gc profiler tells no " + BYTES);
        }
        return bytes.getScore();
    }

    /// What a JVM that measures is started with.
    static List<String> jvmArguments(Library library) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                // Otherwise it is a matter of what the machine has left for the
                                // compiler whether a benchmark is warm when its warm-up ends.
                                "-XX:-BackgroundCompilation",
                                "-Xms512m",
                                "-Xmx512m",
                                // What the kernel of this machine takes to find a page is not
                                // what the call costs.
                                "-XX:+AlwaysPreTouch",
                                "-D%s=%s".formatted(Built.PROPERTY, Built.folder())));
        if (library == Library.NULL) {
            arguments.add("-Dzircon.library=" + Built.file("libzircon.so"));
        }
        return arguments;
    }
}
