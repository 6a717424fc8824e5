package zircon;

/// A status that [ZxError] has no name for: a user protocol's, or a newer kernel's.
///
/// @param raw the number
public record OtherStatus(int raw) implements Status {
    /// A status by its number; [Status#of(int)] is the way to make one.
    ///
    /// @throws IllegalArgumentException if `raw` is 0 or the number of a [ZxError]
    public OtherStatus {
        if (raw == 0) {
            throw new IllegalArgumentException("0 is ZX_OK, which is no refusal");
        }
        Err<?> known = ZxError.errByRaw(raw);
        if (known != null) {
            throw new IllegalArgumentException(
                    "%d is ZxError.%s; use Status.of".formatted(raw, known.status()));
        }
    }

    @Override
    public <T> Err<T> err() {
        return new Err<>(this);
    }
}
