package zircon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The ratios as a table for a terminal.
public final class TextTable {
    private static final List<String> HEAD = List.of("", "time", "B/op", "ratio", "to");

    private TextTable() {}

    /// Sets it.
    public static String of(Results results) {
        List<List<String>> rows = new ArrayList<>();
        for (Results.Shown group : results.groups()) {
            rows.add(List.of());
            rows.add(heading(group));
            group.cases().forEach(one -> rows.add(row(one, results)));
        }
        return Columns.of(rows)
                + GrowthTable.of(results.growth())
                + "\n"
                + String.join("\n", results.lines())
                + "\n";
    }

    private static List<String> heading(Results.Shown group) {
        List<String> heading = new ArrayList<>(HEAD);
        heading.set(0, group.title());
        return heading;
    }

    private static List<String> row(Measured one, Results results) {
        Estimate ratio = one.ratio();
        return List.of(
                "  " + one.title(),
                Numbers.time(one.nanos()),
                Numbers.bytes(one.bytes()),
                ratio == null ? "" : Numbers.ratio(ratio),
                ratio == null ? "" : besides(one, results));
    }

    /// What a case is divided by.
    static String besides(Measured one, Results results) {
        String title =
                results.cases()
                        .filter(other -> other.name().equals(one.beside().name()))
                        .map(Measured::title)
                        .findFirst()
                        .orElse(one.beside().name());
        int times = one.beside().times();
        return times == 1 ? title : String.format(Locale.ROOT, "%d × %s", times, title);
    }
}
