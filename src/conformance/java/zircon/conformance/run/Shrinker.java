package zircon.conformance.run;

import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Trial;

import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Looks for the smallest trial that fails as another does: takes each smaller one that fails so,
/// and goes on from there.
final class Shrinker {
    private final Function<Trial, @Nullable Fault> run;
    private final int limit;
    private final BooleanSupplier mayGoOn;
    private Shrinkable<? extends Trial> smallest;
    private Trial trial;
    private Fault fault;
    private int attempts;

    /// @param run runs a trial
    /// @param limit how many may be run
    /// @param mayGoOn asked before each
    /// @param failing what failed
    /// @param trial its value, as it was run
    /// @param fault how it failed
    Shrinker(
            Function<Trial, @Nullable Fault> run,
            int limit,
            BooleanSupplier mayGoOn,
            Shrinkable<? extends Trial> failing,
            Trial trial,
            Fault fault) {
        this.run = run;
        this.limit = limit;
        this.mayGoOn = mayGoOn;
        this.smallest = failing;
        this.trial = trial;
        this.fault = fault;
    }

    void shrink() {
        while (step()) {}
    }

    /// As it was run: another value of the same would not know what it met.
    Trial smallest() {
        return trial;
    }

    Fault fault() {
        return fault;
    }

    int attempts() {
        return attempts;
    }

    private boolean step() {
        ShrinkingDistance distance = smallest.distance();
        Iterator<? extends Shrinkable<? extends Trial>> smaller = smallest.shrink().iterator();
        while (attempts < limit && mayGoOn.getAsBoolean() && smaller.hasNext()) {
            Shrinkable<? extends Trial> candidate = smaller.next();
            if (candidate.distance().compareTo(distance) >= 0) {
                continue;
            }
            attempts++;
            Trial next = candidate.value();
            Fault found = run.apply(next);
            if (found != null && found.kind().equals(fault.kind())) {
                smallest = candidate;
                trial = next;
                fault = found;
                return true;
            }
        }
        return false;
    }
}
