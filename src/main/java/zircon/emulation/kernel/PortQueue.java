package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.function.Predicate;

/// The packets of one port, the oldest first (P-1).
final class PortQueue {
    /// A push is refused once the queue holds more than this (P-3).
    static final int FULL = 2048;

    /// What stands in the queue for a packet.
    sealed interface Entry permits PortPacket, AsyncWait {
        /// The packet; asked for once, when it leaves the queue for its reader.
        PortPacket packet();
    }

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Kernel kernel;

    PortQueue(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Whether one more is refused.
    boolean isFull() {
        return entries.size() > FULL || kernel.faults().portIsFull();
    }

    /// Appends a packet of a program or of an exception, which counts in the whole system.
    ///
    /// @throws Refusal NO_MEMORY: the packet pool is empty; SHOULD_WAIT: full
    void add(PortPacket packet) {
        kernel.faults().allocate();
        kernel.packets().take();
        if (isFull()) {
            kernel.packets().give();
            throw Refusal.SHOULD_WAIT; // P-3
        }
        entries.add(packet);
    }

    /// Appends the packet of a wait, which counts in this queue alone (P-3); there is room.
    void add(AsyncWait wait) {
        entries.add(wait);
    }

    /// Removes the oldest packet.
    @Nullable PortPacket poll() {
        Entry entry = entries.poll();
        if (entry == null) {
            return null;
        }
        if (entry instanceof PortPacket) {
            kernel.packets().give();
        }
        return entry.packet();
    }

    /// Removes the packets of these waits.
    ///
    /// @return whether there was any
    boolean removeIf(Predicate<? super AsyncWait> which) {
        return entries.removeIf(entry -> entry instanceof AsyncWait wait && which.test(wait));
    }

    void clear() {
        while (poll() != null) {
            // Each gives back what it has of the pool.
        }
    }

    int size() {
        return entries.size();
    }
}
