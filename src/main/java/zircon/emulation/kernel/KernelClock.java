package zircon.emulation.kernel;

import java.util.concurrent.locks.Condition;

/// The one source of time of a kernel.
public interface KernelClock {
    /// Nanoseconds of ZX_CLOCK_MONOTONIC.
    long monotonic();

    /// Nanoseconds of ZX_CLOCK_UTC.
    long utc();

    /// Sleeps until `wakeUp` is signaled or, where this clock runs by itself, until `deadline` of
    /// the monotonic clock.
    ///
    /// The caller holds the kernel's lock, to which `wakeUp` belongs, and looks again at what it
    /// waits for: this may return early. An interrupt of the Java thread does not end the sleep,
    /// and is kept.
    void sleep(Condition wakeUp, long deadline);

    /// Has `listener` called, without the kernel's lock, after each time that this clock was moved
    /// by hand.
    void onMove(Runnable listener);
}
