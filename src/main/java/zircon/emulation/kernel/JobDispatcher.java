package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_JOB;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER;
import static zircon.sys.zircon_h.ZX_JOB_NO_JOBS;
import static zircon.sys.zircon_h.ZX_JOB_NO_PROCESSES;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/// A job: a node of the tree that holds jobs and processes.
public final class JobDispatcher extends TaskDispatcher {
    /// J-2.
    public enum State {
        READY,
        KILLING,
        DEAD
    }

    /// The most entries of one change of a policy (J-9).
    public static final int MAX_POLICY_ENTRIES = 13;

    /// Height of the hidden root (J-1).
    static final int ROOT_HEIGHT = 32;

    private final @Nullable JobDispatcher parent;
    private final int height;
    private final ExceptionSlot debuggerSlot =
            new ExceptionSlot(this, ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER());
    private final ExceptionSlot slot = new ExceptionSlot(this, ZX_EXCEPTION_PORT_TYPE_JOB());
    // Direct children by koid, in the order of their creation (J-7).
    private final LinkedHashMap<Long, JobDispatcher> jobs = new LinkedHashMap<>();
    private final LinkedHashMap<Long, ProcessDispatcher> processes = new LinkedHashMap<>();
    private State state = State.READY;
    private JobPolicy policy;
    private boolean killedWhenMemoryIsShort;

    private JobDispatcher(Kernel kernel, @Nullable JobDispatcher parent, int height, String name) {
        super(kernel, ObjectType.JOB, ZX_JOB_NO_PROCESSES() | ZX_JOB_NO_JOBS(), name);
        this.parent = parent;
        this.height = height;
        this.policy = parent == null ? JobPolicy.OPEN : parent.policy; // J-8
    }

    /// The hidden root of a kernel's tree.
    static JobDispatcher hiddenRoot(Kernel kernel) {
        return new JobDispatcher(kernel, null, ROOT_HEIGHT, "");
    }

    /// Makes a child job, which has no handle yet.
    ///
    /// @throws Refusal OUT_OF_RANGE: the tree is high enough; NO_MEMORY; BAD_STATE: this job was
    ///   killed
    public JobDispatcher createJob(String name) {
        if (height == 0) {
            throw Refusal.OUT_OF_RANGE; // J-1
        }
        kernel().faults().allocate();
        requireReady();
        JobDispatcher child = new JobDispatcher(kernel(), this, height - 1, name);
        retain(); // C-6
        jobs.put(child.koid(), child);
        signals().change(ZX_JOB_NO_JOBS(), 0); // J-5
        return child;
    }

    /// Makes a process in this job, which has no handle yet.
    ///
    /// @throws Refusal NO_MEMORY; BAD_STATE: this job was killed
    public ProcessDispatcher createProcess(String name) {
        kernel().faults().allocate();
        requireReady();
        return adopt(new ProcessDispatcher(this, name, false));
    }

    ProcessDispatcher adopt(ProcessDispatcher process) {
        retain(); // C-6
        processes.put(process.koid(), process);
        signals().change(ZX_JOB_NO_PROCESSES(), 0); // J-4
        return process;
    }

    private void requireReady() {
        if (state != State.READY) {
            throw Refusal.BAD_STATE; // J-3
        }
    }

    void processDied(ProcessDispatcher process) {
        processes.remove(process.koid());
        endIfEmpty();
        if (processes.isEmpty()) {
            signals().change(0, ZX_JOB_NO_PROCESSES());
        }
    }

    private void jobDestroyed(JobDispatcher job) {
        jobs.remove(job.koid());
        endIfEmpty();
        if (jobs.isEmpty()) {
            signals().change(0, ZX_JOB_NO_JOBS());
        }
        release();
    }

    private void endIfEmpty() {
        if (state == State.KILLING && processes.isEmpty() && jobs.isEmpty()) {
            state = State.DEAD;
        }
    }

    @Override
    void destroyed() {
        if (parent != null) {
            parent.jobDestroyed(this); // J-5
        }
    }

    /// Kills everything below, and lets nothing new be made here, ever. Skips the host process.
    @Override
    public void kill() {
        kernel().assertLocked();
        if (state != State.READY) {
            return; // J-2
        }
        state = State.KILLING;
        List.copyOf(jobs.sequencedValues().reversed()).forEach(JobDispatcher::kill);
        for (ProcessDispatcher process : List.copyOf(processes.sequencedValues().reversed())) {
            if (!process.isHost()) {
                process.kill();
            }
        }
        endIfEmpty();
    }

    @Override
    public ExceptionSlot exceptionSlot(boolean debugger) {
        return debugger ? debuggerSlot : slot;
    }

    @Override
    boolean isDead() {
        return false; // B-6: jobs can be bound in any state
    }

    /// The binding that hears of processes that start here: this job's, or that of the nearest job
    /// above which has one (section 9.4).
    @Nullable ExceptionPort nearestDebugger() {
        JobDispatcher job = this;
        while (job != null && job.debuggerSlot.bound() == null) {
            job = job.parent;
        }
        return job == null ? null : job.debuggerSlot.bound();
    }

    /// The job above, or null at the hidden root.
    public @Nullable JobDispatcher parent() {
        return parent;
    }

    @Override
    public long relatedKoid() {
        return parent == null ? 0 : parent.koid();
    }

    /// What the processes that are made here may do.
    public JobPolicy policy() {
        return policy;
    }

    /// Adds to the policy, all of it or nothing.
    ///
    /// @throws Refusal BAD_STATE: the job has a listed child; OUT_OF_RANGE: these are more than
    ///   [#MAX_POLICY_ENTRIES]; and as [JobPolicy#with] says
    public void extendPolicy(List<JobPolicy.Entry> entries, boolean absolute) {
        if (!jobs.isEmpty() || !processes.isEmpty()) {
            throw Refusal.BAD_STATE; // J-8
        }
        if (entries.size() > MAX_POLICY_ENTRIES) {
            throw Refusal.OUT_OF_RANGE;
        }
        policy = policy.with(entries, absolute);
    }

    /// How far it has got in its life.
    public State state() {
        return state;
    }

    /// Direct child jobs that still exist, in the order of their creation.
    public Collection<JobDispatcher> jobs() {
        return Collections.unmodifiableCollection(jobs.values());
    }

    /// Processes in this job that are not dead, in the order of their creation.
    public Collection<ProcessDispatcher> processes() {
        return Collections.unmodifiableCollection(processes.values());
    }

    /// The listed child job with this koid, or null.
    public @Nullable JobDispatcher job(long koid) {
        return jobs.get(koid);
    }

    /// The listed process with this koid, or null.
    public @Nullable ProcessDispatcher process(long koid) {
        return processes.get(koid);
    }

    /// Whether it asked to be killed first when memory is short; nothing here is ever short of it.
    public boolean isKilledWhenMemoryIsShort() {
        return killedWhenMemoryIsShort;
    }

    /// Sets what [#isKilledWhenMemoryIsShort] says.
    public void setKilledWhenMemoryIsShort(boolean killed) {
        killedWhenMemoryIsShort = killed;
    }
}
