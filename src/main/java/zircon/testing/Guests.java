package zircon.testing;

import zircon.Handle;
import zircon.Job;
import zircon.ZxProcess;
import zircon.ZxThread;

import java.util.List;
import java.util.Objects;

/// Makes guests: lambdas that run as threads and processes of the emulated kernel.
///
/// ```java
/// GuestProcess server = guests.process(channel, own -> own.write(new byte[] {1}).orElseThrow());
/// var _ = server.handle().bindExceptionPort(port, 1).orElseThrow();
/// server.start();
/// ```
///
/// A guest makes its syscalls through the wrapper, faults on purpose with
/// [zircon.emulation.GuestFaults], and can be killed while it waits: its Java code is then unwound,
/// `finally` blocks included.
///
/// **What a guest throws** is what `abort()` is to a C program: the thread raises an undefined
/// instruction, which handlers see; without one the process ends with return code -1. The throwable
/// is kept, and the end of the test fails with it, unless the test has asked for it:
/// [GuestThread#thrown()].
///
/// All guests are killed when the test's kernel is closed. Before that, those that run may come to
/// where they sleep, wait for an answer or have ended, for at most five seconds.
public final class Guests {
    private static final String NAME = "guest";

    private final Job job;
    private final Roll roll;

    /// Code of a guest.
    @FunctionalInterface
    public interface Main {
        /// Runs as the guest's thread; returning ends the thread.
        ///
        /// @throws Exception as it likes: see [Guests]
        void run() throws Exception;
    }

    /// Code of a guest that is given something.
    ///
    /// @param <T> what
    @FunctionalInterface
    public interface MainWith<T> {
        /// Runs as the guest's thread; returning ends the thread.
        ///
        /// @param own what was given: handles of the guest's own process
        /// @throws Exception as it likes: see [Guests]
        void run(T own) throws Exception;
    }

    /// Code of a guest that is given two handles.
    ///
    /// @param <A> the type of the first
    /// @param <B> the type of the second
    @FunctionalInterface
    public interface MainWithTwo<A, B> {
        /// Runs as the guest's thread; returning ends the thread.
        ///
        /// @param first a handle of the guest's own process
        /// @param second another
        /// @throws Exception as it likes: see [Guests]
        void run(A first, B second) throws Exception;
    }

    /// @param job where the processes go; borrowed
    Guests(Job job, Roll roll) {
        this.job = job;
        this.roll = roll;
    }

    /// Makes guests in another job.
    ///
    /// @param other where their processes go; borrowed
    /// @return who makes them; they end with those of this object
    public Guests in(Job other) {
        return new Guests(Objects.requireNonNull(other, "other"), roll);
    }

    /// Makes a process whose first thread is a lambda; it does not run yet.
    ///
    /// @param main what it runs
    /// @return the process
    /// @throws zircon.ZxException the kernel refuses: the job was killed, or memory is short
    public GuestProcess process(Main main) {
        Objects.requireNonNull(main, "main");
        return make(List.of(), _ -> main.run());
    }

    /// Makes a process whose first thread is a lambda with a handle of its own.
    ///
    /// @param <H> the handle's type
    /// @param handle goes to the process; **Consumed.**
    /// @param main what it runs
    /// @return the process
    /// @throws zircon.ZxException the kernel refuses: the handle is closed, the job was killed, or
    ///   memory is short
    public <H extends Handle> GuestProcess process(H handle, MainWith<H> main) {
        Objects.requireNonNull(main, "main");
        return make(List.of(handle), own -> main.run(Given.like(handle, own.getFirst())));
    }

    /// Makes a process whose first thread is a lambda with two handles of its own.
    ///
    /// @param <A> the type of the first
    /// @param <B> the type of the second
    /// @param first goes to the process; **Consumed.**
    /// @param second goes to the process; **Consumed.**
    /// @param main what it runs
    /// @return the process
    /// @throws zircon.ZxException the kernel refuses: a handle is closed, the job was killed, or
    ///   memory is short
    public <A extends Handle, B extends Handle> GuestProcess process(
            A first, B second, MainWithTwo<A, B> main) {
        Objects.requireNonNull(main, "main");
        return make(
                List.of(first, second),
                own ->
                        main.run(
                                Given.like(first, own.getFirst()),
                                Given.like(second, own.getLast())));
    }

    /// Makes a process whose first thread is a lambda with any number of handles of its own.
    ///
    /// @param handles go to the process; **Consumed.**
    /// @param main what it runs; its handles have the order and the classes of `handles`
    /// @return the process
    /// @throws zircon.ZxException the kernel refuses: a handle is closed, the job was killed, or
    ///   memory is short
    public GuestProcess process(
            List<? extends Handle> handles, MainWith<List<? extends Handle>> main) {
        Objects.requireNonNull(main, "main");
        return make(List.copyOf(handles), main);
    }

    private GuestProcess make(
            List<? extends Handle> handles, MainWith<List<? extends Handle>> main) {
        Given given = Given.take(handles);
        try {
            var made = job.createProcess(NAME).orElseThrow();
            made.vmar().close();
            return roll.add(new GuestProcess(made.process(), given, main));
        } catch (RuntimeException | Error refused) {
            given.close();
            throw refused;
        }
    }

    /// Makes an emulated thread of this JVM's own process; it does not run yet. It uses the test's
    /// handles as they are, and can fault and be killed like every guest. A fault that nobody
    /// handles ends it alone.
    ///
    /// @param main what it runs
    /// @return the thread
    /// @throws zircon.ZxException memory is short
    public GuestThread thread(Main main) {
        Objects.requireNonNull(main, "main");
        try (ZxProcess self = ZxProcess.self().orElseThrow()) {
            ZxThread thread = self.createThread(NAME).orElseThrow();
            return roll.add(new GuestThread(thread, main));
        }
    }
}
