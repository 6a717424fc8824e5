package zircon;

/// A kernel object's id: never reused, and the same for every process. It names an object but gives
/// no access to it.
///
/// @param value unsigned
public record Koid(long value) {
    /// No object.
    public static final Koid INVALID = new Koid(0);

    /// The kernel itself.
    public static final Koid KERNEL = new Koid(1);

    /// The number.
    ///
    /// @return the number, in decimal
    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}
