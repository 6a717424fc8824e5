package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// `zx_process_read_memory` and `zx_process_write_memory`.
@Timeout(60)
class MemorySyscallsTest {
    private static final int BAD = 12345;
    private static final long TEXT = 0x40_0000;
    private static final long DATA = 0x40_1000;
    private static final long FILE = 0x50_0000;
    private static final int LARGE = 200_000;
    private static final long SIXTY_FOUR_MIB = 64L << 20;

    private final TestSyscalls zx = new TestSyscalls();
    private final byte[] text = zx.test.machine.memory.map(TEXT, 0x1000, 0x1000, true);
    private final byte[] data = zx.test.machine.memory.map(DATA, LARGE, LARGE, false);
    private final byte[] file = zx.test.machine.memory.map(FILE, 0x2000, 0x1000, false);
    private final int process = zx.process();
    private final long buffer = zx.memory.room(LARGE);
    private final long actual = zx.memory.room(8);

    private int read(int handle, long address, long to, long size, long count) {
        return status(
                () ->
                        zx.processMemory.processReadMemory(
                                zx.caller, handle, address, to, size, count));
    }

    private int write(int handle, long address, long from, long size, long count) {
        return status(
                () ->
                        zx.processMemory.processWriteMemory(
                                zx.caller, handle, address, from, size, count));
    }

    @Test
    @DisplayName("R-10, section 13: the order of checks of process_read_memory")
    void orderOfReading() {
        assertThat(read(BAD, 0, 0, 1, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(BAD, 0, FakeMemory.WILD, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(BAD, 0, FakeMemory.WILD, SIXTY_FOUR_MIB + 1, 0))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(BAD, 0, FakeMemory.WILD, -1, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(BAD, 0, FakeMemory.WILD, SIXTY_FOUR_MIB, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        for (int right : new int[] {ZX_RIGHT_READ(), ZX_RIGHT_WRITE()}) {
            assertThat(read(zx.duplicate(process, right), 0, FakeMemory.WILD, 1, 0))
                    .isEqualTo(ZX_ERR_ACCESS_DENIED());
        }
        assertThat(read(zx.port(), 0, FakeMemory.WILD, 1, 0)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(read(process, 0, FakeMemory.WILD, 1, 0)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(read(process, FILE + 0x1000, FakeMemory.readOnly(), 1, 0))
                .as("the buffer before the backing")
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(process, FILE + 0x1000, buffer, 1, 0)).isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(read(process, FILE + 0xfff, buffer, 2, 0)).isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(read(process, FILE, buffer, 1, FakeMemory.readOnly()))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(process, FILE, buffer, 1, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(process, FILE, buffer, 1, actual)).isEqualTo(ZX_OK());
    }

    @Test
    @DisplayName("R-10, section 13: the order of checks of process_write_memory")
    void orderOfWriting() {
        assertThat(write(BAD, 0, 0, 1, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(BAD, 0, FakeMemory.WILD, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(BAD, 0, FakeMemory.WILD, SIXTY_FOUR_MIB + 1, 0))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(BAD, 0, FakeMemory.WILD, 1, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(write(zx.duplicate(process, ZX_RIGHT_READ()), 0, FakeMemory.WILD, 1, 0))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(write(zx.port(), 0, FakeMemory.WILD, 1, 0)).isEqualTo(ZX_ERR_WRONG_TYPE());
        int writer = zx.duplicate(process, ZX_RIGHT_WRITE());
        assertThat(write(writer, 0, FakeMemory.WILD, 1, 0)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(write(writer, FILE + 0x1000, FakeMemory.WILD, 1, 0))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(writer, FILE + 0xfff, buffer, 2, 0)).isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(write(writer, DATA, buffer, 1, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(writer, DATA, FakeMemory.readOnly(), 1, actual)).isEqualTo(ZX_OK());
    }

    @Test
    @DisplayName("R-10: what lies in one mapping is moved, in however many pieces, and cut there")
    void contents() {
        for (int i = 0; i < LARGE; i++) {
            data[i] = (byte) (i * 31 + i / 256);
        }
        text[0xfff] = 7;
        assertThat(read(process, DATA, buffer, LARGE, actual)).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(LARGE);
        assertThat(zx.memory.at(buffer, LARGE).mismatch(MemorySegment.ofArray(data))).isEqualTo(-1);
        assertThat(read(process, DATA + 5, buffer, LARGE, actual)).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(LARGE - 5);
        assertThat(read(process, TEXT + 0xfff, buffer, 100, actual)).isZero();
        assertThat(zx.memory.longAt(actual)).as("the next mapping is another one").isEqualTo(1);
        assertThat(zx.memory.at(buffer, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
        assertThat(read(process, DATA + LARGE, buffer, 1, actual)).isEqualTo(ZX_ERR_NO_MEMORY());

        zx.memory.at(buffer, LARGE).fill((byte) 9);
        assertThat(write(process, DATA + LARGE - 150_000, buffer, LARGE, actual)).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(150_000);
        assertThat(data[LARGE - 150_000 - 1]).isNotEqualTo((byte) 9);
        assertThat(
                        MemorySegment.ofArray(data)
                                .asSlice(LARGE - 150_000)
                                .toArray(ValueLayout.JAVA_BYTE))
                .containsOnly(9);
        assertThat(file).containsOnly(0);
    }

    @Test
    @DisplayName("What the emulation runs on can be read, and not written")
    void sealedMappings() {
        assertThat(read(process, TEXT, buffer, 8, actual)).isZero();
        assertThat(write(process, TEXT, buffer, 8, actual)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(text).containsOnly(0);
    }

    @Test
    @DisplayName("R-10: a dead process has no memory; one that never started has")
    void deadProcesses() {
        assertThat(read(process, DATA, buffer, 1, actual)).isZero();
        assertThat(status(() -> zx.tasks.taskKill(zx.caller, process))).isZero();
        assertThat(read(process, DATA, buffer, 1, actual)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(write(process, DATA, buffer, 1, actual)).isEqualTo(ZX_ERR_NO_MEMORY());
    }

    @Test
    @DisplayName("R-10: addresses of the host's kernel are no memory of a process")
    void kernelAddresses() {
        var _ = zx.test.machine.memory.map(-0x1000, 0x800, 0x800, false);
        assertThat(read(process, -0x1000, buffer, 1, actual)).isEqualTo(ZX_ERR_NO_MEMORY());
    }
}
