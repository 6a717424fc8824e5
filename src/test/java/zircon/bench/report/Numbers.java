package zircon.bench.report;

import java.util.Locale;

/// Numbers as they are shown: with as many digits as a person can use.
final class Numbers {
    private Numbers() {}

    /// A time with its error, in the unit that suits it.
    static String time(Estimate nanos) {
        return nanos.mean() < 10_000
                ? scaled(nanos, 1, "ns")
                : nanos.mean() < 10_000_000 ? scaled(nanos, 1e3, "µs") : scaled(nanos, 1e6, "ms");
    }

    private static String scaled(Estimate nanos, double unit, String name) {
        return digits(nanos.mean() / unit, nanos.mean() / unit)
                + " ± "
                + digits(nanos.error() / unit, nanos.mean() / unit)
                + " "
                + name;
    }

    static String ratio(Estimate ratio) {
        return digits(ratio.mean(), ratio.mean()) + " ± " + digits(ratio.error(), ratio.mean());
    }

    static String exponent(Estimate exponent) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", exponent.mean(), exponent.error());
    }

    static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /// With k for the thousands, if nothing is lost by it.
    static String shortCount(int number) {
        return number % 1000 == 0 ? number / 1000 + "k" : Integer.toString(number);
    }

    static String outside(Footprint thing) {
        Double outside = thing.outside();
        return outside == null ? "" : count(outside);
    }

    /// No object is so small: what is less is the harness' own, spread over all operations.
    static final double HARNESS_BYTES = 0.9;

    static String bytes(double bytes) {
        if (Double.isNaN(bytes)) {
            return "";
        }
        return Long.toString(bytes < HARNESS_BYTES ? 0 : Math.round(bytes));
    }

    /// As many digits behind the point as suit a number of this size.
    private static String digits(double number, double size) {
        int digits = size < 10 ? 2 : size < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
}
