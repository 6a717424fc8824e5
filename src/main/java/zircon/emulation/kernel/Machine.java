package zircon.emulation.kernel;

/// The hardware below the kernel: what runs the threads.
public interface Machine {
    /// Makes a host thread that calls [ThreadDispatcher#run] with `code`, once, and then ends.
    ///
    /// Called under the kernel's lock: it neither blocks nor waits for the new thread.
    ///
    /// @throws Refusal NO_MEMORY: there is no host thread to be had, and `code` will not run
    void start(ThreadDispatcher thread, GuestCode code);

    /// Has a thread call [ThreadDispatcher#returnToUser] before it goes on with user code, or soon
    /// while it runs such code. Called under the kernel's lock; the thread is not dead.
    void interrupt(ThreadDispatcher thread);

    /// User code that begins at a host address, as `entry(arg1, arg2)`. Called under the kernel's
    /// lock.
    GuestCode nativeCode(long entry, long arg1, long arg2);

    /// The memory of all processes.
    AddressSpace addressSpace();

    /// Where the syscalls lie in that memory: what a process sees as its vDSO.
    long vdsoBase();

    /// Sets the GS base of the calling thread. Called without the kernel's lock.
    void setGsBase(long base);
}
