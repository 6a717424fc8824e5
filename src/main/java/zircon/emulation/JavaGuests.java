package zircon.emulation;

import zircon.emulation.host.JavaGuest;
import zircon.emulation.kernel.GuestCode;
import zircon.emulation.kernel.Guests;
import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Names;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Starts guests that are written in Java, and says in words why it cannot, or why they do not end.
final class JavaGuests {
    private JavaGuests() {}

    static int spawnProcess(Guests guests, int job, String name, int argument, IntConsumer main) {
        try {
            IntFunction<GuestCode> code = number -> new JavaGuest(() -> main.accept(number));
            return guests.spawn(job, name, argument, code).handle();
        } catch (Refusal refusal) {
            String status = RefusalText.of(refusal);
            if (refusal == Refusal.BAD_STATE) {
                throw new IllegalStateException(
                        "The process could not be started: the job was killed (%s)"
                                .formatted(status));
            }
            if (refusal == Refusal.NO_MEMORY) {
                throw new IllegalStateException("The process could not be started: " + status);
            }
            throw new IllegalArgumentException(
                    "No process can be started: %s (%s)"
                            .formatted(wrongHandle(guests, job, argument), status));
        }
    }

    private static String wrongHandle(Guests guests, int job, int argument) {
        if (job == 0) {
            return "the job's handle is 0: the Job is closed";
        }
        if (!guests.isJob(job)) {
            return "the job's handle %#x is closed, or none to a job".formatted(job);
        }
        return "the handle to hand over, %#x, is closed, or has no right to be transferred"
                .formatted(argument);
    }

    static int spawnThread(Guests guests, int process, String name, Runnable main) {
        try {
            return guests.spawnThread(process, name, new JavaGuest(main));
        } catch (Refusal refusal) {
            if (refusal == Refusal.NO_MEMORY) {
                throw new IllegalStateException(
                        "The thread could not be started: " + RefusalText.of(refusal));
            }
            throw new IllegalArgumentException(
                    "Handle %#x is none to a running process: %s"
                            .formatted(process, RefusalText.of(refusal)));
        }
    }

    static void startProcess(
            Guests guests, int process, int thread, int[] arguments, Consumer<int[]> main) {
        try {
            guests.start(
                    process,
                    thread,
                    arguments,
                    numbers -> new JavaGuest(() -> main.accept(numbers)));
        } catch (Refusal refusal) {
            throw notStarted(
                    refusal,
                    "The process of handle %#x cannot be started with the thread of handle %#x and %d handles"
                            .formatted(process, thread, arguments.length));
        }
    }

    static void startThread(Guests guests, int thread, Runnable main) {
        try {
            guests.start(thread, new JavaGuest(main));
        } catch (Refusal refusal) {
            throw notStarted(
                    refusal, "The thread of handle %#x cannot be started".formatted(thread));
        }
    }

    private static RuntimeException notStarted(Refusal refusal, String what) {
        String message = what + ": " + RefusalText.of(refusal);
        return refusal == Refusal.BAD_STATE || refusal == Refusal.NO_MEMORY
                ? new IllegalStateException(message)
                : new IllegalArgumentException(message);
    }

    /// What to say of killed guests that do not end.
    static String stillRunning(Kernel kernel, List<ThreadDispatcher> guests) {
        try (var _ = kernel.lock()) {
            return ("These guests of the kernel before, which an earlier test may have left, were"
                            + " killed but still run: %s. A guest that is written in Java ends at"
                            + " its next syscall, and these make none. Mend the code that they run:"
                            + " let it return, or make a syscall in each of its loops.")
                    .formatted(
                            guests.stream()
                                    .map(JavaGuests::text)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String text(ThreadDispatcher thread) {
        ProcessDispatcher process = thread.process();
        return "thread %d \"%s\" of process %d \"%s\""
                .formatted(
                        thread.koid(),
                        Names.text(thread.name()),
                        process.koid(),
                        Names.text(process.name()));
    }
}
