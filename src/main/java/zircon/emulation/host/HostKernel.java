package zircon.emulation.host;

import static zircon.sys.zircon_h.ZX_ERR_BAD_SYSCALL;
import static zircon.sys.zircon_h.ZX_ERR_INTERNAL;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_EXCP_POLICY_ERROR;

import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.KernelClock;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.kernel.X86Vector;
import zircon.emulation.syscalls.Call;
import zircon.emulation.syscalls.Caller;
import zircon.emulation.syscalls.Syscalls;
import zircon.emulation.trace.Watch;
import zircon.sys.host.zx_host_h;
import zircon.sys.host.zx_host_thread;

import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/// A kernel and the threads that come to it through the gate.
///
/// Nothing but a value leaves an upcall: a throwable would end the JVM.
public final class HostKernel {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");

    private final GateThreads threads;
    private final Kernel kernel;
    private final Syscalls syscalls;
    private final UnhandledFaults unhandledFaults = new UnhandledFaults();
    private final Watch watch;

    /// Makes a kernel; it is not behind the gate yet.
    ///
    /// @param number another for each kernel of this JVM
    /// @param watch gets to know what happens in it
    public HostKernel(int number, KernelClock clock, Watch watch) {
        this.watch = watch;
        threads = new GateThreads(number);
        kernel = new Kernel(clock, new HostMachine(this));
        syscalls = new Syscalls(kernel);
        kernel.listen(watch);
    }

    public Kernel kernel() {
        return kernel;
    }

    /// The exceptions of which processes have died.
    public UnhandledFaults unhandledFaults() {
        return unhandledFaults;
    }

    // Threads.

    /// Lets the gate know the calling thread, which the emulation started, as `thread`.
    GateThread enter(ThreadDispatcher thread) {
        MemorySegment record = self();
        GateThread guest = known(thread, record);
        long name = threads.add(guest);
        zx_host_h.zx_host_thread_enter(name);
        return guest;
    }

    void leave(GateThread guest) {
        long name = zx_host_thread.caller(guest.record());
        zx_host_h.zx_host_thread_enter(0);
        threads.remove(name);
    }

    private static GateThread known(ThreadDispatcher thread, MemorySegment record) {
        Caller caller = new Caller(thread, zx_host_thread.scratch(record), new HostMemory());
        return new GateThread(thread, caller, record);
    }

    /// The calling thread's record.
    private static MemorySegment self() {
        MemorySegment address = zx_host_h.zx_host_thread_self();
        if (address.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("no memory for what the gate knows of a thread");
        }
        return record(address);
    }

    private static MemorySegment record(MemorySegment address) {
        return address.reinterpret(zx_host_thread.sizeof());
    }

    /// Whether the calling thread is a guest of this kernel.
    public boolean isGuest() {
        long name = zx_host_thread.caller(self());
        GateThread thread = threads.find(name);
        return thread != null && !thread.thread().isHost();
    }

    /// A thread that this kernel got to know by itself has ended.
    public void threadEnded(long name) {
        GateThread thread = threads.find(name);
        if (thread != null) {
            threads.remove(name);
            thread.thread().hostThreadEnded();
        }
    }

    // Upcalls.

    /// A thread of the application makes its first syscall.
    long attach(MemorySegment address) {
        try {
            ThreadDispatcher thread = kernel.attachHostThread(Thread.currentThread().getName());
            return threads.add(known(thread, record(address)));
        } catch (Refusal | OutOfMemoryError _) {
            return 0;
        } catch (Throwable thrown) {
            LOGGER.log(Level.ERROR, "The emulation could not make a thread known", thrown);
            return 0;
        }
    }

    /// A guest has faulted.
    void exception(long name) {
        try {
            GateThread guest = threads.find(name);
            if (guest != null) {
                handle(guest);
            }
        } catch (Throwable thrown) {
            LOGGER.log(
                    Level.ERROR,
                    "The emulation failed in an exception of thread %#x".formatted(name),
                    thrown);
            zx_host_thread.leave(self(), 1);
        }
    }

    private void handle(GateThread guest) {
        GateContext context = new GateContext.OfGuest(guest.record(), true);
        int type = X86Vector.exceptionType(context.vector());
        obey(guest, guest.thread().handleException(type, context), type, context);
    }

