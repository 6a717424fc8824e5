package zircon.bench.growth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The JVM that measures one curve, or memory. What it says on its output begins with [#SAYS].
///
/// The arguments are the guest's file; and for a curve its name, milliseconds of the warm-up, of a
/// visit, the number of sweeps, and the sizes. It says for each sweep the nanoseconds at each size;
/// or without a curve, for each thing its name and its bytes in the heap and outside of it.
public final class GrowthFork {
    /// What a line of the result begins with.
    public static final String SAYS = "measured ";

    private GrowthFork() {}

    /// Runs.
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(GrowthFork::fail);
        Path guest = Path.of(arguments[0]);
        if (arguments.length == 1) {
            Footprints.measure(guest)
                    .forEach((thing, one) -> say(thing + " " + text(one.heap(), one.outside())));
        } else {
            if (Loads.isHandOff(arguments[1])) {
                OneProcessor.stay();
            }
            List<Integer> numbers = Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
            curve(guest, arguments[1], numbers).forEach(nanos -> say(text(nanos)));
        }
        System.exit(0); // whatever guests there are
    }

    /// Measures a curve.
    ///
    /// @param numbers the arguments from the warm-up on
    /// @return nanoseconds at each size, by sweeps
    static List<double[]> curve(Path guest, String name, List<Integer> numbers) {
        Duration visit = Duration.ofMillis(numbers.get(1));
        List<double[]> sweeps = new ArrayList<>();
        try (Load load = Loads.of(name, guest)) {
            Sweep sweep = new Sweep(load, numbers.subList(3, numbers.size()));
            long warm = System.nanoTime() + Duration.ofMillis(numbers.getFirst()).toNanos();
            do {
                var _ = sweep.visit(visit);
            } while (System.nanoTime() < warm);
            for (int i = 0; i < numbers.get(2); i++) {
                sweeps.add(sweep.visit(visit));
            }
        }
        return sweeps;
    }

    /// Whoever waits for a thread that has failed would wait for good.
    private static void fail(Thread ignored, Throwable reason) {
        reason.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static void say(String line) {
        System.out.println(SAYS + line);
    }

    private static String text(double... numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }
}
