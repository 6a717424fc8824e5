package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_THREAD;
import static zircon.sys.zircon_h.ZX_THREAD_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DEAD;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_DYING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_NEW;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_RUNNING;
import static zircon.sys.zircon_h.ZX_THREAD_SUSPENDED;
import static zircon.sys.zircon_h.ZX_THREAD_TERMINATED;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A thread: an emulated one, which runs guest code, or one of the application's, which the kernel
/// merely knows.
///
/// [#run], [#handleException], [#returnToUser], [#quarantine], [#hasPendingWork], [#mustLeave] and
/// [#hostThreadEnded] are entered by its host thread without the lock; all else wants the lock.
public final class ThreadDispatcher extends TaskDispatcher implements Suspendable {
    /// T-1.
    public enum State {
        NEW,
        RUNNING,
        DYING,
        DEAD
    }

    /// What the host thread does after an exception, or on its way back to user code.
    public enum Verdict {
        /// Goes on with the saved registers, which may have been changed.
        RESUME,
        /// Returns to the kernel's [#run], and sees no user code any more.
        LEAVE,
        /// The same, since nobody handled the exception.
        UNHANDLED
    }

    private final ProcessDispatcher process;
    private final boolean host;
    private final Sleeper sleeper;
    private final ExceptionSlot slot = new ExceptionSlot(this, ZX_EXCEPTION_PORT_TYPE_THREAD());
    private final ThreadExceptions exceptions = new ThreadExceptions(this);
    private final DebugRegisters debugRegisters = new DebugRegisters();
    private final UserBoundary boundary;
    private State state = State.NEW;
    private boolean initial;
    private boolean interruptible;
    private long finalRuntime;
    private @Nullable Handle self;

    ThreadDispatcher(ProcessDispatcher process, String name, boolean host) {
        super(process.kernel(), ObjectType.THREAD, 0, name);
        this.process = process;
        this.host = host;
        this.sleeper = new Sleeper(kernel(), !host);
        this.boundary = new UserBoundary(this, sleeper);
    }

    // How a thread begins, runs and ends.

    /// Starts the thread in a running process.
    ///
    /// @throws Refusal BAD_STATE: it is not new, or its process not running; NO_MEMORY: it is still
    ///   new
    public void start(GuestCode code) {
        requireNew();
        if (process.state() != ProcessDispatcher.State.RUNNING) {
            throw Refusal.BAD_STATE;
        }
        begin(code, false);
    }

    void requireNew() {
        if (state != State.NEW) {
            throw Refusal.BAD_STATE;
        }
    }

    void begin(GuestCode code, boolean asInitial) {
        kernel().assertLocked();
        kernel().faults().allocate();
        initial = asInitial;
        interruptible = code.entersWithRegisters();
        kernel().machine().start(this, code);
        started();
        kernel().guestStarted();
    }

    /// Makes the application's thread known.
    void attach() {
        started();
    }

    private void started() {
        state = State.RUNNING;
        sleeper.started();
        retain(); // C-6: until dead
        process.threadStarted(this);
        signals().change(0, ZX_THREAD_RUNNING());
        if (process.isSuspended()) {
            boundary.suspend(); // S-7
        }
    }

    /// The whole life of an emulated thread, on the host thread that [Machine#start] made for it.
    ///
    /// @param outside the thread's state before and after its code
    public void run(GuestCode code, ThreadContext outside) {
        try {
            if (enterUser(code, outside)) {
                code.run(this);
            }
        } finally {
            leaveUser(outside);
        }
    }

    /// Section 9.4; says whether the thread may run its code.
    private boolean enterUser(GuestCode code, ThreadContext outside) {
        try (var _ = kernel().lock()) {
            exceptions.announceStart(initial, outside);
            if (code.entersWithRegisters() && !boundary.isEnd()) {
                return true; // it calls returnToUser() with the registers of its entry
            }
            return boundary.cross(outside) == Verdict.RESUME;
        }
    }

    private void leaveUser(ThreadContext outside) {
        try (var _ = kernel().lock()) {
            exit();
            exceptions.announceExit(outside);
            finish();
            kernel().guestFinished();
        }
    }

