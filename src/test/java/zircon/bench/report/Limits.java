package zircon.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What no change may make worse: the ratios and allocations that a file allows.
///
/// A line is the name of a case or a curve, the most that its ratio may be, and the most bytes that
/// an operation may allocate, or `-` for any. `#` begins a comment.
public final class Limits {
    private record Limit(String name, double ratio, double bytes) {}

    private final List<Limit> limits;

    private Limits(List<Limit> limits) {
        this.limits = limits;
    }

    /// Reads a file.
    ///
    /// @throws IllegalArgumentException a line is none; the message says which
    public static Limits read(Path file) throws IOException {
        return of(Files.readAllLines(file));
    }

    static Limits of(List<String> lines) {
        List<Limit> limits = new ArrayList<>();
        for (String line : lines) {
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                limits.add(limit(text));
            }
        }
        return new Limits(limits);
    }

    private static Limit limit(String text) {
        String[] words = text.split("\\s+", -1);
        try {
            if (words.length == 3) {
                double bytes =
                        words[2].equals("-")
                                ? Double.POSITIVE_INFINITY
                                : Double.parseDouble(words[2]);
                return new Limit(words[0], Double.parseDouble(words[1]), bytes);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(unreadable(text), e);
        }
        throw new IllegalArgumentException(unreadable(text));
    }

    private static String unreadable(String text) {
        return "a limit is `case ratio bytes`, with - for any bytes, and this is `" + text + "`";
    }

    /// The cases and curves that have a limit.
    public Set<String> names() {
        return limits.stream().map(Limit::name).collect(Collectors.toUnmodifiableSet());
    }

    /// What is over its limit for sure: by more than the error.
    ///
    /// @return a line for each; none is good
    public List<String> exceeded(Results results) {
        List<String> lines = new ArrayList<>();
        for (Limit limit : limits) {
            results.cases()
                    .filter(one -> one.name().equals(limit.name))
                    .forEach(one -> lines.addAll(exceeded(limit, one)));
            results.growth().curves().stream()
                    .filter(curve -> curve.name().equals(limit.name))
                    .forEach(curve -> lines.addAll(exceeded(limit, curve.ratio(), curve.range())));
        }
        return lines;
    }

    private static List<String> exceeded(Limit limit, Measured one) {
        List<String> lines = new ArrayList<>();
        Estimate ratio = one.ratio();
        if (ratio != null) {
            lines.addAll(exceeded(limit, ratio, "to " + one.beside().name()));
        }
        if (one.bytes() > limit.bytes + Numbers.HARNESS_BYTES) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s: an operation allocates %.1f bytes; at most %.0f are allowed",
                            one.name(),
                            one.bytes(),
                            limit.bytes));
        }
        return lines;
    }

    private static List<String> exceeded(Limit limit, Estimate ratio, String of) {
        return ratio.mean() - ratio.error() <= limit.ratio
                ? List.of()
                : List.of(
                        String.format(
                                Locale.ROOT,
                                "%s: the ratio %s is %s; at most %.2f is allowed",
                                limit.name,
                                of,
                                Numbers.ratio(ratio),
                                limit.ratio));
    }
}
