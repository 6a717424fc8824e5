package zircon.conformance.model;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BAD_HANDLE;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_SUPPORTED;
import static zircon.conformance.model.Status.PEER_CLOSED;
import static zircon.conformance.model.Status.WRONG_TYPE;

import zircon.conformance.model.Thing.End;
import zircon.conformance.model.Thing.Message;
import zircon.conformance.model.Thing.Packet;
import zircon.conformance.model.Thing.Port;
import zircon.conformance.model.Thing.Wait;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sections 1 to 4 and 12: handles, signals, waits, ports, channels.
abstract class State {
    /// Where a handle is.
    enum Place {
        HERE,
        CLOSED,
        /// In a message or in another process.
        AWAY,
        /// The call that was to make it failed: its variable is 0.
        NEVER
    }

    /// @param moved the last step that brought it here from a message, if one did
    record Hold(Place place, int object, int rights, int moved) {
        Hold at(Place other) {
            return new Hold(other, object, rights, moved);
        }
    }

    /// By variable.
    final List<Hold> holds;

    /// By number, the oldest first.
    final Map<Integer, Thing> things = new LinkedHashMap<>();

    int phase;
    int serials;

    /// The thread that is at it, 0 while the step's call is.
    int actor;

    /// How many threads were to run when the step's call returned.
    int awake;

    /// What the specification leaves open has decided: nothing that follows can be told.
    boolean open;

    /// What was put into a slot of the model's notebook in this step.
    final List<Transition> seen = new ArrayList<>();

    State() {
        holds = new ArrayList<>();
    }

    State(State other) {
        holds = new ArrayList<>(other.holds);
        other.things.forEach((id, thing) -> things.put(id, thing.copy()));
        phase = other.phase + 1;
        serials = other.serials;
        open = other.open;
    }

    final int serial() {
        return ++serials;
    }

    // Section 1 and 2: handles.

    final Hold hold(int variable) {
        return variable >= 0 && variable < holds.size()
                ? holds.get(variable)
                : new Hold(variable == Step.NONE ? Place.NEVER : Place.CLOSED, 0, 0, 0);
    }

    final boolean isZero(int variable) {
        return hold(variable).place() == Place.NEVER;
    }

    /// `BAD_HANDLE`, and nothing else.
    final Hold live(int variable) throws Refused {
        Hold hold = hold(variable);
        if (hold.place() != Place.HERE) {
            throw new Refused(BAD_HANDLE, "C-1");
        }
        return hold;
    }

    /// `H[variable: rights, any]`.
    final Thing any(int variable, int rights) throws Refused {
        Hold hold = live(variable);
        if ((hold.rights() & rights) != rights) {
            throw new Refused(ACCESS_DENIED, "C-1");
        }
        return thing(hold.object());
    }

    /// `H[variable: rights, type]`.
    final Thing need(int variable, int rights, Type type) throws Refused {
        Thing thing = any(variable, rights); // C-1: rights before type
        if (thing.type != type) {
            throw new Refused(WRONG_TYPE, "C-1");
        }
        return thing;
    }

    /// `H2[variable: one|other, type]`.
    final Thing needEither(int variable, int one, int other, Type type) throws Refused {
        try {
            return need(variable, one, type);
        } catch (Refused _) {
            return need(variable, other, type); // C-1: only the second result counts
        }
    }

    final Thing thing(int id) {
        Thing thing = things.get(id);
        if (thing == null) {
            throw new IllegalStateException("the model has lost object " + id);
        }
        return thing;
    }

    final Port port(int id) {
        return (Port) thing(id);
    }

    final void add(Thing thing) {
        things.put(thing.id, thing);
    }

    /// A new handle, the next variable.
    final void give(Thing thing, int rights) {
        thing.handles++;
        holds.add(new Hold(Place.HERE, thing.id, rights, 0));
    }

    private void put(int variable, Place place) {
        holds.set(variable, hold(variable).at(place));
    }

    /// Out of the table of this process, into a message or another process: H-10.
    final void takeAway(int variable) {
        put(variable, Place.AWAY);
    }

    /// Back out of a message: H-3, H-10.
    private void bringBack(int variable) {
        endWaits(variable);
        Hold hold = hold(variable);
        holds.set(variable, new Hold(Place.HERE, hold.object(), hold.rights(), phase));
    }

    /// H-8.
    final void close(int variable) {
        Thing thing = thing(hold(variable).object());
        put(variable, Place.CLOSED); // (1)
        endWaits(variable); // (2)
        thing.handles--;
        if (thing.handles == 0) {
            lastHandleClosed(thing); // (3)
        }
    }

    /// (2) of H-8; what is queued stays (P-13).
    private void endWaits(int variable) {
        Thing thing = thing(hold(variable).object());
        thing.waits = thing.waits.stream().filter(wait -> wait.handle() != variable).toList();
    }

