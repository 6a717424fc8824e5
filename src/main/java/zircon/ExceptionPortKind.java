package zircon;

/// Which exception port of a job or process is meant. (A thread has the general one alone.)
public enum ExceptionPortKind {
    /// The port that is asked when a fault is searched a handler for.
    GENERAL(0),
    /// A debugger's: a process' is asked before all others; a job's is told about starting
    /// processes only.
    DEBUGGER(Abi.ZX_EXCEPTION_PORT_DEBUGGER);

    private final int option;

    ExceptionPortKind(int option) {
        this.option = option;
    }

    int option() {
        return option;
    }
}
