package zircon;

import java.util.Objects;

/// One of the objects that [Handle#waitMany(java.util.List, Deadline)] waits for.
///
/// @param handle the object; borrowed
/// @param signals what to wait for
public record WaitItem(Handle handle, Signals signals) {
    /// One of several objects to wait for.
    public WaitItem {
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(signals, "signals");
    }
}
