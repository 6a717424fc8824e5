package zircon.emulation.trace;

import zircon.emulation.KernelTrace;
import zircon.emulation.kernel.Names;
import zircon.emulation.kernel.ThreadDispatcher;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Lines of text on their way from the kernel's threads to whoever reads them. They go through a
/// queue, since some are said under the kernel's lock.
public final class Trace implements KernelTrace {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");
    private static final int FAR_BEHIND = 10_000;
    private static final long PAUSE = 100_000; // nanoseconds

    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Consumer<Trace> onEnd;
    private final Thread writer;
    private volatile boolean ended;

    /// @param onEnd is told when the trace wants no more lines
    Trace(Consumer<? super String> reader, Consumer<Trace> onEnd) {
        this.onEnd = onEnd;
        this.writer = Thread.ofPlatform().daemon().name("zircon trace").start(() -> write(reader));
    }

    /// Whether it is this thread that calls the reader.
    boolean isWriter(Thread thread) {
        return thread.equals(writer);
    }

    void line(ThreadDispatcher thread, String what) {
        if (ended) {
            return;
        }
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

    /// Holds the caller up while the reader is far behind, lest lines fill the memory.
    void awaitReader() {
        while (lines.size() > FAR_BEHIND && !ended) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void write(Consumer<? super String> reader) {
        try {
            for (var line = lines.take(); line.isPresent(); line = lines.take()) {
                reader.accept(line.get());
            }
        } catch (InterruptedException _) {
            // nobody else knows this thread, so it was the reader who has had enough
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, "The reader of a trace has failed, and gets no more lines", e);
        } finally {
            end();
            lines.clear();
        }
    }

    private void end() {
        ended = true;
        onEnd.accept(this);
    }

    /// Ends the trace when all lines so far are written. An interrupt does not end the wait, and is
    /// kept. The reader may call this as well: it then gets the lines that are left afterwards.
    @Override
    public void close() {
        end();
        lines.add(Optional.empty());
        boolean interrupted = false;
        while (writer.isAlive() && !isWriter(Thread.currentThread())) {
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
