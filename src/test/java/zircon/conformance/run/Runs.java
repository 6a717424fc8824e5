package zircon.conformance.run;

import zircon.conformance.Property;
import zircon.conformance.report.Cell;
import zircon.conformance.report.PropertyReport;
import zircon.conformance.report.Report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Runs of pretended properties in this JVM.
final class Runs {
    static final BooleanSupplier NEVER = () -> false;
    static final Plan PLAN =
            new Plan(
                    FakeCatalog.class.getName(),
                    List.of(),
                    true,
                    42,
                    0,
                    Shard.WHOLE,
                    Long.MAX_VALUE,
                    60_000,
                    1000,
                    60_000,
                    false);

    private Runs() {}

    static Plan seed(long seed) {
        return plan(true, seed, Shard.WHOLE, Long.MAX_VALUE, 60_000, false);
    }

    static Plan shard(Shard shard) {
        return plan(true, 42, shard, Long.MAX_VALUE, 60_000, false);
    }

    static Plan plan(
            boolean emulated, long seed, Shard shard, long end, long trialLimit, boolean failFast) {
        return new Plan(
                PLAN.catalog(),
                List.of(),
                emulated,
                seed,
                0,
                shard,
                end,
                trialLimit,
                PLAN.shrinking(),
                PLAN.shrinkLimit(),
                failFast);
    }

    static List<PropertyReport> of(Plan plan, Property... properties) {
        return of(plan, NEVER, properties);
    }

    static List<PropertyReport> of(Plan plan, BooleanSupplier stopped, Property... properties) {
        List<PropertyReport> reports = new ArrayList<>();
        var _ =
                new SuiteRun(List.of(properties), plan, stopped)
                        .run((_, _, _, _) -> {}, reports::add);
        return reports.stream().map(Runs::timeless).toList();
    }

    /// A whole report, without the times.
    static Report report(Plan plan, Property... properties) {
        FakeCatalog catalog = new FakeCatalog();
        List<Cell> cells = catalog.cells();
        return new Report(
                Report.FORMAT,
                "the emulation",
                plan.seed(),
                List.of(plan.shard().toString()),
                "2026-01-01T00:00:00Z",
                0,
                "a machine",
                Report.COMPLETE,
                of(plan, properties),
                cells,
                catalog.edges());
    }

    private static PropertyReport timeless(PropertyReport report) {
        return new PropertyReport(
                report.name(),
                report.statement(),
                report.rules(),
                report.outcome(),
                report.reason(),
                report.planned(),
                report.tried(),
                report.failing(),
                report.steps(),
                0,
                report.features(),
                report.calls(),
                report.exchanges(),
                report.asked(),
                report.failures());
    }
}
