package zircon.conformance.model;

/// What a call returns, of all that the model can say.
public enum Status {
    OK(0),
    NOT_SUPPORTED(-2),
    NO_MEMORY(-4),
    INVALID_ARGS(-10),
    BAD_HANDLE(-11),
    WRONG_TYPE(-12),
    OUT_OF_RANGE(-14),
    BUFFER_TOO_SMALL(-15),
    BAD_STATE(-20),
    TIMED_OUT(-21),
    SHOULD_WAIT(-22),
    CANCELED(-23),
    PEER_CLOSED(-24),
    NOT_FOUND(-25),
    ALREADY_EXISTS(-26),
    ALREADY_BOUND(-27),
    ACCESS_DENIED(-30);

    private final int raw;

    Status(int raw) {
        this.raw = raw;
    }

    /// The `zx_status_t`.
    public int raw() {
        return raw;
    }

    /// The constant of the C headers.
    public String constant() {
        return this == OK ? "ZX_OK" : "ZX_ERR_" + name();
    }

    /// Any status by the name of its constant, or by its number.
    public static String nameOf(int raw) {
        for (Status status : values()) {
            if (status.raw == raw) {
                return status.constant();
            }
        }
        return Integer.toString(raw);
    }
}
