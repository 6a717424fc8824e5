package zircon;

/// Which exception port of a job or process is meant. (A thread has the general one alone.)
public enum ExceptionPortKind {
    /// The port that is asked when a fault is searched a handler for.
    GENERAL,
    /// A debugger's: a process' is asked before all others; a job's is told about starting
    /// processes only.
    DEBUGGER;

    int option() {
        return this == DEBUGGER ? Abi.ZX_EXCEPTION_PORT_DEBUGGER : 0;
    }
}
