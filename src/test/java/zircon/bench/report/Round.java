package zircon.bench.report;

import java.util.List;

/// What one JVM, or some processes, have shown of one case: for each iteration, or process, the
/// time and the memory of an operation.
///
/// @param nanos nanoseconds
/// @param bytes allocated by all threads; none of a process, where nobody counts them
public record Round(List<Double> nanos, List<Double> bytes) {}
