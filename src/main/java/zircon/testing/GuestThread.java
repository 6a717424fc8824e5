package zircon.testing;

import org.jspecify.annotations.Nullable;

import zircon.ZxThread;
import zircon.emulation.HostEmulation;

import java.util.Optional;

/// A thread of a guest, which runs a lambda. See [Guests].
public final class GuestThread implements AutoCloseable {
    private final ZxThread handle;
    private final Guests.Main main;
    private boolean started;
    private @Nullable Throwable thrown;
    private boolean asked;

    GuestThread(ZxThread handle, Guests.Main main) {
        this.handle = handle;
        this.main = main;
    }

    /// The thread, as the kernel knows it.
    ///
    /// @return the handle; this object closes it
    public ZxThread handle() {
        return handle;
    }

    /// Lets the thread run. The first thread of a process is started with its process:
    /// [GuestProcess#start].
    ///
    /// @return this thread
    /// @throws IllegalStateException it was started before, or its process does not run
    public GuestThread start() {
        startBy(() -> HostEmulation.instance().startThread(handle.raw(), this::run));
        return this;
    }

    void startBy(Runnable call) {
        call.run();
        synchronized (this) {
            started = true;
        }
    }

    void run() {
        run(main);
    }

    /// On the guest's own thread.
    void run(Guests.Main code) {
        // Whatever leaves the code while the thread is alive comes here.
        Thread.currentThread().setUncaughtExceptionHandler((_, what) -> keep(what));
        try {
            code.run();
        } catch (RuntimeException | AssertionError failure) {
            keep(failure); // also when the thread was killed before
            throw failure;
        } catch (Exception failure) {
            keep(failure);
            throw new IllegalStateException("the guest's code has failed", failure);
        }
    }

    private synchronized void keep(Throwable what) {
        if (thrown == null) {
            thrown = what;
        }
    }

    /// What left the lambda, other than by a return or by the end of the thread. The end of the
    /// test does not fail with it once it was asked for.
    ///
    /// @return the first throwable; empty if there has been none until now
    public synchronized Optional<Throwable> thrown() {
        asked = true;
        return Optional.ofNullable(thrown);
    }

    synchronized @Nullable Throwable unexpected() {
        return asked ? null : thrown;
    }

    synchronized boolean isStarted() {
        return started;
    }

    /// Waits until the thread has ended.
    ///
    /// @throws AssertionError it has not within 20 seconds, or was never started
    public void awaitEnd() {
        if (!isStarted()) {
            throw new AssertionError("This thread never ends, since it was never started.");
        }
        Ending.await(handle, "thread");
    }

    /// Kills the thread, waits until it has ended, and closes the handle.
    ///
    /// @throws AssertionError it has not ended within 20 seconds
    @Override
    public void close() {
        if (handle.isClosed()) {
            return;
        }
        try (handle) {
            var _ = handle.kill().orElseThrow();
            if (isStarted()) {
                awaitEnd();
            }
        }
    }
}
