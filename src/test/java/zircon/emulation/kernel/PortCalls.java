package zircon.emulation.kernel;

/// What threads do to one port, one event and one exception slot at the same time. Each returns a
/// status, or what it has read.
interface PortCalls {
    /// Queues a packet.
    int queue(int key);

    /// The key of the oldest packet, or TIMED_OUT.
    int read();

    /// Has the next pulse of the event queue a packet.
    int await(int key);

    /// Sets the event's signal, and clears it again.
    int pulse();

    /// Ends waits and removes their packets.
    int cancel(int key);

    /// Binds the port, if it has a handle.
    int bind();

    /// Empties the slot.
    int unbind();

    /// Closes the port's only handle.
    int close();
}
