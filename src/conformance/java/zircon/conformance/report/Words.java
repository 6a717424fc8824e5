package zircon.conformance.report;

import java.util.Locale;

/// Words and numbers of the page.
final class Words {
    private Words() {}

    /// The class of the style sheet for an outcome.
    static String css(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "held";
            case FAILED -> "failed";
            case NOT_RUN -> "unrun";
        };
    }

    static String time(double seconds) {
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return "%d min %02d s".formatted(whole / 60, whole % 60);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A status without what all of them start with.
    static String status(String status) {
        return status.startsWith("ZX_ERR_") ? status.substring("ZX_ERR_".length()) : status;
    }

    /// A part in percent.
    static String percent(long part, long whole) {
        return percent((double) part, (double) whole);
    }

    /// A part in percent.
    static String percent(double part, double whole) {
        double percent = whole <= 0 ? 0 : 100 * part / whole;
        return String.format(Locale.ROOT, "%.1f", percent);
    }
}
