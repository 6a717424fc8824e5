package zircon.conformance.report;

import java.util.List;
import java.util.function.ToLongFunction;

/// What a run showed.
///
/// @param format the version of this form
/// @param library what was held to the specification
/// @param seed of the run
/// @param shards which parts of it these are: `2/3`
/// @param started when, as ISO 8601
/// @param seconds how long it took; of several machines, the sum
/// @param machine processor, system and JVM
/// @param ended `complete`, or why it ended before
/// @param properties each of those that were to be run
/// @param cells the whole matrix of errors
/// @param edges the whole diagram of the exchange
public record Report(
        int format,
        String library,
        long seed,
        List<String> shards,
        String started,
        double seconds,
        String machine,
        String ended,
        List<PropertyReport> properties,
        List<Cell> cells,
        List<Edge> edges) {
    /// The version of this form.
    public static final int FORMAT = 1;

    /// How a run ended to which nothing happened.
    public static final String COMPLETE = "complete";

    /// How many properties went so.
    ///
    /// @param outcome how
    /// @return their number
    public long count(Outcome outcome) {
        return properties.stream().filter(property -> property.outcome() == outcome).count();
    }

    /// Adds up over the properties.
    ///
    /// @param what to add
    /// @return the sum
    public long sum(ToLongFunction<PropertyReport> what) {
        return properties.stream().mapToLong(what).sum();
    }
}
