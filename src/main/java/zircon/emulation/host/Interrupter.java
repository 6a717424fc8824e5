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

    /// Long enough for any call of a library but one that waits for something.
    private static final Duration CALL = Duration.ofMillis(20);

    /// The same for a guest that is to end: it will not wait on, and may hold another lock.
    private static final Duration LAST_CALL = Duration.ofMillis(200);

    /// Whoever is to end and has run that long inside a library will never leave it. That is its
    /// own time: on a busy machine a guest may hold the allocator's lock and not run for seconds,
    /// and one that is kept for good with that lock would keep the whole JVM.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<ThreadDispatcher, GateThread> guests = new ConcurrentHashMap<>();
    private final Map<GateThread, RunningTime> runningTimes = new ConcurrentHashMap<>();
    // When each was wanted first. This and the rest are guarded by the kernel's lock.
    private final Map<GateThread, Long> wanted = new LinkedHashMap<>();
    private boolean retrying;

    Interrupter() {}

    /// A guest begins that runs native code, on the calling thread.
    void add(GateThread guest) {
        runningTimes.put(guest, RunningTime.ofThisThread());
        guests.put(guest.thread(), guest);
    }

    /// A guest is dead, and its record about to go.
    void remove(GateThread guest) {
        guests.remove(guest.thread());
        runningTimes.remove(guest);
    }

    /// Stops a guest as soon as that may be; one that does not run native code stops by itself at
    /// its next syscall. Wants the kernel's lock; the thread is not dead.
    void interrupt(ThreadDispatcher thread) {
        GateThread guest = guests.get(thread);
        if (guest == null) {
            return;
        }
        zx_host_h.zx_host_interrupt(guest.record(), zx_host_h.ZX_HOST_INTERRUPT_PROGRAM());
        wanted.putIfAbsent(guest, System.nanoTime());
        if (!retrying) {
            retrying = true;
            var _ =
                    Thread.ofPlatform()
                            .daemon()
                            .name("zircon interrupter")
                            .start(() -> retry(thread.kernel()));
        }
    }

    private void retry(Kernel kernel) {
        do {
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (tryAgain(kernel));
    }

    private boolean tryAgain(Kernel kernel) {
        try (var _ = kernel.lock()) {
            long now = System.nanoTime();
            wanted.keySet().removeIf(thread -> !thread.thread().isToBeInterrupted());
            wanted.forEach(
                    (thread, since) ->
                            zx_host_h.zx_host_interrupt(
                                    thread.record(), reach(thread, now - since)));
            retrying = !wanted.isEmpty();
            return retrying;
        }
    }

    private int reach(GateThread guest, long age) {
        if (!guest.thread().mustLeave()) {
            return age > CALL.toNanos()
                    ? zx_host_h.ZX_HOST_INTERRUPT_BLOCKED()
                    : zx_host_h.ZX_HOST_INTERRUPT_PROGRAM();
        }
        if (age <= LAST_CALL.toNanos()) {
            return zx_host_h.ZX_HOST_INTERRUPT_PROGRAM();
        }
        RunningTime time = runningTimes.get(guest);
        boolean patient = time == null || age <= PATIENCE.toNanos() || !time.hasPassed(PATIENCE);
        return patient
                ? zx_host_h.ZX_HOST_INTERRUPT_BLOCKED()
                : zx_host_h.ZX_HOST_INTERRUPT_ANYWHERE();
    }
}
