package zircon;

import org.jspecify.annotations.Nullable;

/// The kernel's own statuses: `ZX_ERR_*` less the prefix.
public enum ZxError implements Status {
    /// Unspecified internal failure.
    INTERNAL(-1),
    /// Operation not implemented / not enabled for this object.
    NOT_SUPPORTED(-2),
    /// Some kernel resource could not be had.
    NO_RESOURCES(-3),
    /// Allocation failed.
    NO_MEMORY(-4),
    /// Call was interrupted; the vDSO retries, user code never sees it.
    INTERNAL_INTR_RETRY(-6),
    /// Bad argument, including an unusable pointer.
    INVALID_ARGS(-10),
    /// Value names no handle of the caller.
    BAD_HANDLE(-11),
    /// Handle is to the wrong kind of object.
    WRONG_TYPE(-12),
    /// No such syscall.
    BAD_SYSCALL(-13),
    /// Argument beyond its limit.
    OUT_OF_RANGE(-14),
    /// Caller's buffer is too short.
    BUFFER_TOO_SMALL(-15),
    /// Object not in a state that allows this.
    BAD_STATE(-20),
    /// Deadline passed.
    TIMED_OUT(-21),
    /// Cannot proceed now, may later.
    SHOULD_WAIT(-22),
    /// A wait was cut short.
    CANCELED(-23),
    /// Other end is gone.
    PEER_CLOSED(-24),
    /// Nothing matches.
    NOT_FOUND(-25),
    /// Conflicts with something existing.
    ALREADY_EXISTS(-26),
    /// Slot is taken by another binding.
    ALREADY_BOUND(-27),
    /// Subject temporarily cannot serve.
    UNAVAILABLE(-28),
    /// Missing right or permission.
    ACCESS_DENIED(-30),
    /// Unspecified I/O failure.
    IO(-40),
    /// Device rejected the request.
    IO_REFUSED(-41),
    /// Checksum/parity failure.
    IO_DATA_INTEGRITY(-42),
    /// Data unavailable, perhaps for good.
    IO_DATA_LOSS(-43),
    /// Device is gone.
    IO_NOT_PRESENT(-44),
    /// Device sent too much.
    IO_OVERRUN(-45),
    /// Not finished in time.
    IO_MISSED_DEADLINE(-46),
    /// Invalid or out-of-range transfer.
    IO_INVALID(-47),
    /// Path too long.
    BAD_PATH(-50),
    /// Not a directory.
    NOT_DIR(-51),
    /// Not a regular file.
    NOT_FILE(-52),
    /// File would exceed a limit.
    FILE_BIG(-53),
    /// Device or filesystem full.
    NO_SPACE(-54),
    /// Directory has entries.
    NOT_EMPTY(-55),
    /// Callback control: stop.
    STOP(-60),
    /// Callback control: skip to next.
    NEXT(-61),
    /// Callback control: continues elsewhere.
    ASYNC(-62),
    /// The network protocol is not supported.
    PROTOCOL_NOT_SUPPORTED(-70),
    /// The address cannot be reached.
    ADDRESS_UNREACHABLE(-71),
    /// The address is taken.
    ADDRESS_IN_USE(-72),
    /// There is no connection.
    NOT_CONNECTED(-73),
    /// The other end refused the connection.
    CONNECTION_REFUSED(-74),
    /// The other end reset the connection.
    CONNECTION_RESET(-75),
    /// The connection was given up.
    CONNECTION_ABORTED(-76);

    // Indexed by the number with its sign turned. The refusals, not the statuses: one read less on
    // the way of a call that fails.
    private static final @Nullable Err<?>[] BY_NUMBER = new Err<?>[128];

    static {
        for (ZxError error : values()) {
            BY_NUMBER[-error.raw] = error.err;
        }
    }

    private final int raw;

    @SuppressWarnings("ImmutableEnumChecker") // a record of this very constant
    private final Err<?> err = new Err<>(this);

    ZxError(int raw) {
        this.raw = raw;
    }

    @Override
    public int raw() {
        return raw;
    }

    @Override
    @SuppressWarnings("unchecked") // a refusal holds no T
    public <T> Err<T> err() {
        return (Err<T>) err;
    }

    /// The refusal with a number; null if it is none of these.
    @SuppressWarnings("unchecked") // a refusal holds no T
    static <T> @Nullable Err<T> errByRaw(int raw) {
        return raw < 0 && raw > -BY_NUMBER.length ? (Err<T>) BY_NUMBER[-raw] : null;
    }
}
