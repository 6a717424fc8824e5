package zircon;

import java.util.Objects;

/// A refusal that nobody wanted to look at: thrown by `orElseThrow()` only.
public final class ZxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The status' number.
    private final int raw;

    /// A refusal as an exception.
    ///
    /// @param status why the call was refused
    public ZxException(Status status) {
        super(text(Objects.requireNonNull(status, "status")));
        this.raw = status.raw();
    }

    /// Why the call was refused.
    ///
    /// @return the status
    public Status status() {
        return Status.of(raw);
    }

    private static String text(Status status) {
        return switch (status) {
            case ZxError error -> "ZX_ERR_" + error + " (" + error.raw() + ")";
            case OtherStatus(int raw) -> "status " + raw;
        };
    }
}
