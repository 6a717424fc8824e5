package zircon.bench.report;

import java.util.ArrayList;
import java.util.List;

/// Growth as tables for a terminal.
final class GrowthTable {
    private static final List<String> CURVES =
            List.of("Growth", "sizes", "smallest", "largest", "exponent", "largest / smallest");
    private static final List<String> MEMORY =
            List.of("Memory", "bytes in the heap", "outside", "");

    private GrowthTable() {}

    /// Sets them; nothing for nothing.
    static String of(Growth growth) {
        List<List<String>> rows = new ArrayList<>();
        if (!growth.curves().isEmpty()) {
            rows.add(List.of());
            rows.add(CURVES);
            growth.curves().forEach(curve -> rows.add(row(curve)));
        }
        List<List<String>> memory = new ArrayList<>();
        if (!growth.memory().isEmpty()) {
            memory.add(List.of());
            memory.add(MEMORY);
            growth.memory().forEach(thing -> memory.add(row(thing)));
        }
        return Columns.of(rows) + Columns.of(memory);
    }

    private static List<String> row(Grown curve) {
        return List.of(
                "  %s: %s".formatted(curve.title(), curve.unit()),
                curve.range(),
                Numbers.time(curve.nanos().getFirst()),
                Numbers.time(curve.nanos().getLast()),
                Numbers.exponent(curve.exponent()),
                Numbers.ratio(curve.ratio()));
    }

    private static List<String> row(Footprint thing) {
        return List.of(
                "  " + thing.thing().title(),
                Numbers.count(thing.heap()),
                Numbers.outside(thing),
                "");
    }
}
