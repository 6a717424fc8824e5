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
/// @param growth over sizes
public record Results(Conditions conditions, List<Shown> groups, Growth growth) {
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
                groups.stream().map(group -> shown(group, rounds)).toList(),
                Growth.NONE);
    }

    /// The same, and growth.
    public Results with(Growth measured) {
        return new Results(conditions, groups, measured);
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

    /// What is to be known of the run, for a person.
    List<String> lines() {
        return Stream.of(
                        conditions.lines(),
                        growth.isEmpty() ? List.<String>of() : List.of(growth.effort()))
                .flatMap(List::stream)
                .toList();
    }
}
