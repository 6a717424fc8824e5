package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Deadline;
import zircon.Ok;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.Resume;
import zircon.UserPacket;
import zircon.ZxError;
import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.util.ArrayList;
import java.util.List;

/// a packet that finds no room ends the search.
class FullPortTest extends KernelFixture {
    private static final int ROOM = 2049; // P-3
    private static final int POOL = 16384;

    @Test
    @DisplayName(
            "X-6: a port that takes no packet stops the search: the process dies, nobody else is"
                    + " asked")
    void injected() {
        Victim victim = Victim.in(scope);
        Port full = scope.port();
        Port later = scope.port();
        Slot.PROCESS.bind(victim, full);
        Slot.JOB.bind(victim, later);

        HostEmulation.instance().fillPorts(1);
        victim.guest().fault();

        requireKilled(victim);
        Packets.requireNone(full);
        Packets.requireNone(later);
    }

    @Test
    @DisplayName("X-6: what was asked before stays asked")
    void inTheMiddleOfTheSearch() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Slot.THREAD.bind(victim, port);
        Slot.PROCESS.bind(victim, port);
        Slot.JOB.bind(victim, port);
        victim.guest().fault();
        assertThat(Packets.exception(port).key()).isEqualTo(Slot.THREAD.key());
        HostEmulation.instance().fillPorts(1);

        var _ = victim.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();

        requireKilled(victim);
        Packets.requireNone(port);
    }

    @Test
    @DisplayName("X-6: the same with a port that is really full: 2049 packets fit (P-3)")
    void reallyFull() {
        Victim victim = Victim.in(scope);
        Port full = scope.port();
        Port later = scope.port();
        assertThat(fill(full, ROOM + 1)).isEqualTo(ROOM);
        assertThat(full.queue(UserPacket.of(0))).isEqualTo(ZxError.SHOULD_WAIT.err());
        Slot.PROCESS.bind(victim, full);
        Slot.JOB.bind(victim, later);

        victim.guest().fault();

        requireKilled(victim);
        Packets.requireNone(later);
        drain(full, ROOM);
    }

    @Test
    @DisplayName("X-6: with room for one packet more the handler is asked")
    void almostFull() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        assertThat(fill(port, ROOM - 1)).isEqualTo(ROOM - 1);
        Slot.PROCESS.bind(victim, port);
        victim.guest().fault();
        Packets.settle();
        requireWaiting(victim.thread(), Slot.PROCESS.type());
        drain(port, ROOM - 1);
        var _ = Packets.exceptionOf(victim.koid(), port);
    }

    @Test
    @DisplayName(
            "X-6: the same with a packet pool that is really empty: 16384 packets in all (P-3)")
    void emptyPool() {
        Victim victim = Victim.in(scope);
        Port port = scope.port();
        Port later = scope.port();
        List<Port> fillers = new ArrayList<>();
        int left = POOL;
        while (left > 0) {
            Port filler = scope.port();
            fillers.add(filler);
            left -= fill(filler, Math.min(left, ROOM));
        }
        assertThat(port.queue(UserPacket.of(0))).isEqualTo(ZxError.NO_MEMORY.err());
        Slot.PROCESS.bind(victim, port);
        Slot.JOB.bind(victim, later);

        victim.guest().fault();

        requireKilled(victim);
        Packets.requireNone(port);
        Packets.requireNone(later);
        fillers.getFirst().close();
        assertThat(port.queue(UserPacket.of(0))).isEqualTo(Ok.UNIT);
    }

    private static void requireKilled(Victim victim) {
        Guest.awaitEnd(victim.process());
        assertThat(victim.returnCode()).isEqualTo(-1);
    }

    /// Queues up to `count` packets, and says how many were taken.
    private static int fill(Port port, int count) {
        for (int i = 0; i < count; i++) {
            if (!port.queue(UserPacket.of(i)).isOk()) {
                return i;
            }
        }
        return count;
    }

    private static void drain(Port port, int count) {
        try (var buffer = new PacketBuffer()) {
            for (int i = 0; i < count; i++) {
                var _ = port.waitFor(Deadline.PAST, buffer).orElseThrow();
                assertThat(buffer.key()).isEqualTo(i);
            }
        }
    }
}
