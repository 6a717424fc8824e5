package zircon.testing;

import org.jspecify.annotations.Nullable;

import zircon.Task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// All guests of a test.
final class Roll {
    private final Deque<GuestProcess> processes = new ArrayDeque<>();
    private final Deque<GuestThread> threads = new ArrayDeque<>();

    Roll() {}

    synchronized GuestProcess add(GuestProcess process) {
        processes.push(process);
        return process;
    }

    synchronized GuestThread add(GuestThread thread) {
        threads.push(thread);
        return thread;
    }

    /// Kills them all; does not wait for their ends.
    synchronized void kill() {
        Stream.<Task>concat(
                        processes.stream().map(GuestProcess::handle),
                        threads.stream().map(GuestThread::handle))
                .filter(task -> !task.isClosed())
                .forEach(
                        task -> {
                            var _ = task.kill();
                        });
    }

    /// Closes them all, the newest first.
    synchronized void close(Failures failures) {
        processes.forEach(failures::close);
        threads.forEach(failures::close);
    }

    /// What guests have thrown that nobody has asked for.
    synchronized List<Throwable> thrown() {
        Stream<GuestThread> all =
                Stream.concat(
                        processes.stream().flatMap(process -> process.threads().stream()),
                        threads.stream());
        List<Throwable> thrown = new ArrayList<>();
        all.forEach(thread -> collect(thread.unexpected(), thrown));
        return thrown;
    }

    private static void collect(@Nullable Throwable throwable, List<Throwable> into) {
        if (throwable != null) {
            into.add(Objects.requireNonNull(throwable));
        }
    }
}
