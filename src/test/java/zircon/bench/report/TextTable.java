package zircon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
        int[] widths = widths(rows);
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining())
                + "\n"
                + String.join("\n", results.conditions().lines())
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

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    /// Words begin, numbers end below each other.
    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            String space = " ".repeat(widths[i] - cell.length());
            boolean number = i > 0 && i < row.size() - 1;
            line.append(number ? space + cell : cell + space).append("  ");
        }
        return line.toString().stripTrailing() + "\n";
    }
}
