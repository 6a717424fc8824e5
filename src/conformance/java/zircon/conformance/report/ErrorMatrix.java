package zircon.conformance.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The section with the order of errors: for each call, in the order of its checks, what each
/// condition must give, and whether it did. Of two conditions at once only those are shown that
/// differ; the others are counted at the earlier one, which must decide.
final class ErrorMatrix {
    /// What joins two conditions that are there at once.
    private static final String AND = " + ";

    private final Map<Cell, Map<String, Long>> seen = new LinkedHashMap<>();
    private final Set<Cell> cells;

    private ErrorMatrix(Report report) {
        cells = new LinkedHashSet<>(report.cells());
        Counted.sum(report.properties().stream().flatMap(p -> p.calls().stream()), Call::new)
                .forEach(this::add);
    }

    private void add(Call call) {
        Call.Key key = call.key();
        Map<String, Long> actual =
                seen.computeIfAbsent(
                        new Cell(key.call(), key.condition(), key.expected()),
                        _ -> new TreeMap<>());
        var _ = actual.merge(key.actual(), call.count(), Long::sum);
    }

    static String of(Report report) {
        return new ErrorMatrix(report).section();
    }

    private String section() {
        Map<String, List<Cell>> byCall =
                Stream.concat(cells.stream(), seen.keySet().stream())
                        .distinct()
                        .collect(
                                Collectors.groupingBy(
                                        Cell::call, LinkedHashMap::new, Collectors.toList()));
        long exercised = cells.stream().filter(seen::containsKey).count();
        long differ = seen.keySet().stream().filter(this::differs).count();
        return """
        <section id="errors">
        <h2>Order of errors</h2>
        <p>What each call says under each condition, in the order of its checks. %s of %s cells of the \
        specification were exercised; %s.</p>
        <p><small>Where two things are wrong at once, the earlier check decides: “before 3 of 4” says that it did \
        against 3 of the 4 later ones.</small></p>
        <p class="legend"><span class="cell held">as specified</span> <span class="cell failed">differs</span> \
        <span class="cell unseen">never seen</span> <span class="cell extra">beyond the matrix</span></p>
        <table class="matrix">
        %s</table>
        </section>
        """
                .formatted(
                        Words.count(exercised),
                        Words.count(cells.size()),
                        differ == 0 ? "none differs" : "<b class=\"bad\">" + differ + " differ</b>",
                        byCall.entrySet().stream()
                                .map(entry -> row(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining()));
    }

    private boolean differs(Cell cell) {
        return seen.getOrDefault(cell, Map.of()).keySet().stream()
                .anyMatch(actual -> !actual.equals(cell.expected()));
    }

    private String row(String call, List<Cell> row) {
        return "<tr><th scope=\"row\"><code>%s</code></th><td>%s</td></tr>\n"
                .formatted(
                        Markup.escape(call.replaceFirst("^zx_", "")),
                        row.stream()
                                .filter(cell -> !isPair(cell) || differs(cell))
                                .map(cell -> cell(cell, pairs(cell, row)))
                                .collect(Collectors.joining()));
    }

    private static boolean isPair(Cell cell) {
        return cell.condition().contains(AND);
    }

    /// How many of the conditions that are checked later were there, too, without changing
    /// anything.
    private String pairs(Cell cell, List<Cell> row) {
        List<Cell> pairs =
                row.stream().filter(c -> c.condition().startsWith(cell.condition() + AND)).toList();
        long held = pairs.stream().filter(c -> seen.containsKey(c) && !differs(c)).count();
        return pairs.isEmpty()
                ? ""
                : "<small class=\"before%s\">before %d of %d</small>"
                        .formatted(held < pairs.size() ? " part" : "", held, pairs.size());
    }

    private String cell(Cell cell, String pairs) {
        Map<String, Long> actual = seen.getOrDefault(cell, Map.of());
        long count = actual.values().stream().mapToLong(Long::longValue).sum();
        return "<span class=\"cell %s\" title=\"%s\"><em>%s</em>%s%s%s%s</span>"
                .formatted(
                        look(cell),
                        Markup.escape(
                                "%s, %s: %s, seen %,d times"
                                        .formatted(
                                                cell.call(),
                                                cell.condition(),
                                                cell.expected(),
                                                count)),
                        Markup.escape(cell.condition()),
                        Markup.escape(Words.status(cell.expected())),
                        count == 0 ? "" : "<small>×" + Words.count(count) + "</small>",
                        actual.entrySet().stream()
                                .filter(entry -> !entry.getKey().equals(cell.expected()))
                                .map(entry -> other(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining()),
                        pairs);
    }

    private static String other(String status, long count) {
        return "<strong>%s<small>×%s</small></strong>"
                .formatted(Markup.escape(Words.status(status)), Words.count(count));
    }

    private String look(Cell cell) {
        if (!seen.containsKey(cell)) {
            return "unseen";
        }
        return differs(cell) ? "failed" : cells.contains(cell) ? "held" : "extra";
    }
}
