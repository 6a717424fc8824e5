package zircon.emulation.kernel;

/// A wait for signals of one object that tells a port instead of waking a thread.
///
/// It has one packet, for which it stands in the port's queue itself: what it observes while it
/// stands there goes into that packet (P-8).
public final class AsyncWait implements SignalObserver, PortQueue.Entry {
    private final PortDispatcher port;
    private final Handle source;
    private final long key;
    private final int trigger;
    private final boolean repeating;
    private boolean queued;
    private int observed;
    private long count;

    private AsyncWait(
            PortDispatcher port, Handle source, long key, int trigger, boolean repeating) {
        this.port = port;
        this.source = source;
        this.key = key;
        this.trigger = trigger;
        this.repeating = repeating;
    }

    /// Begins a wait through a handle to an object with signals. If one of the signals is active
    /// now, the port hears of it at once (P-6).
    ///
    /// @param signals none of them is accepted, and never fires
    /// @param repeating whether it goes on after its first packet
    /// @throws Refusal NO_MEMORY
    public static void begin(
            PortDispatcher port, Handle source, long key, int signals, boolean repeating) {
        port.kernel().faults().allocate();
        AsyncWait wait = new AsyncWait(port, source, key, signals, repeating);
        Dispatcher object = source.object();
        if (wait.goesOn(object.signals().active(), object.count(signals))) {
            port.retain(); // C-6
            object.signals().watch(source, wait);
        }
    }

    @Override
    public void signalsChanged(int active) {
        if (!goesOn(active, 1)) {
            source.object().signals().unwatch(this);
            port.release();
        }
    }

    @Override
    public void handleClosed() { // P-13: a packet that is queued stays
        port.release();
    }

    /// Queues a packet if a watched signal is active.
    ///
    /// @param events what that packet counts
    /// @return whether there is still something to wait for
    private boolean goesOn(int active, long events) {
        if ((active & trigger) == 0) {
            return true;
        }
        if (!port.hasRoom()) {
            return false; // P-10, P-15
        }
        if (queued) {
            observed |= active; // P-8: the count is left alone
            return true;
        }
        queued = true;
        observed = active;
        count = events;
        port.queue(this);
        return repeating; // P-7
    }

    /// Whether port_cancel with these arguments means this wait, or what it has queued (P-12).
    boolean isFor(PortDispatcher where, Handle through, long withKey) {
        return port == where && source == through && key == withKey;
    }

    @Override
    public PortPacket packet() {
        queued = false;
        return new PortPacket.SignalPacket(key, repeating, trigger, observed, count);
    }
}
