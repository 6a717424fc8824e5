package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A place on a task where one port can be bound to hear of exceptions (B-1).
public final class ExceptionSlot {
    // By ZX_EXCEPTION_PORT_TYPE_*.
    private static final List<String> TYPE_NAMES =
            List.of("NONE", "DEBUGGER", "THREAD", "PROCESS", "JOB", "JOB_DEBUGGER");

    private final TaskDispatcher task;
    private final int type;
    private @Nullable ExceptionPort bound;

    ExceptionSlot(TaskDispatcher task, int type) {
        this.task = task;
        this.type = type;
    }

    /// The task whose slot this is.
    public TaskDispatcher task() {
        return task;
    }

    /// ZX_EXCEPTION_PORT_TYPE_*.
    public int type() {
        return type;
    }

    /// The name of a ZX_EXCEPTION_PORT_TYPE_*, without that prefix.
    public static String nameOf(int type) {
        return TYPE_NAMES.get(type);
    }

    /// What is bound now, or null.
    public @Nullable ExceptionPort bound() {
        return bound;
    }

    /// Binds a port that has a handle.
    ///
    /// @throws Refusal ALREADY_BOUND
    void bind(PortDispatcher port, long key) {
        task.kernel().assertLocked();
        if (bound != null) {
            throw Refusal.ALREADY_BOUND; // B-5
        }
        ExceptionPort binding = new ExceptionPort(this, port, key);
        bound = binding;
        port.bound(binding);
        task.retain(); // B-7
    }

    /// Unbinds; threads that wait for an answer continue as if it were "try next".
    ///
    /// @throws Refusal BAD_STATE: nothing is bound
    public void unbind() {
        task.kernel().assertLocked();
        ExceptionPort binding = bound;
        if (binding == null) {
            throw Refusal.BAD_STATE; // B-3
        }
        bound = null;
        binding.releaseThreads(); // B-9
        binding.port().unbound(binding);
        task.release();
    }
}
