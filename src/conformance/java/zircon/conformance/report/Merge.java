package zircon.conformance.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes one report of those of several shards: but for times, that of one run of the whole.
public final class Merge {
    private Merge() {}

    /// Merges.
    ///
    /// @param reports of disjoint shards of one run
    /// @return the whole
    /// @throws IllegalArgumentException they do not belong together
    public static Report of(List<Report> reports) {
        Report first = reports.getFirst();
        for (Report report : reports) {
            same("seed", first.seed(), report.seed());
            same("library", first.library(), report.library());
        }
        List<String> shards = reports.stream().flatMap(r -> r.shards().stream()).sorted().toList();
        if (new LinkedHashSet<>(shards).size() != shards.size()) {
            throw new IllegalArgumentException(
                    "a shard is there twice: " + String.join(", ", shards));
        }
        return new Report(
                Report.FORMAT,
                first.library(),
                first.seed(),
                whole(shards),
                reports.stream().map(Report::started).min(Comparator.naturalOrder()).orElseThrow(),
                reports.stream().mapToDouble(Report::seconds).sum(),
                distinct(reports, Report::machine, _ -> true),
                ended(reports, shards),
                properties(reports),
                union(reports, Report::cells),
                union(reports, Report::edges));
    }

    private static void same(String what, Object one, Object other) {
        if (!one.equals(other)) {
            throw new IllegalArgumentException(
                    "reports of different runs: %s %s and %s".formatted(what, one, other));
        }
    }

    private static List<String> whole(List<String> shards) {
        return missing(shards).isEmpty() ? List.of("1/1") : shards;
    }

    private static String ended(List<Report> reports, List<String> shards) {
        List<String> missing = missing(shards);
        String early = distinct(reports, Report::ended, e -> !e.equals(Report.COMPLETE));
        if (!missing.isEmpty()) {
            String without = "without shard " + String.join(", ", missing);
            return early.isEmpty() ? without : early + ", " + without;
        }
        return early.isEmpty() ? Report.COMPLETE : early;
    }

    private static List<String> missing(List<String> shards) {
        List<String> missing = new ArrayList<>();
        for (String of : shards.stream().map(Merge::number).distinct().toList()) {
            for (int i = 1; i <= Integer.parseInt(of); i++) {
                if (!shards.contains(i + "/" + of)) {
                    missing.add(i + "/" + of);
                }
            }
        }
        return missing;
    }

    private static String number(String shard) {
        return shard.substring(shard.indexOf('/') + 1);
    }

    private static String distinct(
            List<Report> reports, Function<Report, String> what, Predicate<String> which) {
        return reports.stream()
                .map(what)
                .filter(which)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static <T> List<T> union(List<Report> reports, Function<Report, List<T>> what) {
        return reports.stream().flatMap(report -> what.apply(report).stream()).distinct().toList();
    }

    private static List<PropertyReport> properties(List<Report> reports) {
        Map<String, List<PropertyReport>> byName = new LinkedHashMap<>();
        for (Report report : reports) {
            for (PropertyReport property : report.properties()) {
                byName.computeIfAbsent(property.name(), _ -> new ArrayList<>()).add(property);
            }
        }
        return byName.values().stream().map(Merge::property).toList();
    }

    private static PropertyReport property(List<PropertyReport> parts) {
        PropertyReport first = parts.getFirst();
        return new PropertyReport(
                first.name(),
                first.statement(),
                first.rules(),
                outcome(parts),
                parts.stream()
                        .map(PropertyReport::reason)
                        .filter(reason -> !reason.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; ")),
                sum(parts, PropertyReport::planned),
                sum(parts, PropertyReport::tried),
                sum(parts, PropertyReport::failing),
                sum(parts, PropertyReport::steps),
                parts.stream().mapToDouble(PropertyReport::seconds).sum(),
                Counted.sum(all(parts, PropertyReport::features), Feature::new),
                Counted.sum(all(parts, PropertyReport::calls), Call::new),
                Counted.sum(all(parts, PropertyReport::exchanges), Exchange::new),
                Counted.sum(all(parts, PropertyReport::asked), Asked::new),
                failures(all(parts, PropertyReport::failures)));
    }

    private static Outcome outcome(List<PropertyReport> parts) {
        List<Outcome> outcomes = parts.stream().map(PropertyReport::outcome).toList();
        if (outcomes.contains(Outcome.FAILED)) {
            return Outcome.FAILED;
        }
        return outcomes.contains(Outcome.PASSED) ? Outcome.PASSED : Outcome.NOT_RUN;
    }

    private static long sum(List<PropertyReport> parts, ToLongFunction<PropertyReport> what) {
        return parts.stream().mapToLong(what).sum();
    }

    private static <T> Stream<T> all(
            List<PropertyReport> parts, Function<PropertyReport, List<T>> what) {
        return parts.stream().flatMap(part -> what.apply(part).stream());
    }

    /// Of each kind the one that a run of the whole would have found first.
    private static List<Failure> failures(Stream<Failure> failures) {
        Map<String, Failure> byKind = new TreeMap<>();
        failures.forEach(failure -> byKind.merge(failure.kind(), failure, Merge::earlier));
        return byKind.values().stream().sorted(Comparator.comparingLong(Failure::trial)).toList();
    }

    private static Failure earlier(Failure one, Failure other) {
        Failure earlier = one.trial() <= other.trial() ? one : other;
        return earlier.seen(one.count() + other.count());
    }
}
