package zircon.emulation.kernel;

/// A job, process or thread.
public abstract sealed class TaskDispatcher extends Dispatcher
        permits JobDispatcher, ProcessDispatcher, ThreadDispatcher {
    private String name;

    TaskDispatcher(Kernel kernel, ObjectType type, int signals, String name) {
        super(kernel, type, signals);
        this.name = name;
    }

    /// The name that a program gave it; each of its characters is one byte.
    public final String name() {
        return name;
    }

    /// Gives it another name.
    public final void rename(String newName) {
        name = newName;
    }

    /// One of the task's exception ports.
    ///
    /// @throws Refusal INVALID_ARGS: a thread has none for debuggers
    public abstract ExceptionSlot exceptionSlot(boolean debugger);

    /// Whether it is a thread or process that has ended for good.
    abstract boolean isDead();

    /// Binds a port to one of the task's exception ports.
    ///
    /// @throws Refusal INVALID_ARGS: a thread has none for debuggers; NO_MEMORY; NOT_FOUND: the
    ///   task is dead; ALREADY_BOUND
    public final void bindExceptionPort(boolean debugger, PortDispatcher port, long key) {
        ExceptionSlot slot = exceptionSlot(debugger); // B-2, from its step 4 on
        kernel().faults().allocate();
        if (isDead()) {
            throw Refusal.NOT_FOUND;
        }
        slot.bind(port, key);
    }

    /// Kills the task and all in it.
    ///
    /// @throws Refusal NOT_SUPPORTED: it is the host process, or a thread of the application
    public abstract void kill();
}