    void lastHandleClosed(Thing thing) {
        if (thing instanceof End end) {
            if (things.get(end.related) instanceof End peer) {
                peer.peerGone = true;
                change(
                        peer,
                        end.type == Type.CHANNEL ? Bits.WRITABLE : 0,
                        Bits.PEER_CLOSED); // K-1, K-5
            }
            List<Message> unread = end.messages;
            end.messages = List.of();
            unread.forEach(this::drop); // K-4
        }
    }

    private void drop(Message message) {
        message.handles().forEach(this::close); // K-4
    }

    final int same(Hold hold, int rights) {
        return rights == Bits.SAME_RIGHTS ? hold.rights() : rights; // H-5
    }

    final void duplicate(int variable, int rights) throws Refused {
        Hold hold = live(variable);
        if ((hold.rights() & Bits.DUPLICATE) == 0) {
            throw new Refused(ACCESS_DENIED, "H-5");
        }
        if ((same(hold, rights) & ~hold.rights()) != 0) {
            throw new Refused(INVALID_ARGS, "H-5");
        }
        give(thing(hold.object()), same(hold, rights));
    }

    final void replace(int variable, int rights) throws Refused {
        Hold hold = live(variable); // H-6: only this leaves things untouched
        if ((same(hold, rights) & ~hold.rights()) != 0) {
            close(variable); // H-6
            throw new Refused(INVALID_ARGS, "H-6");
        }
        give(thing(hold.object()), same(hold, rights)); // H-6: made before the old one dies
        close(variable);
    }

    final void closeOne(int variable) throws Refused {
        if (!isZero(variable)) { // H-7
            live(variable);
            close(variable);
        }
    }

    final void closeMany(List<Integer> variables) throws Refused {
        boolean bad = false;
        for (int variable : variables) {
            if (hold(variable).place() == Place.HERE) {
                close(variable);
            } else {
                bad |= !isZero(variable); // H-7
            }
        }
        if (bad) {
            throw new Refused(BAD_HANDLE, "H-7");
        }
    }

    // Section 3: signals.

    /// W-1.
    final void change(Thing thing, int clear, int set) {
        int before = thing.signals;
        thing.signals = (before & ~clear) | set;
        if (thing.signals == before) {
            return;
        }
        for (Wait wait : thing.waits) { // W-7, P-11
            if ((thing.signals & wait.signals()) != 0 && !fire(wait, thing.signals, 1)) {
                thing.waits = Thing.minus(thing.waits, wait);
            }
        }
    }

    final void signal(int variable, int clear, int set) throws Refused {
        Thing thing = any(variable, Bits.SIGNAL);
        if (!thing.type.waitable()) {
            throw new Refused(NOT_SUPPORTED, "W-2");
        }
        requireSettable(thing, clear | set);
        change(thing, clear, set);
    }

    private static void requireSettable(Thing thing, int mask) throws Refused {
        if ((mask & ~thing.type.settable()) != 0) {
            throw new Refused(INVALID_ARGS, "W-2");
        }
    }

    final void signalPeer(int variable, int clear, int set) throws Refused {
        Thing thing = any(variable, Bits.SIGNAL_PEER);
        if (!(thing instanceof End end)) {
            throw new Refused(NOT_SUPPORTED, "W-2");
        }
        requireSettable(thing, clear | set); // W-2: before PEER_CLOSED
        if (end.peerGone) {
            throw new Refused(PEER_CLOSED, "K-5");
        }
        change(thing(end.related), clear, set);
    }

    final Thing waitable(int variable) throws Refused {
        Thing thing = any(variable, Bits.WAIT);
        if (!thing.type.waitable()) {
            throw new Refused(NOT_SUPPORTED, "13");
        }
        return thing;
    }

    final boolean waitOne(int variable, int signals, List<Object> values) throws Refused {
        Thing thing = waitable(variable);
        values.add((long) thing.signals); // W-3, W-4
        return (thing.signals & signals) != 0;
    }

    final boolean waitMany(List<Integer> variables, int signals, List<Object> values)
            throws Refused {
        if (variables.size() > 16) {
            throw new Refused(Status.OUT_OF_RANGE, "W-6");
        }
        List<Object> pending = new ArrayList<>();
        boolean satisfied = false;
        for (int variable : variables) {
            satisfied |= waitOne(variable, signals, pending);
        }
        values.addAll(pending); // W-6: not written if an item fails
        return satisfied;
    }

    // Section 4: ports.

