package zircon.emulation;

import zircon.emulation.host.JavaGuest;
import zircon.emulation.kernel.GuestCode;
import zircon.emulation.kernel.Guests;
import zircon.emulation.kernel.Refusal;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/// Starts guests that are written in Java, and says in words why it cannot.
final class JavaGuests {
    private JavaGuests() {}

    static int spawnProcess(Guests guests, int job, String name, int argument, IntConsumer main) {
        try {
            IntFunction<GuestCode> code = number -> new JavaGuest(() -> main.accept(number));
            return guests.spawn(job, name, argument, code).handle();
        } catch (Refusal refusal) {
            if (refusal == Refusal.BAD_STATE || refusal == Refusal.NO_MEMORY) {
                throw new IllegalStateException(
                        "The process could not be started: " + RefusalText.of(refusal));
            }
            throw new IllegalArgumentException(
                    "No process can be started in the job of handle %#x with handle %#x: %s"
                            .formatted(job, argument, RefusalText.of(refusal)));
        }
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
}