    /// Ends a thread for which the host had no memory. No debugger hears of it.
    public void endUnborn() {
        try (var _ = kernel().lock()) {
            finish();
            kernel().guestFinished();
        }
    }

    /// Ends a thread that is to leave, but whose host thread must not return: it may hold a lock of
    /// the host. The caller keeps the host thread for good.
    public void quarantine(ThreadContext context) {
        try (var _ = kernel().lock()) {
            kernel().quarantined(this);
            leaveUser(context);
        }
    }

    /// The application's thread, known by [Kernel#attachHostThread], is gone.
    public void hostThreadEnded() {
        try (var _ = kernel().lock()) {
            finish();
        }
    }

    private void finish() {
        finalRuntime = sleeper.runtime();
        state = State.DEAD;
        closeSelf();
        signals().change(ZX_THREAD_RUNNING() | ZX_THREAD_SUSPENDED(), ZX_THREAD_TERMINATED());
        process.threadFinished(this);
        release();
    }

    /// The thread ends itself. One of the application's goes on.
    public void exit() {
        kernel().assertLocked();
        if (state == State.RUNNING && !host) {
            state = State.DYING; // T-2
            boundary.exit();
        }
    }

    /// Makes the thread end at its next way out of the kernel; wakes it if it sleeps there.
    ///
    /// @throws Refusal NOT_SUPPORTED: it is one of the application's
    @Override
    public void kill() {
        kernel().assertLocked();
        if (host) {
            throw Refusal.NOT_SUPPORTED;
        }
        if (state != State.RUNNING) {
            return; // T-3, T-4
        }
        state = State.DYING;
        boundary.kill();
        exceptions.killed();
        if (sleeper.isAsleep()) {
            sleeper.wake(WakeUp.KILLED);
        } else {
            kernel().machine().interrupt(this);
        }
    }

    // The way back to user code.

    /// Whether [#returnToUser] has anything to do. Asked after every syscall, without the lock.
    public boolean hasPendingWork() {
        return boundary.hasWork();
    }

    /// Whether the thread is not to see user code again. Asked without the lock.
    public boolean mustLeave() {
        return boundary.isEnd();
    }

    /// Does what the thread has to do before it sees user code again.
    ///
    /// @param context what it will go on with
    public Verdict returnToUser(ThreadContext context) {
        try (var _ = kernel().lock()) {
            return boundary.cross(context);
        }
    }

    @Override
    public void suspend(ThreadDispatcher caller) {
        if (caller == this) {
            throw Refusal.NOT_SUPPORTED; // S-1
        }
        if (state == State.DYING || state == State.DEAD) {
            throw Refusal.BAD_STATE;
        }
        suspendOnce();
    }

    void suspendOnce() {
        kernel().assertLocked();
        boundary.suspend();
        if (sleeper.isAsleepInSyscall()) {
            sleeper.wake(WakeUp.SUSPENDED); // S-3
        } else if (state == State.RUNNING && !host && !sleeper.isAsleep()) {
            kernel().machine().interrupt(this); // S-4: an exception is not left
        }
    }

    @Override
    public void resume() {
        kernel().assertLocked();
        boundary.resume();
    }

    /// Whether the thread runs user code, or is about to, although it has something else to do.
    public boolean isToBeInterrupted() {
        return boundary.hasWork() && state != State.DEAD && !sleeper.isAsleep();
    }

    /// Whether the machine can stop its code wherever it is, and so end it: native code.
    boolean isInterruptible() {
        return interruptible;
    }

    // Exceptions.

    /// The thread has faulted: asks the handlers, and sleeps for their answers.
    ///
    /// @param type ZX_EXCP_*, such as [X86Vector#exceptionType] says
    /// @param context what the fault saved; handlers read and change it
    public Verdict handleException(int type, ThreadContext context) {
        try (var _ = kernel().lock()) {
            return exceptions.handle(type, context) ? boundary.cross(context) : Verdict.UNHANDLED;
        }
    }

    /// Kills the process for an exception that nobody handled. The host process stays: there, the
    /// thread alone ends.
    void endUnhandled() {
        if (!process.isHost()) {
            process.kill();
        } else if (!host) {
            kill();
        }
    }

