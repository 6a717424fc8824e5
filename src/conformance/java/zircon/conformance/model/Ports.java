package zircon.conformance.model;

import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_SUPPORTED;
import static zircon.conformance.model.Status.PEER_CLOSED;

import zircon.conformance.model.Thing.End;
import zircon.conformance.model.Thing.Packet;
import zircon.conformance.model.Thing.Port;
import zircon.conformance.model.Thing.Wait;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Sections 3 and 4: signals, waits and ports.
abstract class Ports extends State {
    Ports() {}

    Ports(State other) {
        super(other);
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

    private void push(Port port, Packet packet) {
        open |= woken; // who was woken may have gone on by now
        woken = readers(port) > 0;
        awake += woken && actor != 0 ? 1 : 0;
        port.queue = Thing.plus(port.queue, packet); // P-1
    }

    /// Threads that wait in zx_port_wait().
    abstract int readers(Port port);

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
        open |= readers(port) > 0 && count > 1; // it goes on between them
        List<Packet> queue = new ArrayList<>(port.queue);
        queue.addAll(
                Collections.nCopies(
                        room, new Packet(key, Packet.USER, 0, 0, 0, 0, 0, phase, 0))); // P-4
        port.queue = List.copyOf(queue);
        if (room < count) {
            throw new Refused(inPool <= inPort ? Status.NO_MEMORY : Status.SHOULD_WAIT, "P-3");
        }
    }

    // P-1, P-2, and Q-11 with open point 16: threads that ran in the same step queue in any order.

    final void portWait(int variable, List<Object> values, List<List<Object>> anyOf)
            throws Refused {
        Port port = (Port) need(variable, Bits.READ, Type.PORT);
        if (port.queue.isEmpty()) {
            throw new Refused(Status.TIMED_OUT, "P-2");
        }
        List<Packet> firsts = firsts(port);
        if (firsts.size() > 1) {
            firsts.forEach(packet -> anyOf.add(values(packet)));
        } else {
            values.addAll(values(firsts.getFirst()));
            port.queue = List.copyOf(port.queue.subList(1, port.queue.size())); // P-1
        }
    }

    static List<Packet> firsts(Port port) {
        Packet oldest = port.queue.getFirst();
        List<Packet> firsts = new ArrayList<>();
        Set<Integer> actors = new HashSet<>();
        for (Packet packet : port.queue) {
            if (packet.phase() == oldest.phase() && actors.add(packet.actor())) {
                firsts.add(packet);
            }
        }
        return oldest.actor() == 0 ? List.of(oldest) : firsts;
    }

    static List<Object> values(Packet packet) {
        if (packet.isException()) { // X-5 (c)
            return List.of(
                    packet.key(),
                    (long) packet.type(),
                    0L,
                    new Outcome.Koid(packet.a()),
                    new Outcome.Koid(packet.b()));
        }
        long observed = (packet.a() & 0xffffffffL) | ((long) packet.b() << 32);
        return List.of(
                packet.key(), (long) packet.type(), 0L, observed, (long) packet.count()); // P-5
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
}
