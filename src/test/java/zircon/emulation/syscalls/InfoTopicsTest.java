package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_INFO_BTI;
import static zircon.sys.zircon_h.ZX_INFO_CPU_STATS;
import static zircon.sys.zircon_h.ZX_INFO_KMEM_STATS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_MAPS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_VMOS;
import static zircon.sys.zircon_h.ZX_INFO_RESOURCE;
import static zircon.sys.zircon_h.ZX_INFO_SOCKET;
import static zircon.sys.zircon_h.ZX_INFO_TASK_STATS;
import static zircon.sys.zircon_h.ZX_INFO_VMO;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.Spawned;

import java.util.Map;

/// Topics of `zx_object_get_info` about memory, and of what does not exist here.
@Timeout(60)
class InfoTopicsTest {
    private static final int BAD = 12345;
    private static final long TEXT = 0x200_0000;
    private static final long DATA = 0x300_0000;

    private final TestSyscalls zx = new TestSyscalls();
    private final long buffer = zx.memory.room(1024);
    private final long actual = zx.memory.room(8);
    private final long avail = zx.memory.room(8);

    {
        var _ = zx.test.machine.memory.map(TEXT, 0x4000, 0x2000, true);
        var _ = zx.test.machine.memory.map(DATA, 0x1000, 0x1000, false);
    }

    @AfterEach
    void endGuests() {
        zx.kernel.guests().killAll();
        zx.test.machine.release();
        zx.test.quiesce();
    }

    private int get(int handle, int topic, long at, long size) {
        return status(
                () -> zx.info.objectGetInfo(zx.caller, handle, topic, at, size, actual, avail));
    }

    private int get(int handle, int topic) {
        return get(handle, topic, buffer, 1024);
    }

