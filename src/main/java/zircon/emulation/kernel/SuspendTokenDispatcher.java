package zircon.emulation.kernel;

/// One suspension of a thread or process; it ends with the last handle to this (S-6).
public final class SuspendTokenDispatcher extends Dispatcher {
    private final Dispatcher task;
    private final Suspendable suspended;

    private <T extends TaskDispatcher & Suspendable> SuspendTokenDispatcher(T task) {
        super(task.kernel(), ObjectType.SUSPEND_TOKEN, 0);
        this.task = task;
        this.suspended = task;
        task.retain(); // C-6
    }

    /// Suspends a task and makes the token, which has no handle yet.
    ///
    /// @throws Refusal NO_MEMORY; NOT_SUPPORTED, BAD_STATE: as [Suspendable#suspend]
    public static <T extends TaskDispatcher & Suspendable> SuspendTokenDispatcher suspend(
            T task, ThreadDispatcher caller) {
        task.kernel().faults().allocate();
        task.suspend(caller);
        return new SuspendTokenDispatcher(task);
    }

    @Override
    void zeroHandles() {
        suspended.resume();
    }

    @Override
    void destroyed() {
        task.release();
    }
}
