package zircon.emulation.trace;

import jdk.jfr.FlightRecorder;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.ExceptionListener;
import zircon.emulation.kernel.ExceptionPort;
import zircon.emulation.kernel.ExceptionSlot;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.kernel.UserMemory;
import zircon.emulation.syscalls.Call;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What happens in the kernels of one emulation, told to a trace and to flight recordings.
///
/// Whoever is told of something may fail; the kernel goes on.
public final class Watch implements ExceptionListener {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");

    private final CallText texts;
    private volatile @Nullable Trace trace;
    private volatile @Nullable FlightEvents flight;

    /// @param memory what lies at the addresses that programs pass
    public Watch(UserMemory memory) {
        texts = new CallText(memory);
    }

    /// Begins a trace, in the place of the one before.
    ///
    /// @param lines gets one at a time, by a thread of the trace's own
    public Trace trace(Consumer<? super String> lines) {
        Trace begun = new Trace(lines, this::end);
        trace = begun;
        return begun;
    }

    private void end(Trace ended) {
        if (trace == ended) {
            trace = null;
        }
    }

    /// The trace, if there is one that is to know what the calling thread does.
    private @Nullable Trace traceOfCaller() {
        Trace current = trace;
        return current != null && current.isWriter(Thread.currentThread()) ? null : current;
    }

    /// The events, once this JVM has a flight recorder.
    private @Nullable FlightEvents flight() {
        FlightEvents events = flight;
        if (events == null && FlightRecorder.isInitialized()) {
            synchronized (this) {
                events = flight;
                if (events == null) {
                    events = new FlightEvents();
                    flight = events;
                }
            }
        }
        return events;
    }

    /// Whether anyone watches syscalls.
    public boolean watchesSyscalls() {
        FlightEvents events = flight();
        return trace != null || (events != null && events.wantsSyscalls());
    }

    /// A syscall begins.
    public Watched called() {
        FlightEvents events = flight();
        return new Watched(events != null && events.wantsSyscalls() ? FlightEvents.called() : null);
    }

    /// A syscall that began while somebody watched.
    public final class Watched {
        private final @Nullable SyscallEvent event;

        private Watched(@Nullable SyscallEvent event) {
            this.event = event;
        }

        /// The syscall returns. The caller does not hold the kernel's lock.
        public void returned(ThreadDispatcher thread, Call call, long[] arguments, long result) {
            tell(
                    () -> {
                        if (event != null) {
                            FlightEvents.returned(event, thread, call, result);
                        }
                        Trace current = traceOfCaller();
                        if (current != null) {
                            current.line(thread, texts.text(call, arguments, result));
                            current.awaitReader();
                        }
                    });
        }
    }

    @Override
    public void asked(ThreadDispatcher thread, int type, ExceptionPort via) {
        if (!isWatched()) {
            return;
        }
        FlightEvents events = flight();
        if (events != null) {
            tell(() -> events.asked(thread, type, via));
        }
        line(
                thread,
                () ->
                        "-- %s: asks %s of %d through port %d, key %d"
                                .formatted(
                                        Constants.EXCEPTIONS.name(type),
                                        ExceptionSlot.nameOf(via.slot().type()),
                                        via.slot().task().koid(),
                                        via.port().koid(),
                                        via.key()));
    }

    @Override
    public void left(ThreadDispatcher thread, int type, ExceptionPort via, Outcome outcome) {
        if (!isWatched()) {
            return;
        }
        FlightEvents events = flight();
        if (events != null) {
            tell(() -> events.left(thread, type, via, outcome));
        }
        line(
                thread,
                () ->
                        "-- %s: %s by %s"
                                .formatted(
                                        Constants.EXCEPTIONS.name(type),
                                        outcome,
                                        ExceptionSlot.nameOf(via.slot().type())));
    }

    @Override
    public void unhandled(ThreadDispatcher thread, int type) {
        if (!isWatched()) {
            return;
        }
        line(thread, () -> "-- %s: unhandled".formatted(Constants.EXCEPTIONS.name(type)));
    }

    /// Whether there may be anyone to tell of an exception.
    private boolean isWatched() {
        return trace != null || flight() != null;
    }

    private void line(ThreadDispatcher thread, Supplier<String> what) {
        Trace current = trace;
        if (current != null) {
            tell(() -> current.line(thread, what.get()));
        }
    }

    /// Whatever comes of this, a syscall has its result, and an exception its handler.
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, "The emulation could not tell a watcher what happened", e);
        }
    }
}
