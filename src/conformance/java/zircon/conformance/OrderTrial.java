package zircon.conformance;

import zircon.conformance.CheckRow.Case;
import zircon.conformance.model.Status;
import zircon.conformance.report.Cell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A call under every condition. What it shows of itself is the condition that it has come to.
final class OrderTrial implements Trial {
    private final List<Case> cases;
    private Case shown;

    OrderTrial(List<Case> cases) {
        this.cases = cases;
        shown = cases.getFirst();
    }

    @Override
    public void run(Evidence evidence) throws Deviation {
        for (Case one : cases) {
            shown = one;
            Cell cell = one.cell();
            String actual = run(one);
            evidence.call(cell.call(), cell.condition(), cell.expected(), actual);
            if (!actual.equals(cell.expected())) {
                throw new Deviation(
                        "13",
                        calls().size(),
                        cell.expected() + " from " + cell.call() + " with " + cell.condition(),
                        actual);
            }
        }
    }

    private static String run(Case one) {
        try (var scene = new Scene(new LibraryCalls())) {
            return Status.nameOf(one.in(scene));
        } finally {
            if (Emulation.isHere()) {
                new Emulation().settle();
            }
        }
    }

    @Override
    public int steps() {
        return cases.size();
    }

    /// As they are made for the case that is shown, without making them.
    private List<String> calls() {
        try (var scene = new Scene((_, _) -> 0)) {
            int _ = shown.in(scene);
            return scene.log();
        }
    }

    private List<String> lines(String last, String first) {
        List<String> calls = calls();
        List<String> lines = new ArrayList<>();
        for (String call : calls.subList(0, calls.size() - 1)) {
            lines.add(first.formatted(call));
        }
        lines.add(last.formatted(calls.getLast(), shown.cell().expected()));
        return lines;
    }

    @Override
    public String listing() {
        return "%s with %s:%n".formatted(shown.cell().call(), shown.cell().condition())
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
