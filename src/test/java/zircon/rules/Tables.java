package zircon.rules;

import org.junit.jupiter.params.provider.Arguments;

import zircon.ZxError;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Tables of statuses: a heading that names the columns, then rows of options, port and statuses.
final class Tables {
    private static final Map<String, Integer> STATUSES =
            Map.of(
                    "OK", 0,
                    "AB", ZxError.ALREADY_BOUND.raw(),
                    "AD", ZxError.ACCESS_DENIED.raw(),
                    "BH", ZxError.BAD_HANDLE.raw(),
                    "BS", ZxError.BAD_STATE.raw(),
                    "IA", ZxError.INVALID_ARGS.raw(),
                    "NF", ZxError.NOT_FOUND.raw(),
                    "WT", ZxError.WRONG_TYPE.raw());

    private Tables() {}

    /// One `(options, port, statuses by column)` per row.
    static Stream<Arguments> rows(String table) {
        String[][] rows =
                table.lines().map(line -> line.strip().split("[ |]+")).toArray(String[][]::new);
        return Arrays.stream(rows)
                .skip(1)
                .map(
                        row ->
                                Arguments.of(
                                        Integer.parseUnsignedInt(row[0], 16),
                                        row[1],
                                        statuses(rows[0], row)));
    }

    private static Map<String, Integer> statuses(String[] heading, String[] row) {
        if (row.length != heading.length) {
            throw new IllegalArgumentException("a row of another length: " + Arrays.toString(row));
        }
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (int column = 2; column < row.length; column++) {
            statuses.put(heading[column], STATUSES.get(row[column]));
        }
        return statuses;
    }
}
