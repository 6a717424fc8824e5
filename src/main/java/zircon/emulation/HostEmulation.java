package zircon.emulation;

import org.jspecify.annotations.Nullable;

import zircon.emulation.host.GateTable;
import zircon.emulation.host.HostKernel;
import zircon.emulation.host.HostMemory;
import zircon.emulation.host.LoadedProgram;
import zircon.emulation.host.Reaper;
import zircon.emulation.kernel.FakeClock;
import zircon.emulation.kernel.Guests;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.KernelClock;
import zircon.emulation.kernel.SystemClock;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.trace.Watch;
import zircon.sys.host.zx_host_h;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The emulation of the kernel in this JVM, for those who steer it: tests, tools, and whoever runs
/// native programs.
///
/// What a program sees of the kernel, it sees through syscalls; here is what no syscall offers.
/// Handles are plain numbers of the host process (the application itself, whose job is the root
/// job); the wrapper's `adopt` methods make objects of them. All methods may be called from every
/// thread that is no guest.
///
/// The host process never ends: `zx_task_kill` of it, or of one of its threads, is NOT_SUPPORTED,
/// and its own `zx_process_exit` and `zx_thread_exit` do nothing.
public final class HostEmulation {
    private static final Duration RESET_LIMIT = Duration.ofSeconds(20);

    private static volatile @Nullable HostEmulation instance;

    private final GateTable gate = new GateTable();
    private final Reaper reaper = new Reaper();
    private final Watch watch = new Watch(new HostMemory());
    private final Programs programs = new Programs();
    // Of the kernels before this one.
    private volatile int quarantinedBefore;
    private volatile HostKernel host;
    private volatile @Nullable FakeClock fakeClock;
    private boolean recordsOrigins;

    private HostEmulation() {
        host = start(new SystemClock());
    }

    /// The emulation behind the bundled gate, loaded and booted if need be.
    ///
    /// @return the one of this JVM
    /// @throws IllegalStateException there is none: this is Fuchsia, or another libzircon was named
    ///   by `-Dzircon.library`
    public static HostEmulation instance() {
        HostEmulation running = instance;
        if (running == null) {
            loadLibrary();
            running = instance;
        }
        if (running == null) {
            throw new IllegalStateException(
                    "There is no emulation here: libzircon is not the bundled gate but the system's"
                            + " own, or the one that -Dzircon.library names.");
        }
        return running;
    }

