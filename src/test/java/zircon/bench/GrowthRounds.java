package zircon.bench;

import zircon.bench.growth.GrowthFork;
import zircon.bench.plan.Curve;
import zircon.bench.plan.GrowthEffort;
import zircon.bench.plan.Library;
import zircon.bench.plan.Thing;
import zircon.bench.report.Footprint;
import zircon.bench.report.Grown;
import zircon.bench.report.Growth;
import zircon.bench.report.Sweeps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Has JVMs measure the curves and the memory, in rounds as [Rounds] has the benchmarks.
final class GrowthRounds {
    private static final long STUCK_SECONDS = 120;

    private final GrowthEffort effort;
    private final Consumer<String> progress;
    private final Map<String, List<Sweeps>> sweeps = new LinkedHashMap<>();
    private final Map<Thing, List<double[]>> weights = new EnumMap<>(Thing.class);

    GrowthRounds(GrowthEffort effort, Consumer<String> progress) {
        this.effort = effort;
        this.progress = progress;
    }

    /// Measures.
    ///
    /// @param memory whether that, too
    Growth measure(List<Curve> curves, boolean memory) {
        if (curves.isEmpty() && !memory) {
            return Growth.NONE;
        }
        List<Curve> measured = curves.stream().map(effort::of).toList();
        long start = System.nanoTime();
        Duration spent = Duration.ZERO;
        int done = 0;
        for (; effort.box().hasRoom(done, spent); done++) {
            (done % 2 == 0 ? measured : measured.reversed()).forEach(this::sweep);
            if (memory) {
                weigh();
            }
            spent = Duration.ofNanos(System.nanoTime() - start);
            progress.accept(
                    "growth, round %d of %d: %d s so far"
                            .formatted(done + 1, effort.box().rounds(), spent.toSeconds()));
        }
        return Growth.of(
                effort,
                done,
                measured.stream()
                        .map(curve -> Grown.of(curve, sweeps.getOrDefault(curve.name(), List.of())))
                        .toList(),
                weights.entrySet().stream()
                        .map(one -> footprint(one.getKey(), one.getValue()))
                        .toList());
    }

    private void sweep(Curve curve) {
        Stream<Object> numbers =
                Stream.of(effort.warmup().toMillis(), effort.visit().toMillis(), effort.sweeps());
        List<String> arguments =
                Stream.of(Stream.of(curve.name()), numbers, curve.sizes().stream())
                        .flatMap(part -> part)
                        .map(String::valueOf)
                        .toList();
        List<List<Double>> nanos =
                fork(List.of(), arguments).stream()
                        .map(words -> words.stream().map(Double::valueOf).toList())
                        .toList();
        sweeps.computeIfAbsent(curve.name(), _ -> new ArrayList<>()).add(new Sweeps(nanos));
    }

    private void weigh() {
        List<String> exact = List.of("-XX:+UseSerialGC", "-XX:-UseTLAB");
        for (List<String> words : fork(exact, List.of())) {
            weights.computeIfAbsent(Thing.valueOf(words.getFirst()), _ -> new ArrayList<>())
                    .add(words.stream().skip(1).mapToDouble(Double::parseDouble).toArray());
        }
    }

    private static Footprint footprint(Thing thing, List<double[]> weights) {
        return new Footprint(thing, mean(weights, 0), thing.isOutside() ? mean(weights, 1) : null);
    }

    private static double mean(List<double[]> weights, int index) {
        return weights.stream().mapToDouble(each -> each[index]).average().orElseThrow();
    }

    /// Runs a JVM.
    ///
    /// @return the words of each line of its result
    private static List<List<String>> fork(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Rounds.jvmArguments(Library.GATE));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(GrowthFork.class.getName());
        command.add(Built.file("guest.so").toString());
        command.addAll(arguments);
        try {
            Path said = Files.createTempFile("zircon-bench", ".txt");
            try {
                run(command, said);
                return Files.readAllLines(said).stream()
                        .filter(line -> line.startsWith(GrowthFork.SAYS))
                        .map(line -> line.substring(GrowthFork.SAYS.length()))
                        .map(line -> Arrays.asList(line.split(" ", -1)))
                        .toList();
            } finally {
                Files.delete(said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command + " cannot be run", e);
        }
    }

    private static void run(List<String> command, Path output)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (!process.waitFor(STUCK_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "%s has not ended after %d s".formatted(command, STUCK_SECONDS));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "%s has ended with %d; its reason is above"
                            .formatted(command, process.exitValue()));
        }
    }
}
