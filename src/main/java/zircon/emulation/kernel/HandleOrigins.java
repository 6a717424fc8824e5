package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import zircon.emulation.HandleOrigin;

import java.lang.StackWalker.StackFrame;
import java.util.List;

/// Remembers for each handle which code brought it into its process, while it is switched on.
///
/// A syscall's upcall runs on the calling thread, so the stack still has the caller's frames.
public final class HandleOrigins {
    private static final int MAX_FRAMES = 64;
    private static final StackWalker WALKER = StackWalker.getInstance();

    private boolean recording;

    HandleOrigins() {}

    /// Remembers them from now on, or no longer. Wants the lock.
    public void record(boolean on) {
        recording = on;
    }

    /// Who calls the kernel now, or null when that is not asked for.
    @Nullable Trace here() {
        return recording ? Trace.take() : null;
    }

    /// A thread and its stack, as it is cheapest to keep.
    record Trace(String thread, List<StackFrame> frames) {
        private static Trace take() {
            List<StackFrame> frames =
                    WALKER.walk(
                            all ->
                                    all.dropWhile(frame -> isOurs(frame) || isJdk(frame))
                                            .takeWhile(frame -> !isOurs(frame))
                                            .limit(MAX_FRAMES)
                                            .toList());
            return new Trace(Thread.currentThread().getName(), frames);
        }

        HandleOrigin origin() {
            return new HandleOrigin(
                    thread, frames.stream().map(StackFrame::toStackTraceElement).toList());
        }
    }

    /// The emulation, and the bindings on the way to it. Exact, for a program may have packages
    /// below ours.
    private static boolean isOurs(StackFrame frame) {
        String type = frame.getClassName();
        int end = type.lastIndexOf('.');
        return switch (end < 0 ? "" : type.substring(0, end)) {
            case "zircon.emulation.kernel",
                    "zircon.emulation.syscalls",
                    "zircon.emulation.host",
                    "zircon.emulation.trace",
                    "zircon.internal",
                    "zircon.sys",
                    "zircon.sys.host" ->
                    true;
            case "zircon.emulation" ->
                    type.equals("zircon.emulation.HostEmulation")
                            || type.equals("zircon.emulation.JavaGuests");
            default -> false;
        };
    }

    private static boolean isJdk(StackFrame frame) {
        return frame.getClassName().startsWith("java.") || frame.getClassName().startsWith("jdk.");
    }
}