    /// Says whether the wait goes on.
    private boolean fire(Wait wait, int signals, int count) {
        if (!(things.get(wait.port()) instanceof Port port) || port.handles == 0) {
            return false; // P-15
        }
        noteLastRoom(port);
        boolean full = port.queue.size() >= Bits.PORT_HOLDS;
        for (Packet queued : port.queue) {
            if (queued.waitId() == wait.id() && !full) {
                List<Packet> queue = new ArrayList<>(port.queue);
                queue.set(queue.indexOf(queued), observedToo(queued, signals)); // P-8
                port.queue = List.copyOf(queue);
                return true;
            }
        }
        if (full) {
            return false; // P-10
        }
        push(
                port,
                new Packet(
                        wait.key(),
                        wait.repeating() ? Packet.REPEATING : Packet.ONCE,
                        wait.signals(), // P-5
                        signals,
                        count,
                        wait.id(),
                        wait.handle(),
                        phase,
                        actor));
        return wait.repeating(); // P-7, P-8
    }

    private static Packet observedToo(Packet old, int signals) {
        return new Packet(
                old.key(),
                old.type(),
                old.a(),
                old.b() | signals,
                old.count(),
                old.waitId(),
                old.handle(),
                old.phase(),
                old.actor());
    }

    private static void push(Port port, Packet packet) {
        port.queue = Thing.plus(port.queue, packet); // P-1
    }

    /// User and exception packets in all ports.
    private int pooled() {
        int pooled = 0;
        for (Thing thing : things.values()) {
            if (thing instanceof Port port) {
                for (Packet packet : port.queue) {
                    pooled += packet.waitId() == 0 ? 1 : 0;
                }
            }
        }
        return pooled;
    }

    /// For exception packets: says why not.
    final Status queue(Port port, Packet packet) {
        if (pooled() >= Bits.POOL_HOLDS) {
            return Status.NO_MEMORY; // P-3
        }
        noteLastRoom(port);
        if (port.queue.size() >= Bits.PORT_HOLDS) {
            return Status.SHOULD_WAIT; // P-3
        }
        push(port, packet);
        return Status.OK;
    }

    /// Where threads run for the last room in a port, who gets it is up to the scheduler.
    private void noteLastRoom(Port port) {
        open |= awake > 1 && port.queue.size() + awake >= Bits.PORT_HOLDS;
    }

    final void portQueue(int variable, long key, int count) throws Refused {
        Port port = (Port) need(variable, Bits.WRITE, Type.PORT);
        int inPool = Bits.POOL_HOLDS - pooled();
        int inPort = Bits.PORT_HOLDS - port.queue.size();
        int room = Math.min(count, Math.min(inPool, inPort));
        List<Packet> queue = new ArrayList<>(port.queue);
        queue.addAll(
                Collections.nCopies(
                        room, new Packet(key, Packet.USER, 0, 0, 0, 0, 0, phase, 0))); // P-4
        port.queue = List.copyOf(queue);
        if (room < count) {
            throw new Refused(inPool <= inPort ? Status.NO_MEMORY : Status.SHOULD_WAIT, "P-3");
        }
    }

    final void waitAsync(int variable, int portVariable, long key, int signals, int options)
            throws Refused {
        Port port = (Port) need(portVariable, Bits.WRITE, Type.PORT); // P-6
        Thing source = waitable(variable);
        if (options != 0 && options != 1) {
            throw new Refused(INVALID_ARGS, "P-6");
        }
        int count =
                source instanceof End end && (signals & Bits.READABLE) != 0
                        ? Math.max(1, end.messages.size())
                        : 1; // P-9
        Wait wait = new Wait(serial(), variable, port.id, key, signals, options == 1, count);
        if ((source.signals & signals) == 0 || fire(wait, source.signals, count)) { // P-6
            List<Wait> waits = new ArrayList<>(source.waits);
            waits.addFirst(wait); // W-7
            source.waits = List.copyOf(waits);
        }
    }

    final void portCancel(int portVariable, int source, long key) throws Refused {
        Port port = (Port) need(portVariable, Bits.WRITE, Type.PORT);
        Thing thing = waitable(source);
        List<Wait> left =
                thing.waits.stream()
                        .filter(w -> w.handle() != source || w.port() != port.id || w.key() != key)
                        .toList();
        List<Packet> kept = new ArrayList<>(); // P-12
        for (Packet packet : port.queue) {
            boolean ofWait = packet.waitId() != 0 && packet.key() == key;
            if (ofWait && isStale(packet)) {
                open = true; // open point 8
            }
            if (!ofWait || packet.handle() != source) {
                kept.add(packet);
            }
        }
        boolean removed = left.size() < thing.waits.size() || kept.size() < port.queue.size();
        thing.waits = left;
        port.queue = List.copyOf(kept);
        if (!removed) {
            throw new Refused(Status.NOT_FOUND, "P-12");
        }
    }

    private boolean isStale(Packet packet) {
        Hold hold = hold(packet.handle());
        return hold.place() != Place.HERE || packet.phase() <= hold.moved();
    }

    // Section 12: channels.

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
                    close(handle);
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
