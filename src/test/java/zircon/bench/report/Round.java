package zircon.bench.report;

import java.util.List;

/// What one JVM has measured of one case: for each iteration the time and the memory of an
/// operation.
///
/// @param nanos nanoseconds
/// @param bytes allocated by all threads
public record Round(List<Double> nanos, List<Double> bytes) {}
