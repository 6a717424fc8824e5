package zircon.emulation.host;

import org.jspecify.annotations.Nullable;

import zircon.sys.host.zx_host_h;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/// Tells the kernel of each thread of the application that ends.
///
/// The gate hears of it when the thread has already left the JVM and cannot call Java; so a thread
/// of this class waits for the news.
public final class Reaper {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");

    private static final Duration PAUSE = Duration.ofMillis(1);

    private volatile @Nullable HostKernel current;
    private int kernels;

    public Reaper() {}

    /// Makes the next kernel, and tells it from now on, not the one before.
    ///
    /// @param maker gets a number that no other kernel of this reaper has
    public synchronized HostKernel follow(IntFunction<HostKernel> maker) {
        kernels++;
        HostKernel kernel = maker.apply(kernels);
        if (current == null) {
            Thread.ofPlatform().daemon().name("zircon reaper").start(this::run);
            pollWhenTheJvmEnds();
        }
        current = kernel;
        return kernel;
    }

    /// A JVM that ends waits 300 ms for threads that are in native code.
    private static void pollWhenTheJvmEnds() {
        Thread hook = Thread.ofPlatform().daemon().unstarted(zx_host_h::zx_host_poll_ended_threads);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException itEndsAlready) {
            hook.start();
        }
    }

    private void run() {
        while (true) {
            long name = zx_host_h.zx_host_next_ended_thread();
            HostKernel kernel = current;
            if (name == 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } else if (kernel != null) {
                try {
                    kernel.threadEnded(name);
                } catch (RuntimeException | Error e) {
                    LOGGER.log(Level.ERROR, "The emulation could not end a thread", e);
                }
            }
        }
    }
}
