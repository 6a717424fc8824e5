package zircon.conformance.report;

/// A cell of the matrix of errors: what the specification says of a call under a condition.
///
/// @param call the function of C; for some, with what it is asked in parentheses
/// @param condition what is wrong: nothing (`none`), one thing, or two, joined by ` + `
/// @param expected the name of the constant of the status that must come
public record Cell(String call, String condition, String expected) {}
