package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_RIGHT_TRANSFER;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.IntFunction;

/// The guests of a kernel, for who steers it from outside: starts, counts, awaits and kills them.
///
/// All methods take the lock themselves.
public final class Guests {
    private final Kernel kernel;

    Guests(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Starts a process and hands it one handle of the host process, as `zx_process_start` does.
    ///
    /// @param job the host process's handle to the job that it is to be in
    /// @param argument the handle, gone whatever comes of this, or 0
    /// @param code makes the code of the first thread from the argument's number in the new
    ///   process, or from 0
    /// @throws Refusal BAD_HANDLE, ACCESS_DENIED: the argument cannot be transferred; BAD_HANDLE,
    ///   WRONG_TYPE: the first handle is to no job; NO_MEMORY; BAD_STATE: the job was killed
    public Spawned spawn(int job, String name, int argument, IntFunction<GuestCode> code) {
        try (var _ = kernel.lock()) {
            Handle handle = argument == 0 ? null : take(argument);
            try {
                JobDispatcher parent =
                        kernel.hostProcess().handles().get(job, 0, JobDispatcher.class);
                return spawn(parent, name, handle, code);
            } catch (Refusal refusal) {
                if (handle != null) {
                    kernel.handles().close(handle);
                }
                throw refusal;
            }
        }
    }

    private Spawned spawn(
            JobDispatcher job,
            String name,
            @Nullable Handle argument,
            IntFunction<GuestCode> code) {
        if (argument == null) {
            return kernel.spawn(job, name, name, code.apply(0), List.of());
        }
        GuestCode first =
                thread -> code.apply(thread.process().handles().valueOf(argument)).run(thread);
        Spawned spawned = kernel.spawn(job, name, name, first, List.of());
        spawned.process().handles().add(argument);
        return spawned;
    }

    /// Whether this is a handle of the host process to a job.
    public boolean isJob(int job) {
        try (var _ = kernel.lock()) {
            Handle handle = kernel.hostProcess().handles().find(job);
            return handle != null && handle.object() instanceof JobDispatcher;
        }
    }

    private Handle take(int argument) {
        HandleTable table = kernel.hostProcess().handles();
        Handle handle = table.get(argument);
        if (!handle.hasRights(ZX_RIGHT_TRANSFER())) {
            kernel.handles().close(handle);
            throw Refusal.ACCESS_DENIED;
        }
        table.remove(handle);
        return handle;
    }

    /// Starts a process that was made by syscalls, as `zx_process_start` does, but with any number
    /// of handles and with code that has no address. The process knows its job as
    /// `zx_job_default()`.
    ///
    /// @param process the host process's handle to it
    /// @param thread the host process's handle to its first thread
    /// @param arguments handles of the host process that go to the new one, gone whatever comes of
    ///   this
    /// @param code makes the code of the thread from the arguments' numbers in the new process
    /// @throws Refusal BAD_HANDLE, WRONG_TYPE, ACCESS_DENIED: one of the handles, or the thread is
    ///   another process's; BAD_STATE: one of the two was started before, or is dead; NO_MEMORY
    public void start(int process, int thread, int[] arguments, Function<int[], GuestCode> code) {
        try (var _ = kernel.lock()) {
            List<Handle> given = new ArrayList<>();
            try {
                takeAll(arguments, given);
                HandleTable table = kernel.hostProcess().handles();
                ProcessDispatcher target = table.get(process, 0, ProcessDispatcher.class);
                ThreadDispatcher first = table.get(thread, 0, ThreadDispatcher.class);
                if (first.process() != target) {
                    throw Refusal.ACCESS_DENIED;
                }
                int[] numbers = given.stream().mapToInt(target.handles()::valueOf).toArray();
                target.start(first, code.apply(numbers));
                given.forEach(target.handles()::add);
                target.runtimeHandles().giveJob();
            } catch (Refusal refusal) {
                given.forEach(kernel.handles()::close);
                throw refusal;
            }
        }
    }

    /// Takes every one that is there, then fails if one was not.
    private void takeAll(int[] arguments, List<Handle> into) {
        Refusal failure = null;
        for (int argument : arguments) {
            try {
                into.add(take(argument));
            } catch (Refusal refusal) {
                failure = failure == null ? refusal : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// Starts a thread that was made by syscalls, as `zx_thread_start` does, with code that has no
    /// address.
    ///
    /// @param thread the host process's handle to it
    /// @throws Refusal BAD_HANDLE, WRONG_TYPE; BAD_STATE: it was started before, or its process
    ///   does not run; NO_MEMORY
    public void start(int thread, GuestCode code) {
        try (var _ = kernel.lock()) {
            kernel.hostProcess().handles().get(thread, 0, ThreadDispatcher.class).start(code);
        }
    }

    /// Starts a process in a new job beside the root job, so that it finds the kernel as if it were
    /// alone; the job goes with the last that is in it.
    ///
    /// @throws Refusal NO_MEMORY
    public Spawned spawnAlone(String name, GuestCode code) {
        try (var _ = kernel.lock()) {
            JobDispatcher job = kernel.hiddenRoot().createJob(Names.of(name));
            try {
                return kernel.spawn(job, name, "initial-thread", code, List.of());
            } finally {
                job.abandon();
            }
        }
    }

    /// Starts a thread in a running process.
    ///
    /// @param process the host process's handle to it
    /// @return the host process's handle to the thread
    /// @throws Refusal BAD_HANDLE, WRONG_TYPE; BAD_STATE: the process does not run; NO_MEMORY
    public int spawnThread(int process, String name, GuestCode code) {
        try (var _ = kernel.lock()) {
            HandleTable table = kernel.hostProcess().handles();
            ThreadDispatcher thread =
                    table.get(process, 0, ProcessDispatcher.class).createThread(Names.of(name));
            Handle handle = kernel.handles().make(thread, thread.type().defaultRights());
            try {
                thread.start(code);
            } catch (Refusal refusal) {
                kernel.handles().close(handle);
                throw refusal;
            }
            table.add(handle);
            return table.valueOf(handle);
        }
    }

    /// Waits until a process is dead. An interrupt does not end the wait, and is kept.
    ///
    /// @param handle the host process's handle to it; closed in the end
    public void awaitDeath(int handle) {
        CountDownLatch dead = new CountDownLatch(1);
        Handle process;
        try (var _ = kernel.lock()) {
            process = kernel.hostProcess().handles().get(handle);
            DeathWatch watch = new DeathWatch((ProcessDispatcher) process.object(), dead);
            process.object().signals().watch(process, watch);
            watch.signalsChanged(0);
        }
        awaitUninterruptibly(dead);
        try (var _ = kernel.lock()) {
            kernel.handles().close(process);
        }
    }

    private record DeathWatch(ProcessDispatcher process, CountDownLatch dead)
            implements SignalObserver {
        @Override
        public void signalsChanged(int active) {
            if (process.isDead()) {
                dead.countDown();
            }
        }

        @Override
        public void handleClosed() {
            dead.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                latch.await();
                waiting = false;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether no process is left in the job, nor anywhere below it.
    public boolean isEmpty(JobDispatcher job) {
        try (var _ = kernel.lock()) {
            return job.processes().isEmpty() && job.jobs().stream().allMatch(this::isEmpty);
        }
    }

    /// Threads that are dead, but whose host threads stay for good: see
    /// [ThreadDispatcher#quarantine].
    public List<ThreadDispatcher> quarantined() {
        try (var _ = kernel.lock()) {
            return kernel.quarantined();
        }
    }

    /// Whether such a thread was in the job, or anywhere below it.
    public boolean hasQuarantined(JobDispatcher job) {
        return quarantined().stream().anyMatch(thread -> isBelow(thread.process().job(), job));
    }

    private static boolean isBelow(@Nullable JobDispatcher job, JobDispatcher top) {
        return job != null && (job == top || isBelow(job.parent(), top));
    }

    /// The threads of guests that were started and are not dead.
    public List<ThreadDispatcher> live() {
        try (var _ = kernel.lock()) {
            List<ThreadDispatcher> threads = new ArrayList<>();
            collect(kernel.hiddenRoot(), threads);
            return threads;
        }
    }

    private static void collect(JobDispatcher job, List<ThreadDispatcher> threads) {
        for (ProcessDispatcher process : job.processes()) {
            process.threads().stream().filter(thread -> !thread.isHost()).forEach(threads::add);
        }
        job.jobs().forEach(child -> collect(child, threads));
    }

    /// Kills all guests, and everything that could start more; does not wait for their end.
    public void killAll() {
        try (var _ = kernel.lock()) {
            kernel.hiddenRoot().kill();
            List.copyOf(kernel.hostProcess().threads()).stream()
                    .filter(thread -> !thread.isHost())
                    .forEach(ThreadDispatcher::kill);
        }
    }

    /// Kills all guests, and everything that could start more, and waits for their end. Native code
    /// ends, however long that takes.
    ///
    /// @param limit nanoseconds that code in Java has to make a syscall, which ends it
    /// @return who still runs
    /// @throws InterruptedException the calling thread was interrupted
    public List<ThreadDispatcher> endAll(long limit) throws InterruptedException {
        try (var _ = kernel.lock()) {
            killAll();
            List<ThreadDispatcher> rest = List.of();
            while (rest.isEmpty() && !kernel.awaitQuiescence(limit)) {
                rest = live().stream().filter(guest -> !guest.isInterruptible()).toList();
            }
            return rest;
        }
    }

    /// Waits until no guest runs: each sleeps in a syscall or an exception, or is dead.
    ///
    /// @param limit nanoseconds
    /// @return whether it came to that in time
    /// @throws InterruptedException the calling thread was interrupted
    public boolean awaitQuiescence(long limit) throws InterruptedException {
        try (var _ = kernel.lock()) {
            return kernel.awaitQuiescence(limit);
        }
    }
}
