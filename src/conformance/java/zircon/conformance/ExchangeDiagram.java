package zircon.conformance;

import zircon.conformance.report.Edge;

import java.util.List;

/// The table of X-5 as a diagram: what can be exercised of it.
public final class ExchangeDiagram {
    private static final String IDLE = "idle";
    private static final String UNANSWERED = "unanswered";
    private static final String HANDLED = "handled";
    private static final String TRY_NEXT = "try-next";
    private static final String DYING = "unanswered, dying";

    private ExchangeDiagram() {}

    /// All that [Evidence#exchange] can be told. Rows of the table that speak of several states are
    /// an edge for each.
    ///
    /// @return the edges, in the order of the table
    public static List<Edge> edges() {
        return List.of(
                new Edge(IDLE, "slot's turn, thread enters", UNANSWERED),
                new Edge(UNANSWERED, "answer 0, matching port", HANDLED),
                new Edge(UNANSWERED, "answer TRY_NEXT, matching port", TRY_NEXT),
                new Edge(UNANSWERED, "this binding removed", TRY_NEXT),
                new Edge(UNANSWERED, "other binding removed", UNANSWERED),
                new Edge(UNANSWERED, "kill", DYING),
                new Edge(UNANSWERED, "suspend / token close", UNANSWERED),
                new Edge(HANDLED, "answer, matching port", HANDLED),
                new Edge(TRY_NEXT, "answer, matching port", TRY_NEXT),
                new Edge(HANDLED, "this binding removed", HANDLED),
                new Edge(TRY_NEXT, "this binding removed", TRY_NEXT),
                new Edge(UNANSWERED, "answer, other port", UNANSWERED),
                new Edge(HANDLED, "answer, other port", HANDLED),
                new Edge(TRY_NEXT, "answer, other port", TRY_NEXT),
                new Edge(HANDLED, "thread runs", IDLE),
                new Edge(TRY_NEXT, "thread runs", IDLE),
                new Edge(DYING, "thread runs", IDLE),
                new Edge(IDLE, "answer", IDLE));
    }
}
