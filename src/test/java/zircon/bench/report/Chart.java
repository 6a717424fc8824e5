package zircon.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A curve, drawn: both axes are logarithms, so that a power of the size is a straight line and its
/// exponent is how steep it is. What stays as it is lies flat.
final class Chart {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 200;
    private static final int LEFT = 48;
    private static final int RIGHT = 16;
    private static final int TOP = 8;
    private static final int BOTTOM = 24;

    /// So that what differs by little looks so.
    private static final int LEAST_DECADES = 2;

    private static final List<String> UNITS = List.of("ns", "µs", "ms", "s");

    private final Grown curve;
    private final double firstSize;
    private final double lastSize;
    // Powers of ten, of nanoseconds.
    private final int bottom;
    private final int top;

    private Chart(Grown curve) {
        this.curve = curve;
        firstSize = Math.log(curve.sizes().getFirst());
        lastSize = Math.log(curve.sizes().getLast());
        int low = (int) Math.floor(curve.nanos().stream().mapToDouble(Chart::low).min().orElse(0));
        int high = (int) Math.ceil(curve.nanos().stream().mapToDouble(Chart::high).max().orElse(1));
        bottom = high - low < LEAST_DECADES && low > 0 ? low - 1 : low;
        top = Math.max(high, bottom + LEAST_DECADES);
    }

    /// Draws it.
    static String of(Grown curve) {
        return new Chart(curve).draw();
    }

    private static double low(Estimate nanos) {
        // An error as large as the mean has no end in logarithms.
        return Math.log10(Math.max(nanos.mean() - nanos.error(), nanos.mean() / 10));
    }

    private static double high(Estimate nanos) {
        return Math.log10(nanos.mean() + nanos.error());
    }

    private String draw() {
        return """
        <svg viewBox="0 0 %d %d" role="img" aria-label="%s">
        %s%s%s%s</svg>
        """
                .formatted(
                        WIDTH,
                        HEIGHT,
                        "time over size",
                        IntStream.rangeClosed(bottom, top)
                                .mapToObj(this::line)
                                .collect(Collectors.joining()),
                        curve.sizes().stream().map(this::size).collect(Collectors.joining()),
                        fit(),
                        IntStream.range(0, curve.sizes().size())
                                .mapToObj(this::point)
                                .collect(Collectors.joining()));
    }

    private String line(int power) {
        double y = y(power);
        return String.format(
                Locale.ROOT,
                "<path class=\"grid\" d=\"M%d %.1fH%d\"/>"
                        + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                LEFT,
                y,
                WIDTH - RIGHT,
                LEFT - 6,
                y + 3.5,
                time(power));
    }

    /// A power of ten of nanoseconds.
    private static String time(int power) {
        int unit = Math.clamp(Math.floorDiv(power, 3), 0, UNITS.size() - 1);
        return "%.0f %s".formatted(Math.pow(10, power - 3 * unit), UNITS.get(unit));
    }

    private String size(int size) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                x(size),
                HEIGHT - 6,
                Numbers.shortCount(size));
    }

    private String fit() {
        Slope fit = Slope.of(curve.sizes(), curve.nanos().stream().map(Estimate::mean).toList());
        int first = curve.sizes().getFirst();
        int last = curve.sizes().getLast();
        return String.format(
                Locale.ROOT,
                "<path class=\"fit\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n",
                x(first),
                y(Math.log10(fit.at(first))),
                x(last),
                y(Math.log10(fit.at(last))));
    }

    private String point(int index) {
        Estimate nanos = curve.nanos().get(index);
        double x = x(curve.sizes().get(index));
        return String.format(
                Locale.ROOT,
                "<path class=\"error\" d=\"M%.1f %.1fV%.1f\"/><circle cx=\"%.1f\" cy=\"%.1f\""
                        + " r=\"3.5\"><title>%s: %s</title></circle>\n",
                x,
                y(low(nanos)),
                y(high(nanos)),
                x,
                y(Math.log10(nanos.mean())),
                Numbers.count(curve.sizes().get(index)),
                Numbers.time(nanos));
    }

    private double x(int size) {
        return LEFT
                + 14
                + (WIDTH - RIGHT - LEFT - 28)
                        * (Math.log(size) - firstSize)
                        / (lastSize - firstSize);
    }

    private double y(double power) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (power - bottom) / (top - bottom);
    }
}
