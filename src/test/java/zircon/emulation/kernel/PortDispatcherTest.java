package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_SHOULD_WAIT;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_TIME_INFINITE_PAST;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.stream.Stream;

@Timeout(60)
class PortDispatcherTest {
    private final TestKernel test = new TestKernel();
    private final PortDispatcher port = test.port();

    private static PortPacket packet(long key) {
        return new PortPacket.UserPacket(key, 1, 2, 3, 4, 5);
    }

    private int queue(PortDispatcher to, long key) {
        return test.status(() -> to.queue(packet(key)));
    }

    /// A guest that reads one packet and logs it.
    private GuestCode reader(long deadline) {
        return thread -> {
            try (var _ = test.kernel.lock()) {
                test.log.add("got " + port.read(thread, deadline).key());
            } catch (Refusal refusal) {
                test.log.add("status " + refusal.status());
            }
        };
    }

    @Test
    @DisplayName("P-1: first in, first out")
    void fifo() {
        queue(port, 1);
        queue(port, 2);
        assertThat(test.take(port)).isEqualTo(packet(1));
        assertThat(test.take(port)).isEqualTo(packet(2));
    }

    @Test
    @DisplayName("P-1: one packet wakes one reader")
    void onePacketWakesOne() {
        var _ = test.spawn(reader(Long.MAX_VALUE));
        var _ = test.spawn(reader(Long.MAX_VALUE));
        test.quiesce();
        queue(port, 1);
        test.quiesce();
        assertThat(test.log).containsExactly("got 1");
        queue(port, 2);
        test.quiesce();
        assertThat(test.log).containsExactly("got 1", "got 2");
    }

    @Test
    @DisplayName("P-1: as many readers wake as there are packets")
    void noReaderWakesInVain() {
        List<ThreadDispatcher> readers =
                Stream.generate(() -> test.spawn(reader(Long.MAX_VALUE)).thread())
                        .limit(3)
                        .toList();
        test.quiesce();
        test.locked(
                () -> {
                    // Something to do, once it is awake.
                    readers.forEach(ThreadDispatcher::raisePolicyException);
                    queue(port, 1);
                    assertThat(readers).filteredOn(ThreadDispatcher::isToBeInterrupted).hasSize(1);
                    queue(port, 2);
                    assertThat(readers).filteredOn(ThreadDispatcher::isToBeInterrupted).hasSize(2);
                });
        test.quiesce();
        assertThat(port.queued()).isZero();
    }

    @Test
    @DisplayName("P-1: a reader that is killed as its packet comes passes the packet on")
    void noWakeUpIsLost() {
        Spawned first = test.spawn(reader(Long.MAX_VALUE));
        test.quiesce();
        var _ = test.spawn(reader(Long.MAX_VALUE));
        test.quiesce();
        test.locked(
                () -> {
                    first.thread().kill();
                    port.queue(packet(1));
                });
        test.quiesce();
        assertThat(test.log).containsExactlyInAnyOrder("status -502", "got 1");
    }

    @Test
    @DisplayName("P-1: a woken reader that finds its packet taken goes on waiting")
    void aWokenReaderMayFindNothing() {
        var _ = test.spawn(reader(test.clock.monotonic() + 10));
        test.quiesce();
        test.locked(
                () -> {
                    port.queue(packet(1));
                    port.read(test.host, 0);
                });
        test.quiesce();
        assertThat(test.log).isEmpty();
        test.clock.advance(10);
        test.quiesce();
        assertThat(test.log).containsExactly("status " + ZX_ERR_TIMED_OUT());
    }

    @Test
    @DisplayName(
            "P-2: a packet is there before the deadline is looked at; empty and past is TIMED_OUT")
    void deadlinesInThePast() {
        for (long past : new long[] {0, ZX_TIME_INFINITE_PAST(), test.clock.monotonic()}) {
            queue(port, 1);
            assertThat(test.locked(() -> port.read(test.host, past)).key()).isEqualTo(1);
            assertThat(test.status(() -> port.read(test.host, past))).isEqualTo(ZX_ERR_TIMED_OUT());
        }
    }

    @Test
    @DisplayName("P-3: 2049 packets fit, one more is SHOULD_WAIT")
    void thePortHasALimit() {
        for (int i = 0; i < 2049; i++) {
            assertThat(queue(port, i)).isZero();
        }
        assertThat(queue(port, 0)).isEqualTo(ZX_ERR_SHOULD_WAIT());
        var _ = test.take(port);
        assertThat(queue(port, 0)).isZero();
    }

    @Test
    @DisplayName(
            "P-3: all ports together hold 16384 packets, one more is NO_MEMORY, before SHOULD_WAIT")
    void thePoolHasALimit() {
        int queued = 0;
        PortDispatcher full = port;
        while (queued < 16384) {
            full = test.port();
            for (int i = 0; i < 2049 && queued < 16384; i++, queued++) {
                assertThat(queue(full, i)).isZero();
            }
        }
        assertThat(queue(test.port(), 0)).isEqualTo(ZX_ERR_NO_MEMORY());
        PortDispatcher last = full;
        var _ = test.take(last);
        assertThat(queue(test.port(), 0)).isZero();
    }

    @Test
    @DisplayName("P-3, P-15: a closed port gives its packets back to the pool")
    void aClosedPortFreesThePool() {
        for (int round = 0; round < 10; round++) {
            PortDispatcher closing = test.locked(() -> new PortDispatcher(test.kernel));
            Handle handle = test.handle(closing);
            for (int i = 0; i < 2049; i++) {
                assertThat(queue(closing, i)).isZero();
            }
            test.close(handle);
            assertThat(closing.queued()).isZero();
            assertThat(queue(closing, 1)).isEqualTo(ZX_ERR_BAD_STATE());
        }
    }

    @Test
    @DisplayName("P-3: a packet that a full port refuses is not taken from the pool")
    void refusedPacketsAreNotTaken() {
        for (int i = 0; i < 2049; i++) {
            assertThat(queue(port, i)).isZero();
        }
        for (int i = 0; i < 16384; i++) {
            assertThat(queue(port, i)).isEqualTo(ZX_ERR_SHOULD_WAIT());
        }
        assertThat(queue(test.port(), 1)).isZero();
    }

    @Test
    @DisplayName("P-14: closing the port leaves its readers until their deadline")
    void closingLeavesReaders() {
        PortDispatcher closing = test.locked(() -> new PortDispatcher(test.kernel));
        Handle handle = test.handle(closing);
        long deadline = test.clock.monotonic() + 100;
        var _ =
                test.spawn(
                        thread ->
                                test.log.add(
                                        "status "
                                                + test.status(
                                                        () -> closing.read(thread, deadline))));
        test.quiesce();
        test.close(handle);
        test.quiesce();
        assertThat(test.log).isEmpty();
        test.clock.advance(100);
        test.quiesce();
        assertThat(test.log).containsExactly("status " + ZX_ERR_TIMED_OUT());
    }

    @Test
    @DisplayName("Fault injection: a full port, and no memory for a packet")
    void injectedFailures() {
        test.locked(() -> test.kernel.faults().fillPorts(1));
        assertThat(queue(port, 1)).isEqualTo(ZX_ERR_SHOULD_WAIT());
        test.locked(() -> test.kernel.faults().failAllocation(2));
        assertThat(queue(port, 1)).isZero();
        assertThat(queue(port, 2)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(queue(port, 3)).isZero();
        assertThat(port.queued()).isEqualTo(2);
    }
}
