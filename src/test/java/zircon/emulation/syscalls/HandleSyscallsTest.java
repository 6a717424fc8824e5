package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_DEFAULT_EVENT_RIGHTS;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_SAME_RIGHTS;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.Dispatcher;

import java.lang.foreign.ValueLayout;

@Timeout(60)
class HandleSyscallsTest {
    private final TestSyscalls zx = new TestSyscalls();
    private final int event = zx.event();
    private final long out = zx.memory.room(4);

    private int duplicate(int handle, int rights, long at) {
        return status(() -> zx.handles.handleDuplicate(zx.caller, handle, rights, at));
    }

    private int replace(int handle, int rights, long at) {
        return status(() -> zx.handles.handleReplace(zx.caller, handle, rights, at));
    }

    private int closeMany(long at, long count) {
        return status(() -> zx.handles.handleCloseMany(zx.caller, at, count));
    }

    @Test
    @DisplayName("H-7: closing 0 is OK, a closed number BAD_HANDLE")
    void closing() {
        assertThat(status(() -> zx.handles.handleClose(zx.caller, 0))).isZero();
        assertThat(status(() -> zx.handles.handleClose(zx.caller, event))).isZero();
        assertThat(status(() -> zx.handles.handleClose(zx.caller, event)))
                .isEqualTo(ZX_ERR_BAD_HANDLE());
    }

    @Test
    @DisplayName(
            "H-7: close_many closes what it can, skips zeros, and reports a bad or repeated entry")
    void closingMany() {
        int other = zx.event();
        int third = zx.event();
        assertThat(closeMany(zx.memory.ints(0, third, 0), 3)).isZero();
        assertThat(closeMany(zx.memory.ints(event, event, 12345, other), 4))
                .isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(zx.open()).isZero();
        assertThat(closeMany(0, 0)).isZero();
    }

    @Test
    @DisplayName("H-7: close_many closes as many handles as it is told, over more than one block")
    void closingManyBlocks() {
        int[] handles = new int[64 + 3];
        handles[64] = event;
        handles[65] = zx.event();
        handles[66] = zx.event();
        assertThat(closeMany(zx.memory.ints(handles), 66)).isZero();
        assertThat(zx.isOpen(event)).isFalse();
        assertThat(zx.isOpen(handles[65])).isFalse();
        assertThat(zx.isOpen(handles[66])).as("beyond the count").isTrue();
    }

    @Test
    @DisplayName("H-7: an unreadable block of 64 ends the call with the status so far")
    void closingUnreadableBlocks() {
        long lastBlock = FakeMemory.lastBytes(64 * Integer.BYTES);
        zx.memory.at(lastBlock, 4).set(ValueLayout.JAVA_INT_UNALIGNED, 0, event);
        assertThat(closeMany(lastBlock, 65)).isZero();
        assertThat(zx.isOpen(event)).isFalse();
        int other = zx.event();
        long cut = FakeMemory.lastBytes(4);
        zx.memory.at(cut, 4).set(ValueLayout.JAVA_INT_UNALIGNED, 0, other);
        assertThat(closeMany(cut, 2)).isZero();
        assertThat(zx.isOpen(other)).isTrue();
        assertThat(closeMany(FakeMemory.WILD, -1)).isZero();
        zx.memory.at(lastBlock, 4).set(ValueLayout.JAVA_INT_UNALIGNED, 0, event);
        assertThat(closeMany(lastBlock, 65)).as("a bad one before").isEqualTo(ZX_ERR_BAD_HANDLE());
    }

    @Test
    @DisplayName(
            "H-5: duplicate wants DUPLICATE, then a subset of the rights, then a place for the"
                    + " number")
    void duplicateFailsInOrder() {
        int weak = zx.duplicate(event, ZX_RIGHT_WAIT());
        assertThat(duplicate(12345, 0, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(duplicate(weak, -1, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(duplicate(event, ZX_RIGHT_READ(), 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(duplicate(event, ZX_RIGHT_SAME_RIGHTS() | ZX_RIGHT_WAIT(), out))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        zx.test.locked(() -> zx.kernel.faults().failAllocation(1));
        assertThat(duplicate(event, 0, 0)).isEqualTo(ZX_ERR_NO_MEMORY());
        int open = zx.open();
        assertThat(duplicate(event, 0, FakeMemory.readOnly())).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(zx.open()).as("C-3").isEqualTo(open);
    }

    @Test
    @DisplayName("H-5: SAME_RIGHTS copies the rights, a subset is taken as it is, 0 too")
    void duplicateGrants() {
        assertThat(zx.find(zx.duplicate(event, ZX_RIGHT_SAME_RIGHTS())).rights())
                .isEqualTo(ZX_DEFAULT_EVENT_RIGHTS());
        assertThat(zx.find(zx.duplicate(event, ZX_RIGHT_WAIT())).rights())
                .isEqualTo(ZX_RIGHT_WAIT());
        assertThat(zx.find(zx.duplicate(event, 0)).rights()).isZero();
    }

    @Test
    @DisplayName("H-6: replace gives a new number; the object keeps a handle all the time")
    void replacing() {
        int port = zx.port();
        assertThat(status(() -> zx.tasks.taskBindExceptionPort(zx.caller, zx.root(), port, 1, 1)))
                .isZero();
        int weak = zx.made(at -> zx.handles.handleReplace(zx.caller, port, 0, at));
        assertThat(zx.isOpen(port)).isFalse();
        assertThat(zx.find(weak).rights()).isZero();
        assertThat(zx.kernel.rootJob().exceptionSlot(true).bound()).isNotNull();
    }

    @Test
    @DisplayName("H-6: replace closes its source on every failure but BAD_HANDLE")
    void replaceConsumes() {
        assertThat(replace(12345, 0, out)).isEqualTo(ZX_ERR_BAD_HANDLE());
        Dispatcher object = zx.find(event).object();
        assertThat(replace(event, ZX_RIGHT_READ(), out)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(object.handleCount()).isZero();
        int second = zx.event();
        zx.test.locked(() -> zx.kernel.faults().failAllocation(1));
        assertThat(replace(second, 0, out)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(zx.isOpen(second)).isFalse();
        int third = zx.event();
        assertThat(replace(third, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(zx.open()).isZero();
    }

    @Test
    @DisplayName("C-3: an out-handle that cannot be stored is closed, and with it its object")
    void failedStores() {
        assertThat(status(() -> zx.jobs.jobCreate(zx.caller, zx.root(), 0, FakeMemory.WILD)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(zx.kernel.rootJob().jobs()).isEmpty();
        assertThat(status(() -> zx.channels.channelCreate(zx.caller, 0, out, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(status(() -> zx.channels.channelCreate(zx.caller, 0, 0, out)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(zx.open()).isEqualTo(1);
    }
}
