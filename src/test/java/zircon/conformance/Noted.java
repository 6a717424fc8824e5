package zircon.conformance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what trials have shown.
final class Noted implements Evidence {
    /// How often each cell of the order of checks was met.
    final Map<ErrorOrder.Cell, Integer> cells = new ConcurrentHashMap<>();

    /// How often each edge of the diagram was taken.
    final Map<ExchangeDiagram.Edge, Integer> edges = new ConcurrentHashMap<>();

    @Override
    public void call(String call, String condition, String expected, String actual) {
        cells.merge(new ErrorOrder.Cell(call, condition, expected), 1, Integer::sum);
    }

    @Override
    public void exchange(String from, String event, String to) {
        edges.merge(new ExchangeDiagram.Edge(from, event, to), 1, Integer::sum);
    }

    @Override
    public void asked(int place, String level) {}

    @Override
    public void classify(String what, String value) {}
}
