package zircon.health;

import zircon.Zircon;
import zircon.kit.Guest;
import zircon.sys.zircon_h;

import java.util.concurrent.atomic.AtomicReference;

/// Recurses to a StackOverflowError with a syscall in each frame, on all kinds of threads. Where
/// too little stack is left for the kernel, a syscall is NO_MEMORY; it never ends the JVM.
final class DeepProgram {
    private static final int ROUNDS = 20;
    private static final int NO_MEMORY = -4;

    private DeepProgram() {}

    /// What a thread saw.
    private static final class Seen {
        int overflows;
        int served;
        int refused;

        @Override
        public String toString() {
            return "%d overflows, %d calls served, %d refused"
                    .formatted(overflows, served, refused);
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(Zircon.library().origin());
        // Links the function while there is room.
        require(zircon_h.zx_nanosleep(0) == 0);
        recurseOften("the main thread");
        for (int kibibytes : new int[] {400, 640, 2048}) {
            String name = "a thread of " + kibibytes + " KiB";
            join(new Thread(null, () -> recurseOften(name), name, kibibytes * 1024L));
        }
        join(Thread.ofVirtual().unstarted(() -> recurseOften("a virtual thread")));
        try (Guest guest = Guest.java(() -> recurseOften("a guest"))) {
            guest.go();
            Guest.awaitEnd(guest.process());
            require(guest.process().info().orElseThrow().returnCode() == 0);
        }
        require(zircon_h.zx_nanosleep(0) == 0);
        System.out.println("alive");
    }

    private static void join(Thread thread) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError("in " + thread.getName(), failure.get());
        }
    }

    private static void recurseOften(String where) {
        var seen = new Seen();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                recurse(seen);
            } catch (StackOverflowError expected) {
                seen.overflows++;
            }
        }
        require(zircon_h.zx_nanosleep(0) == 0);
        System.out.println(where + ": " + seen);
        require(seen.overflows == ROUNDS);
        require(seen.refused > 0);
    }

    @SuppressWarnings("InfiniteRecursion") // that it overflows is the point
    private static int recurse(Seen seen) {
        int status = zircon_h.zx_nanosleep(0);
        if (status == 0) {
            seen.served++;
        } else {
            require(status == NO_MEMORY);
            seen.refused++;
        }
        return recurse(seen) + 1;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
