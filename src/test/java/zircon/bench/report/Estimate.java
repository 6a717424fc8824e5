package zircon.bench.report;

import java.util.Arrays;

/// A mean with its error: with a probability of 95 % the truth lies no further from it, if what was
/// sampled are independent draws.
///
/// @param mean of the samples
/// @param error half of the interval's width
public record Estimate(double mean, double error) {
    /// Student's t for 97.5 %, where the series below is too coarse.
    private static final double[] FEW_DEGREES = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706};

    private static final double NORMAL = 1.959964;

    /// Of at least two samples.
    static Estimate of(double... samples) {
        int n = samples.length;
        if (n < 2) {
            throw new IllegalArgumentException("an error takes two samples, and there are " + n);
        }
        double mean = Arrays.stream(samples).average().orElseThrow();
        double squares = Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum();
        return new Estimate(mean, t(n - 1) * Math.sqrt(squares / (n - 1) / n));
    }

    /// This as a multiple of another, independent one. To first order, relative errors add as
    /// squares.
    Estimate over(Estimate other) {
        double ratio = mean / other.mean;
        return new Estimate(ratio, ratio * Math.hypot(error / mean, other.error / other.mean));
    }

    Estimate times(int factor) {
        return new Estimate(mean * factor, error * factor);
    }

    /// Student's t for 97.5 %, by its series in 1/degrees.
    private static double t(int degrees) {
        if (degrees <= FEW_DEGREES.length) {
            return FEW_DEGREES[degrees - 1];
        }
        double z = NORMAL;
        double z3 = z * z * z;
        double z5 = z3 * z * z;
        double n = degrees;
        return z
                + (z3 + z) / (4 * n)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
                + (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }
}
