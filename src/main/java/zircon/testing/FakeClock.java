package zircon.testing;

import zircon.emulation.HostEmulation;

import java.time.Duration;

/// A kernel's clock that stands still until the test moves it.
public final class FakeClock {
    private final HostEmulation emulation;

    FakeClock(HostEmulation emulation) {
        this.emulation = emulation;
    }

    /// Moves the time on; whose deadline passes, wakes.
    ///
    /// @param duration by how much
    /// @throws IllegalArgumentException `duration` is negative
    public void advance(Duration duration) {
        emulation.advanceClock(duration.toNanos());
    }
}