    @Test
    @DisplayName("Topics of objects that do not exist are known: handle, right, type")
    void foreignTopics() {
        int weak = zx.duplicate(zx.event(), 0);
        for (int topic : new int[] {ZX_INFO_RESOURCE(), ZX_INFO_BTI(), ZX_INFO_SOCKET()}) {
            assertThat(get(BAD, topic, 0, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
            assertThat(get(weak, topic, 0, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
            assertThat(get(zx.event(), topic, 0, 0)).isEqualTo(ZX_ERR_WRONG_TYPE());
        }
        for (int topic : new int[] {ZX_INFO_VMO(), ZX_INFO_CPU_STATS(), ZX_INFO_KMEM_STATS()}) {
            assertThat(get(BAD, topic, 0, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
            assertThat(get(weak, topic, 0, 0)).isEqualTo(ZX_ERR_WRONG_TYPE());
        }
        for (int topic : new int[] {5, 6, 24, -1}) {
            assertThat(get(BAD, topic, 0, 0)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        }
    }

    @Test
    @DisplayName("R-11: which states have statistics, mappings and memory objects")
    void states() {
        int stats = ZX_INFO_TASK_STATS();
        int maps = ZX_INFO_PROCESS_MAPS();
        int vmos = ZX_INFO_PROCESS_VMOS();
        int self = zx.runtime.processSelf(zx.caller);
        Map<Integer, Integer> ofSelf =
                Map.of(stats, 0, maps, ZX_ERR_ACCESS_DENIED(), vmos, ZX_ERR_ACCESS_DENIED());
        ofSelf.forEach((topic, expected) -> assertThat(get(self, topic)).isEqualTo(expected));

        int initial = zx.process();
        Map<Integer, Integer> ofInitial = Map.of(stats, 0, maps, 0, vmos, ZX_ERR_BAD_STATE());
        ofInitial.forEach((topic, expected) -> assertThat(get(initial, topic)).isEqualTo(expected));

        zx.test.machine.hold();
        Spawned spawned = zx.test.spawn(zx.test.sleeper());
        int running = zx.handleOf(spawned.process());
        for (int topic : new int[] {stats, maps, vmos}) {
            assertThat(get(running, topic)).isZero();
        }
        assertThat(status(() -> zx.tasks.taskKill(zx.caller, running))).isZero();
        Map<Integer, Integer> ofDying = Map.of(stats, 0, maps, 0, vmos, ZX_ERR_BAD_STATE());
        ofDying.forEach((topic, expected) -> assertThat(get(running, topic)).isEqualTo(expected));
        zx.test.machine.release();
        zx.test.quiesce();
        for (int topic : new int[] {stats, maps, vmos}) {
            assertThat(get(running, topic, 0, 0)).isEqualTo(ZX_ERR_BAD_STATE());
        }
    }

    @Test
    @DisplayName("R-11: one may not look at oneself, whatever the state, before the buffer")
    void selfBeforeBuffer() {
        int self = zx.runtime.processSelf(zx.caller);
        assertThat(get(self, ZX_INFO_PROCESS_MAPS(), FakeMemory.WILD, 1024))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(zx.memory.longAt(actual)).as("untouched").isEqualTo(0xaaaa_aaaa_aaaa_aaaaL);
    }

    @Test
    @DisplayName("I-5: TASK_STATS is one record of four sizes")
    void taskStats() {
        int process = zx.process();
        assertThat(get(process, ZX_INFO_TASK_STATS(), buffer, 31))
                .isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(get(process, ZX_INFO_TASK_STATS(), buffer, 32)).isZero();
        long[] sizes = new long[4];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = zx.memory.longAt(buffer + 8L * i);
        }
        assertThat(sizes).containsExactly(30, 20, 10, 10);
        assertThat(zx.memory.longAt(buffer + 32)).isEqualTo(0xaaaa_aaaa_aaaa_aaaaL);
    }

    @Test
    @DisplayName("I-6: PROCESS_MAPS lists the address space, the root region, and the mappings")
    void maps() {
        int process = zx.process();
        assertThat(get(process, ZX_INFO_PROCESS_MAPS())).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(4);
        assertThat(zx.memory.longAt(avail)).isEqualTo(4);
        long[] depths = new long[4];
        int[] types = new int[4];
        for (int i = 0; i < 4; i++) {
            depths[i] = zx.memory.longAt(buffer + 96L * i + 48);
            types[i] = zx.memory.intAt(buffer + 96L * i + 56);
        }
        assertThat(depths).containsExactly(0, 1, 2, 2);
        assertThat(types).containsExactly(1, 2, 3, 3);
        long text = buffer + 2 * 96;
        assertThat(zx.memory.at(text, 32).getString(0)).isEqualTo("/lib/test.so");
        assertThat(zx.memory.longAt(text + 32)).isEqualTo(TEXT);
        assertThat(zx.memory.longAt(text + 40)).isEqualTo(0x4000);
        assertThat(zx.memory.intAt(text + 64)).as("readable, executable").isEqualTo(5);
        assertThat(zx.memory.longAt(text + 80)).as("offset").isEqualTo(0x3000);
        assertThat(zx.memory.longAt(text + 88)).as("committed pages").isEqualTo(2);
        assertThat(zx.memory.intAt(text + 96 + 64)).as("readable, writable").isEqualTo(3);

        assertThat(get(process, ZX_INFO_PROCESS_MAPS(), buffer, 2 * 96 + 95)).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(2);
        assertThat(zx.memory.longAt(avail)).isEqualTo(4);
        assertThat(get(process, ZX_INFO_PROCESS_MAPS(), 0, 95)).isZero();
        assertThat(get(process, ZX_INFO_PROCESS_MAPS(), 0, 96)).isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("I-6: PROCESS_VMOS lists what PROCESS_MAPS refers to")
    void vmos() {
        Spawned spawned = zx.test.spawn(zx.test.sleeper());
        int process = zx.handleOf(spawned.process());
        assertThat(get(process, ZX_INFO_PROCESS_MAPS())).isZero();
        long koid = zx.memory.longAt(buffer + 2 * 96 + 72);
        assertThat(get(process, ZX_INFO_PROCESS_VMOS())).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(2);
        assertThat(zx.memory.longAt(buffer)).isEqualTo(koid).isPositive();
        assertThat(zx.memory.at(buffer + 8, 32).getString(0)).isEqualTo("/lib/test.so");
        assertThat(zx.memory.longAt(buffer + 40)).isEqualTo(0x3000 + 0x4000);
        assertThat(zx.memory.longAt(buffer + 64)).as("mappings").isEqualTo(1);
        assertThat(zx.memory.longAt(buffer + 88)).as("committed").isEqualTo(0x2000);
        assertThat(zx.memory.longAt(buffer + 112)).as("the next one's").isNotEqualTo(koid);
    }
}
