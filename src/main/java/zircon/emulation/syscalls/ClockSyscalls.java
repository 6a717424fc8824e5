package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_CLOCK_MONOTONIC;
import static zircon.sys.zircon_h.ZX_CLOCK_THREAD;
import static zircon.sys.zircon_h.ZX_CLOCK_UTC;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_TIME_INFINITE;
import static zircon.sys.zircon_h.ZX_TIME_INFINITE_PAST;

import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Refusal;

import java.util.OptionalLong;

/// `zx_clock_*`, `zx_deadline_after` and `zx_nanosleep`.
public final class ClockSyscalls {
    private final Kernel kernel;

    ClockSyscalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// `zx_clock_get`.
    public long clockGet(Caller caller, int clockId) {
        return time(caller, clockId).orElse(0);
    }

    /// `zx_clock_get_new`.
    public int clockGetNew(Caller caller, int clockId, long out) {
        caller.storeLong(out, time(caller, clockId).orElseThrow(() -> Refusal.INVALID_ARGS));
        return ZX_OK();
    }

    private OptionalLong time(Caller caller, int clockId) {
        if (clockId == ZX_CLOCK_MONOTONIC()) {
            return OptionalLong.of(kernel.clock().monotonic());
        }
        if (clockId == ZX_CLOCK_UTC()) {
            return OptionalLong.of(kernel.clock().utc());
        }
        if (clockId == ZX_CLOCK_THREAD()) {
            try (var _ = kernel.lock()) {
                return OptionalLong.of(caller.thread().runtime());
            }
        }
        return OptionalLong.empty();
    }

    /// `zx_clock_get_monotonic`.
    public long clockGetMonotonic(Caller caller) {
        return kernel.clock().monotonic();
    }

    /// `zx_deadline_after`.
    public long deadlineAfter(Caller caller, long nanoseconds) {
        long now = kernel.clock().monotonic();
        long deadline = now + nanoseconds;
        boolean overflown = ((now ^ deadline) & (nanoseconds ^ deadline)) < 0;
        if (!overflown) {
            return deadline;
        }
        return nanoseconds > 0 ? ZX_TIME_INFINITE() : ZX_TIME_INFINITE_PAST();
    }

    /// `zx_nanosleep`.
    @SuppressWarnings("ThreadPriorityCheck") // a yield is what the call is for
    public int nanosleep(Caller caller, long deadline) {
        if (deadline <= 0) {
            Thread.yield();
            return ZX_OK();
        }
        try (var _ = kernel.lock()) {
            caller.thread().sleepUntil(deadline);
        }
        return ZX_OK();
    }
}
