package zircon.conformance.model;

/// Something that a step did to an exception exchange.
public sealed interface Transition {
    /// An edge of the table of X-5.
    record Edge(String from, String event, String to) implements Transition {}

    /// A handler's turn in a search.
    ///
    /// @param exception its number
    record Asked(int place, String level, int exception) implements Transition {}
}
