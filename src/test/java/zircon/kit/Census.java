package zircon.kit;

import zircon.emulation.HostEmulation;

import java.time.Duration;

/// What is open and alive in the kernel at a moment when no guest runs.
///
/// @param handles the open handles of the host process
/// @param guests the threads of guests that were started and are not dead
record Census(int handles, int guests) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Counts once every guest sleeps or is dead: guests end some time after the call that ends
    /// them.
    static Census take() {
        settle();
        HostEmulation emulation = HostEmulation.instance();
        return new Census(emulation.openHandles(), emulation.liveGuests());
    }

    /// Waits until every guest sleeps or is dead.
    static void settle() {
        try {
            if (!HostEmulation.instance().awaitQuiescence(LIMIT)) {
                throw new AssertionError(
                        "after %s a guest still runs; each should sleep in a syscall or an exception, or be dead"
                                .formatted(LIMIT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the guests settle", e);
        }
    }

    /// Counts again, and fails if anything came to this count.
    ///
    /// Before it fails it starts a new kernel, so that the test that leaks is the only one that
    /// suffers.
    void requireNothingMore() {
        try {
            Census now = take();
            if (now.handles > handles || now.guests > guests) {
                throw new AssertionError(
                        "a test must close what it opened and end what it started: it began with %s and ended with %s"
                                .formatted(this, now));
            }
        } catch (AssertionError leak) {
            startAfresh(leak);
            throw leak;
        }
    }

    private static void startAfresh(AssertionError leak) {
        try {
            HostEmulation.instance().reset();
        } catch (IllegalStateException stillRunning) {
            leak.addSuppressed(stillRunning);
        }
    }
}
