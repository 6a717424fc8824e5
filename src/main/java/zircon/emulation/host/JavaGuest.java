package zircon.emulation.host;

import zircon.emulation.kernel.GuestCode;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.sys.host.zx_host_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A guest written in Java.
///
/// A throwable that leaves it is what `abort()` is to a C program: it is printed, and the guest
/// executes an undefined instruction. The Error by which the wrapper unwinds a guest that is ending
/// already is no such thing.
///
/// @param body the guest's code
public record JavaGuest(Runnable body) implements GuestCode {
    @Override
    public void run(ThreadDispatcher thread) {
        try {
            body.run();
        } catch (Throwable thrown) {
            if (!thread.mustLeave()) {
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
                abort(thread);
            }
        }
    }

    /// For good: a handler that resumes the instruction as it is sees the same exception again.
    private static void abort(ThreadDispatcher thread) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            int status = 0;
            while (status == 0 && !thread.mustLeave()) {
                status = zx_host_h.zx_host_fault(zx_host_h.ZX_HOST_FAULT_UNDEFINED(), 0, 0, result);
            }
        }
    }
}
