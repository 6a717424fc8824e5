package zircon.testing;

import org.jspecify.annotations.Nullable;

import zircon.Job;
import zircon.Port;
import zircon.Rights;
import zircon.emulation.HostEmulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A fresh kernel for one test. What the test gets from it is closed with it; what else is open or
/// alive then is a leak, and closing fails.
///
/// ```java
/// try (TestKernel kernel = TestKernel.start()) {
///     Port port = kernel.port();
///     GuestProcess guest = kernel.guests().process(GuestFaults::undefinedInstruction).start();
///     // ...
/// }
/// ```
///
/// A JVM has one kernel, so there is one of these at a time: tests that use it cannot run in
/// parallel. Handles and guests of the kernel before are gone when the next one starts.
public final class TestKernel implements AutoCloseable {
    private static final AtomicReference<@Nullable TestKernel> CURRENT = new AtomicReference<>();

    private final HostEmulation emulation = HostEmulation.instance();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Roll roll = new Roll();
    private final Optional<FakeClock> clock;
    private final Throwable begin = new Throwable("the other test's kernel started here");
    private @Nullable Job job;
    private boolean closed;

    private TestKernel(boolean fakeClock) {
        clock = fakeClock ? Optional.of(new FakeClock(emulation)) : Optional.empty();
    }

    /// Starts a kernel with the system's clock.
    ///
    /// @return the kernel, to be closed at the end of the test
    /// @throws IllegalStateException another test has not closed its kernel, or guests of the one
    ///   before do not end
    public static TestKernel start() {
        return start(false);
    }

    /// Starts a kernel whose clock stands still until the test moves it.
    ///
    /// @return the kernel, to be closed at the end of the test
    /// @throws IllegalStateException another test has not closed its kernel, or guests of the one
    ///   before do not end
    public static TestKernel startWithFakeClock() {
        return start(true);
    }

    private static TestKernel start(boolean fakeClock) {
        TestKernel kernel = new TestKernel(fakeClock);
        TestKernel other = CURRENT.compareAndExchange(null, kernel);
        if (other != null) {
            throw new IllegalStateException(
                    "This JVM has one kernel, and a test that has not ended uses it. Tests with a"
                            + " kernel cannot run in parallel: @ZirconTest keeps JUnit from it by a"
                            + " resource lock, which @ExtendWith(ZirconExtension.class) alone does"
                            + " not.",
                    other.begin);
        }
        try {
            kernel.emulation.recordHandleOrigins(true);
            kernel.restart();
            return kernel;
        } catch (RuntimeException | Error failure) {
            kernel.emulation.recordHandleOrigins(false);
            CURRENT.set(null);
            throw failure;
        }
    }

    private void restart() {
        if (clock.isPresent()) {
            emulation.resetWithFakeClock();
        } else {
            emulation.reset();
        }
    }

    /// Closes `resource` with this kernel: the newest first, before leaks are looked for.
    ///
    /// @param <T> its type
    /// @param resource what to close
    /// @return `resource`
    public synchronized <T extends AutoCloseable> T own(T resource) {
        owned.push(Objects.requireNonNull(resource, "resource"));
        return resource;
    }

    /// The root job.
    ///
    /// @return a new handle, closed with this kernel
    public Job rootJob() {
        return own(Job.defaultJob().orElseThrow());
    }

    /// The test's own job, a child of the root job: guests go there.
    ///
    /// @return a new handle, closed with this kernel
    public Job job() {
        return own(testJob().duplicate(Rights.SAME_RIGHTS).orElseThrow());
    }

    private synchronized Job testJob() {
        if (job == null) {
            try (Job root = Job.defaultJob().orElseThrow()) {
                job = own(root.createJob().orElseThrow());
            }
        }
        return job;
    }

    /// A new port.
    ///
    /// @return its handle, closed with this kernel
    public Port port() {
        return own(Port.create().orElseThrow());
    }

    /// Makes guests in the test's own job.
    ///
    /// @return who makes them; all are killed with this kernel
    public Guests guests() {
        return new Guests(testJob(), roll);
    }

    /// The clock that the test moves.
    ///
    /// @return the fake clock; empty if the kernel has the system's
    public Optional<FakeClock> fakeClock() {
        return clock;
    }

    /// The emulation, for all else that it can.
    ///
    /// @return the one of this JVM
    public HostEmulation emulation() {
        return emulation;
    }

    /// Ends the test: lets the guests go on to where they sleep or have ended, kills the guests
    /// that [#guests] has made, and closes what came from here. Safe to call again.
    ///
    /// @throws AssertionError something is open or alive that the test has made otherwise; the
    ///   message tells each, and where in the test's code a handle came from. Or a guest does not
    ///   end. What a guest has thrown is thrown as it is; several failures are one with suppressed
    ///   ones
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Failures failures = new Failures();
        try {
            end(failures);
        } finally {
            emulation.recordHandleOrigins(false);
            CURRENT.set(null);
        }
        failures.throwIfAny();
    }

    private void end(Failures failures) {
        // What a guest is about to throw fails the test, however early that ends.
        Ending.letSettle(emulation);
        roll.kill();
        closeOwned(failures); // a debugger's port among it may be what holds a guest
        roll.close(failures);
        roll.thrown().forEach(failures::add);
        failures.attempt(() -> Ending.settle(emulation));
        Leaks leaks = Leaks.find(emulation);
        if (leaks.areThere()) {
            failures.add(leaks.failure(emulation.snapshot()));
        }
        if (leaks.areThere() || clock.isPresent()) {
            failures.attempt(emulation::reset); // whoever comes next is not to suffer
        }
    }

    private synchronized void closeOwned(Failures failures) {
        while (!owned.isEmpty()) {
            failures.close(owned.pop());
        }
    }
}
