package zircon.bench.growth;

import zircon.Deadline;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.UserPacket;

import java.util.List;
import java.util.stream.Stream;

/// Packets in a number of ports, of which each has as many as any other. The last of them is queued
/// by the operation itself, which takes the oldest of the same port.
final class QueuedPackets implements Load {
    private static final UserPacket PACKET = UserPacket.of(1);

    private final List<Port> ports;
    private final PacketBuffer buffer = new PacketBuffer();
    private int queued;
    private int turn;

    QueuedPackets(int ports) {
        this.ports = Stream.generate(() -> Port.create().orElseThrow()).limit(ports).toList();
    }

    @Override
    public void resize(int size) {
        for (; queued < size - 1; queued++) {
            queue(port(queued));
        }
        for (; queued > size - 1 && queued > 0; queued--) {
            take(port(queued - 1));
        }
    }

    private Port port(int index) {
        return ports.get(index % ports.size());
    }

    private static void queue(Port port) {
        var _ = port.queue(PACKET).orElseThrow();
    }

    private void take(Port port) {
        var _ = port.waitFor(Deadline.PAST, buffer).orElseThrow();
    }

    @Override
    public void run(int operations) {
        for (int i = 0; i < operations; i++) {
            turn = (turn + 1) % ports.size();
            Port port = ports.get(turn);
            queue(port);
            take(port);
        }
    }

    @Override
    public void close() {
        ports.forEach(Port::close);
        buffer.close();
    }
}
