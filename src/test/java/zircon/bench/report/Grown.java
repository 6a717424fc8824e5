package zircon.bench.report;

import zircon.bench.plan.Curve;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// What a run says about one curve.
///
/// Slope and ratio are taken within each draw, since times of one JVM are comparable as those of
/// two are not. The draws are the JVMs, or if a run has too few of them, their sweeps.
///
/// @param name the curve's
/// @param title the curve's
/// @param unit the curve's
/// @param sizes that were measured
/// @param nanos the time of an operation at each of them
/// @param exponent of the size
/// @param ratio of the last time to the first
/// @param rounds all samples
public record Grown(
        String name,
        String title,
        String unit,
        List<Integer> sizes,
        List<Estimate> nanos,
        Estimate exponent,
        Estimate ratio,
        List<Sweeps> rounds) {
    private static final int ENOUGH_FORKS = 3;

    /// Draws the sum of what was measured.
    ///
    /// @param rounds what the JVMs have measured
    public static Grown of(Curve curve, List<Sweeps> rounds) {
        List<Integer> sizes = curve.sizes();
        List<List<Double>> draws = draws(rounds);
        return new Grown(
                curve.name(),
                curve.title(),
                curve.unit(),
                sizes,
                IntStream.range(0, sizes.size())
                        .mapToObj(i -> estimate(draws, times -> times.get(i)))
                        .toList(),
                estimate(draws, times -> Slope.of(sizes, times).exponent()),
                estimate(draws, times -> times.getLast() / times.getFirst()),
                rounds);
    }

    private static List<List<Double>> draws(List<Sweeps> rounds) {
        return rounds.size() >= ENOUGH_FORKS
                ? rounds.stream().map(Sweeps::median).toList()
                : rounds.stream().flatMap(round -> round.nanos().stream()).toList();
    }

    private static Estimate estimate(
            List<List<Double>> draws, ToDoubleFunction<List<Double>> value) {
        return Estimate.of(draws.stream().mapToDouble(value).toArray());
    }

    /// What the errors mean, for a person.
    static String meaning(int forks) {
        return forks >= ENOUGH_FORKS
                ? "half of the 95 % interval over the JVMs"
                : "half of the 95 % interval over the sweeps, since there are too few JVMs";
    }

    /// From where to where, for a person.
    String range() {
        return Numbers.count(sizes.getFirst()) + " … " + Numbers.count(sizes.getLast());
    }
}
