package zircon.health;

import zircon.emulation.HostEmulation;
import zircon.emulation.KernelTrace;
import zircon.kit.Allocations;
import zircon.sys.zircon_h;

import java.util.concurrent.atomic.AtomicInteger;

/// Makes cheap syscalls and counts what they allocate: while nobody watches them, during a trace,
/// and after it.
final class QuietProgram {
    private static final int CALLS = 20_000;
    private static final int SMALLEST_OBJECT = 16;

    private QuietProgram() {}

    public static void main(String[] arguments) {
        HostEmulation emulation = HostEmulation.instance();
        long before = bytesOfACall();
        var lines = new AtomicInteger();
        long during;
        try (KernelTrace _ = emulation.trace(_ -> lines.incrementAndGet())) {
            during = bytesOfACall();
        }
        long after = bytesOfACall();
        System.out.println("traced " + lines + " calls of " + 2 * CALLS);
        System.out.println("before " + said(before));
        System.out.println("during " + said(during));
        System.out.println("after " + said(after));
    }

    private static String said(long bytes) {
        return bytes < SMALLEST_OBJECT ? "nothing" : "something";
    }

    private static long bytesOfACall() {
        call();
        long before = Allocations.ofThisThread();
        call();
        return (Allocations.ofThisThread() - before) / CALLS;
    }

    private static void call() {
        for (int i = 0; i < CALLS; i++) {
            if (zircon_h.zx_handle_close(0) != 0) {
                throw new AssertionError("0 can be closed");
            }
        }
    }
}
