package zircon.conformance.run;

import zircon.conformance.Property;
import zircon.conformance.report.Failure;
import zircon.conformance.report.PropertyReport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Runs properties one after the other, each on a thread that is left behind if a trial does not
/// end.
final class SuiteRun {
    /// Why a property ended that had too little time.
    static final String NO_TIME = "out of time";

    /// How often the watchdog looks, in milliseconds.
    private static final int TICK = 50;

    private final List<Property> properties;
    private final Plan plan;
    private final BooleanSupplier stopped;

    /// @param properties those of the plan
    /// @param stopped whether somebody wants an end
    SuiteRun(List<Property> properties, Plan plan, BooleanSupplier stopped) {
        this.properties = properties;
        this.plan = plan;
        this.stopped = stopped;
    }

    /// Runs.
    ///
    /// @param progress of the property that is under way
    /// @param sink gets the report of each property when it has ended
    /// @return whether all is well with this JVM; if not, nothing more should be run in it, and the
    ///   properties after the last reported one have not been
    boolean run(Progress progress, Consumer<PropertyReport> sink) {
        for (int i = 0; i < properties.size(); i++) {
            Property property = properties.get(i);
            if (property.needsEmulation() && !plan.emulated()) {
                sink.accept(notRun(property, "needs the emulation, and this library is another"));
            } else if (stopped.getAsBoolean()) {
                sink.accept(notRun(property, "interrupted before its turn"));
            } else if (!run(property, endOf(i), progress, sink)) {
                return false;
            }
        }
        return true;
    }

    private PropertyReport notRun(Property property, String reason) {
        return Findings.notRun(property, plan.planned(property), reason);
    }

    /// Each property gets an equal part of the time that the ones before it have left.
    private long endOf(int index) {
        long now = System.currentTimeMillis();
        return now + Math.max(0, plan.end() - now) / (properties.size() - index);
    }

    private boolean run(
            Property property, long end, Progress progress, Consumer<PropertyReport> sink) {
        AtomicInteger step = new AtomicInteger();
        Findings findings =
                new Findings(
                        property,
                        plan.planned(property),
                        number -> {
                            step.set(number);
                            progress.in(number);
                        });
        Watch watch = new Watch();
        BooleanSupplier mayGoOn = () -> !stopped.getAsBoolean() && System.currentTimeMillis() < end;
        PropertyRun run = new PropertyRun(property, plan, findings, watch, progress, mayGoOn);
        Thread thread = Thread.ofPlatform().name(property.name()).daemon().start(run::run);
        while (!hasEnded(thread)) {
            Watch.Running running = watch.running();
            if (running != null && running.isLongerThan(plan.trialLimit())) {
                String message =
                        "no end after %d ms%s".formatted(plan.trialLimit(), Fault.in(step.get()));
                Fault fault = new Fault(Failure.HANG, message, Watch.stacks());
                findings.broken(running.number(), running.trial(), running.isOfRun(), fault);
                sink.accept(findings.report("ended by a trial that did not end"));
                return false;
            }
        }
        sink.accept(findings.report(mayGoOn.getAsBoolean() ? "" : early(findings)));
        return true;
    }

    private String early(Findings findings) {
        if (findings.isComplete()) {
            return "";
        }
        return stopped.getAsBoolean() ? "interrupted" : NO_TIME;
    }

    private static boolean hasEnded(Thread thread) {
        try {
            return thread.join(Duration.ofMillis(TICK));
        } catch (InterruptedException e) {
            throw new IllegalStateException("the watchdog was interrupted", e);
        }
    }
}
