package zircon.conformance.model;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BAD_HANDLE;
import static zircon.conformance.model.Status.NOT_SUPPORTED;
import static zircon.conformance.model.Status.PEER_CLOSED;

import zircon.conformance.model.Thing.End;
import zircon.conformance.model.Thing.Message;

import java.util.ArrayList;
import java.util.List;

/// Section 12: channels and pairs of events.
abstract class Channels extends Ports {
    Channels() {}

    Channels(Ports other) {
        super(other);
    }

    @Override
    void lastHandleClosed(Thing thing) {
        super.lastHandleClosed(thing);
        if (thing instanceof End end) {
            if (things.get(end.related) instanceof End peer) {
                peer.peerGone = true;
                int writable = end.type == Type.CHANNEL ? Bits.WRITABLE : 0;
                change(peer, writable, Bits.PEER_CLOSED); // K-1, K-5
            }
            List<Message> unread = end.messages;
            end.messages = List.of();
            unread.forEach(this::drop); // K-4
        }
    }

    private void drop(Message message) {
        message.handles().forEach(this::closeAmongOthers); // K-4
    }

    final void channelWrite(int channel, int bytes, List<Integer> handles) throws Refused {
        try {
            End end = (End) need(channel, Bits.WRITE, Type.CHANNEL);
            List<Integer> met = new ArrayList<>();
            for (int handle : handles) {
                Hold hold = live(handle);
                if (met.contains(handle)) {
                    throw new Refused(BAD_HANDLE, "K-2");
                } else if ((hold.rights() & Bits.TRANSFER) == 0) {
                    throw new Refused(ACCESS_DENIED, "K-2");
                } else if (handle == channel) {
                    throw new Refused(NOT_SUPPORTED, "K-2");
                }
                met.add(handle);
            }
            if (end.peerGone) {
                throw new Refused(PEER_CLOSED, "K-2");
            }
            handles.forEach(this::takeAway);
            End peer = (End) thing(end.related);
            peer.messages = Thing.plus(peer.messages, new Message(bytes, List.copyOf(handles)));
            change(peer, 0, Bits.READABLE); // K-1
        } catch (Refused refused) {
            for (int handle : handles) { // K-2: consumed on every outcome
                if (hold(handle).place() == Place.HERE) {
                    closeAmongOthers(handle);
                }
            }
            throw refused;
        }
    }

    final void channelRead(int channel, int options, int bytes, int handles, List<Object> values)
            throws Refused {
        End end = (End) need(channel, Bits.READ, Type.CHANNEL);
        if ((options & ~1) != 0) {
            throw new Refused(NOT_SUPPORTED, "13");
        }
        if (end.messages.isEmpty()) {
            throw new Refused(end.peerGone ? PEER_CLOSED : Status.SHOULD_WAIT, "K-1");
        }
        Message message = end.messages.getFirst();
        values.add((long) message.bytes());
        values.add((long) message.handles().size());
        boolean tooSmall = bytes < message.bytes() || handles < message.handles().size();
        if (!tooSmall || options == 1) {
            end.messages = List.copyOf(end.messages.subList(1, end.messages.size()));
            if (end.messages.isEmpty()) {
                change(end, Bits.READABLE, 0); // K-1
            }
        }
        if (tooSmall) {
            if (options == 1) {
                drop(message); // K-3
            }
            throw new Refused(Status.BUFFER_TOO_SMALL, "K-3");
        }
        for (int handle : message.handles()) {
            bringBack(handle);
            values.add(new Outcome.Variable(handle)); // H-3
        }
    }
}
