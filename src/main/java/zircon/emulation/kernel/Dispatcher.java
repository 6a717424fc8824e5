package zircon.emulation.kernel;

/// A kernel object.
///
/// Handles keep it alive, and so do other objects that refer to it (rule C-6). "No more handles"
/// and "no more references" are two events: the first has effects that a program sees, the second
/// destroys the object.
public abstract sealed class Dispatcher
        permits TaskDispatcher,
                PortDispatcher,
                EventDispatcher,
                PeeredDispatcher,
                VmarDispatcher,
                SuspendTokenDispatcher {
    private final Kernel kernel;
    private final ObjectType type;
    private final long koid;
    private final SignalState signals;
    private int handles;
    // All handles together are one reference; until there is a first, it belongs to the object's
    // maker.
    private boolean heldByHandles = true;
    private int references = 1;

    Dispatcher(Kernel kernel, ObjectType type, int signals) {
        this.kernel = kernel;
        this.type = type;
        this.koid = kernel.nextKoid();
        this.signals = new SignalState(signals);
    }

    /// The kernel that this object belongs to.
    public final Kernel kernel() {
        return kernel;
    }

    /// What kind of object this is.
    public final ObjectType type() {
        return type;
    }

    /// The object's number, never given to another.
    public final long koid() {
        return koid;
    }

    /// The koid of the peer, or of a task's parent; 0 when there is none.
    public long relatedKoid() {
        return 0;
    }

    /// The object's signals.
    public final SignalState signals() {
        return signals;
    }

    /// Handles to this object in all processes and in flight.
    public final int handleCount() {
        return handles;
    }

    /// Changes signals as a program asks for it.
    ///
    /// @throws Refusal NOT_SUPPORTED: such an object has no signals; INVALID_ARGS: not a program's
    ///   to change
    public final void signal(int clear, int set) {
        if (!type.isWaitable()) {
            throw Refusal.NOT_SUPPORTED;
        }
        requireSettable(clear | set);
        signals.change(clear, set);
    }

    /// Changes signals of the peer as a program asks for it.
    ///
    /// @throws Refusal NOT_SUPPORTED: such objects have no peer; INVALID_ARGS: not a program's to
    ///   change; PEER_CLOSED
    public void signalPeer(int clear, int set) {
        throw Refusal.NOT_SUPPORTED;
    }

    /// How many events a wait for these signals that begins now finds (P-9).
    long count(int signals) {
        return 1;
    }

    final void requireSettable(int mask) {
        if (!type.allowsSignals(mask)) {
            throw Refusal.INVALID_ARGS; // W-2
        }
    }

    final void handleMade() {
        if (handles == 0 && !heldByHandles) {
            heldByHandles = true;
            retain();
        }
        handles++;
    }

    final void handleClosed() {
        handles--;
        if (handles == 0) {
            abandon();
        }
    }

    /// There was no memory for a handle. If it was to be the first, the maker's hold ends here.
    final void handleNotMade() {
        if (handles == 0 && heldByHandles) {
            abandon();
        }
    }

    /// The last handle is closed, or there will be no first one.
    final void abandon() {
        heldByHandles = false;
        zeroHandles();
        release();
    }

    final void retain() {
        references++;
    }

    final void release() {
        references--;
        if (references == 0) {
            destroyed();
        }
    }

    /// What happens when no handle is left (H-8).
    void zeroHandles() {}

    /// What happens when nothing refers to the object any more.
    void destroyed() {}
}
