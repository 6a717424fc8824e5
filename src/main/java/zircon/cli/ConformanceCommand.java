package zircon.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `zx conformance`: holds a libzircon to the specification, by a suite that comes in another jar.
@Command(
        name = "conformance",
        description = "Holds a libzircon to the specification, by random programs.",
        footer = {
            "Without --tries and --time it ends within 5 minutes. Interrupted, it still",
            "reports what it has; interrupted twice, it does not."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:every property that was run held",
            "1:a property failed",
            "2:bad usage, or the suite is not on the class path"
        })
final class ConformanceCommand implements Callable<Integer> {
    private static final String SUITE = "zircon.conformance.run.Conformance";
    private static final Pattern SHARD = Pattern.compile("([1-9]\\d{0,8})/([1-9]\\d{0,8})");

    @Spec private CommandSpec spec;

    @Option(
            names = "--library",
            paramLabel = "PATH",
            description = "another libzircon.so than the bundled one")
    private @Nullable Path library;

    @Option(
            names = "--tries",
            paramLabel = "N",
            description = "how often each property is tried, in all shards")
    private @Nullable Integer tries;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "the seed of all chance; a run tells its own")
    private @Nullable Long seed;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            description = "only properties with such names: 'exchange.*'")
    private String only = "*";

    @Option(
            names = "--time",
            paramLabel = "LIMIT",
            converter = Limit.class,
            description = "start no trial after this: 30s, 5m, PT1H30M")
    private @Nullable Duration time;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write index.html, junit.xml and report.json there")
    private @Nullable Path report;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "make the I-th of N disjoint parts of all trials")
    private String shard = "1/1";

    @Option(names = "--fail-fast", description = "end each property with its first failure")
    private boolean failFast;

    @Option(
            names = "--merge",
            paramLabel = "DIR",
            arity = "1..*",
            description = "run nothing; merge the reports of shards")
    private List<Path> merge = List.of();

    @SuppressWarnings("NullAway.Init")
    ConformanceCommand() {}

    @Override
    public Integer call() {
        ConformanceRequest request = request();
        AtomicBoolean stopped = new AtomicBoolean();
        for (String signal : List.of("INT", "TERM")) {
            UserSignal.on(signal, () -> stop(stopped));
        }
        try {
            return suite().run(request, stopped::get) ? ExitStatus.OK : ExitStatus.FAILED;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.USAGE, Main.oneLine(e), e);
        }
    }

    private static void stop(AtomicBoolean stopped) {
        if (stopped.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitStatus.FAILED);
        }
    }

    private static ConformanceSuite suite() {
        try {
            return Class.forName(SUITE)
                    .asSubclass(ConformanceSuite.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | NoClassDefFoundError e) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "the conformance suite is not on the class path (%s); ".formatted(e)
                            + "put zircon-ffm-"
                            + Main.VERSION
                            + "-conformance.jar and jqwik there, or run scripts/zx",
                    e);
        }
    }

    private ConformanceRequest request() {
        Matcher parts = SHARD.matcher(shard);
        if (!parts.matches()
                || Integer.parseInt(parts.group(1)) > Integer.parseInt(parts.group(2))) {
            throw misused("--shard: '%s' is not I/N with 1 <= I <= N".formatted(shard));
        }
        if (library != null && !Files.isRegularFile(library)) {
            throw misused("--library: there is no file " + library);
        }
        if (tries != null && tries < 1) {
            throw misused("--tries: %d is not positive".formatted(tries));
        }
        return new ConformanceRequest(
                Optional.ofNullable(library).map(Path::toAbsolutePath),
                tries == null ? OptionalInt.empty() : OptionalInt.of(tries),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                only,
                Optional.ofNullable(time),
                Optional.ofNullable(report),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                failFast,
                merge);
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// `30s`, `5m`, `1h`, and what [Duration#parse(CharSequence)] reads.
    static final class Limit implements ITypeConverter<Duration> {
        private static final Pattern SHORT = Pattern.compile("\\d+[smh]");

        Limit() {}

        @Override
        public Duration convert(String value) {
            String text =
                    SHORT.matcher(value).matches() ? "PT" + value.toUpperCase(Locale.ROOT) : value;
            try {
                Duration duration = Duration.parse(text);
                if (duration.isPositive()) {
                    return duration;
                }
            } catch (DateTimeParseException _) {
                // The message is the same.
            }
            throw new TypeConversionException(
                    "'%s' is no positive time such as 30s, 5m or PT1H30M".formatted(value));
        }
    }
}
