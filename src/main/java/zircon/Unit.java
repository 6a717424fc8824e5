package zircon;

/// What a call yields when it yields nothing but success.
public enum Unit {
    /// The only value.
    UNIT
}