    /// A guest was stopped since the kernel wants something of it.
    void interrupted(long name) {
        try {
            GateThread guest = threads.find(name);
            if (guest != null) {
                GateContext context = new GateContext.OfGuest(guest.record(), false);
                obey(guest, guest.thread().returnToUser(context), ZX_EXCP_POLICY_ERROR(), context);
            }
        } catch (Throwable thrown) {
            LOGGER.log(
                    Level.ERROR,
                    "The emulation failed in an interruption of thread %#x".formatted(name),
                    thrown);
        }
    }

    /// Lets the guest go on, or not.
    ///
    /// @param type the exception of which its process has died, if nobody has handled it
    private void obey(
            GateThread guest, ThreadDispatcher.Verdict verdict, int type, GateContext context) {
        if (verdict == ThreadDispatcher.Verdict.UNHANDLED) {
            unhandledFaults.add(guest.thread(), type, context);
        }
        if (verdict != ThreadDispatcher.Verdict.RESUME) {
            if (guest.isInLibrary()) {
                guest.thread().quarantine(context);
                stayForGood();
            }
            guest.leave();
        }
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void stayForGood() {
        while (true) {
            LockSupport.park();
        }
    }

    /// A thread makes a syscall.
    long syscall(
            long name, int number, long a, long b, long c, long d, long e, long f, long g, long h) {
        try {
            GateThread thread = threads.find(name);
            if (thread == null) {
                return ZX_ERR_BAD_SYSCALL();
            }
            Call call = Call.numbered(number);
            if (!watch.watchesSyscalls()) {
                return answer(thread, call, a, b, c, d, e, f, g, h);
            }
            Watch.Watched watched = watch.called();
            long result = answer(thread, call, a, b, c, d, e, f, g, h);
            long[] arguments = {a, b, c, d, e, f, g, h};
            watched.returned(thread.thread(), call, arguments, result);
            return result;
        } catch (Throwable thrown) {
            LOGGER.log(
                    Level.ERROR,
                    "The emulation failed before call %d of thread %#x".formatted(number, name),
                    thrown);
            return ZX_ERR_INTERNAL();
        }
    }

    /// Once a thread is killed it gets ZX_ERR_INTERNAL_INTR_KILLED: from the call it was in (C-5),
    /// and from each further one, which does nothing.
    private long answer(
            GateThread gateThread,
            Call call,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h) {
        ThreadDispatcher thread = gateThread.thread();
        while (!thread.mustLeave()) {
            long result;
            boolean again = false;
            try {
                result = syscalls.call(gateThread.caller(), call, a, b, c, d, e, f, g, h);
            } catch (Refusal refusal) {
                result = failure(call, refusal.status());
                again = refusal == Refusal.RETRY;
            } catch (Throwable thrown) {
                result = failure(call, statusOf(thrown, call, gateThread));
            }
            // The suspension for which the call was left may be over by now.
            if (thread.hasPendingWork() ? !stop(gateThread, result, again) : !again) {
                return result;
            }
        }
        gateThread.leave();
        return failure(call, Refusal.KILLED.status());
    }

    /// Does what the thread has to do on its way back from a syscall.
    ///
    /// @param interrupted the call was left, to be made again afterwards (C-4)
    /// @return whether the thread is to go around once more: to make the call again, or to end
    private boolean stop(GateThread thread, long result, boolean interrupted) {
        SyscallContext context = new SyscallContext(thread.record(), result);
        ThreadDispatcher.Verdict verdict = thread.thread().returnToUser(context);
        if (verdict == ThreadDispatcher.Verdict.UNHANDLED) {
            unhandledFaults.add(thread.thread(), ZX_EXCP_POLICY_ERROR(), context);
        }
        if (verdict != ThreadDispatcher.Verdict.RESUME
                || (interrupted && !context.isSentElsewhere())) {
            return true;
        }
        context.restore();
        return false;
    }

    private static long failure(Call call, int status) {
        return call.returnsStatus() ? status : 0;
    }

    private static int statusOf(Throwable thrown, Call call, GateThread thread) {
        if (thrown instanceof OutOfMemoryError) {
            return ZX_ERR_NO_MEMORY();
        }
        LOGGER.log(
                Level.ERROR,
                "The emulation failed in %s of thread %d. This is a bug in it; what the call was to do may be half done."
                        .formatted(call.cName(), thread.thread().koid()),
                thrown);
        return ZX_ERR_INTERNAL();
    }
}
