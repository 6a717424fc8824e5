package zircon.conformance;

import zircon.conformance.report.Cell;

import java.util.ArrayList;
import java.util.List;

/// Section 13: each call with everything that can be wrong with it, in the order of its checks.
///
/// NO_MEMORY is left out: nothing that every kernel offers provokes it.
public final class ErrorOrder {
    private static final List<List<CheckRow.Case>> CASES =
            rows().stream().map(CheckRow::cases).toList();

    private ErrorOrder() {}

    /// All that [Evidence#call] can be told.
    ///
    /// @return calls in the order of section 13; of each call, the conditions in the order of its
    ///   checks
    public static List<Cell> cells() {
        return CASES.stream().flatMap(List::stream).map(CheckRow.Case::cell).toList();
    }

    /// What is tried of each call.
    static List<List<CheckRow.Case>> cases() {
        return CASES;
    }

    private static List<CheckRow> rows() {
        List<CheckRow> rows = new ArrayList<>();
        ObjectRows.handles(rows);
        InfoRows.info(rows);
        ObjectRows.signalsAndWaits(rows);
        ObjectRows.ports(rows);
        TaskRows.jobsAndProcesses(rows);
        TaskRows.memory(rows);
        TaskRows.threads(rows);
        TaskRows.exceptions(rows);
        TaskRows.tasks(rows);
        ObjectRows.channels(rows);
        return List.copyOf(rows);
    }
}
