package zircon.emulation.kernel;

import zircon.emulation.KernelSnapshot;
import zircon.emulation.OpenHandle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;

/// One kernel, with everything in it. There may be many in one Java machine.
///
/// Objects are read and changed under [#lock] alone. Nothing that holds it blocks, but by sleeping,
/// which gives it up.
public final class Kernel {
    private static final long FIRST_KOID = 1024;
    // The masks of handle numbers are to differ from process to process, not to be secret: the same
    // for every run.
    private static final long SEED = 0x7a69_7263_6f6eL;

    private final KernelLock lock = new KernelLock();
    private final Condition quiescent = lock.newCondition();
    private final KernelClock clock;
    private final Machine machine;
    private final FaultInjection faults = new FaultInjection();
    private final PacketPool packets = new PacketPool();
    private final HandleArena handles = new HandleArena(this);
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Set<Sleeper> sleepers = new LinkedHashSet<>();
    private final List<ThreadDispatcher> quarantined = new ArrayList<>();
    private final JobDispatcher hiddenRoot;
    private final JobDispatcher rootJob;
    private final ProcessDispatcher hostProcess;
    private ExceptionListener exceptionListener = ExceptionListener.NONE;
    private long nextKoid = FIRST_KOID;
    private int runningGuests;

    /// A kernel with a root job and, in it, the host process.
    public Kernel(KernelClock clock, Machine machine) {
        this.clock = clock;
        this.machine = machine;
        try (var _ = lock()) {
            hiddenRoot = JobDispatcher.hiddenRoot(this);
            rootJob = hiddenRoot.createJob("root");
            rootJob.retain();
            hostProcess = rootJob.adopt(new ProcessDispatcher(rootJob, "host", true));
            hostProcess.retain();
            hostProcess.runtimeHandles().giveJob();
        }
        clock.onMove(this::timePassed);
    }

    /// Takes the kernel's lock; closing the result gives it back.
    public KernelLock lock() {
        return lock.acquire();
    }

    void assertLocked() {
        assert lock.isHeld() : "the kernel's objects change only under its lock";
    }

    Condition newCondition() {
        return lock.newCondition();
    }

    /// The time of this kernel.
    public KernelClock clock() {
        return clock;
    }

    /// What runs its threads.
    public Machine machine() {
        return machine;
    }

    /// What is to go wrong.
    public FaultInjection faults() {
        return faults;
    }

    /// Tells of exceptions from now on.
    public void listen(ExceptionListener listener) {
        try (var _ = lock()) {
            exceptionListener = listener;
        }
    }

    ExceptionListener exceptionListener() {
        return exceptionListener;
    }

    /// All handles.
    public HandleArena handles() {
        return handles;
    }

    PacketPool packets() {
        return packets;
    }

    /// The root of the whole tree, which no user code sees.
    JobDispatcher hiddenRoot() {
        return hiddenRoot;
    }

    /// What runs in this kernel, for who steers it.
    public Guests guests() {
        return new Guests(this);
    }

    /// The first job that user code can see; its parent is hidden.
    public JobDispatcher rootJob() {
        return rootJob;
    }

    /// The application, as a process.
    public ProcessDispatcher hostProcess() {
        return hostProcess;
    }

    long nextKoid() {
        return nextKoid++;
    }

    HandleTable newHandleTable() {
        return new HandleTable(handles, random.nextInt());
    }

    /// Makes a thread object for a thread of the application, which calls this on its first
    /// syscall. Takes the lock.
    ///
    /// @throws Refusal NO_MEMORY
    public ThreadDispatcher attachHostThread(String name) {
        try (var _ = lock()) {
            faults.allocate();
            hostProcess.retain();
            ThreadDispatcher thread = new ThreadDispatcher(hostProcess, Names.of(name), true);
            thread.attach();
            thread.abandon(); // it lives as long as it runs, without a handle
            return thread;
        }
    }

    /// Starts a process that knows its job as `zx_job_default()`. Takes the lock.
    ///
    /// @param startup what `zx_take_startup_handle()` finds there; gone also when this fails
    /// @throws Refusal NO_MEMORY; BAD_STATE: the job was killed
    public Spawned spawn(
            JobDispatcher job,
            String processName,
            String threadName,
            GuestCode code,
            List<StartupHandle> startup) {
        try (var _ = lock()) {
            try {
                Spawned spawned = spawn(job, processName, threadName, code);
                startup.forEach(spawned.process().runtimeHandles()::give);
                return spawned;
            } catch (Refusal refusal) {
                startup.forEach(entry -> handles.close(entry.handle()));
                throw refusal;
            }
        }
    }

    private Spawned spawn(
            JobDispatcher job, String processName, String threadName, GuestCode code) {
        ProcessDispatcher process = job.createProcess(Names.of(processName));
        Handle handle = handles.make(process, ObjectType.PROCESS.defaultRights());
        try {
            ThreadDispatcher thread = process.createThread(Names.of(threadName));
            try {
                process.start(thread, code);
            } finally {
                thread.abandon(); // started, it keeps itself alive
            }
            process.runtimeHandles().giveJob();
            hostProcess.handles().add(handle);
            return new Spawned(process, thread, hostProcess.handles().valueOf(handle));
        } catch (Refusal refusal) {
            handles.close(handle);
            throw refusal;
        }
    }

    /// The object tree as it is now. Takes the lock.
    public KernelSnapshot snapshot() {
        try (var _ = lock()) {
            return SnapshotTaker.take(this);
        }
    }

    /// The handles that processes have open, without those that the kernel keeps for them. Takes
    /// the lock.
    public List<OpenHandle> openHandles() {
        try (var _ = lock()) {
            return OpenHandles.of(this);
        }
    }

    boolean awaitQuiescence(long nanoseconds) throws InterruptedException {
        long left = nanoseconds;
        while (runningGuests > 0 && left > 0) {
            left = quiescent.awaitNanos(left);
        }
        return runningGuests == 0;
    }

    void guestStarted() {
        runningGuests++;
    }

    void guestFinished() {
        runningGuests--;
        if (runningGuests == 0) {
            quiescent.signalAll();
        }
    }

    void fellAsleep(Sleeper sleeper) {
        sleepers.add(sleeper);
        if (sleeper.isGuest()) {
            guestFinished();
        }
    }

    void wokeUp(Sleeper sleeper) {
        sleepers.remove(sleeper);
        if (sleeper.isGuest()) {
            guestStarted();
        }
    }

    void quarantined(ThreadDispatcher thread) {
        quarantined.add(thread);
    }

    List<ThreadDispatcher> quarantined() {
        return List.copyOf(quarantined);
    }

    private void timePassed() {
        try (var _ = lock()) {
            List.copyOf(sleepers).forEach(Sleeper::expire);
        }
    }
}
