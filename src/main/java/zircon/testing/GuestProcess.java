package zircon.testing;

import zircon.Handle;
import zircon.ZxProcess;
import zircon.emulation.HostEmulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// An emulated process whose threads run lambdas. See [Guests].
public final class GuestProcess implements AutoCloseable {
    private final ZxProcess handle;
    private final Given given;
    private final Guests.MainWith<List<? extends Handle>> main;
    private final GuestThread first;
    private final List<GuestThread> threads = new ArrayList<>();

    GuestProcess(ZxProcess handle, Given given, Guests.MainWith<List<? extends Handle>> main) {
        this.handle = handle;
        this.given = given;
        this.main = main;
        first = newThread("first", () -> {});
    }

    /// The process, as the kernel knows it.
    ///
    /// @return the handle; this object closes it
    public ZxProcess handle() {
        return handle;
    }

    /// Its first thread.
    ///
    /// @return the thread; this object closes it
    public GuestThread thread() {
        return first;
    }

    /// Lets the process run.
    ///
    /// @return this process
    /// @throws IllegalStateException it was started before, or was killed
    public GuestProcess start() {
        first.startBy(
                () ->
                        HostEmulation.instance()
                                .startProcess(
                                        handle.raw(),
                                        first.handle().raw(),
                                        given.send(),
                                        this::runFirst));
        return this;
    }

    private void runFirst(int[] numbers) {
        first.run(() -> main.run(given.adopt(numbers)));
    }

    /// Makes another thread of this process; it does not run yet.
    ///
    /// @param code what it runs
    /// @return the thread; this object closes it
    /// @throws zircon.ZxException memory is short
    public GuestThread newThread(Guests.Main code) {
        return newThread("other", Objects.requireNonNull(code, "code"));
    }

    private GuestThread newThread(String name, Guests.Main code) {
        GuestThread thread = new GuestThread(handle.createThread(name).orElseThrow(), code);
        synchronized (threads) {
            threads.add(thread);
        }
        return thread;
    }

    List<GuestThread> threads() {
        synchronized (threads) {
            return List.copyOf(threads);
        }
    }

    /// Waits until the process has ended.
    ///
    /// @return its return code
    /// @throws AssertionError it has not within 20 seconds
    public long awaitEnd() {
        Ending.await(handle, "process");
        return handle.info().orElseThrow().returnCode();
    }

    /// Kills the process, waits until it has ended, and closes its handles.
    ///
    /// @throws AssertionError it has not ended within 20 seconds
    @Override
    public void close() {
        if (handle.isClosed()) {
            return;
        }
        try (handle;
                given) {
            var _ = handle.kill().orElseThrow();
            awaitEnd();
        } finally {
            threads().forEach(thread -> thread.handle().close());
        }
    }
}
