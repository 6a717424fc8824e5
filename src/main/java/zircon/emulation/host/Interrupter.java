package zircon.emulation.host;

import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.sys.host.zx_host_h;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Stops guests that run native code, when the kernel wants something of them.
///
/// A guest inside a library cannot be stopped at once, since it may hold a lock of this process. So
/// a thread of this class tries again until the guest has stopped, and in the end takes it where it
/// is: a guest that is only suspended goes on later, and one that is to end is kept for good.
final class Interrupter {
    private static final Duration PAUSE = Duration.ofNanos(200_000);

    // Patience is counted in how often the guest was found inside a library, and how long it has
    // run there, and not in time: a guest that gets no processor has had no chance to leave it.

    /// More than any call of a library takes, but one that waits for something.
    private static final int REFUSALS_TO_SUSPEND = 100;

    /// Who is to end and waits in a library has got what it waits for by then: half a second at
    /// least.
    private static final int REFUSALS_WHILE_BLOCKED = 2500;

    /// Who is to end and never leaves its library: a second of its own running time. If it holds a
    /// lock, it is held for good, so this is the last resort.
    private static final int REFUSALS = 5000;

    private final Map<ThreadDispatcher, GateThread> guests = new ConcurrentHashMap<>();
    // The refusals of each when it was first wanted. This and the rest are guarded by the kernel's
    // lock.
    private final Map<GateThread, Integer> wanted = new LinkedHashMap<>();
    private boolean retrying;

    Interrupter() {}

    /// A guest begins that runs native code.
    void add(GateThread guest) {
        guests.put(guest.thread(), guest);
    }

    /// A guest is dead, and its record about to go.
    void remove(GateThread guest) {
        guests.remove(guest.thread());
    }

    /// Stops a guest as soon as that may be; one that does not run native code stops by itself at
    /// its next syscall. Wants the kernel's lock; the thread is not dead.
    void interrupt(ThreadDispatcher thread) {
        GateThread guest = guests.get(thread);
        if (guest == null) {
            return;
        }
        zx_host_h.zx_host_interrupt(guest.record(), zx_host_h.ZX_HOST_INTERRUPT_PROGRAM());
        if (thread.mustLeave()) {
            wanted.put(guest, guest.refusals()); // whatever came of it while it was to be suspended
        } else {
            wanted.putIfAbsent(guest, guest.refusals());
        }
        if (!retrying) {
            var _ =
                    Thread.ofPlatform()
                            .daemon()
                            .name("zircon interrupter")
                            .start(() -> retry(thread.kernel()));
            retrying = true; // it looks when it gets the lock
        }
    }

    private void retry(Kernel kernel) {
        do {
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (tryAgain(kernel));
    }

    private boolean tryAgain(Kernel kernel) {
        try (var _ = kernel.lock()) {
            wanted.keySet().removeIf(guest -> !guest.thread().isToBeInterrupted());
            wanted.forEach(
                    (guest, before) ->
                            zx_host_h.zx_host_interrupt(
                                    guest.record(),
                                    reach(guest.thread(), guest.refusals() - before)));
            retrying = !wanted.isEmpty();
            return retrying;
        }
    }

    private static int reach(ThreadDispatcher thread, int refusals) {
        if (!thread.mustLeave()) {
            return refusals > REFUSALS_TO_SUSPEND
                    ? zx_host_h.ZX_HOST_INTERRUPT_BLOCKED()
                    : zx_host_h.ZX_HOST_INTERRUPT_PROGRAM();
        }
        if (refusals > REFUSALS) {
            return zx_host_h.ZX_HOST_INTERRUPT_ANYWHERE();
        }
        return refusals > REFUSALS_WHILE_BLOCKED
                ? zx_host_h.ZX_HOST_INTERRUPT_BLOCKED()
                : zx_host_h.ZX_HOST_INTERRUPT_PROGRAM();
    }
}
