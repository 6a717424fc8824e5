package zircon.emulation.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One binding of a port to the exception slot of a task.
public final class ExceptionPort {
    private final ExceptionSlot slot;
    private final PortDispatcher port;
    private final long key;
    // Threads in an exchange through this binding, answered or not.
    private final Set<ThreadDispatcher> threads = new LinkedHashSet<>();

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

    void entered(ThreadDispatcher thread) {
        threads.add(thread);
    }

    void left(ThreadDispatcher thread) {
        threads.remove(thread);
    }

    /// B-9: whoever waits for an answer through this binding goes on, wherever below the task it
    /// is.
    void releaseThreads() {
        List.copyOf(threads).forEach(thread -> thread.exceptions().unbound(this));
    }
}
