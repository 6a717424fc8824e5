package zircon;

/// A `zx_status_t` that is not `ZX_OK`: one of the kernel's own ([ZxError]), or any other number
/// ([OtherStatus]).
///
/// There is no "ok" here, so an `Err` with it cannot be written.
public sealed interface Status permits ZxError, OtherStatus {
    /// The number.
    ///
    /// @return never 0; negative numbers are the system's, positive ones belong to user protocols
    int raw();

    /// A refused call with this status. Allocates nothing for a [ZxError].
    ///
    /// @param <T> what the call would have yielded
    /// @return the refusal
    <T> Err<T> err();

    /// The status of a number. Nothing is lost: `Status.of(raw).raw() == raw`.
    ///
    /// @param raw any number but 0
    /// @return the [ZxError] with this number, or an [OtherStatus]
    /// @throws IllegalArgumentException if `raw` is 0, which is success
    static Status of(int raw) {
        Err<?> known = ZxError.errByRaw(raw);
        return known != null ? known.status() : new OtherStatus(raw);
    }
}
