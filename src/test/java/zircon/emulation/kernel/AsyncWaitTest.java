package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_CHANNEL_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_CHANNEL_READABLE;
import static zircon.sys.zircon_h.ZX_CHANNEL_WRITABLE;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_SHOULD_WAIT;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_PROCESS_TERMINATED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.PortPacket.SignalPacket;
import zircon.emulation.kernel.PortPacket.UserPacket;

import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class AsyncWaitTest {
    private static final int USER0 = 1 << 24;
    private static final int USER1 = 1 << 25;
    private static final int USER2 = 1 << 26;
    private static final int ROOM = 2049; // P-3
    private static final int POOL = 16384; // P-3
    private static final boolean ONCE = false;
    private static final boolean REPEATING = true;

    private final TestKernel test = new TestKernel();
    private final PortDispatcher port = test.locked(() -> new PortDispatcher(test.kernel));
    private final Handle portHandle = test.handle(port);
    private final EventDispatcher event = test.locked(() -> new EventDispatcher(test.kernel));
    private final Handle source = test.handle(event);

    private void begin(Handle through, long key, int signals, boolean repeating) {
        test.locked(() -> AsyncWait.begin(port, through, key, signals, repeating));
    }

    private void begin(long key, int signals, boolean repeating) {
        begin(source, key, signals, repeating);
    }

    private void change(int clear, int set) {
        test.locked(() -> event.signal(clear, set));
    }

    /// All packets that are queued, taken out.
    private List<PortPacket> packets() {
        List<PortPacket> packets = new ArrayList<>();
        while (port.queued() > 0) {
            packets.add(test.take(port));
        }
        return packets;
    }

    private List<Long> keys() {
        return packets().stream().map(PortPacket::key).toList();
    }

    private int cancel(Handle through, long key) {
        return test.status(() -> port.cancel(through, key));
    }

    private static SignalPacket once(long key, int trigger, int observed) {
        return new SignalPacket(key, ONCE, trigger, observed, 1);
    }

    private static SignalPacket repeated(long key, int trigger, int observed) {
        return new SignalPacket(key, REPEATING, trigger, observed, 1);
    }

    private void fill(PortDispatcher full) {
        for (int i = full.queued(); i < ROOM; i++) {
            test.locked(() -> full.queue(new UserPacket(-1, 0, 0, 0, 0, 0)));
        }
    }

    @Test
    @DisplayName("P-5, P-6: a signal that is active now is told at once, with all that are active")
    void satisfiedAtOnce() {
        change(0, USER0 | USER1);
        begin(7, USER0 | USER2, ONCE);
        begin(8, USER1, REPEATING);
        assertThat(packets())
                .containsExactly(
                        once(7, USER0 | USER2, USER0 | USER1), repeated(8, USER1, USER0 | USER1));
    }

    @Test
    @DisplayName("P-6: watching nothing is accepted and never fires")
    void nothingNeverFires() {
        change(0, USER0);
        begin(1, 0, ONCE);
        begin(2, 0, REPEATING);
        change(USER0, USER1);
        assertThat(packets()).isEmpty();
        assertThat(cancel(source, 1)).isZero();
    }

    @Test
    @DisplayName("P-6: waits with equal keys are independent")
    void equalKeys() {
        begin(1, USER0, ONCE);
        begin(1, USER0, ONCE);
        begin(1, USER1, ONCE);
        change(0, USER0);
        assertThat(packets()).containsExactly(once(1, USER0, USER0), once(1, USER0, USER0));
        change(USER0, USER1);
        assertThat(packets()).containsExactly(once(1, USER1, USER1));
    }

    @Test
    @DisplayName("P-7: ONCE is over after its packet, whether that is read or not")
    void onceIsOnce() {
        begin(1, USER0, ONCE);
        change(0, USER0);
        change(0, USER1);
        assertThat(packets()).containsExactly(once(1, USER0, USER0));
        change(USER0, 0);
        change(0, USER0);
        assertThat(packets()).isEmpty();
    }

    @Test
    @DisplayName("P-7: so is one that is satisfied at once")
    void onceIsOnceAtOnce() {
        change(0, USER0);
        begin(1, USER0, ONCE);
        assertThat(packets()).hasSize(1);
        change(0, USER1);
        assertThat(packets()).isEmpty();
        assertThat(cancel(source, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("P-8: REPEATING fires at every change while a watched bit is active, and not else")
    void repeatingFollowsChanges() {
        begin(1, USER0, REPEATING);
        assertThat(packets()).isEmpty();
        change(0, USER1);
        assertThat(packets()).as("another bit").isEmpty();
        change(0, USER0);
        assertThat(packets()).containsExactly(repeated(1, USER0, USER0 | USER1));
        change(0, USER0);
        assertThat(packets()).as("no change").isEmpty();
        change(USER1, 0);
        assertThat(packets()).as("any bit's change").containsExactly(repeated(1, USER0, USER0));
        change(USER0, 0);
        assertThat(packets()).as("no watched bit").isEmpty();
        change(USER0, USER0);
        assertThat(packets()).as("active again").containsExactly(repeated(1, USER0, USER0));
    }

    @Test
    @DisplayName("P-8: while its packet is queued, what it observes goes into that packet")
    void repeatingMerges() {
        begin(1, USER0, REPEATING);
        change(0, USER0);
        test.locked(() -> port.queue(new UserPacket(9, 0, 0, 0, 0, 0)));
        change(0, USER1);
        change(USER1, USER2);
        change(USER0 | USER2, 8);
        assertThat(packets())
                .as("8 came when no watched bit was active")
                .containsExactly(
                        repeated(1, USER0, USER0 | USER1 | USER2),
                        new UserPacket(9, 0, 0, 0, 0, 0));
        change(8, USER0);
        assertThat(packets()).as("a fresh packet").containsExactly(repeated(1, USER0, USER0));
    }

    @Test
    @DisplayName("P-9: on a channel, the first packet counts the messages, and merging leaves that")
    void countsMessages() {
        ChannelDispatcher.Pair pair = test.locked(() -> ChannelDispatcher.create(test.kernel));
        Handle reader = test.handle(pair.first());
        Handle writer = test.handle(pair.second());
        int readable = ZX_CHANNEL_READABLE();
        int both = readable | ZX_CHANNEL_WRITABLE();
        begin(reader, 0, ZX_CHANNEL_WRITABLE() | readable, ONCE);
        assertThat(packets())
                .as("no message yet")
                .containsExactly(once(0, both, ZX_CHANNEL_WRITABLE()));
        for (int i = 0; i < 3; i++) {
            test.locked(() -> pair.second().write(new ChannelMessage(new byte[0], List.of())));
        }
        begin(reader, 1, readable, ONCE);
        begin(reader, 2, readable, REPEATING);
        begin(reader, 3, ZX_CHANNEL_WRITABLE(), ONCE);
        test.locked(() -> pair.second().write(new ChannelMessage(new byte[0], List.of())));
        test.locked(() -> pair.first().signal(0, USER0));
        assertThat(packets())
                .containsExactly(
                        new SignalPacket(1, ONCE, readable, both, 3),
                        new SignalPacket(2, REPEATING, readable, both | USER0, 3),
                        once(3, ZX_CHANNEL_WRITABLE(), both));
        test.close(writer);
        assertThat(packets())
                .as("later packets count one")
                .containsExactly(
                        repeated(2, readable, readable | ZX_CHANNEL_PEER_CLOSED() | USER0));
    }

    @Test
    @DisplayName("P-10: a full queue drops the packet and ends the wait, silently")
    void aFullQueueEndsTheWait() {
        begin(1, USER0, ONCE);
        begin(2, USER0, REPEATING);
        fill(port);
        change(0, USER0);
        begin(3, USER0, ONCE);
        begin(4, USER0, REPEATING);
        assertThat(port.queued()).isEqualTo(ROOM);
        var _ = packets();
        change(USER0, 0);
        change(0, USER0);
        assertThat(packets()).isEmpty();
        for (int key = 1; key <= 4; key++) {
            assertThat(cancel(source, key)).isEqualTo(ZX_ERR_NOT_FOUND());
        }
    }

    @Test
    @DisplayName("P-10: for REPEATING also when its packet is queued already; that packet stays")
    void aFullQueueEndsTheWaitButLeavesItsPacket() {
        begin(1, USER0, REPEATING);
        change(0, USER0);
        fill(port);
        change(0, USER1);
        assertThat(test.take(port)).isEqualTo(repeated(1, USER0, USER0));
        var _ = packets();
        change(USER1, 0);
        assertThat(packets()).isEmpty();
    }

    @Test
    @DisplayName("P-10: one packet before the queue is full, both modes still work")
    void aQueueThatIsAlmostFull() {
        begin(1, USER0, ONCE);
        fill(port);
        var _ = test.take(port);
        change(0, USER0);
        assertThat(port.queued()).isEqualTo(ROOM);
        assertThat(keys()).endsWith(1L);
    }

    @Test
    @DisplayName("P-3, P-10: fault injection fills ports for these packets, too")
    void injectedFullPort() {
        change(0, USER0);
        test.locked(() -> test.kernel.faults().fillPorts(1));
        begin(1, USER0, REPEATING);
        begin(2, USER0, ONCE);
        assertThat(packets()).containsExactly(once(2, USER0, USER0));
        assertThat(cancel(source, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("P-3: these packets count for the port's limit and not for the pool")
    void limits() {
        change(0, USER0);
        for (int i = 0; i < ROOM; i++) {
            begin(1, USER0, ONCE);
        }
        assertThat(port.queued()).isEqualTo(ROOM);
        UserPacket user = new UserPacket(0, 0, 0, 0, 0, 0);
        assertThat(test.status(() -> port.queue(user))).isEqualTo(ZX_ERR_SHOULD_WAIT());
        int pooled = 0;
        PortDispatcher other = test.port();
        while (test.status(() -> test.kernel.packets().take()) == 0) {
            pooled++;
        }
        assertThat(pooled).as("nothing is taken from the pool").isEqualTo(POOL);
        assertThat(test.status(() -> other.queue(user))).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(keys()).as("reading gives nothing back").hasSize(ROOM);
        assertThat(test.status(() -> other.queue(user))).isEqualTo(ZX_ERR_NO_MEMORY());
        begin(2, USER0, ONCE);
        assertThat(keys()).as("an empty pool does not matter").containsExactly(2L);
    }

    @Test
    @DisplayName("W-7, P-11: waits that one change triggers queue the newest first")
    void newestFirst() {
        for (int key = 1; key <= 4; key++) {
            begin(key, USER0, key % 2 == 0);
        }
        change(0, USER0);
        assertThat(keys()).containsExactly(4L, 3L, 2L, 1L);
        change(0, USER1);
        assertThat(keys()).containsExactly(4L, 2L);
    }

    @Test
    @DisplayName("P-12: cancel ends all waits of this handle, this port and this key, no others")
    void cancelIsExact() {
        Handle copy = test.handle(event);
        PortDispatcher other = test.port();
        begin(source, 1, USER0, ONCE);
        begin(source, 1, USER1, REPEATING);
        begin(source, 2, USER0, ONCE);
        begin(copy, 1, USER0, ONCE);
        test.locked(() -> AsyncWait.begin(other, source, 1, USER0, ONCE));
        assertThat(cancel(source, 3)).isEqualTo(ZX_ERR_NOT_FOUND());
        assertThat(cancel(source, 1)).isZero();
        assertThat(cancel(source, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
        change(0, USER0 | USER1);
        assertThat(keys()).containsExactly(1L, 2L);
        assertThat(test.takeKey(other)).isEqualTo(1);
    }

    @Test
    @DisplayName("P-12: cancel removes queued packets of such waits, and no user packets")
    void cancelRemovesPackets() {
        Handle copy = test.handle(event);
        begin(source, 1, USER0, ONCE);
        begin(source, 1, USER0, REPEATING);
        begin(source, 2, USER0, ONCE);
        begin(copy, 1, USER0, ONCE);
        change(0, USER0);
        test.locked(() -> port.queue(new UserPacket(1, 0, 0, 0, 0, 0)));
        assertThat(cancel(source, 1)).isZero();
        assertThat(packets())
                .containsExactly(
                        once(1, USER0, USER0),
                        once(2, USER0, USER0),
                        new UserPacket(1, 0, 0, 0, 0, 0));
        change(USER0, 0);
        change(0, USER0);
        assertThat(packets()).as("the repeating one is over").isEmpty();
        assertThat(cancel(source, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("P-12: a packet alone, whose wait is over, is something to cancel")
    void cancelOfAPacketAlone() {
        begin(1, USER0, ONCE);
        change(0, USER0);
        assertThat(cancel(source, 1)).isZero();
        assertThat(packets()).isEmpty();
    }

    @Test
    @DisplayName("P-13, H-8: closing the source handle ends its waits and leaves queued packets")
    void closingTheSource() {
        Handle copy = test.handle(event);
        begin(source, 1, USER0, REPEATING);
        begin(copy, 2, USER0, REPEATING);
        change(0, USER0);
        test.close(source);
        change(0, USER1);
        assertThat(packets())
                .as("H-9: the other handle's goes on")
                .containsExactly(repeated(2, USER0, USER0 | USER1), repeated(1, USER0, USER0));
        change(USER1, 0);
        assertThat(keys()).containsExactly(2L);
    }

    @Test
    @DisplayName("H-10: a handle in a message still waits; reading the message ends that")
    void movingTheSource() {
        Handle copy = test.handle(event);
        ChannelDispatcher.Pair pair = test.locked(() -> ChannelDispatcher.create(test.kernel));
        var _ = test.handle(pair.first());
        var _ = test.handle(pair.second());
        begin(source, 1, USER0, REPEATING);
        test.locked(
                () -> {
                    test.kernel.hostProcess().handles().remove(source);
                    pair.first().write(new ChannelMessage(new byte[0], List.of(source)));
                });
        change(0, USER0);
        assertThat(packets()).containsExactly(repeated(1, USER0, USER0));
        test.locked(
                () ->
                        pair.second()
                                .take()
                                .handles()
                                .forEach(test.kernel.hostProcess().handles()::add));
        change(0, USER1);
        assertThat(packets()).isEmpty();
        begin(copy, 2, USER1, ONCE);
        assertThat(keys()).containsExactly(2L);
    }

    @Test
    @DisplayName("H-10: so does the end of a message that nobody reads")
    void losingTheSource() {
        ChannelDispatcher.Pair pair = test.locked(() -> ChannelDispatcher.create(test.kernel));
        var _ = test.handle(pair.first());
        Handle reader = test.handle(pair.second());
        ProcessDispatcher process = test.process(test.kernel.rootJob());
        Handle processHandle = test.handle(process);
        begin(processHandle, 1, USER0, REPEATING);
        test.locked(
                () -> {
                    test.kernel.hostProcess().handles().remove(processHandle);
                    pair.first().write(new ChannelMessage(new byte[0], List.of(processHandle)));
                });
        test.close(reader);
        test.locked(() -> process.signal(0, USER0));
        assertThat(packets()).isEmpty();
    }

    @Test
    @DisplayName("P-15: the last port handle's end discards the queue; waits end when they fire")
    void closingThePort() {
        begin(1, USER0, REPEATING);
        begin(2, USER1, ONCE);
        change(0, USER0);
        test.close(portHandle);
        assertThat(port.queued()).isZero();
        change(0, USER1);
        change(USER0 | USER1, USER2);
        assertThat(port.queued()).isZero();
        assertThat(cancel(source, 1)).as("dropped as it fired").isEqualTo(ZX_ERR_NOT_FOUND());
        assertThat(cancel(source, 2)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("P-15: until they fire, the waits of a closed port are still there")
    void waitsOutliveThePort() {
        begin(1, USER0, ONCE);
        test.close(portHandle);
        change(0, USER1);
        assertThat(cancel(source, 1)).isZero();
    }

    @Test
    @DisplayName("object_wait_async: NO_MEMORY comes before anything is changed")
    void noMemory() {
        change(0, USER0);
        test.locked(() -> test.kernel.faults().failAllocation(1));
        assertThat(test.status(() -> AsyncWait.begin(port, source, 1, USER0, REPEATING)))
                .isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(packets()).isEmpty();
        assertThat(cancel(source, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("P-1: a packet of a wait wakes one reader; one that is canceled wakes none")
    void wakesAReader() {
        begin(1, USER0, REPEATING);
        long deadline = test.clock.monotonic() + 10;
        var _ =
                test.spawn(
                        thread -> {
                            try (var _ = test.kernel.lock()) {
                                test.log.add("got " + port.read(thread, deadline).key());
                                test.log.add("got " + port.read(thread, deadline).key());
                            } catch (Refusal refusal) {
                                test.log.add("status " + refusal.status());
                            }
                        });
        test.quiesce();
        change(0, USER0);
        test.quiesce();
        assertThat(test.log).containsExactly("got 1");
        test.locked(
                () -> {
                    event.signal(0, USER1);
                    port.cancel(source, 1);
                });
        test.quiesce();
        assertThat(test.log).containsExactly("got 1");
        test.clock.advance(10);
        test.quiesce();
        assertThat(test.log).containsExactly("got 1", "status " + ZX_ERR_TIMED_OUT());
    }

    @Test
    @DisplayName("P-8: tasks tell of their end as events do of theirs")
    void aProcessEnds() {
        Spawned spawned = test.spawn(test.sleeper());
        Handle process =
                test.locked(() -> test.kernel.hostProcess().handles().get(spawned.handle()));
        begin(process, 5, ZX_PROCESS_TERMINATED(), ONCE);
        test.locked(() -> spawned.process().kill());
        test.quiesce();
        assertThat(packets())
                .containsExactly(once(5, ZX_PROCESS_TERMINATED(), ZX_PROCESS_TERMINATED()));
    }

    @Test
    @DisplayName("H-8: 100,000 waits through one handle end in one go, as do those that fire")
    void manyWaits() {
        for (int i = 0; i < 100_000; i++) {
            begin(i, USER0, REPEATING);
        }
        for (int i = 0; i < 100_000; i++) {
            begin(i, USER1, ONCE);
        }
        change(0, USER1);
        assertThat(port.queued()).isEqualTo(ROOM);
        test.close(source);
        assertThat(keys()).hasSize(ROOM);
    }
}
