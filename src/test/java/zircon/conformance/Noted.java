package zircon.conformance;

import zircon.conformance.report.Cell;
import zircon.conformance.report.Edge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what trials have shown.
final class Noted implements Evidence {
    /// How often each cell of the order of checks was met.
    final Map<Cell, Integer> cells = new ConcurrentHashMap<>();

    /// How often each edge of the diagram was taken.
    final Map<Edge, Integer> edges = new ConcurrentHashMap<>();

    @Override
    public void call(String call, String condition, String expected, String actual) {
        cells.merge(new Cell(call, condition, expected), 1, Integer::sum);
    }

    @Override
    public void exchange(String from, String event, String to) {
        edges.merge(new Edge(from, event, to), 1, Integer::sum);
    }

    @Override
    public void asked(int place, String level) {}

    @Override
    public void classify(String what, String value) {}
}
