package zircon;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// What callers pass several of at once: nothing is missing.
final class NonNull {
    private NonNull() {}

    /// A copy that the caller cannot change.
    ///
    /// @param name of the parameter
    static <T> List<T> copyOf(Collection<? extends T> values, String name) {
        for (T value : Objects.requireNonNull(values, name)) {
            Objects.requireNonNull(value, "one of " + name);
        }
        return List.copyOf(values);
    }

    /// A copy that the caller cannot change.
    ///
    /// @param name of the parameter
    static <T> List<T> copyOf(T[] values, String name) {
        return copyOf(Arrays.asList(Objects.requireNonNull(values, name)), name);
    }
}
