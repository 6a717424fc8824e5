package zircon.conformance.report;

import java.util.Comparator;

/// Steps of exception exchanges.
///
/// @param key what
/// @param count how often
public record Exchange(Key key, long count) implements Counted<Exchange.Key> {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::from).thenComparing(Key::event).thenComparing(Key::to);

    /// What is counted.
    ///
    /// @param from the state before
    /// @param event what happened
    /// @param to the state after
    public record Key(String from, String event, String to) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
