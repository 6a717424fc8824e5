package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_DEBUGGER;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_PROCESS;
import static zircon.sys.zircon_h.ZX_PROCESS_DEBUG_ADDR_BREAK_ON_SET;
import static zircon.sys.zircon_h.ZX_PROCESS_TERMINATED;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/// A process.
///
/// One of them is the host process: the application in whose Java machine the kernel runs. It is
/// running from the start and never ends: killing it, or an unhandled exception in it, would be the
/// end of the machine that the kernel runs on, so [#kill] and [#exit] differ from the real kernel
/// there.
public final class ProcessDispatcher extends TaskDispatcher implements Suspendable {
    ///
    public enum State {
        INITIAL,
        RUNNING,
        DYING,
        DEAD
    }

    private static final long KILLED = -1;

    private final JobDispatcher job;
    private final boolean host;
    private final JobPolicy policy;
    private final HandleTable handles;
    private final VmarDispatcher rootVmar;
    private final RuntimeHandles runtimeHandles;
    private final ExceptionSlot debuggerSlot =
            new ExceptionSlot(this, ZX_EXCEPTION_PORT_TYPE_DEBUGGER());
    private final ExceptionSlot slot = new ExceptionSlot(this, ZX_EXCEPTION_PORT_TYPE_PROCESS());
    // Started and not yet dead, by koid, in the order of their start.
    private final LinkedHashMap<Long, ThreadDispatcher> threads = new LinkedHashMap<>();
    private State state;
    private long returnCode;
    private long debugAddress;
    private int suspensions;

    ProcessDispatcher(JobDispatcher job, String name, boolean host) {
        super(job.kernel(), ObjectType.PROCESS, 0, name);
        this.job = job;
        this.host = host;
        this.policy = job.policy(); // J-8
        this.state = host ? State.RUNNING : State.INITIAL;
        this.handles = kernel().newHandleTable();
        this.rootVmar = new VmarDispatcher(kernel());
        this.runtimeHandles = new RuntimeHandles(this);
    }

    /// Makes a thread, which has no handle yet. The state of the process does not matter.
    ///
    /// @throws Refusal NO_MEMORY
    public ThreadDispatcher createThread(String name) {
        kernel().faults().allocate();
        retain(); // C-6
        return new ThreadDispatcher(this, name, false);
    }

    /// Starts the process with the first of its threads.
    ///
    /// @throws Refusal BAD_STATE: the thread is not new, or the process not initial; NO_MEMORY:
    ///   nothing has changed
    public void start(ThreadDispatcher first, GuestCode code) {
        first.requireNew();
        if (state != State.INITIAL) {
            throw Refusal.BAD_STATE;
        }
        first.begin(code, true);
        state = State.RUNNING;
    }

    void threadStarted(ThreadDispatcher thread) {
        threads.put(thread.koid(), thread);
    }

    void threadFinished(ThreadDispatcher thread) {
        threads.remove(thread.koid());
        if (threads.isEmpty() && !host) {
            die();
        }
    }

    /// Ends the process with this return code, unless it is ending already. The host process goes
    /// on.
    public void exit(long code) {
        if (state == State.RUNNING && !host) {
            end(code);
        }
    }

    /// Ends the process with return code -1, unless it is ending already.
    ///
    /// @throws Refusal NOT_SUPPORTED: it is the host process
    @Override
    public void kill() {
        kernel().assertLocked();
        if (host) {
            throw Refusal.NOT_SUPPORTED;
        }
        switch (state) {
            case INITIAL -> {
                returnCode = KILLED;
                die();
            }
            case RUNNING -> end(KILLED);
            case DYING, DEAD -> {}
        }
    }

    private void end(long code) {
        returnCode = code;
        state = State.DYING;
        List.copyOf(threads.values()).forEach(ThreadDispatcher::kill);
    }

    @Override
    public void suspend(ThreadDispatcher caller) {
        kernel().assertLocked();
        if (host || caller.process() == this) {
            throw Refusal.NOT_SUPPORTED; // S-1
        }
        if (state == State.DYING || state == State.DEAD) {
            throw Refusal.BAD_STATE;
        }
        suspensions++;
        if (suspensions == 1) {
            threads.values().forEach(ThreadDispatcher::suspendOnce); // S-7
        }
    }

    @Override
    public void resume() {
        kernel().assertLocked();
        suspensions--;
        if (suspensions == 0) {
            threads.values().forEach(ThreadDispatcher::resume);
        }
    }

    /// Whether threads that start now start suspended.
    boolean isSuspended() {
        return suspensions > 0;
    }

    ///
    private void die() {
        state = State.DEAD;
        handles.closeAll();
        signals().change(0, ZX_PROCESS_TERMINATED());
        job.processDied(this);
    }

    @Override
    void zeroHandles() {
        if (state == State.INITIAL) {
            die();
        }
    }

    @Override
    void destroyed() {
        job.release();
    }

    void threadDestroyed() {
        release();
    }

    @Override
    public ExceptionSlot exceptionSlot(boolean debugger) {
        return debugger ? debuggerSlot : slot;
    }

    @Override
    boolean isDead() {
        return state == State.DEAD;
    }

    /// The job that it is in.
    public JobDispatcher job() {
        return job;
    }

    /// What it may do: as its job's policy was when it was made.
    public JobPolicy policy() {
        return policy;
    }

    @Override
    public long relatedKoid() {
        return job.koid();
    }

    /// Whether this is the application itself.
    public boolean isHost() {
        return host;
    }

    /// How far it has got in its life.
    public State state() {
        return state;
    }

    /// 0 until it is set.
    public long returnCode() {
        return returnCode;
    }

    /// Its handles.
    public HandleTable handles() {
        return handles;
    }

    /// Its address region.
    public VmarDispatcher rootVmar() {
        return rootVmar;
    }

    /// What the run-time functions of `zircon/process.h` give out.
    public RuntimeHandles runtimeHandles() {
        return runtimeHandles;
    }

    /// Threads that were started and have not finished dying, in the order of their start.
    public Collection<ThreadDispatcher> threads() {
        return Collections.unmodifiableCollection(threads.values());
    }

    /// The listed thread with this koid, or null.
    public @Nullable ThreadDispatcher thread(long koid) {
        return threads.get(koid);
    }

    /// ZX_PROP_PROCESS_DEBUG_ADDR.
    public long debugAddress() {
        return debugAddress;
    }

    /// Sets ZX_PROP_PROCESS_DEBUG_ADDR.
    ///
    /// @throws Refusal INVALID_ARGS: 0; ACCESS_DENIED: it was set before
    public void setDebugAddress(long address) {
        if (address == 0) {
            throw Refusal.INVALID_ARGS; // I-8
        }
        if (debugAddress != 0 && debugAddress != ZX_PROCESS_DEBUG_ADDR_BREAK_ON_SET()) {
            throw Refusal.ACCESS_DENIED;
        }
        debugAddress = address;
    }
}
