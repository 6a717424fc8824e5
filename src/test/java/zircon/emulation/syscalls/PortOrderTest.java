package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_SHOULD_WAIT;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_POL_NEW_PORT;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_SLEEPING;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.Spawned;

/// Section 13's order of checks: ports, clocks and the system.
@Timeout(60)
class PortOrderTest {
    private static final int PORT_HOLDS = 2049;
    private static final int POOL_HOLDS = 16384;

    @Test
    @DisplayName("13 port_create, P-16: policy, options, NO_MEMORY, out")
    void portCreate() {
        CheckOrder.of(
                        with -> with.put("out", with.zx.memory.room(4)),
                        with ->
                                with.zx.ports.portCreate(
                                        with.caller(), with.i("options"), with.l("out")))
                .step(ZX_ERR_ACCESS_DENIED(), with -> with.deny(ZX_POL_NEW_PORT()))
                .step(ZX_ERR_INVALID_ARGS(), "options", 2)
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                .check();
    }

    private static int queue(Arguments with, int port, long packet) {
        return with.zx.ports.portQueue(with.zx.caller, port, packet);
    }

    /// Fills a port, all that it holds.
    private static void fill(Arguments with, int port, int packets) {
        long packet = with.zx.memory.longs(1, 0, 0, 0, 0, 0);
        for (int i = 0; i < packets; i++) {
            assertThat(queue(with, port, packet)).isZero();
        }
    }

    @Test
    @DisplayName("13 port_queue, P-3: handle, WRITE, type, packet, pool, room")
    void portQueue() {
        CheckOrder.of(
                        with -> {
                            int port = with.zx.port();
                            with.put("full", port);
                            with.put("port", with.handle(port, ZX_RIGHT_WRITE()));
                            with.put("packet", with.zx.memory.longs(1, 0, 0, 0, 0, 0));
                        },
                        with -> queue(with, with.i("port"), with.l("packet")))
                .lookup("port")
                .step(ZX_ERR_INVALID_ARGS(), "packet", FakeMemory.WILD)
                .step(
                        ZX_ERR_NO_MEMORY(),
                        with -> {
                            // What the full port holds already is of the pool, too.
                            int left = POOL_HOLDS - with.i("filled");
                            while (left > 0) {
                                int packets = Math.min(left, PORT_HOLDS);
                                fill(with, with.zx.port(), packets);
                                left -= packets;
                            }
                        })
                .step(
                        ZX_ERR_SHOULD_WAIT(),
                        with -> {
                            fill(with, with.i("full"), PORT_HOLDS);
                            with.put("filled", PORT_HOLDS);
                        })
                .check();
    }

    @Test
    @DisplayName("13 port_wait, P-2: handle, READ, type, the wait, then the place for the packet")
    void portWait() {
        CheckOrder.of(
                        with -> {
                            int port = with.zx.port();
                            fill(with, port, 1);
                            with.put("port", with.handle(port, ZX_RIGHT_READ()));
                            with.put("packet", with.zx.memory.room(48));
                        },
                        with ->
                                with.zx.ports.portWait(
                                        with.caller(), with.i("port"), 0, with.l("packet")))
                .lookup("port")
                .step(
                        ZX_ERR_TIMED_OUT(),
                        with -> {
                            long packet = with.zx.memory.room(48);
                            var _ =
                                    with.zx.ports.portWait(
                                            with.zx.caller, with.i("port"), 0, packet);
                        })
                .step(ZX_ERR_INVALID_ARGS(), "packet", FakeMemory.readOnly())
                .check();
    }

    @Test
    @DisplayName("13 port_cancel, P-12: handle, WRITE, type, source, its WAIT, waitable, NOT_FOUND")
    void portCancel() {
        CheckOrder.of(
                        with -> {
                            int port = with.handle(with.zx.port(), ZX_RIGHT_WRITE());
                            int source = with.handle(with.zx.event(), ZX_RIGHT_WAIT());
                            assertThat(
                                            with.zx.waits.objectWaitAsync(
                                                    with.zx.caller, source, port, 5, 8, 0))
                                    .isZero();
                            with.put("port", port);
                            with.put("source", source);
                            with.put("key", 5);
                        },
                        with ->
                                with.zx.waits.portCancel(
                                        with.caller(),
                                        with.i("port"),
                                        with.i("source"),
                                        with.l("key")))
                .lookup("port")
                .step(ZX_ERR_BAD_HANDLE(), "source", Arguments.BAD)
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put("source", with.handle(with.zx.event(), 0)))
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("source", with.handle(with.zx.port(), Arguments.ALL)))
                .step(ZX_ERR_NOT_FOUND(), "key", 6)
                .check();
    }

    @Test
    @DisplayName("13 nanosleep: a deadline that is not positive yields; else it sleeps; always OK")
    void nanosleep() {
        TestSyscalls zx = new TestSyscalls();
        assertThat(zx.clocks.nanosleep(zx.caller, 0)).isZero();
        assertThat(zx.clocks.nanosleep(zx.caller, Long.MIN_VALUE)).isZero();
        Spawned spawned =
                zx.test.spawn(
                        thread -> {
                            long deadline = zx.test.clock.monotonic() + 10;
                            int status = zx.clocks.nanosleep(zx.caller(thread), deadline);
                            zx.test.log.add("status " + status);
                        });
        zx.test.quiesce();
        assertThat(zx.test.locked(() -> spawned.thread().reportedState()))
                .isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
        assertThat(zx.test.log).isEmpty();
        zx.test.clock.advance(10);
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("status 0");
    }

    @Test
    @DisplayName("13 clock_get, 13 clock_get_new: an unknown id is 0 and INVALID_ARGS")
    void clocks() {
        var with = new Arguments();
        assertThat(with.zx.clocks.clockGet(with.caller(), 0)).isNotZero();
        assertThat(with.zx.clocks.clockGet(with.caller(), 9)).isZero();
        CheckOrder.of(
                        good -> good.put("out", good.zx.memory.room(8)),
                        good ->
                                good.zx.clocks.clockGetNew(
                                        good.caller(), good.i("id"), good.l("out")))
                .step(ZX_ERR_INVALID_ARGS(), "id", 9)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                .check();
    }

    @Test
    @DisplayName("13 system_get_version: a size below 64 is BUFFER_TOO_SMALL, then the store")
    void systemGetVersion() {
        CheckOrder.of(
                        with -> {
                            with.put("out", with.zx.memory.room(64));
                            with.put("size", 64);
                        },
                        with ->
                                with.zx.system.systemGetVersion(
                                        with.caller(), with.l("out"), with.l("size")))
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 63)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.readOnly())
                .check();
    }
}
