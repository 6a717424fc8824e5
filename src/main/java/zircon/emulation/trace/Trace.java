package zircon.emulation.trace;

import zircon.emulation.KernelTrace;
import zircon.emulation.kernel.Names;
import zircon.emulation.kernel.ThreadDispatcher;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Lines of text on their way from the kernel's threads to whoever reads them. They go through a
/// queue, since some are said under the kernel's lock.
public final class Trace implements KernelTrace {
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Consumer<Trace> onClose;
    private final Thread writer;

    Trace(Consumer<? super String> reader, Consumer<Trace> onClose) {
        this.onClose = onClose;
        this.writer = Thread.ofPlatform().daemon().name("zircon trace").start(() -> write(reader));
    }

    void line(ThreadDispatcher thread, String what) {
        lines.add(
                Optional.of(
                        "%12.6f %s(%d)/%s(%d) %s"
                                .formatted(
                                        thread.kernel().clock().monotonic() / 1e9,
                                        Names.text(thread.process().name()),
                                        thread.process().koid(),
                                        Names.text(thread.name()),
                                        thread.koid(),
                                        what)));
    }

    private void write(Consumer<? super String> reader) {
        try {
            for (var line = lines.take(); line.isPresent(); line = lines.take()) {
                reader.accept(line.get());
            }
        } catch (InterruptedException _) {
            // nobody else knows this thread, so this is the end of the JVM
        }
    }

    /// Ends the trace when all lines so far are written. An interrupt does not end the wait, and is
    /// kept.
    @Override
    public void close() {
        onClose.accept(this);
        lines.add(Optional.empty());
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
