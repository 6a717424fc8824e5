package zircon.emulation.kernel;

/// Hears of the exceptions of a kernel's threads, for those who watch it. Called under the lock, by
/// the thread that is in the exception: nothing here may block.
public interface ExceptionListener {
    /// How an exchange with a handler ended.
    enum Outcome {
        HANDLED,
        TRY_NEXT,
        UNBOUND,
        KILLED,
        UNDELIVERABLE
    }

    /// Hears nothing.
    ExceptionListener NONE =
            new ExceptionListener() {
                @Override
                public void asked(ThreadDispatcher thread, int type, ExceptionPort via) {}

                @Override
                public void left(
                        ThreadDispatcher thread, int type, ExceptionPort via, Outcome outcome) {}

                @Override
                public void unhandled(ThreadDispatcher thread, int type) {}
            };

    /// The packet is queued, or about to be, and the thread waits.
    ///
    /// @param type ZX_EXCP_*
    void asked(ThreadDispatcher thread, int type, ExceptionPort via);

    /// The thread runs again.
    void left(ThreadDispatcher thread, int type, ExceptionPort via, Outcome outcome);

    /// Nobody has handled the exception.
    void unhandled(ThreadDispatcher thread, int type);
}
