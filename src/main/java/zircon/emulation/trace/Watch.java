package zircon.emulation.trace;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.ExceptionListener;
import zircon.emulation.kernel.ExceptionPort;
import zircon.emulation.kernel.ExceptionSlot;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.kernel.UserMemory;
import zircon.emulation.syscalls.Call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// What happens in the kernels of one emulation, told to a trace and to flight recordings.
public final class Watch implements ExceptionListener {
    // Asked whether anyone records; events that are written are new ones.
    private static final SyscallEvent SYSCALLS = new SyscallEvent();

    private final CallText texts;
    private final Map<ThreadDispatcher, ExceptionAnsweredEvent> exchanges =
            new ConcurrentHashMap<>();
    private volatile @Nullable Trace trace;

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

    /// Whether anyone watches syscalls.
    public boolean watchesSyscalls() {
        return trace != null || SYSCALLS.isEnabled();
    }

    /// A syscall begins; what this returns goes to [#returned].
    public Object called() {
        SyscallEvent event = new SyscallEvent();
        event.begin();
        return event;
    }

    /// A syscall returns.
    public void returned(
            Object begun, ThreadDispatcher thread, Call call, long[] arguments, long result) {
        SyscallEvent event = (SyscallEvent) begun;
        event.end();
        if (event.shouldCommit()) {
            event.call = call.cName();
            event.process = thread.process().koid();
            event.thread = thread.koid();
            event.result = CallText.result(call, result);
            event.commit();
        }
        Trace current = trace;
        if (current != null) {
            current.line(thread, texts.text(call, arguments, result));
        }
    }

    @Override
    public void asked(ThreadDispatcher thread, int type, ExceptionPort via) {
        String name = Constants.EXCEPTIONS.name(type);
        String slot = ExceptionSlot.nameOf(via.slot().type());
        ExceptionDeliveredEvent delivered = new ExceptionDeliveredEvent();
        if (delivered.shouldCommit()) {
            delivered.type = name;
            delivered.process = thread.process().koid();
            delivered.thread = thread.koid();
            delivered.slot = slot;
            delivered.port = via.port().koid();
            delivered.key = via.key();
            delivered.commit();
        }
        ExceptionAnsweredEvent answered = new ExceptionAnsweredEvent();
        if (answered.isEnabled()) {
            answered.type = name;
            answered.process = thread.process().koid();
            answered.thread = thread.koid();
            answered.slot = slot;
            answered.begin();
            exchanges.put(thread, answered);
        }
        Trace current = trace;
        if (current != null) {
            current.line(
                    thread,
                    "-- %s: asks %s of %d through port %d, key %d"
                            .formatted(
                                    name,
                                    slot,
                                    via.slot().task().koid(),
                                    via.port().koid(),
                                    via.key()));
        }
    }

    @Override
    public void left(ThreadDispatcher thread, int type, ExceptionPort via, Outcome outcome) {
        ExceptionAnsweredEvent answered = exchanges.remove(thread);
        if (answered != null) {
            answered.end();
            answered.outcome = outcome.name();
            answered.commit();
        }
        Trace current = trace;
        if (current != null) {
            current.line(
                    thread,
                    "-- %s: %s by %s"
                            .formatted(
                                    Constants.EXCEPTIONS.name(type),
                                    outcome,
                                    ExceptionSlot.nameOf(via.slot().type())));
        }
    }

    @Override
    public void unhandled(ThreadDispatcher thread, int type) {
        Trace current = trace;
        if (current != null) {
            current.line(thread, "-- %s: unhandled".formatted(Constants.EXCEPTIONS.name(type)));
        }
    }
}
