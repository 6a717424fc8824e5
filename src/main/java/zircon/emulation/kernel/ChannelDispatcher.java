package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_CHANNEL_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_CHANNEL_READABLE;
import static zircon.sys.zircon_h.ZX_CHANNEL_WRITABLE;

import java.util.ArrayDeque;

/// One end of a channel.
public final class ChannelDispatcher extends PeeredDispatcher<ChannelDispatcher> {
    /// Both ends of a channel.
    public record Pair(ChannelDispatcher first, ChannelDispatcher second) {}

    private final ArrayDeque<ChannelMessage> messages = new ArrayDeque<>();

    private ChannelDispatcher(Kernel kernel) {
        super(kernel, ObjectType.CHANNEL, ZX_CHANNEL_WRITABLE());
    }

    /// Makes a channel, whose ends have no handle yet.
    ///
    /// @throws Refusal NO_MEMORY
    public static Pair create(Kernel kernel) {
        kernel.faults().allocate();
        ChannelDispatcher first = new ChannelDispatcher(kernel);
        ChannelDispatcher second = new ChannelDispatcher(kernel);
        first.join(second);
        second.join(first);
        return new Pair(first, second);
    }

    /// Sends to the other end.
    ///
    /// @throws Refusal PEER_CLOSED: the message is still the caller's
    public void write(ChannelMessage message) {
        ChannelDispatcher reader = peer();
        reader.messages.add(message);
        reader.signals().change(0, ZX_CHANNEL_READABLE());
    }

    /// The oldest message, which stays.
    ///
    /// @throws Refusal SHOULD_WAIT: there is none; PEER_CLOSED: and there will be none
    public ChannelMessage peek() {
        ChannelMessage message = messages.peek();
        if (message == null) {
            throw hasPeer() ? Refusal.SHOULD_WAIT : Refusal.PEER_CLOSED; // K-1
        }
        return message;
    }

    /// Removes the oldest message, which is there; its handles are the caller's now. Waits that
    /// were begun through them end here (H-10).
    public ChannelMessage take() {
        ChannelMessage message = messages.remove();
        if (messages.isEmpty()) {
            signals().change(ZX_CHANNEL_READABLE(), 0);
        }
        message.handles().forEach(handle -> handle.object().signals().cancel(handle));
        return message;
    }

    @Override
    long count(int signals) {
        boolean messagesCount = (signals & ZX_CHANNEL_READABLE()) != 0 && !messages.isEmpty();
        return messagesCount ? messages.size() : super.count(signals); // P-9
    }

    @Override
    void peerClosed() {
        signals().change(ZX_CHANNEL_WRITABLE(), ZX_CHANNEL_PEER_CLOSED());
    }

    @Override
    void closed() { // K-4
        HandleArena arena = kernel().handles();
        messages.forEach(message -> message.handles().forEach(arena::close));
        messages.clear();
    }
}
