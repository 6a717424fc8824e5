package zircon.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/// Rows of cells, set below each other for a terminal.
final class Columns {
    private Columns() {}

    /// Sets them. A row without cells is an empty line.
    static String of(List<List<String>> rows) {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
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
