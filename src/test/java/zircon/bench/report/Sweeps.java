package zircon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What one JVM has measured of one curve.
///
/// @param nanos the time of an operation at each size, by sweeps over all sizes
public record Sweeps(List<List<Double>> nanos) {
    /// The median sweep of each size.
    List<Double> median() {
        return IntStream.range(0, nanos.getFirst().size()).mapToObj(this::median).toList();
    }

    private double median(int size) {
        List<Double> times = new ArrayList<>();
        nanos.forEach(sweep -> times.add(sweep.get(size)));
        times.sort(null);
        int half = times.size() / 2;
        return (times.get(half) + times.get((times.size() - 1) / 2)) / 2;
    }
}
