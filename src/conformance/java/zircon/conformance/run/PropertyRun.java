package zircon.conformance.run;

import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

import org.jspecify.annotations.Nullable;

import zircon.conformance.Property;
import zircon.conformance.Trial;
import zircon.conformance.report.Failure;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Makes the trials of one property. Everything is told to [Findings] and [Watch] at once, since a
/// trial may never end.
final class PropertyRun {
    /// What jqwik itself takes unless told otherwise; some generators depend on it.
    private static final int GENERATION_SIZE = 1000;

    private final Property property;
    private final Plan plan;
    private final Findings findings;
    private final Watch watch;
    private final Progress progress;
    private final BooleanSupplier mayGoOn;

    /// @param mayGoOn asked before each trial
    PropertyRun(
            Property property,
            Plan plan,
            Findings findings,
            Watch watch,
            Progress progress,
            BooleanSupplier mayGoOn) {
        this.property = property;
        this.plan = plan;
        this.findings = findings;
        this.watch = watch;
        this.progress = progress;
        this.mayGoOn = mayGoOn;
    }

    /// Makes all trials. What jqwik remembers of generators it keeps for each thread in a session;
    /// its `run` is no way to have one, since it holds a lock that a hanging trial would keep.
    void run() {
        watch.begin(0, null, true);
        JqwikSession.start();
        try {
            trials();
        } catch (Throwable e) { // of the generator, or of a trial's own description
            findings.broken(0, null, true, Fault.of(e));
        } finally {
            watch.end();
            JqwikSession.finish();
        }
        findings.tell(progress, Progress.NO_TRIAL);
    }

    /// Makes a trial that was made before. It takes a session of jqwik.
    static Shrinkable<? extends Trial> trial(long seed, Property property, long number) {
        return generator(property).next(random(seed, property, number));
    }

    private static RandomGenerator<? extends Trial> generator(Property property) {
        return property.trials().generator(GENERATION_SIZE);
    }

    private static Random random(long seed, Property property, long number) {
        return new Random(TrialSeed.of(seed, property.name(), number));
    }

    private void trials() {
        RandomGenerator<? extends Trial> generator = generator(property);
        watch.end();
        boolean failed = false;
        for (long k = plan.shard().first();
                k < plan.tries(property) && mayGoOn.getAsBoolean() && !(failed && plan.failFast());
                k += plan.shard().of()) {
            failed |= trial(k, generator);
        }
    }

    private boolean trial(long k, RandomGenerator<? extends Trial> generator) {
        findings.tell(progress, k);
        watch.begin(k, null, true);
        Shrinkable<? extends Trial> shrinkable = generator.next(random(plan.seed(), property, k));
        Trial trial = shrinkable.value();
        watch.begin(k, trial, true);
        Fault fault = Fault.of(trial, findings.tally());
        findings.tally().begins(0); // what runs again is another program
        watch.end();
        boolean isNews = findings.ended(k, trial, fault);
        if (fault != null && isNews) {
            examine(k, shrinkable, trial, fault);
        }
        return fault != null;
    }

    private void examine(long k, Shrinkable<? extends Trial> shrinkable, Trial first, Fault fault) {
        int stepsBefore = first.steps();
        int again = 0;
        for (int i = 0; i < Failure.RERUNS; i++) {
            Fault found = runAgain(k, first);
            again += found != null && found.kind().equals(fault.kind()) ? 1 : 0;
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(plan.shrinkLimit());
        Shrinker shrinker =
                new Shrinker(
                        trial -> runAgain(k, trial),
                        again == 0 ? 0 : plan.shrinking(),
                        () -> System.nanoTime() < until,
                        shrinkable,
                        first,
                        fault);
        shrinker.shrink();
        findings.examined(
                Findings.first(k, shrinker.smallest(), shrinker.fault())
                        .shrunk(stepsBefore, shrinker.attempts(), again));
    }

    /// Runs a trial of which nothing is counted.
    private @Nullable Fault runAgain(long k, Trial trial) {
        watch.begin(k, trial, false);
        Fault fault = Fault.of(trial, new Tally(_ -> {}));
        watch.end();
        return fault;
    }
}