    /// The wrapper loads the library and boots what serves it. It is knocked on by name, for the
    /// two sides know each other by the C ABI alone.
    private static void loadLibrary() {
        try {
            Class.forName("zircon.internal.Syscalls", true, HostEmulation.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LinkageError("the wrapper is missing", e);
        }
    }

    static synchronized void boot() {
        if (instance == null) {
            instance = new HostEmulation();
        }
    }

    private HostKernel start(KernelClock clock) {
        HostKernel kernel = reaper.follow(number -> new HostKernel(number, clock, watch));
        record(kernel.kernel(), recordsOrigins);
        gate.install(kernel);
        return kernel;
    }

    private Kernel kernel() {
        return host.kernel();
    }

    private Guests guests() {
        return kernel().guests();
    }

    /// Kills every guest, waits until all are gone, and starts a new kernel with the system's
    /// clock. Handles and koids of the one before mean nothing to it.
    ///
    /// @throws IllegalStateException a guest does not end: code in Java that makes no syscall
    public synchronized void reset() {
        reset(new SystemClock());
        fakeClock = null;
    }

    /// Like [#reset], with a clock that stands still until [#advanceClock].
    ///
    /// @throws IllegalStateException a guest does not end: code in Java that makes no syscall
    public synchronized void resetWithFakeClock() {
        FakeClock clock = new FakeClock(0, 0);
        reset(clock);
        fakeClock = clock;
    }

    private void reset(KernelClock clock) {
        requireNoGuest("reset");
        endGuests(RESET_LIMIT);
        programs.unloadDead();
        quarantinedBefore = quarantinedThreads();
        host = start(clock);
    }

    void endGuests(Duration limit) {
        try {
            List<ThreadDispatcher> rest = guests().endAll(limit.toNanos());
            if (!rest.isEmpty()) {
                throw new IllegalStateException(JavaGuests.stillRunning(kernel(), rest));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while the guests of the old kernel end", e);
        }
    }

    /// Moves the fake clock on; whose deadline passes, wakes.
    ///
    /// @param nanoseconds by how much
    /// @throws IllegalStateException the clock is the system's: see [#resetWithFakeClock]
    public void advanceClock(long nanoseconds) {
        FakeClock clock = fakeClock;
        if (clock == null) {
            throw new IllegalStateException(
                    "The clock is the system's, and runs by itself; call resetWithFakeClock()"
                            + " first.");
        }
        clock.advance(nanoseconds);
    }

    /// Starts a process in the root job whose first thread is a guest written in Java.
    ///
    /// @param name of the process and of its thread
    /// @param argument a handle of the host process that becomes one of the new process, or 0.
    ///   **Consumed.**
    /// @param main gets the argument's number in the new process, or 0; returning from it ends the
    ///   thread
    /// @return a handle to the process; the caller closes it
    /// @throws IllegalArgumentException `argument` is no open handle that may be transferred
    /// @throws IllegalStateException the root job was killed, or memory is short
    public int spawnProcess(String name, int argument, IntConsumer main) {
        return spawnProcess(rootJob(), name, argument, main);
    }

    /// Starts a process in any job, whose first thread is a guest written in Java.
    ///
    /// @param job a handle of the host process to the job; no right is needed
    /// @param name of the process and of its thread
    /// @param argument a handle of the host process that becomes one of the new process, or 0.
    ///   **Consumed.**
    /// @param main gets the argument's number in the new process, or 0; returning from it ends the
    ///   thread
    /// @return a handle to the process; the caller closes it
    /// @throws IllegalArgumentException `job` is no handle to a job, or `argument` no open handle
    ///   that may be transferred
    /// @throws IllegalStateException the job was killed, or memory is short
    public int spawnProcess(int job, String name, int argument, IntConsumer main) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(main, "main");
        return JavaGuests.spawnProcess(guests(), job, name, argument, main);
    }

    private int rootJob() {
        Kernel kernel = kernel();
        try (var _ = kernel.lock()) {
            return kernel.hostProcess().runtimeHandles().jobDefault();
        }
    }

    /// Starts a thread in a process that is running.
    ///
    /// @param process a handle of the host process to it
    /// @param name of the thread
    /// @param main what it runs, in Java; returning from it ends the thread
    /// @return a handle to the thread; the caller closes it
    /// @throws IllegalArgumentException `process` is no handle to a running process
    /// @throws IllegalStateException memory is short
    public int spawnThread(int process, String name, Runnable main) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(main, "main");
        return JavaGuests.spawnThread(guests(), process, name, main);
    }

    /// Starts a process that was made with `zx_process_create`, with a lambda in the place of an
    /// entry's address. It knows its job as `zx_job_default()`.
    ///
    /// @param process a handle of the host process to it; no right is needed
    /// @param thread a handle of the host process to a thread of it that was never started
    /// @param arguments handles of the host process that become handles of the new one.
    ///   **Consumed,** whatever comes of this
    /// @param main gets the arguments' numbers in the new process; returning from it ends the
    ///   thread
    /// @throws IllegalArgumentException one of the handles is none, or names something else, or an
    ///   argument may not be transferred
    /// @throws IllegalStateException the process or the thread was started before or is dead, or
    ///   memory is short
    public void startProcess(int process, int thread, int[] arguments, Consumer<int[]> main) {
        Objects.requireNonNull(main, "main");
        JavaGuests.startProcess(guests(), process, thread, arguments.clone(), main);
    }

    /// Starts a thread that was made with `zx_thread_create`, with a lambda in the place of an
    /// entry's address.
    ///
    /// @param thread a handle of the host process to it; no right is needed
    /// @param main what it runs; returning from it ends the thread
    /// @throws IllegalArgumentException the handle is none to a thread
    /// @throws IllegalStateException the thread was started before, or its process does not run, or
    ///   memory is short
    public void startThread(int thread, Runnable main) {
        Objects.requireNonNull(main, "main");
        JavaGuests.startThread(guests(), thread, main);
    }

    /// Loads native code; nothing of it runs yet, its constructors included.
    ///
    /// @param file a shared object, built with `cc -shared -fPIC`
    /// @return the code in memory
    /// @throws IllegalArgumentException it cannot be loaded; the message says why
    public NativeProgram load(Path file) {
        return new NativeProgram(LoadedProgram.load(Objects.requireNonNull(file, "file")));
    }

