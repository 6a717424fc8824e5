package zircon.conformance.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Something that was seen a number of times.
///
/// @param <K> what
public sealed interface Counted<K extends Comparable<K>> permits Asked, Call, Exchange, Feature {
    /// What was seen.
    ///
    /// @return a value that can be a key in a sorted map
    K key();

    /// How often.
    ///
    /// @return at least 1
    long count();

    /// Adds up what was seen in several places.
    ///
    /// @param counts from everywhere
    /// @param make one from a key and a count
    /// @return each key once, in order
    static <K extends Comparable<K>, T extends Counted<K>> List<T> sum(
            Stream<T> counts, BiFunction<K, Long, T> make) {
        Map<K, Long> sums = new TreeMap<>();
        counts.forEach(counted -> sums.merge(counted.key(), counted.count(), Long::sum));
        return sums.entrySet().stream()
                .map(entry -> make.apply(entry.getKey(), entry.getValue()))
                .toList();
    }
}
