package zircon.emulation.host;

import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.KernelClock;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.emulation.kernel.X86Vector;
import zircon.emulation.syscalls.Caller;
import zircon.emulation.syscalls.Syscalls;
import zircon.sys.host.zx_host_h;
import zircon.sys.host.zx_host_thread;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A kernel behind the gate: its table of upcalls, and the threads that come through it.
///
/// The table is never freed: some thread may be inside a call of it for as long as the JVM lives.
public final class HostKernel {
    private static final System.Logger LOGGER = System.getLogger("zircon.emulation");

    private final GateThreads threads;
    private final Kernel kernel;
    private final UpcallTable table;
    private final UnhandledFaults unhandledFaults = new UnhandledFaults();

    /// Makes a kernel; it is not behind the gate yet.
    ///
    /// @param number another for each kernel of this JVM
    public HostKernel(int number, KernelClock clock) {
        threads = new GateThreads(number);
        kernel = new Kernel(clock, new HostMachine(this));
        table = UpcallTable.build(functions(), Arena.global());
    }

    /// Puts this kernel behind the gate.
    public void install() {
        zx_host_h.zx_host_install(table.segment());
    }

    public Kernel kernel() {
        return kernel;
    }

    /// The syscalls that answer NOT_SUPPORTED because they are not written, by the names of
    /// `zircon/syscalls.h`.
    public List<String> unimplemented() {
        return table.missing().stream().map(name -> "zx_" + name).toList();
    }

    private Map<String, MethodHandle> functions() {
        Map<String, MethodHandle> functions = new HashMap<>();
        for (Object family : Syscalls.families(kernel)) {
            for (Method method : family.getClass().getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    functions.put(cName(method.getName()), function(family, method));
                }
            }
        }
        functions.put("thread_attach", own("attach", long.class, MemorySegment.class));
        functions.put("exception", own("exception", void.class, long.class));
        return functions;
    }

    private MethodHandle function(Object family, Method method) {
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(family);
            return Syscall.function(handle, threads);
        } catch (IllegalAccessException e) {
            throw new LinkageError("the syscalls layer hides " + method, e);
        }
    }

    private MethodHandle own(String name, Class<?> result, Class<?> parameter) {
        try {
            return MethodHandles.lookup()
                    .bind(this, name, MethodType.methodType(result, parameter));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no method " + name, e);
        }
    }

    /// `handleCloseMany` is `handle_close_many` in C.
    static String cName(String javaName) {
        return javaName.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
    }

    /// Lets the gate know the calling thread, which the emulation started, as `thread`; returns its
    /// name.
    long enter(ThreadDispatcher thread) {
        MemorySegment record = zx_host_h.zx_host_thread_self();
        long name = add(thread, record);
        zx_host_h.zx_host_thread_enter(name);
        return name;
    }

    void leave(long name) {
        zx_host_h.zx_host_thread_enter(0);
        threads.remove(name);
    }

    private static MemorySegment record(MemorySegment address) {
        return address.reinterpret(zx_host_thread.sizeof());
    }

    private long add(ThreadDispatcher thread, MemorySegment address) {
        MemorySegment record = record(address);
        Caller caller = new Caller(thread, zx_host_thread.scratch(record), new HostMemory());
        return threads.add(new GateThread(caller, record));
    }

    /// Upcall: a thread of the application makes its first syscall.
    long attach(MemorySegment record) {
        try {
            return add(kernel.attachHostThread(Thread.currentThread().getName()), record);
        } catch (Refusal | OutOfMemoryError _) {
            return 0;
        } catch (Throwable thrown) {
            LOGGER.log(Level.ERROR, "The emulation could not make a thread known", thrown);
            return 0;
        }
    }

    /// Upcall: a guest has faulted.
    void exception(long name) {
        GateThread thread = threads.get(name);
        try {
            GateContext context = new GateContext(thread.record());
            int type = X86Vector.exceptionType(context.vector());
            switch (thread.thread().handleException(type, context)) {
                case RESUME -> {}
                case LEAVE -> thread.leave();
                case UNHANDLED -> {
                    unhandledFaults.add(thread.thread(), type, context);
                    thread.leave();
                }
            }
        } catch (Throwable thrown) {
            LOGGER.log(Level.ERROR, "The emulation failed in an exception", thrown);
            thread.leave();
        }
    }

    /// The exceptions of which processes have died.
    public UnhandledFaults unhandledFaults() {
        return unhandledFaults;
    }

    /// Whether the calling thread is a guest of this kernel.
    public boolean isGuest() {
        long name = zx_host_thread.caller(record(zx_host_h.zx_host_thread_self()));
        return threads.knows(name) && !threads.get(name).thread().isHost();
    }

    /// A thread that this kernel got to know by itself has ended.
    public void threadEnded(long name) {
        if (threads.knows(name)) {
            ThreadDispatcher thread = threads.get(name).thread();
            threads.remove(name);
            thread.hostThreadEnded();
        }
    }
}