    /// Runs a native program as a process, alone in a job of its own, and waits for its end.
    ///
    /// @param file a shared object with a `main`, built with `cc -shared -fPIC`
    /// @param arguments what `main` gets after the program's name
    /// @return how it ended
    /// @throws IllegalArgumentException it cannot be loaded; the message says why
    public ProgramExit runProgram(Path file, List<String> arguments) {
        requireNoGuest("runProgram");
        return programs.run(host, Objects.requireNonNull(file, "file"), arguments);
    }

    /// Waits until no guest runs: each sleeps in a syscall or waits for an answer to an exception,
    /// or is dead.
    ///
    /// @param limit how long at most
    /// @return whether it came to that in time
    /// @throws InterruptedException the calling thread was interrupted
    public boolean awaitQuiescence(Duration limit) throws InterruptedException {
        requireNoGuest("awaitQuiescence");
        return guests().awaitQuiescence(limit.toNanos());
    }

    /// Counts the open handles of the host process, but not those that the kernel keeps for it
    /// (`zx_process_self()` and its like).
    ///
    /// @return how many there are
    public int openHandles() {
        Kernel kernel = kernel();
        try (var _ = kernel.lock()) {
            return kernel.hostProcess().handles().openCount();
        }
    }

    /// Lists the open handles of all processes, but not those that the kernel keeps for them.
    ///
    /// @return the oldest process first, and for each its handles in the order in which it got them
    public List<OpenHandle> listHandles() {
        return kernel().openHandles();
    }

    /// Remembers from now on, for this kernel and those after it, which code brought a handle into
    /// its process; costs a walk of the stack for each. Switched off, as it is at first, it costs
    /// nothing.
    ///
    /// @param on whether to remember
    public synchronized void recordHandleOrigins(boolean on) {
        recordsOrigins = on;
        record(kernel(), on);
    }

    private static void record(Kernel kernel, boolean on) {
        try (var _ = kernel.lock()) {
            kernel.handles().origins().record(on);
        }
    }

    /// Counts the threads of guests that were started and are not dead.
    ///
    /// @return how many there are
    public int liveGuests() {
        return guests().live().size();
    }

    /// Looks at the kernel: its jobs, processes, threads and ports, as they are at one moment.
    ///
    /// @return what there is; its `toString` is for people
    public KernelSnapshot snapshot() {
        return kernel().snapshot();
    }

    /// Tells of each syscall when it returns, and of each step of an exception, until the trace is
    /// closed. A line has the time in seconds, the process, the thread, and what happened. There is
    /// one trace at a time: a new one takes the lines from the one before.
    ///
    /// The reader may make syscalls, which are not traced. While it is far behind, those of others
    /// wait for it. If it throws, the trace is at its end.
    ///
    /// Flight recordings have the same as events: `zircon.Syscall`, `zircon.ExceptionDelivered` and
    /// `zircon.ExceptionAnswered`.
    ///
    /// @param lines gets one line at a time, by a thread of the trace's own
    /// @return to be closed when enough was seen
    public KernelTrace trace(Consumer<? super String> lines) {
        return watch.trace(Objects.requireNonNull(lines, "lines"));
    }

    /// Counts the threads of native guests that are dead, but could not leave this JVM: they were
    /// to end inside a library of the host, whose locks they may hold. They stay as they are for
    /// good, whatever becomes of their kernel.
    ///
    /// @return how many there are
    public int quarantinedThreads() {
        return quarantinedBefore + guests().quarantined().size();
    }

    /// Ends this JVM at once, without the exit work of Java and of C: what [#quarantinedThreads]
    /// counts may hold a lock for which that work would wait.
    ///
    /// @param status the JVM's exit status
    public void halt(int status) {
        zx_host_h.zx_host_exit(status);
    }

    /// Lets an allocation of the kernel fail, as if memory were short.
    ///
    /// @param count which one from now on: 1 is the next; 0 takes this back
    public void failAllocation(int count) {
        Kernel kernel = kernel();
        try (var _ = kernel.lock()) {
            kernel.faults().failAllocation(count);
        }
    }

    /// Makes packets find their port full.
    ///
    /// @param count how many, from the next one on
    public void fillPorts(int count) {
        Kernel kernel = kernel();
        try (var _ = kernel.lock()) {
            kernel.faults().fillPorts(count);
        }
    }

    void requireJavaGuest() {
        if (!host.isGuest()) {
            throw new IllegalStateException(
                    "This thread is no guest: only one that spawnProcess or spawnThread started can"
                            + " fault on purpose.");
        }
    }

    private void requireNoGuest(String method) {
        if (host.isGuest()) {
            throw new IllegalStateException(
                    method + " waits for guests, and would wait for the guest that calls it.");
        }
    }
}
