package zircon.conformance.report;

import java.util.Comparator;

/// Trials that have a feature.
///
/// @param key what
/// @param count how often
public record Feature(Key key, long count) implements Counted<Feature.Key> {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::what).thenComparing(Key::value);

    /// What is counted.
    ///
    /// @param what the name of a distribution
    /// @param value a value of it
    public record Key(String what, String value) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
