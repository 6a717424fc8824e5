package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

/// One end of a pair.
///
/// @param <T> the kind of both ends
public abstract sealed class PeeredDispatcher<T extends PeeredDispatcher<T>> extends Dispatcher
        permits ChannelDispatcher, EventPairDispatcher {
    private @Nullable T peer;
    private long peerKoid;

    PeeredDispatcher(Kernel kernel, ObjectType type, int signals) {
        super(kernel, type, signals);
    }

    /// Joins this end to the other; called once, right after both were made.
    final void join(T other) {
        peer = other;
        peerKoid = other.koid();
    }

    /// The other end.
    ///
    /// @throws Refusal PEER_CLOSED: it has no handle any more
    final T peer() {
        if (peer == null) {
            throw Refusal.PEER_CLOSED;
        }
        return peer;
    }

    final boolean hasPeer() {
        return peer != null;
    }

    @Override
    public final long relatedKoid() {
        return peerKoid; // I-7: also once it is gone
    }

    @Override
    public final void signalPeer(int clear, int set) {
        requireSettable(clear | set); // W-2: before PEER_CLOSED
        peer().signals().change(clear, set);
    }

    @Override
    final void zeroHandles() {
        T other = peer;
        if (other != null) {
            peer = null;
            other.loseThisPeer();
        }
        closed();
    }

    final void loseThisPeer() {
        peer = null;
        peerClosed();
    }

    /// The other end has lost its last handle.
    abstract void peerClosed();

    /// This end has lost its last handle.
    void closed() {}
}
