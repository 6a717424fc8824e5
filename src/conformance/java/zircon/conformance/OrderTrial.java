package zircon.conformance;

import org.jspecify.annotations.Nullable;

import zircon.conformance.model.Status;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A call under every condition, or under one of them.
final class OrderTrial implements Trial {
    private final CheckRow row;
    private final int from;
    private final int to;
    private CheckRow.@Nullable Seen last;

    OrderTrial(CheckRow row, int from, int to) {
        this.row = row;
        this.from = from;
        this.to = to;
    }

    @Override
    public void run(Evidence evidence) throws Deviation {
        for (int number = from; number < to; number++) {
            CheckRow.Seen seen = row.run(number);
            last = seen;
            ErrorOrder.Cell cell = seen.cell();
            String actual = Status.nameOf(seen.actual());
            evidence.call(cell.call(), cell.condition(), cell.expected(), actual);
            if (!actual.equals(cell.expected())) {
                throw new Deviation(
                        "13",
                        seen.calls().size(),
                        cell.expected() + " from " + cell.call() + " with " + cell.condition(),
                        actual);
            }
        }
    }

    @Override
    public int steps() {
        return to - from;
    }

    /// The last case, or the first if none was run.
    private CheckRow.Seen shown() {
        CheckRow.Seen seen = last;
        return seen == null ? row.run(from) : seen;
    }

    private List<String> lines(String last, String first) {
        CheckRow.Seen seen = shown();
        List<String> lines = new ArrayList<>();
        for (String call : seen.calls().subList(0, seen.calls().size() - 1)) {
            lines.add(first.formatted(call));
        }
        lines.add(last.formatted(seen.calls().getLast(), seen.cell().expected()));
        return lines;
    }

    @Override
    public String listing() {
        return "%s with %s:%n".formatted(row.name(), shown().cell().condition())
                + lines("  %s -> %s%n", "  %s%n").stream()
                        .map(String::format)
                        .collect(Collectors.joining());
    }

    @Override
    public String asJShell() {
        return Listing.jshell(String.join("\n", lines("check(1, %s, %s);", "%s;")) + "\n");
    }

    @Override
    public String asC() {
        return Listing.c(String.join("\n    ", lines("check(1, %s, %s);", "%s;")));
    }

    @Override
    public String toString() {
        return "\n" + listing();
    }
}
