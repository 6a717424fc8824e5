package zircon.emulation.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/// A port: one queue of packets, and what feeds it.
public final class PortDispatcher extends Dispatcher {
    private final PortQueue queue;
    private final LinkedHashSet<ThreadDispatcher> readers = new LinkedHashSet<>();
    private final Chain<ExceptionPort> bindings = new Chain<>();
    private boolean closed;

    /// Makes a port, which has no handle yet.
    ///
    /// @throws Refusal NO_MEMORY
    public PortDispatcher(Kernel kernel) {
        kernel.faults().allocate();
        super(kernel, ObjectType.PORT, 0);
        queue = new PortQueue(kernel);
    }

    /// Appends a packet and wakes a reader.
    ///
    /// @throws Refusal BAD_STATE: no handle to this port is left; NO_MEMORY: the packet pool is
    ///   empty; SHOULD_WAIT: full
    public void queue(PortPacket packet) {
        if (closed) {
            throw Refusal.BAD_STATE; // P-15
        }
        queue.add(packet);
        wakeReaders();
    }

    /// Appends the packet of an asynchronous wait, for which there is room, and wakes a reader.
    void queue(AsyncWait wait) {
        queue.add(wait);
        wakeReaders();
    }

    /// Whether one more packet of an asynchronous wait is accepted.
    boolean hasRoom() {
        return !closed && !queue.isFull(); // P-15, P-10
    }

    /// Ends the asynchronous waits that were begun through this handle with this port and this key,
    /// and removes their packets (P-12).
    ///
    /// @throws Refusal NOT_FOUND: there is neither
    public void cancel(Handle source, long key) {
        Predicate<Object> meant =
                one -> one instanceof AsyncWait wait && wait.isFor(this, source, key);
        int ended = source.object().signals().unwatchAll(meant);
        boolean removed = queue.removeIf(meant);
        for (int i = 0; i < ended; i++) {
            release(); // C-6
        }
        if (ended == 0 && !removed) {
            throw Refusal.NOT_FOUND;
        }
    }

    /// Removes the oldest packet; sleeps until there is one.
    ///
    /// @throws Refusal TIMED_OUT; KILLED
    public PortPacket read(ThreadDispatcher caller, long deadline) {
        // P-2: a deadline in the past does not matter when there is a packet.
        PortPacket packet = queue.poll();
        if (packet != null) {
            return packet;
        }
        readers.add(caller);
        try {
            while (true) {
                boolean woken = caller.sleep(BlockReason.PORT, List.of(this), deadline);
                packet = queue.poll();
                if (packet != null) {
                    return packet;
                }
                if (!woken) {
                    throw Refusal.TIMED_OUT;
                }
            }
        } finally {
            readers.remove(caller);
            wakeReaders(); // a reader that was woken for a packet may have left without one
        }
    }

    /// P-1: as many readers are awake as there are packets.
    private void wakeReaders() {
        int packets = queue.size();
        for (ThreadDispatcher reader : readers) {
            if (packets == 0) {
                return;
            }
            packets--;
            reader.wake();
        }
    }

    void bound(ExceptionPort binding) {
        bindings.add(binding);
        retain(); // C-6
    }

    void unbound(ExceptionPort binding) {
        bindings.remove(binding);
        release();
    }

    @Override
    void zeroHandles() { // P-15; readers stay until their deadline, P-14
        closed = true;
        for (ExceptionPort binding : bindings.toList().reversed()) {
            binding.slot().unbind();
        }
        queue.clear();
    }

    /// Packets that wait to be read.
    public int queued() {
        return queue.size();
    }

    int bindingCount() {
        return bindings.size();
    }
}
