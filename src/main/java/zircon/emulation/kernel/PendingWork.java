package zircon.emulation.kernel;

/// What a thread has to do before it sees user code again, in the order of S-8: end, raise a policy
/// exception, stay suspended.
///
/// Changes under the lock; [#any] may be asked without it.
final class PendingWork {
    private boolean killed;
    private boolean exiting;
    private boolean policyException;
    private int suspensions;
    private volatile boolean any;

    /// Whether there is any.
    boolean any() {
        return any;
    }

    /// The thread is to end, by another's will.
    void kill() {
        killed = true;
        update();
    }

    boolean isKilled() {
        return killed;
    }

    /// The thread is to end, by its own will.
    void exit() {
        exiting = true;
        update();
    }

    /// Whether the thread is not to see user code again.
    boolean isEnd() {
        return killed || exiting;
    }

    void raisePolicyException() {
        policyException = true;
        update();
    }

    /// Whether there is a policy exception to be raised; it is not pending any more.
    boolean takePolicyException() {
        boolean raised = policyException;
        policyException = false;
        update();
        return raised;
    }

    void suspend() {
        suspensions++;
        update();
    }

    void resume() {
        suspensions--;
        update();
    }

    boolean isSuspended() {
        return suspensions > 0; // T-5
    }

    private void update() {
        any = killed || exiting || policyException || suspensions > 0;
    }
}
