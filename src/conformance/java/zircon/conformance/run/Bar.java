package zircon.conformance.run;

import zircon.conformance.report.PropertyReport;

import java.io.PrintStream;

/// Draws a bar on a terminal below the lines that are told.
final class Bar implements Audience {
    private static final int WIDTH = 24;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Audience lines;
    private final PrintStream terminal;
    private final int properties;

    /// @param lines tell what has ended
    /// @param terminal where the bar is drawn
    /// @param properties how many there are
    Bar(Audience lines, PrintStream terminal, int properties) {
        this.lines = lines;
        this.terminal = terminal;
        this.properties = properties;
    }

    @Override
    public void sees(int index, String name, long planned, long tried, long failing) {
        double part = planned == 0 ? 1 : Math.min(1, (double) tried / planned);
        int full = (int) Math.round(WIDTH * (index + part) / properties);
        terminal.printf(
                "%s[%s%s] %d/%d %s %,d/%,d%s",
                ERASE_LINE,
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                index + 1,
                properties,
                name,
                tried,
                planned,
                failing == 0 ? "" : ", %,d failed".formatted(failing));
        terminal.flush();
    }

    @Override
    public void ended(PropertyReport report) {
        terminal.print(ERASE_LINE);
        terminal.flush();
        lines.ended(report);
    }
}
