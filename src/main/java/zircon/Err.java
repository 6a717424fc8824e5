package zircon;

import java.util.Objects;

/// The call was refused.
///
/// @param <T> what the call would have yielded
/// @param status why
public record Err<T>(Status status) implements Result<T> {
    /// A refusal because of `status`. [Status#err()] does the same and allocates nothing for a
    /// [ZxError].
    public Err {
        Objects.requireNonNull(status, "status");
    }
}
