package zircon.bench.report;

import zircon.bench.plan.Effort;
import zircon.bench.plan.Group;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a run has shown.
///
/// @param conditions under which
/// @param groups of cases
public record Results(Conditions conditions, List<Shown> groups) {
    /// A group of cases, measured.
    ///
    /// @param name the group's
    /// @param title the group's
    /// @param cases in the order in which they are shown
    public record Shown(String name, String title, List<Measured> cases) {}

    /// Draws the sum of what was measured.
    ///
    /// @param machine where
    /// @param effort how much of each
    /// @param groups what
    /// @param rounds for each case's name, what its JVMs have measured
    public static Results of(
            Machine machine, Effort effort, List<Group> groups, Map<String, List<Round>> rounds) {
        return new Results(
                Conditions.of(machine, effort, rounds),
                groups.stream().map(group -> shown(group, rounds)).toList());
    }

    private static Shown shown(Group group, Map<String, List<Round>> rounds) {
        return new Shown(
                group.name(),
                group.title(),
                group.cases().stream()
                        .map(one -> Measured.of(one, name -> rounds.getOrDefault(name, List.of())))
                        .toList());
    }

    Stream<Measured> cases() {
        return groups.stream().flatMap(group -> group.cases().stream());
    }
}
