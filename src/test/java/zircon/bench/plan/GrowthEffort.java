package zircon.bench.plan;

import java.time.Duration;

/// How much of growth is measured.
///
/// @param box the rounds; in each, every curve is measured in a JVM of its own
/// @param ends whether the first and the last size are enough
/// @param warmup how long a JVM sweeps before its times are used
/// @param sweeps of each JVM whose times are used
/// @param visit how long a sweep measures each size
public record GrowthEffort(TimeBox box, boolean ends, Duration warmup, int sweeps, Duration visit) {
    /// For curves to be quoted.
    public static final GrowthEffort FULL =
            new GrowthEffort(
                    new TimeBox(3, Duration.ofMinutes(5)),
                    false,
                    Duration.ofMillis(1500),
                    6,
                    Duration.ofMillis(80));

    /// For a look.
    public static final GrowthEffort QUICK =
            new GrowthEffort(
                    new TimeBox(1, Duration.ofSeconds(30)),
                    true,
                    Duration.ofMillis(600),
                    6,
                    Duration.ofMillis(40));

    /// The curve as it is measured.
    public Curve of(Curve curve) {
        return ends ? curve.ends() : curve;
    }
}
