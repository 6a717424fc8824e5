package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EVENTPAIR_PEER_CLOSED;

/// One end of an event pair.
public final class EventPairDispatcher extends PeeredDispatcher<EventPairDispatcher> {
    /// Both ends of a pair.
    public record Pair(EventPairDispatcher first, EventPairDispatcher second) {}

    private EventPairDispatcher(Kernel kernel) {
        super(kernel, ObjectType.EVENTPAIR, 0);
    }

    /// Makes a pair, whose ends have no handle yet.
    ///
    /// @throws Refusal NO_MEMORY
    public static Pair create(Kernel kernel) {
        kernel.faults().allocate();
        EventPairDispatcher first = new EventPairDispatcher(kernel);
        EventPairDispatcher second = new EventPairDispatcher(kernel);
        first.join(second);
        second.join(first);
        return new Pair(first, second);
    }

    @Override
    void peerClosed() {
        signals().change(0, ZX_EVENTPAIR_PEER_CLOSED()); // K-5
    }
}