    /// Has a policy exception raised when the thread's syscall returns; several in one call are one
    ///
    public void raisePolicyException() {
        kernel().assertLocked();
        boundary.raisePolicyException();
    }

    /// The saved state of a thread that is in an exception or suspended.
    ///
    /// @throws Refusal BAD_STATE: it is neither
    public ThreadContext stoppedContext() {
        ThreadContext suspended = boundary.suspendedContext();
        if (suspended != null && state == State.RUNNING) {
            return suspended;
        }
        return exceptions.context(); // section 10: one that was killed is not suspended any more
    }

    /// Its exceptions, as others see and answer them.
    public ThreadExceptions exceptions() {
        return exceptions;
    }

    // Sleeping in the kernel.

    /// Sleeps in a syscall until someone calls [#wake] or the deadline passes.
    ///
    /// @return whether it was woken; otherwise the deadline has passed
    /// @throws Refusal KILLED; RETRY: it is to be suspended
    boolean sleep(BlockReason reason, List<? extends Dispatcher> on, long deadline) {
        kernel().assertLocked();
        return boundary.sleepInSyscall(reason, on, deadline);
    }

    /// Sleeps in an exception until someone calls [#wake] or the thread is killed.
    void sleepInException(PortDispatcher on) {
        kernel().assertLocked();
        boundary.sleepInException(on);
    }

    void wake() {
        sleeper.wake(WakeUp.WOKEN);
    }

    /// Sleeps until the deadline.
    ///
    /// @throws Refusal KILLED; RETRY: it is to be suspended
    public void sleepUntil(long deadline) {
        boolean woken = true;
        while (woken) {
            woken = sleep(BlockReason.SLEEPING, List.of(), deadline);
        }
    }

    // What others see.

    /// What it has to do before it sees user code again.
    UserBoundary boundary() {
        return boundary;
    }

    boolean isKilled() {
        return boundary.isKilled();
    }

    /// The number of the handle to itself that the kernel keeps for its run-time library, made when
    /// first asked for; 0 if there is no memory for it.
    public int self() {
        if (self == null) {
            self = process.runtimeHandles().keep(this, ObjectType.THREAD.defaultRights());
        }
        return self == null ? 0 : process.handles().valueOf(self);
    }

    private void closeSelf() {
        if (self != null && process.handles().contains(self)) {
            kernel().handles().close(self);
        }
    }

    @Override
    void destroyed() {
        process.threadDestroyed();
    }

    @Override
    public ExceptionSlot exceptionSlot(boolean debugger) {
        if (debugger) {
            throw Refusal.INVALID_ARGS; // B-1
        }
        return slot;
    }

    @Override
    boolean isDead() {
        return state == State.DEAD;
    }

    /// Its process.
    public ProcessDispatcher process() {
        return process;
    }

    @Override
    public long relatedKoid() {
        return process.koid();
    }

    /// Whether it is the application's.
    public boolean isHost() {
        return host;
    }

    /// How far it has got in its life.
    public State state() {
        return state;
    }

    /// ZX_THREAD_STATE_*, with the reason if it is blocked.
    public int reportedState() {
        BlockReason reason = sleeper.reason();
        return switch (state) {
            case NEW -> ZX_THREAD_STATE_NEW();
            case RUNNING -> reason == null ? ZX_THREAD_STATE_RUNNING() : reason.state();
            case DYING -> ZX_THREAD_STATE_DYING();
            case DEAD -> ZX_THREAD_STATE_DEAD();
        };
    }

    /// The name of the ZX_THREAD_STATE_*, without that prefix.
    String stateName() {
        BlockReason reason = sleeper.reason();
        return state == State.RUNNING && reason != null ? reason.stateName() : state.name();
    }

    /// Nanoseconds for which it has run, in user code and in the kernel.
    public long runtime() {
        return switch (state) {
            case NEW -> 0;
            case RUNNING, DYING -> sleeper.runtime();
            case DEAD -> finalRuntime;
        };
    }

    /// The objects that it sleeps on.
    List<? extends Dispatcher> waitsOn() {
        return sleeper.waitsOn();
    }

    /// The hardware breakpoints that were set for it.
    public DebugRegisters debugRegisters() {
        return debugRegisters;
    }
}
