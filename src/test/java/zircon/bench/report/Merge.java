package zircon.bench.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// One estimate from all rounds.
///
/// The iterations of a JVM are alike, for it has compiled and placed everything once. So the draws
/// are the JVMs, each with its fastest iteration: what else a shared machine does adds to a time,
/// and takes nothing away. A run that has too few JVMs for an error takes the iterations, and says
/// so.
final class Merge {
    private static final int ENOUGH_FORKS = 3;

    private Merge() {}

    static Estimate nanos(List<Round> rounds) {
        return Estimate.of(
                rounds.size() >= ENOUGH_FORKS
                        ? fastest(rounds)
                        : rounds.stream().flatMapToDouble(round -> draws(round.nanos())).toArray());
    }

    /// One time as a multiple of another that was measured in the same rounds. The draws are the
    /// quotients of each round: what slows a machine down for minutes falls on both of its JVMs.
    static Estimate ratio(List<Round> rounds, List<Round> floor, int times) {
        if (rounds.size() < ENOUGH_FORKS) {
            return nanos(rounds).over(nanos(floor).times(times));
        }
        double[] dividends = fastest(rounds);
        double[] divisors = fastest(floor);
        return Estimate.of(
                IntStream.range(0, rounds.size())
                        .mapToDouble(i -> dividends[i] / (divisors[i] * times))
                        .toArray());
    }

    /// What the quietest JVM has seen: what else happens in one adds to it, and takes nothing away.
    /// NaN if nobody has counted.
    static double bytes(List<Round> rounds) {
        return rounds.stream()
                .filter(round -> !round.bytes().isEmpty())
                .mapToDouble(round -> mean(round.bytes()))
                .min()
                .orElse(Double.NaN);
    }

    /// What the errors of a run mean, for a person.
    static String meaning(int forks) {
        return forks >= ENOUGH_FORKS
                ? "half of the 95 % interval of the mean over the forks, each with its fastest"
                        + " iteration (Student's t); of a ratio, over those of each round"
                : "half of the 95 % interval of the mean over the iterations (Student's t), since"
                        + " there are too few forks: what differs between them is not in it";
    }

    private static double[] fastest(List<Round> rounds) {
        return rounds.stream()
                .mapToDouble(round -> draws(round.nanos()).min().orElseThrow())
                .toArray();
    }

    private static double mean(List<Double> samples) {
        return draws(samples).average().orElseThrow();
    }

    private static DoubleStream draws(List<Double> samples) {
        return samples.stream().mapToDouble(sample -> sample);
    }
}
