package zircon.conformance.run;

import zircon.conformance.Property;
import zircon.conformance.report.PropertyReport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Runs properties in a JVM beside this one, and what is left of them in a new one whenever it
/// hangs or dies.
final class Supervisor {
    /// How often it looks at what the worker does, in milliseconds.
    private static final int TICK = 100;

    private final List<Property> properties;
    private final Plan plan;
    private final WorkerJvm jvm;
    private final Audience audience;
    private final BooleanSupplier stopped;
    private final List<PropertyReport> reports = new ArrayList<>();

    /// @param properties those of the plan
    /// @param stopped whether somebody wants an end
    Supervisor(
            List<Property> properties,
            Plan plan,
            WorkerJvm jvm,
            Audience audience,
            BooleanSupplier stopped) {
        this.properties = properties;
        this.plan = plan;
        this.jvm = jvm;
        this.audience = audience;
        this.stopped = stopped;
    }

    /// Runs all.
    ///
    /// @return a report of each
    /// @throws IllegalArgumentException the library cannot be loaded
    List<PropertyReport> run() throws IOException {
        while (reports.size() < properties.size()) {
            Path folder = Files.createTempDirectory("conformance");
            try {
                run(new Workplace(folder));
            } finally {
                delete(folder);
            }
        }
        return reports;
    }

    private void run(Workplace workplace) throws IOException {
        int done = reports.size();
        List<Property> rest = properties.subList(done, properties.size());
        workplace.write(plan.of(rest.stream().map(Property::name).toList()));
        try (Slate slate = new Slate(workplace.slate())) {
            Process process = jvm.start(workplace);
            while (!hasEnded(process)) {
                if (stopped.getAsBoolean()) {
                    slate.stop();
                }
                read(workplace, done);
                show(slate);
            }
            read(workplace, done);
            if (Files.exists(workplace.unfit())) {
                throw new IllegalArgumentException(
                        "--library: " + Files.readString(workplace.unfit()));
            }
            if (reports.size() < properties.size() && process.exitValue() != Worker.HUNG) {
                Property property = properties.get(reports.size());
                add(new Crash(plan, workplace).report(property, slate, process.exitValue()));
            }
        }
    }

    private void read(Workplace workplace, int done) throws IOException {
        while (workplace.has(reports.size() - done)) {
            add(workplace.read(reports.size() - done));
        }
    }

    private void add(PropertyReport report) {
        reports.add(report);
        audience.ended(report);
    }

    private void show(Slate slate) {
        int index = reports.size();
        if (index < properties.size()) {
            Property property = properties.get(index);
            audience.sees(
                    index, property.name(), plan.planned(property), slate.tried(), slate.failing());
        }
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(Duration.ofMillis(TICK));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the supervisor was interrupted", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
