package zircon.bench.report;

import java.util.List;

/// How steep times rise over sizes where both are drawn as logarithms: the exponent of the power of
/// the size that fits the times best, by least squares.
///
/// @param exponent 0 for what stays as it is, 1 for what grows as the size does
/// @param atOne the fitted time at size 1
record Slope(double exponent, double atOne) {
    /// Of two or more sizes.
    static Slope of(List<Integer> sizes, List<Double> times) {
        double x = sizes.stream().mapToDouble(Math::log).average().orElseThrow();
        double y = times.stream().mapToDouble(Math::log).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < sizes.size(); i++) {
            double fromMean = Math.log(sizes.get(i)) - x;
            xy += fromMean * (Math.log(times.get(i)) - y);
            xx += fromMean * fromMean;
        }
        double exponent = xy / xx;
        return new Slope(exponent, Math.exp(y - exponent * x));
    }

    /// The fitted time.
    double at(double size) {
        return atOne * Math.pow(size, exponent);
    }
}
