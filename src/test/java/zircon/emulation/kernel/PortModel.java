package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_ERR_ALREADY_BOUND;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_OK;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What [PortCalls] come to when they happen one after the other.
final class PortModel implements PortCalls {
    private record Packet(int key, boolean ofWait) {}

    private final ArrayDeque<Packet> packets = new ArrayDeque<>();
    private final List<Integer> waits = new ArrayList<>();
    private boolean bound;
    private boolean closed;

    @Override
    public int queue(int key) { // P-1, P-15.
        if (closed) {
            return ZX_ERR_BAD_STATE();
        }
        packets.add(new Packet(key, false));
        return ZX_OK();
    }

    @Override
    public int read() { // P-1, P-2.
        Packet packet = packets.poll();
        return packet == null ? ZX_ERR_TIMED_OUT() : packet.key();
    }

    @Override
    public int await(int key) { // P-6.
        waits.addFirst(key);
        return ZX_OK();
    }

    @Override
    public int pulse() { // P-7, P-11; P-15: a closed port drops them.
        if (!closed) {
            waits.forEach(key -> packets.add(new Packet(key, true)));
        }
        waits.clear();
        return ZX_OK();
    }

    @Override
    public int cancel(int key) { // P-12.
        boolean ended = waits.removeIf(waiting -> waiting == key);
        boolean removed = packets.removeIf(packet -> packet.ofWait() && packet.key() == key);
        return ended || removed ? ZX_OK() : ZX_ERR_NOT_FOUND();
    }

    @Override
    public int bind() { // B-5.
        if (closed) {
            return ZX_ERR_BAD_HANDLE();
        }
        if (bound) {
            return ZX_ERR_ALREADY_BOUND();
        }
        bound = true;
        return ZX_OK();
    }

    @Override
    public int unbind() { // B-3.
        if (!bound) {
            return ZX_ERR_BAD_STATE();
        }
        bound = false;
        return ZX_OK();
    }

    @Override
    public int close() { // P-15.
        closed = true;
        bound = false;
        packets.clear();
        return ZX_OK();
    }
}
