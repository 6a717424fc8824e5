package zircon.conformance.report;

/// A cell of the matrix of errors: what the specification says of a call under a condition.
///
/// @param call the syscall
/// @param condition what is wrong; `none` if nothing is
/// @param expected the name of the status
public record Cell(String call, String condition, String expected) {}
