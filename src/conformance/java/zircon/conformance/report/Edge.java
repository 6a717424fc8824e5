package zircon.conformance.report;

/// An edge of the diagram of the exception exchange.
///
/// @param from the state before
/// @param event what happens
/// @param to the state after
public record Edge(String from, String event, String to) {}
