package zircon.emulation.kernel;

/// One binding of a port to the exception slot of a task.
public final class ExceptionPort extends Chain.Link<ExceptionPort> {
    private final ExceptionSlot slot;
    private final PortDispatcher port;
    private final long key;
    // Threads in an exchange through this binding, answered or not.
    private final Chain<ThreadExceptions> threads = new Chain<>();

    ExceptionPort(ExceptionSlot slot, PortDispatcher port, long key) {
        this.slot = slot;
        this.port = port;
        this.key = key;
    }

    /// Where it is bound.
    public ExceptionSlot slot() {
        return slot;
    }

    /// The port that gets the packets.
    public PortDispatcher port() {
        return port;
    }

    /// What the packets carry.
    public long key() {
        return key;
    }

    void entered(ThreadExceptions thread) {
        threads.add(thread);
    }

    void left(ThreadExceptions thread) {
        threads.remove(thread);
    }

    /// B-9: whoever waits for an answer through this binding goes on, wherever below the task it
    /// is.
    void releaseThreads() {
        threads.toList().forEach(thread -> thread.unbound(this));
    }
}
