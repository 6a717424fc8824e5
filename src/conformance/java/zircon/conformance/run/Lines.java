package zircon.conformance.run;

import zircon.conformance.report.Failure;
import zircon.conformance.report.Outcome;
import zircon.conformance.report.PropertyReport;
import zircon.conformance.report.Report;

import java.io.PrintStream;

/// Tells in lines: one for each property, and how each failed.
final class Lines implements Audience {
    private final PrintStream out;

    Lines(PrintStream out) {
        this.out = out;
    }

    void begin(Plan plan, String library) {
        out.printf(
                "%d %s against %s; seed %d%s%n",
                plan.names().size(),
                plan.names().size() == 1 ? "property" : "properties",
                library.isEmpty() ? "the emulation" : library,
                plan.seed(),
                plan.shard().of() == 1 ? "" : ", shard " + plan.shard());
    }

    @Override
    public void sees(int index, String name, long planned, long tried, long failing) {}

    @Override
    public void ended(PropertyReport report) {
        String reason = report.reason().isEmpty() ? "" : "; " + report.reason();
        if (report.outcome() == Outcome.NOT_RUN) {
            out.printf("%-8s%s%s%n", Outcome.NOT_RUN, report.name(), reason);
            return;
        }
        out.printf(
                "%-8s%s: %,d tries, %,d steps, %.1f s%s%s%n",
                report.outcome(),
                report.name(),
                report.tried(),
                report.steps(),
                report.seconds(),
                report.failing() == 0 ? "" : ", %,d failed".formatted(report.failing()),
                reason);
        report.failures().forEach(this::tell);
    }

    private void tell(Failure failure) {
        out.printf(
                "    %s%n    first in trial %d, %d steps; smallest %d steps, after %d attempts%n",
                failure.message(),
                failure.trial(),
                failure.firstSteps(),
                failure.steps(),
                failure.attempts());
        failure.listing().lines().forEach(line -> out.println("        " + line));
    }

    void end(Report report) {
        out.printf(
                "%d held, %d failed, %d not run; %,d tries, %,d steps in %.1f s%s%n",
                report.count(Outcome.PASSED),
                report.count(Outcome.FAILED),
                report.count(Outcome.NOT_RUN),
                report.sum(PropertyReport::tried),
                report.sum(PropertyReport::steps),
                report.seconds(),
                report.ended().equals(Report.COMPLETE) ? "" : "; " + report.ended());
    }
}
