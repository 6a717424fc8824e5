package zircon.rules;

import zircon.ExceptionPortKind;
import zircon.ExceptionPortType;
import zircon.Port;
import zircon.Result;
import zircon.Unit;

/// The exception ports that are asked about a fault, in their order.
enum Slot {
    DEBUGGER(ExceptionPortType.Known.DEBUGGER),
    THREAD(ExceptionPortType.Known.THREAD),
    PROCESS(ExceptionPortType.Known.PROCESS),
    JOB(ExceptionPortType.Known.JOB),
    PARENT_JOB(ExceptionPortType.Known.JOB),
    ROOT_JOB(ExceptionPortType.Known.JOB);

    private final ExceptionPortType.Known type;

    Slot(ExceptionPortType.Known type) {
        this.type = type;
    }

    /// What a thread that waits for this slot's answer says.
    ExceptionPortType.Known type() {
        return type;
    }

    /// Binds with this slot's own number as the key.
    void bind(Victim victim, Port port) {
        var _ = bind(victim, port, ordinal()).orElseThrow();
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
