package zircon.bench.report;

import zircon.bench.plan.GrowthEffort;

import java.util.List;

/// What a run has shown of growth.
///
/// @param effort that it took, for a person
/// @param curves of time over size
/// @param memory that things take
public record Growth(String effort, List<Grown> curves, List<Footprint> memory) {
    /// When nothing of it was measured.
    public static final Growth NONE = new Growth("", List.of(), List.of());

    /// Draws the sum of what was measured.
    ///
    /// @param forks JVMs of each curve
    public static Growth of(
            GrowthEffort effort, int forks, List<Grown> curves, List<Footprint> memory) {
        return new Growth(
                "growth: JVMs of each curve: %d, each with %d sweeps of %d ms at each size, after %d ms to warm up; ± %s"
                        .formatted(
                                forks,
                                effort.sweeps(),
                                effort.visit().toMillis(),
                                effort.warmup().toMillis(),
                                Grown.meaning(forks)),
                curves,
                memory);
    }

    boolean isEmpty() {
        return curves.isEmpty() && memory.isEmpty();
    }
}
