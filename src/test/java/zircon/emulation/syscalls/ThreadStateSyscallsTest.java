package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import zircon.emulation.kernel.FakeContext;
import zircon.sys.zx_thread_state_general_regs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

@Timeout(60)
class ThreadStateSyscallsTest {
    private final TestSyscalls zx = new TestSyscalls();
    private final FakeContext context = FakeContext.pageFault();
    private final int thread = zx.faulted(zx.port(), context);
    private final long buffer = zx.memory.room(4096);

    private int read(int handle, int kind, long at, long size) {
        return status(() -> zx.threadStates.threadReadState(zx.caller, handle, kind, at, size));
    }

    private int write(int handle, int kind, long at, long size) {
        return status(() -> zx.threadStates.threadWriteState(zx.caller, handle, kind, at, size));
    }

    @ParameterizedTest(name = "I-2, I-3: kind {0} has {1} bytes")
    @CsvSource({"0, 144", "1, 160", "2, 2120", "4, 64", "5, 4"})
    void sizes(int kind, int size) {
        assertThat(read(thread, kind, buffer, size - 1)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(read(thread, kind, buffer, size)).isZero();
        assertThat(zx.memory.at(buffer + size, 1).get(ValueLayout.JAVA_BYTE, 0))
                .isEqualTo((byte) 0xaa);
        assertThat(read(thread, kind, buffer, size + 1)).isZero();
        assertThat(write(thread, kind, buffer, size - 1)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(write(thread, kind, buffer, size + 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(thread, kind, buffer, size)).isZero();
        assertThat(read(thread, kind, FakeMemory.readOnly(), size))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(thread, kind, FakeMemory.WILD, size)).isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("I-2, I-3: handle, kind, size, memory and state are checked in this order")
    void checksInOrder() {
        int fresh = zx.thread(zx.process());
        int weak = zx.duplicate(fresh, 0);
        assertThat(read(12345, 3, 0, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(read(weak, 3, 0, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(read(zx.process(), 3, 0, 0)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(read(fresh, 3, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(read(fresh, 0, 0, 143)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(read(fresh, 0, 0, 144)).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(read(fresh, 6, 0, 8)).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(write(weak, 3, 0, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(write(fresh, 3, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(fresh, 0, 0, 143)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(write(fresh, 0, 0, 145)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(fresh, 0, 0, 144)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(fresh, 0, buffer, 144)).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("I-2: FS and GS pass the size check and are implemented nowhere")
    void segmentBases() {
        for (int kind : new int[] {6, 7}) {
            assertThat(read(thread, kind, buffer, 7)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
            assertThat(read(thread, kind, buffer, 8)).isEqualTo(ZX_ERR_INVALID_ARGS());
            assertThat(write(thread, kind, buffer, 8)).isEqualTo(ZX_ERR_INVALID_ARGS());
        }
    }

    @Test
    @DisplayName("I-3: registers are the thread's own; privileged flags stay")
    void generalRegisters() {
        zx_thread_state_general_regs.rflags(context.general(), 0x1_0202L);
        zx_thread_state_general_regs.rax(context.general(), 5);
        assertThat(read(thread, 0, buffer, 144)).isZero();
        assertThat(zx.memory.longAt(buffer)).isEqualTo(5);
        MemorySegment record = zx.memory.at(buffer, 144);
        record.set(ValueLayout.JAVA_LONG_UNALIGNED, 128, 0x4000);
        record.set(ValueLayout.JAVA_LONG_UNALIGNED, 136, 0x3001L); // CF, and an I/O privilege
        assertThat(write(thread, 0, buffer, 144)).isZero();
        assertThat(zx_thread_state_general_regs.rip(context.general())).isEqualTo(0x4000);
        assertThat(zx_thread_state_general_regs.rflags(context.general())).isEqualTo(0x1_0203L);
    }

    @Test
    @DisplayName("I-3: single step is the trap flag, and 0 or 1")
    void singleStep() {
        zx_thread_state_general_regs.rflags(context.general(), 0x202);
        assertThat(write(thread, 5, zx.memory.ints(2), 4)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(thread, 5, zx.memory.ints(1), 4)).isZero();
        assertThat(zx_thread_state_general_regs.rflags(context.general())).isEqualTo(0x302);
        assertThat(read(thread, 5, buffer, 4)).isZero();
        assertThat(zx.memory.intAt(buffer)).isEqualTo(1);
        assertThat(write(thread, 5, zx.memory.ints(0), 4)).isZero();
        assertThat(zx_thread_state_general_regs.rflags(context.general())).isEqualTo(0x202);
    }

    @Test
    @DisplayName(
            "I-3: debug registers are kept; kernel addresses and reserved bits are INVALID_ARGS")
    void debugRegisters() {
        long good = zx.memory.longs(0x1000, 0, 0, 0, 0xffff_0ff1L, 0x401, 0, 0);
        assertThat(write(thread, 4, good, 64)).isZero();
        assertThat(read(thread, 4, buffer, 64)).isZero();
        assertThat(zx.memory.longAt(buffer)).isEqualTo(0x1000);
        assertThat(zx.memory.longAt(buffer + 32)).isEqualTo(0xffff_0ff1L);
        assertThat(zx.memory.longAt(buffer + 40)).isEqualTo(0x401);
        assertThat(zx.memory.longAt(buffer + 48)).isEqualTo(0xffff_0ff1L);
        assertThat(zx.memory.longAt(buffer + 56)).isEqualTo(0x401);
        long[][] bad = {
            {0x8000_0000_0000_0000L, 0, 0, 0, 0xffff_0ff0L, 0x400, 0, 0},
            {0, 0, 0, 0x8000_0000_0000L, 0xffff_0ff0L, 0x400, 0, 0},
            {0, 0, 0, 0, 0x1_0000_0000L, 0x400, 0, 0},
            {0, 0, 0, 0, 0x1000, 0x400, 0, 0},
            {0, 0, 0, 0, 0xffff_0ff0L, 0x2400, 0, 0},
            {0, 0, 0, 0, 0xffff_0ff0L, 0x1_0000_0400L, 0, 0},
        };
        for (long[] registers : bad) {
            assertThat(write(thread, 4, zx.memory.longs(registers), 64))
                    .isEqualTo(ZX_ERR_INVALID_ARGS());
        }
        assertThat(read(thread, 4, buffer, 64)).isZero();
        assertThat(zx.memory.longAt(buffer)).as("nothing changed").isEqualTo(0x1000);
    }
}
