package zircon.emulation.trace;

import zircon.emulation.kernel.ExceptionListener.Outcome;
import zircon.emulation.kernel.ExceptionPort;
import zircon.emulation.kernel.ExceptionSlot;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.syscalls.Call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What happens in the kernels of one emulation, as events of flight recordings.
///
/// To load the events costs a JVM that prints one line a good part of its time; so nobody touches
/// this class before there is a flight recorder.
final class FlightEvents {
    // Asked whether anyone records; events that are written are new ones.
    private static final SyscallEvent SYSCALLS = new SyscallEvent();
    private static final ExceptionDeliveredEvent DELIVERIES = new ExceptionDeliveredEvent();
    private static final ExceptionAnsweredEvent ANSWERS = new ExceptionAnsweredEvent();

    private final Map<ThreadDispatcher, ExceptionAnsweredEvent> exchanges =
            new ConcurrentHashMap<>();

    FlightEvents() {}

    boolean wantsSyscalls() {
        return SYSCALLS.isEnabled();
    }

    /// A syscall that has begun.
    static SyscallEvent called() {
        SyscallEvent event = new SyscallEvent();
        event.begin();
        return event;
    }

    static void returned(SyscallEvent event, ThreadDispatcher thread, Call call, long result) {
        event.end();
        if (event.shouldCommit()) {
            event.call = call.cName();
            event.process = thread.process().koid();
            event.thread = thread.koid();
            event.result = CallText.result(call, result);
            event.commit();
        }
    }

    void asked(ThreadDispatcher thread, int type, ExceptionPort via) {
        if (DELIVERIES.isEnabled()) {
            ExceptionDeliveredEvent delivered = new ExceptionDeliveredEvent();
            delivered.type = Constants.EXCEPTIONS.name(type);
            delivered.process = thread.process().koid();
            delivered.thread = thread.koid();
            delivered.slot = ExceptionSlot.nameOf(via.slot().type());
            delivered.port = via.port().koid();
            delivered.key = via.key();
            delivered.commit();
        }
        if (ANSWERS.isEnabled()) {
            ExceptionAnsweredEvent answered = new ExceptionAnsweredEvent();
            answered.begin();
            exchanges.put(thread, answered);
        }
    }

    void left(ThreadDispatcher thread, int type, ExceptionPort via, Outcome outcome) {
        ExceptionAnsweredEvent answered = exchanges.remove(thread);
        if (answered != null) {
            answered.end();
            if (answered.shouldCommit()) {
                answered.type = Constants.EXCEPTIONS.name(type);
                answered.process = thread.process().koid();
                answered.thread = thread.koid();
                answered.slot = ExceptionSlot.nameOf(via.slot().type());
                answered.outcome = outcome.name();
                answered.commit();
            }
        }
    }
}
