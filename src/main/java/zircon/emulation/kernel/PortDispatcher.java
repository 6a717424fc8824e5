package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;

/// A port: one queue of packets, and the exception bindings that feed it.
public final class PortDispatcher extends Dispatcher {
    /// A push is refused once the queue holds more than this (P-3).
    static final int FULL = 2048;

    private final ArrayDeque<PortPacket> queue = new ArrayDeque<>();
    private final LinkedHashSet<ThreadDispatcher> readers = new LinkedHashSet<>();
    private final LinkedHashSet<ExceptionPort> bindings = new LinkedHashSet<>();
    private boolean closed;

    /// Makes a port, which has no handle yet.
    ///
    /// @throws Refusal NO_MEMORY
    public PortDispatcher(Kernel kernel) {
        kernel.faults().allocate();
        super(kernel, ObjectType.PORT, 0);
    }

    /// Appends a packet and wakes a reader.
    ///
    /// @throws Refusal BAD_STATE: no handle to this port is left; NO_MEMORY: the packet pool is
    ///   empty; SHOULD_WAIT: full
    public void queue(PortPacket packet) {
        if (closed) {
            throw Refusal.BAD_STATE; // P-15
        }
        kernel().faults().allocate();
        kernel().packets().take();
        if (queue.size() > FULL || kernel().faults().portIsFull()) {
            kernel().packets().give(1);
            throw Refusal.SHOULD_WAIT; // P-3
        }
        queue.add(packet);
        wakeReaders();
    }

    /// Removes the oldest packet; sleeps until there is one.
    ///
    /// @throws Refusal TIMED_OUT; KILLED
    public PortPacket read(ThreadDispatcher caller, long deadline) {
        PortPacket packet =
                poll(); // P-2: a deadline in the past does not matter when there is a packet
        if (packet != null) {
            return packet;
        }
        readers.add(caller);
        try {
            while (true) {
                boolean woken = caller.sleep(BlockReason.PORT, this, deadline);
                packet = poll();
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

    private @Nullable PortPacket poll() {
        PortPacket packet = queue.poll();
        if (packet != null) {
            kernel().packets().give(1);
        }
        return packet;
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
        for (ExceptionPort binding : List.copyOf(bindings.reversed())) {
            binding.slot().unbind();
        }
        kernel().packets().give(queue.size());
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
