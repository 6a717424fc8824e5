package zircon.conformance.report;

import java.util.Comparator;

/// Calls under a condition of the order of checks (section 13).
///
/// @param key what
/// @param count how often
public record Call(Key key, long count) implements Counted<Call.Key> {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::call)
                    .thenComparing(Key::condition)
                    .thenComparing(Key::expected)
                    .thenComparing(Key::actual);

    /// What is counted.
    ///
    /// @param call the syscall
    /// @param condition what was wrong
    /// @param expected the status that the specification says
    /// @param actual the status that the library gave
    public record Key(String call, String condition, String expected, String actual)
            implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
