package zircon.conformance.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The section with the order of the search for a handler: which level was asked at which place.
final class SearchOrder {
    private SearchOrder() {}

    static String of(Report report) {
        List<Asked> asked =
                Counted.sum(
                        report.properties().stream().flatMap(p -> p.asked().stream()), Asked::new);
        return """
        <section id="search">
        <h2>Search order</h2>
        <p>Which slot was asked as the first, the second, … handler of an exception.</p>
        %s</section>
        """
                .formatted(
                        asked.isEmpty()
                                ? "<p class=\"none\">No handler was asked.</p>\n"
                                : table(asked));
    }

    private static String table(List<Asked> asked) {
        int places = asked.stream().mapToInt(a -> a.key().place()).max().orElse(0);
        long most = asked.stream().mapToLong(Asked::count).max().orElse(0);
        Map<String, Map<Integer, Long>> levels = new LinkedHashMap<>();
        asked.stream()
                .sorted(Comparator.comparingDouble(a -> mean(asked, a.key().level())))
                .forEach(
                        a ->
                                levels.computeIfAbsent(a.key().level(), _ -> new LinkedHashMap<>())
                                        .put(a.key().place(), a.count()));
        return "<table class=\"search\"><thead><tr><th>Slot</th>%s</tr></thead>\n%s</table>\n"
                .formatted(
                        IntStream.rangeClosed(1, places)
                                .mapToObj("<th class=\"number\">%d.</th>"::formatted)
                                .collect(Collectors.joining()),
                        levels.entrySet().stream()
                                .map(level -> row(level.getKey(), level.getValue(), places, most))
                                .collect(Collectors.joining()));
    }

    /// Where a level stands, on average: the levels in this order show a diagonal.
    private static double mean(List<Asked> asked, String level) {
        long count = 0;
        long sum = 0;
        for (Asked one : asked) {
            if (one.key().level().equals(level)) {
                count += one.count();
                sum += one.count() * one.key().place();
            }
        }
        return (double) sum / count;
    }

    private static String row(String level, Map<Integer, Long> counts, int places, long most) {
        return "<tr><th scope=\"row\">%s</th>%s</tr>\n"
                .formatted(
                        Markup.escape(level),
                        IntStream.rangeClosed(1, places)
                                .mapToObj(place -> cell(counts.getOrDefault(place, 0L), most))
                                .collect(Collectors.joining()));
    }

    private static String cell(long count, long most) {
        // By the logarithm: what is rare must not vanish beside the first place.
        double heat =
                count == 0 ? 0 : 10 + 34 * Math.log1p((double) count) / Math.log1p((double) most);
        return count == 0
                ? "<td class=\"number\">·</td>"
                : "<td class=\"number heat\" style=\"--heat:%.0f%%\">%s</td>"
                        .formatted(heat, Words.count(count));
    }
}
