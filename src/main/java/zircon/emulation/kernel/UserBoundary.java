package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EXCP_POLICY_ERROR;
import static zircon.sys.zircon_h.ZX_THREAD_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_SUSPENDED;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.ThreadDispatcher.Verdict;

import java.util.List;

/// What a thread has to do before it sees user code again, in the order of S-8: end, raise a policy
/// exception, stay suspended.
///
/// Wants the lock; but [#hasWork] and [#isEnd] may be asked without it.
final class UserBoundary {
    private final ThreadDispatcher thread;
    private final Sleeper sleeper;
    private volatile boolean killed;
    private volatile boolean exiting;
    private boolean policyException;
    private int suspensions;
    private volatile boolean work;
    private @Nullable ThreadContext suspendedContext;

    UserBoundary(ThreadDispatcher thread, Sleeper sleeper) {
        this.thread = thread;
        this.sleeper = sleeper;
    }

    /// Whether there is anything to do.
    boolean hasWork() {
        return work;
    }

    /// Does it.
    ///
    /// @param context what the thread will go on with
    Verdict cross(ThreadContext context) {
        while (work && !isEnd()) {
            if (!takePolicyException()) {
                staySuspended(context);
            } else if (!thread.exceptions().handle(ZX_EXCP_POLICY_ERROR(), context)) {
                return Verdict.UNHANDLED;
            }
        }
        return isEnd() ? Verdict.LEAVE : Verdict.RESUME;
    }

    private void staySuspended(ThreadContext context) {
        thread.signals().change(ZX_THREAD_RUNNING(), ZX_THREAD_SUSPENDED()); // T-1
        context.stop();
        suspendedContext = context;
        while (isSuspended() && !isEnd()) {
            var _ = sleeper.sleep(BlockReason.SUSPENDED, List.of(), Long.MAX_VALUE);
        }
        suspendedContext = null;
        context.goOn();
        if (!isEnd()) { // S-5
            thread.signals().change(ZX_THREAD_SUSPENDED(), ZX_THREAD_RUNNING());
        }
    }

    /// Sleeps, unless the thread has something else to do; see [ThreadDispatcher#sleep].
    boolean sleepInSyscall(BlockReason reason, List<? extends Dispatcher> on, long deadline) {
        if (isEnd()) {
            throw Refusal.KILLED;
        }
        if (isSuspended()) {
            throw Refusal.RETRY; // S-3
        }
        return switch (sleeper.sleep(reason, on, deadline)) {
            case WOKEN -> true;
            case TIMED_OUT -> false;
            case KILLED -> throw Refusal.KILLED;
            case SUSPENDED -> throw Refusal.RETRY;
        };
    }

    /// Sleeps, unless the thread is killed: an exception is not left to be suspended (S-4), nor
    /// since the thread itself ends (T-4).
    void sleepInException(PortDispatcher on) {
        if (!killed) {
            var _ = sleeper.sleep(BlockReason.EXCEPTION, List.of(on), Long.MAX_VALUE);
        }
    }

    /// The saved state of the thread while it is suspended, otherwise null.
    @Nullable ThreadContext suspendedContext() {
        return suspendedContext;
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
        if (suspensions == 0 && suspendedContext != null) {
            sleeper.wake(WakeUp.WOKEN);
        }
    }

    boolean isSuspended() {
        return suspensions > 0; // T-5
    }

    private void update() {
        work = killed || exiting || policyException || suspensions > 0;
    }
}
