package zircon.conformance.run;

import zircon.cli.ConformanceRequest;
import zircon.cli.ConformanceSuite;
import zircon.conformance.Property;
import zircon.conformance.report.Merge;
import zircon.conformance.report.Outcome;
import zircon.conformance.report.PropertyReport;
import zircon.conformance.report.Report;
import zircon.conformance.report.ReportFolder;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What the command line finds: runs the suite, or merges reports.
public final class Conformance implements ConformanceSuite {
    /// The system property that names another [Catalog] than the suite's own.
    static final String CATALOG = "zircon.conformance.catalog";

    /// What a run takes that nobody limits, with some room below 5 minutes to end in.
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(270);

    private static final int SHRINKING = 1000;
    private static final long SHRINK_MILLIS = 10_000;
    private static final long TRIAL_MILLIS = Long.getLong("zircon.conformance.trial.limit", 20_000);

    private final PrintStream out;
    private final PrintStream terminal;

    /// Made by the command line.
    public Conformance() {
        this(System.out, System.err);
    }

    Conformance(PrintStream out, PrintStream terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public boolean run(ConformanceRequest request, BooleanSupplier stopped) {
        try {
            Report report =
                    request.merge().isEmpty() ? test(request, stopped) : merge(request.merge());
            if (request.report().isPresent()) {
                Path page = new ReportFolder(request.report().get()).write(report);
                out.println("Report: " + page.toUri());
            }
            return report.count(Outcome.FAILED) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write a file: " + e, e);
        }
    }

    private Report merge(List<Path> folders) throws IOException {
        List<Report> reports = new ArrayList<>();
        for (Path folder : folders) {
            reports.add(new ReportFolder(folder).read());
        }
        Report report = Merge.of(reports);
        Lines lines = new Lines(out);
        report.properties().forEach(lines::ended);
        lines.end(report);
        return report;
    }

    private Report test(ConformanceRequest request, BooleanSupplier stopped) throws IOException {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long before = System.nanoTime();
        String library = request.library().map(Path::toString).orElse("");
        String name = System.getProperty(CATALOG, SuiteCatalog.class.getName());
        Plan all = plan(request, name, started);
        Catalog catalog = all.load();
        List<Property> properties = matching(catalog.properties(), request.only());
        Plan plan = all.of(properties.stream().map(Property::name).toList());
        Lines lines = new Lines(out);
        lines.begin(plan, library);
        Audience audience = isTerminal() ? new Bar(lines, terminal, properties.size()) : lines;
        List<PropertyReport> reports =
                new Supervisor(properties, plan, WorkerJvm.of(library), audience, stopped).run();
        Report report =
                new Report(
                        Report.FORMAT,
                        library.isEmpty() ? "the emulation" : library,
                        plan.seed(),
                        List.of(plan.shard().toString()),
                        started.toString(),
                        (System.nanoTime() - before) / 1e9,
                        machine(),
                        ended(reports, stopped),
                        reports,
                        catalog.cells(),
                        catalog.edges());
        lines.end(report);
        return report;
    }

    private static Plan plan(ConformanceRequest request, String catalog, Instant started) {
        boolean isLimited = request.tries().isEmpty() || request.time().isPresent();
        long end =
                isLimited
                        ? started.plus(request.time().orElse(DEFAULT_TIME)).toEpochMilli()
                        : Long.MAX_VALUE;
        return new Plan(
                catalog,
                List.of(),
                request.library().isEmpty(),
                // Short enough to be typed.
                request.seed().orElseGet(() -> new SecureRandom().nextInt(1_000_000_000)),
                request.tries().orElse(0),
                new Shard(request.shard(), request.shards()),
                end,
                TRIAL_MILLIS,
                SHRINKING,
                SHRINK_MILLIS,
                request.failFast());
    }

    private static List<Property> matching(List<Property> properties, String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Property> matching =
                properties.stream().filter(p -> matcher.matches(Path.of(p.name()))).toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException(
                    "--only: no property is called '%s'; there are %s"
                            .formatted(
                                    glob,
                                    String.join(
                                            ", ",
                                            properties.stream().map(Property::name).toList())));
        }
        return matching;
    }

    private static String ended(List<PropertyReport> reports, BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            return "interrupted";
        }
        boolean isCut = reports.stream().anyMatch(r -> r.reason().startsWith(SuiteRun.NO_TIME));
        return isCut ? SuiteRun.NO_TIME : Report.COMPLETE;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null again where nobody types
    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static String machine() {
        return "%s %s, JDK %s, %d processors"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors());
    }
}
