package zircon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Registers in rows of three, which fit into 80 columns.
final class RegisterTable {
    private static final int COLUMNS = 3;

    private RegisterTable() {}

    static List<String> rows(SequencedMap<String, Long> registers) {
        List<String> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        for (Map.Entry<String, Long> register : registers.entrySet()) {
            row.add("%-6s 0x%016x".formatted(register.getKey(), register.getValue()));
            if (row.size() == COLUMNS) {
                rows.add(String.join("  ", row));
                row.clear();
            }
        }
        if (!row.isEmpty()) {
            rows.add(String.join("  ", row));
        }
        return rows;
    }
}
