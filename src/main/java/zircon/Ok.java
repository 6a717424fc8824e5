package zircon;

import java.util.Objects;

/// The call succeeded.
///
/// @param <T> what the call yields
/// @param value what the call yielded; owned by the caller if it is a handle
public record Ok<T>(T value) implements Result<T> {
    /// Success without a value; the only one that the wrapper hands out.
    public static final Ok<Unit> UNIT = new Ok<>(Unit.UNIT);

    /// Success with `value`.
    public Ok {
        Objects.requireNonNull(value, "value");
    }
}
