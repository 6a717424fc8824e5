package zircon.conformance.run;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Property;
import zircon.conformance.Trial;
import zircon.conformance.report.Failure;
import zircon.conformance.report.Outcome;
import zircon.conformance.report.PropertyReport;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// What the trials of a property have shown so far. Thread-safe.
final class Findings {
    private final Property property;
    private final long planned;
    private final Tally tally;
    private final Map<String, Failure> failures = new TreeMap<>();
    private final long started = System.nanoTime();
    private long tried;
    private long failing;
    private long steps;

    /// @param steps gets the number of each step that begins
    Findings(Property property, long planned, IntConsumer steps) {
        this.property = property;
        this.planned = planned;
        this.tally = new Tally(steps);
    }

    Tally tally() {
        return tally;
    }

    /// A trial has ended.
    ///
    /// @return whether nothing like its failure has been seen before
    synchronized boolean ended(long number, Trial trial, @Nullable Fault fault) {
        tried++;
        steps += trial.steps();
        if (fault == null) {
            return false;
        }
        failing++;
        Failure known = failures.get(fault.kind());
        Failure now = known == null ? first(number, trial, fault) : known.seen(known.count() + 1);
        var _ = failures.put(fault.kind(), now);
        return known == null;
    }

    /// A failure has been looked into.
    synchronized void examined(Failure failure) {
        var _ = failures.put(failure.kind(), failure);
    }

    /// A trial did not end, or the JVM did.
    ///
    /// @param trial null if it was still being made
    /// @param isOfRun whether it is one of the run's trials
    void broken(long number, @Nullable Trial trial, boolean isOfRun, Fault fault) {
        Failure failure = Telling.of(number, trial, fault);
        synchronized (this) {
            if (isOfRun) {
                tried++;
                failing++;
            }
            var _ = failures.put(fault.kind(), failure);
        }
    }

    synchronized void tell(Progress progress, long trial) {
        progress.at(trial, tried, failing, steps);
    }

    /// Takes over the counts of another JVM.
    synchronized void resume(long triedThere, long failingThere, long stepsThere) {
        tried = triedThere;
        failing = failingThere;
        steps = stepsThere;
    }

    synchronized boolean isComplete() {
        return tried >= planned;
    }

    synchronized PropertyReport report(String reason) {
        Outcome outcome = tried == 0 && planned > 0 ? Outcome.NOT_RUN : Outcome.PASSED;
        return new PropertyReport(
                property.name(),
                property.statement(),
                property.rules(),
                failures.isEmpty() ? outcome : Outcome.FAILED,
                reason,
                planned,
                tried,
                failing,
                steps,
                (System.nanoTime() - started) / 1e9,
                tally.features(),
                tally.calls(),
                tally.exchanges(),
                tally.asked(),
                failures.values().stream()
                        .sorted(Comparator.comparingLong(Failure::trial))
                        .toList());
    }

    /// The report of a property of which no trial is made.
    static PropertyReport notRun(Property property, long planned, String reason) {
        return new Findings(property, planned, _ -> {}).unrun(reason);
    }

    private PropertyReport unrun(String reason) {
        return new PropertyReport(
                property.name(),
                property.statement(),
                property.rules(),
                Outcome.NOT_RUN,
                reason,
                planned,
                0,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static Failure first(long number, Trial trial, Fault fault) {
        return new Failure(
                fault.kind(),
                number,
                1,
                fault.message(),
                trial.steps(),
                trial.steps(),
                0,
                0,
                trial.listing(),
                trial.asJShell(),
                trial.asC(),
                fault.details());
    }
}
