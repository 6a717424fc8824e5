package zircon.testing;

import zircon.Task;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All guests of a test.
final class Roll {
    private final List<GuestProcess> processes = new ArrayList<>();
    private final List<GuestThread> threads = new ArrayList<>();

    Roll() {}

    synchronized GuestProcess add(GuestProcess process) {
        processes.add(process);
        return process;
    }

    synchronized GuestThread add(GuestThread thread) {
        threads.add(thread);
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
        processes.reversed().forEach(failures::close);
        threads.reversed().forEach(failures::close);
    }

    /// What guests have thrown that nobody has asked for; first what the oldest guest has.
    synchronized List<Throwable> thrown() {
        return Stream.concat(
                        processes.stream().flatMap(process -> process.threads().stream()),
                        threads.stream())
                .flatMap(thread -> Stream.ofNullable(thread.unexpected()))
                .toList();
    }
}
