package zircon;

/// Takes a killed or exited thread out of its Java code. Whoever runs the guest catches it; nobody
/// else should.
final class GuestUnwind extends Error {
    private static final long serialVersionUID = 1;

    /// A new one each time: try-with-resources adds what `close` throws to what is thrown already,
    /// and an error that is added to itself turns into an [IllegalArgumentException].
    GuestUnwind() {
        super(
                "this thread has ended for the kernel; its Java code is being left",
                null,
                /* enableSuppression= */ false,
                /* writableStackTrace= */ false);
    }
}
