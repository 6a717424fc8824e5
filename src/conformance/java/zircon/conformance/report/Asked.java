package zircon.conformance.report;

import java.util.Comparator;

/// Handlers that were asked.
///
/// @param key what
/// @param count how often
public record Asked(Key key, long count) implements Counted<Asked.Key> {
    private static final Comparator<Key> ORDER =
            Comparator.comparingInt(Key::place).thenComparing(Key::level);

    /// What is counted.
    ///
    /// @param place in the search, from 1
    /// @param level whose slot
    public record Key(int place, String level) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
