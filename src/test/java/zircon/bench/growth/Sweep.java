package zircon.bench.growth;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Visits all sizes of a load, and tells what an operation took at each.
///
/// A visit's time is the median of short samples: what takes the processor away, be it another
/// program or the compiler, takes it from some of them. What happens but once in a while, a
/// collection of garbage above all, is thus not in it.
final class Sweep {
    private static final int SAMPLES = 15;

    /// So often is tried whether a number of operations is large enough: one that was interrupted
    /// seems so.
    private static final int TRIES = 3;

    private final Load load;
    private final List<Integer> sizes;
    private boolean down;

    Sweep(Load load, List<Integer> sizes) {
        this.load = load;
        this.sizes = sizes;
    }

    /// Visits, each time the other way round.
    ///
    /// @param each how long, about
    /// @return nanoseconds of an operation, in the order of the sizes
    double[] visit(Duration each) {
        double[] nanos = new double[sizes.size()];
        List<Integer> order = IntStream.range(0, nanos.length).boxed().toList();
        for (int i : down ? order.reversed() : order) {
            load.resize(sizes.get(i));
            int operations = operationsIn(each.toNanos() / SAMPLES);
            nanos[i] =
                    median(IntStream.range(0, SAMPLES).mapToLong(_ -> run(operations)).toArray())
                            / (double) operations;
        }
        down = !down;
        return nanos;
    }

    /// So many that they take so long; doing as many of them has put into the caches what was made
    /// or taken away just before.
    private int operationsIn(long nanos) {
        int operations = 1;
        while (fastest(operations) < nanos) {
            operations *= 2;
        }
        return operations;
    }

    private long fastest(int operations) {
        return IntStream.range(0, TRIES).mapToLong(_ -> run(operations)).min().orElseThrow();
    }

    private long run(int operations) {
        long start = System.nanoTime();
        load.run(operations);
        return System.nanoTime() - start;
    }

    private static long median(long[] samples) {
        Arrays.sort(samples);
        return samples[samples.length / 2];
    }
}
