package zircon.conformance.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The section with the states of an exception exchange, and how often each edge was taken.
final class ExchangeDiagram {
    /// An edge as it is drawn.
    ///
    /// @param edge what it is
    /// @param count how often it was taken
    /// @param isSpecified whether the specification has it
    record Drawn(Edge edge, long count, boolean isSpecified) {
        String look() {
            if (!isSpecified) {
                return "failed";
            }
            return count == 0 ? "unseen" : "held";
        }

        boolean isLoop() {
            return edge.from().equals(edge.to());
        }
    }

    private ExchangeDiagram() {}

    static String of(Report report) {
        List<Drawn> edges = edges(report);
        long specified = edges.stream().filter(Drawn::isSpecified).count();
        long taken = edges.stream().filter(e -> e.isSpecified() && e.count() > 0).count();
        long strange = edges.size() - specified;
        return """
        <section id="exchange">
        <h2>Exception exchange</h2>
        <p>The states of an exception that waits for an answer. %d of %d edges of the specification were \
        taken; the more often, the thicker%s.</p>
        <p class="legend"><span class="cell held">taken</span> <span class="cell unseen">never taken</span> \
        <span class="cell failed">not in the specification</span></p>
        <div class="diagram">%s</div>
        </section>
        """
                .formatted(
                        taken,
                        specified,
                        strange == 0
                                ? ""
                                : "; <b class=\"bad\">edges seen beyond these: %d</b>"
                                        .formatted(strange),
                        edges.isEmpty() ? "" : new DiagramSvg(edges).draw());
    }

    private static List<Drawn> edges(Report report) {
        Map<Edge, Long> taken = new LinkedHashMap<>();
        Counted.sum(
                        report.properties().stream().flatMap(p -> p.exchanges().stream()),
                        Exchange::new)
                .forEach(e -> taken.put(edge(e.key()), e.count()));
        Set<Edge> all = new LinkedHashSet<>(report.edges());
        all.addAll(taken.keySet());
        return all.stream()
                .map(e -> new Drawn(e, taken.getOrDefault(e, 0L), report.edges().contains(e)))
                .collect(Collectors.toList());
    }

    private static Edge edge(Exchange.Key key) {
        return new Edge(key.from(), key.event(), key.to());
    }
}
