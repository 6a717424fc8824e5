package zircon.bench;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

import zircon.bench.plan.Case;
import zircon.bench.plan.Catalog;
import zircon.bench.plan.Curve;
import zircon.bench.plan.Curves;
import zircon.bench.plan.Effort;
import zircon.bench.plan.Group;
import zircon.bench.plan.GrowthEffort;
import zircon.bench.plan.Selection;
import zircon.bench.report.Json;
import zircon.bench.report.Limits;
import zircon.bench.report.Machine;
import zircon.bench.report.Page;
import zircon.bench.report.Results;
import zircon.bench.report.TextTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// `scripts/bench`: measures, and shows what it has measured.
@Command(
        name = "bench",
        description = {
            "Measures what calls cost, each beside what it could cost otherwise.",
            "Prints a table of ratios, and writes results.json and index.html into target/bench."
        },
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final int EXCEEDED = 1;

    private final Path folder = Path.of(System.getProperty("bench.output", ""));
    private final Path limits = Path.of(System.getProperty("bench.limits", ""));

    @Option(names = "--quick", description = "Measure less, for a look: within 3 minutes, not 20.")
    private boolean quick;

    @Option(
            names = "--check",
            description = {
                "Measure quickly what has a limit in src/test/resources/bench/limits.txt; the exit"
                        + " status is 1 if one is exceeded."
            })
    private boolean check;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            description = "Measure what is so called, and what it is compared with: 'null.ok.*'.")
    private @Nullable String only;

    private Bench() {}

    /// Runs.
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Bench())
                        .setExecutionExceptionHandler(Bench::refuse)
                        .execute(arguments));
    }

    private static int refuse(Exception reason, CommandLine command, ParseResult ignored)
            throws Exception {
        if (reason instanceof IllegalArgumentException) { // what was asked for cannot be
            System.err.println("bench: " + reason.getMessage());
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        throw reason;
    }

    @Override
    public Integer call() throws IOException {
        Limits allowed = Limits.read(limits);
        List<Group> groups = Selection.of(Catalog.groups(), wanted(allowed));
        List<Curve> curves =
                Curves.all().stream().filter(curve -> isWanted(curve.name(), allowed)).toList();
        boolean memory = isWanted(Curves.MEMORY, allowed);
        if (groups.isEmpty() && curves.isEmpty() && !memory) {
            throw new IllegalArgumentException("nothing is called " + only);
        }
        List<Case> cases = groups.stream().flatMap(group -> group.cases().stream()).toList();
        Machine machine = Machine.here();
        boolean isShort = quick || check;
        Effort effort = isShort ? Effort.QUICK : Effort.FULL;
        Consumer<String> progress = line -> System.err.println("bench: " + line);
        var rounds = new Rounds(effort, progress);
        var growth = new GrowthRounds(isShort ? GrowthEffort.QUICK : GrowthEffort.FULL, progress);
        var results =
                Results.of(machine, effort, groups, rounds.measure(cases))
                        .with(growth.measure(curves, memory));
        show(results);
        return check ? judge(allowed.exceeded(results)) : 0;
    }

    private Predicate<Case> wanted(Limits allowed) {
        Predicate<Case> wanted = _ -> true;
        if (only != null) {
            wanted = Selection.matching(only);
        } else if (quick) {
            wanted = Case::quick;
        }
        return check ? wanted.and(one -> allowed.names().contains(one.name())) : wanted;
    }

    /// Whether a curve, or memory, is to be measured.
    private boolean isWanted(String name, Limits allowed) {
        boolean asked =
                only != null ? Selection.names(only).test(name) : !quick || Curves.isQuick(name);
        return asked && (!check || allowed.names().contains(name));
    }

    private void show(Results results) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.json"), Json.of(results));
        Path page = folder.resolve("index.html");
        Files.writeString(page, Page.of(results));
        System.out.print(TextTable.of(results));
        System.out.println("\n" + page);
    }

    private static int judge(List<String> exceeded) {
        if (exceeded.isEmpty()) {
            System.out.println("All limits are kept.");
            return 0;
        }
        exceeded.forEach(line -> System.err.println("bench: " + line));
        return EXCEEDED;
    }
}
