package zircon.rules;

import zircon.ExceptionPortKind;
import zircon.ExceptionPortType;
import zircon.Port;
import zircon.Result;
import zircon.Unit;

import java.util.Arrays;

/// The exception ports that are asked about a fault, in their order.
enum Slot {
    DEBUGGER(11, ExceptionPortType.Known.DEBUGGER),
    THREAD(12, ExceptionPortType.Known.THREAD),
    PROCESS(13, ExceptionPortType.Known.PROCESS),
    JOB(14, ExceptionPortType.Known.JOB),
    PARENT_JOB(15, ExceptionPortType.Known.JOB),
    ROOT_JOB(16, ExceptionPortType.Known.JOB);

    private final long key;
    private final ExceptionPortType.Known type;

    Slot(long key, ExceptionPortType.Known type) {
        this.key = key;
        this.type = type;
    }

    /// What packets carry that are sent through this slot.
    long key() {
        return key;
    }

    static Slot ofKey(long key) {
        return Arrays.stream(values()).filter(slot -> slot.key == key).findFirst().orElseThrow();
    }

    /// What a thread that waits for this slot's answer says.
    ExceptionPortType.Known type() {
        return type;
    }

    /// Binds with this slot's own key.
    void bind(Victim victim, Port port) {
        var _ = bind(victim, port, key).orElseThrow();
    }

    Result<Unit> bind(Victim victim, Port port, long key) {
        return switch (this) {
            case DEBUGGER ->
                    victim.process().bindExceptionPort(port, key, ExceptionPortKind.DEBUGGER);
            case THREAD -> victim.thread().bindExceptionPort(port, key);
            case PROCESS -> victim.process().bindExceptionPort(port, key);
            case JOB -> victim.job().bindExceptionPort(port, key);
            case PARENT_JOB -> victim.parentJob().bindExceptionPort(port, key);
            case ROOT_JOB -> victim.rootJob().bindExceptionPort(port, key);
        };
    }

    Result<Unit> unbind(Victim victim) {
        return switch (this) {
            case DEBUGGER -> victim.process().unbindExceptionPort(ExceptionPortKind.DEBUGGER);
            case THREAD -> victim.thread().unbindExceptionPort();
            case PROCESS -> victim.process().unbindExceptionPort();
            case JOB -> victim.job().unbindExceptionPort();
            case PARENT_JOB -> victim.parentJob().unbindExceptionPort();
            case ROOT_JOB -> victim.rootJob().unbindExceptionPort();
        };
    }
}
