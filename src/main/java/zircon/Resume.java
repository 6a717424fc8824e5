package zircon;

/// What a handler says about the exception that a thread waits in.
public enum Resume {
    /// The thread goes on, with the registers that it now has.
    HANDLED(0),
    /// Not handled here: the next handler is asked. When none is left, the process is killed.
    TRY_NEXT(Abi.ZX_RESUME_TRY_NEXT);

    private final int option;

    Resume(int option) {
        this.option = option;
    }

    int option() {
        return option;
    }
}
