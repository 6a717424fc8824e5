package zircon.bench.report;

import zircon.bench.plan.Effort;

import java.util.List;
import java.util.Map;

/// What is to be known of a run to believe it, and to repeat it.
///
/// @param machine where it was
/// @param forks JVMs for each case, one in each round
/// @param effort of each of them
/// @param error what is meant by it
public record Conditions(Machine machine, int forks, String effort, String error) {
    static Conditions of(Machine machine, Effort effort, Map<String, List<Round>> rounds) {
        int forks = rounds.values().stream().mapToInt(List::size).min().orElse(0);
        return new Conditions(
                machine,
                forks,
                "%d iterations of %d ms, after %d (behind the gate %d) of %d ms to warm up"
                        .formatted(
                                effort.iterations(),
                                effort.length().toMillis(),
                                effort.nullWarmups(),
                                effort.gateWarmups(),
                                effort.warmup().toMillis()),
                Merge.meaning(forks));
    }

    /// For a person.
    List<String> lines() {
        return forks == 0
                ? List.of(machine.toString())
                : List.of(
                        machine.toString(),
                        "forks of each: %d, one in each round of all; %s".formatted(forks, effort),
                        "± " + error);
    }
}
