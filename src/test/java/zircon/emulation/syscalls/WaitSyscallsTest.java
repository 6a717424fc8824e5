package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_CANCELED;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_EVENT_SIGNALED;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_PKT_TYPE_SIGNAL_ONE;
import static zircon.sys.zircon_h.ZX_PKT_TYPE_SIGNAL_REP;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_SIGNAL;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;
import static zircon.sys.zircon_h.ZX_SIGNAL_HANDLE_CLOSED;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_SLEEPING;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_WAIT_MANY;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_RUNNING;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.ObjectType;
import zircon.emulation.kernel.PortDispatcher;
import zircon.emulation.kernel.Spawned;

/// Waits of one, of many and through a port, and their order of checks.
@Timeout(60)
class WaitSyscallsTest {
    private static final int BAD = 12345;
    private static final int USER0 = 1 << 24;
    private static final int ONCE = 0;
    private static final int REPEATING = 1;
    private static final int ITEM = 12;
    private static final int UNTOUCHED = 0x7777;

    private final TestSyscalls zx = new TestSyscalls();
    private final int event = zx.event();
    private final int port = zx.port();
    private final int unwaitable = waitablePort();
    private final long out = zx.memory.room(64);

    /// A port's handle with the right to wait, which no program can get: without it the answer
    /// would be ACCESS_DENIED.
    private int waitablePort() {
        return zx.test.locked(
                () -> {
                    PortDispatcher object = new PortDispatcher(zx.kernel);
                    int rights = ObjectType.PORT.defaultRights() | ZX_RIGHT_WAIT();
                    Handle handle = zx.kernel.handles().make(object, rights);
                    return zx.caller.process().handles().valueOf(zx.caller.own(handle));
                });
    }

    private void signal(int handle, int set) {
        var _ = zx.objects.objectSignal(zx.caller, handle, 0, set);
    }

    private int waitMany(long items, long count) {
        return status(() -> zx.waits.objectWaitMany(zx.caller, items, count, 0));
    }

    private int waitAsync(int handle, int to, long key, int signals, int options) {
        return status(() -> zx.waits.objectWaitAsync(zx.caller, handle, to, key, signals, options));
    }

    private int cancel(int from, int source, long key) {
        return status(() -> zx.waits.portCancel(zx.caller, from, source, key));
    }

    private int take() {
        return status(() -> zx.ports.portWait(zx.caller, port, 0, out));
    }

    private int state(Caller caller) {
        return zx.test.locked(() -> caller.thread().reportedState());
    }

    private int pending(long items, int index) {
        return zx.memory.intAt(items + (long) index * ITEM + 8);
    }

    @Test
    @DisplayName("object_wait_one: a port with the right to wait is NOT_SUPPORTED (P-14)")
    void waitOneOnAPort() {
        assertThat(status(() -> zx.waits.objectWaitOne(zx.caller, unwaitable, 0, 0, 0)))
                .isEqualTo(ZX_ERR_NOT_SUPPORTED());
    }

    @Test
    @DisplayName("W-6: no items sleep until the deadline and are TIMED_OUT, whatever the pointer")
    void noItems() {
        assertThat(waitMany(0, 0)).isEqualTo(ZX_ERR_TIMED_OUT());
        Spawned spawned =
                zx.test.spawn(
                        thread -> {
                            long deadline = zx.test.clock.monotonic() + 10;
                            Caller caller = zx.caller(thread);
                            zx.test.log.add(
                                    "status "
                                            + status(
                                                    () ->
                                                            zx.waits.objectWaitMany(
                                                                    caller, 0, 0, deadline)));
                        });
        zx.test.quiesce();
        assertThat(zx.test.locked(() -> spawned.thread().reportedState()))
                .isEqualTo(ZX_THREAD_STATE_BLOCKED_SLEEPING());
        zx.test.clock.advance(9);
        zx.test.quiesce();
        assertThat(zx.test.log).isEmpty();
        zx.test.clock.advance(1);
        zx.test.quiesce();
        assertThat(zx.test.log).containsExactly("status " + ZX_ERR_TIMED_OUT());
    }

    @Test
    @DisplayName("W-6: 16 items at most, before the items are looked at")
    void tooManyItems() {
        assertThat(waitMany(0, 17)).isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(waitMany(0, -1)).isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(waitMany(0, 1L << 32)).isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(waitMany(0, 16)).isEqualTo(ZX_ERR_INVALID_ARGS());
        int[] words = new int[16 * 3];
        for (int i = 0; i < 16; i++) {
            words[3 * i] = event;
            words[3 * i + 1] = USER0 << (i % 8);
        }
        signal(event, USER0 << 7);
        long items = zx.memory.ints(words);
        assertThat(waitMany(items, 16)).isEqualTo(ZX_OK());
        assertThat(pending(items, 0)).isEqualTo(USER0 << 7);
        assertThat(pending(items, 15)).isEqualTo(USER0 << 7);
    }

    @Test
    @DisplayName(
            "W-6: items are checked in their order: BAD_HANDLE, ACCESS_DENIED, NOT_SUPPORTED;"
                    + " nothing is written then")
    void itemsInOrder() {
        int mute = zx.duplicate(event, ZX_RIGHT_SIGNAL());
        requireRefused(ZX_ERR_BAD_HANDLE(), event, BAD, mute, unwaitable);
        requireRefused(ZX_ERR_ACCESS_DENIED(), event, mute, unwaitable, BAD);
        requireRefused(ZX_ERR_NOT_SUPPORTED(), event, unwaitable, BAD, mute);
        requireRefused(ZX_ERR_BAD_HANDLE(), 0, mute, unwaitable, event);
        requireRefused(ZX_ERR_ACCESS_DENIED(), port, BAD, BAD, BAD);
    }

    private void requireRefused(int status, int... handles) {
        int[] words = new int[handles.length * 3];
        for (int i = 0; i < handles.length; i++) {
            words[3 * i] = handles[i];
            words[3 * i + 2] = UNTOUCHED;
        }
        long items = zx.memory.ints(words);
        assertThat(waitMany(items, handles.length)).isEqualTo(status);
        for (int i = 0; i < handles.length; i++) {
            assertThat(pending(items, i)).isEqualTo(UNTOUCHED);
        }
    }

    @Test
    @DisplayName("object_wait_many: unreadable items, the wait, then the place for what is pending")
    void itemsThatCannotBeUsed() {
        assertThat(waitMany(FakeMemory.WILD, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(waitMany(FakeMemory.lastBytes(ITEM), 2)).isEqualTo(ZX_ERR_INVALID_ARGS());
        int[] words = {event, ZX_EVENT_SIGNALED(), UNTOUCHED};
        long readOnly = FakeMemory.readOnly();
        zx.memory.at(readOnly, ITEM).copyFrom(zx.memory.at(zx.memory.ints(words), ITEM));
        assertThat(waitMany(readOnly, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        signal(event, ZX_EVENT_SIGNALED());
        assertThat(waitMany(readOnly, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        zx.memory.at(readOnly, Integer.BYTES).fill((byte) 0);
        assertThat(waitMany(readOnly, 1)).as("BAD_HANDLE first").isEqualTo(ZX_ERR_BAD_HANDLE());
    }

    @Test
    @DisplayName("W-6: OK, TIMED_OUT and CANCELED write what is pending, and nothing else")
    void pendingIsWritten() {
        int other = zx.event();
        long items = zx.memory.ints(event, USER0, UNTOUCHED, other, USER0, UNTOUCHED);
        signal(other, ZX_EVENT_SIGNALED());
        assertThat(waitMany(items, 2)).isEqualTo(ZX_ERR_TIMED_OUT());
        assertThat(pending(items, 0)).isZero();
        assertThat(pending(items, 1)).isEqualTo(ZX_EVENT_SIGNALED());
        signal(event, USER0);
        assertThat(waitMany(items, 2)).isEqualTo(ZX_OK());
        assertThat(pending(items, 0)).isEqualTo(USER0);
        assertThat(zx.memory.intAt(items)).isEqualTo(event);
        assertThat(zx.memory.intAt(items + 4)).isEqualTo(USER0);
        assertThat(zx.memory.intAt(items + ITEM)).isEqualTo(other);
        assertThat(zx.memory.intAt(items + ITEM + 4)).isEqualTo(USER0);
    }

    @Test
    @DisplayName("W-5, W-6: CANCELED writes what is pending")
    void pendingIsWrittenOnCancel() throws InterruptedException {
        int other = zx.event();
        long items = zx.memory.ints(event, USER0, UNTOUCHED, other, USER0, UNTOUCHED);
        Caller waiting = zx.caller(zx.kernel.attachHostThread("waiting"));
        Thread waiter =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    int status =
                                            status(
                                                    () ->
                                                            zx.waits.objectWaitMany(
                                                                    waiting,
                                                                    items,
                                                                    2,
                                                                    Long.MAX_VALUE));
                                    zx.test.log.add("status " + status);
                                });
        while (waiter.isAlive() && state(waiting) == ZX_THREAD_STATE_RUNNING()) {
            Thread.onSpinWait();
        }
        assertThat(state(waiting)).isEqualTo(ZX_THREAD_STATE_BLOCKED_WAIT_MANY());
        zx.close(other);
        waiter.join();
        assertThat(zx.test.log).containsExactly("status " + ZX_ERR_CANCELED());
        assertThat(pending(items, 0)).isZero();
        assertThat(pending(items, 1)).isEqualTo(ZX_SIGNAL_HANDLE_CLOSED());
    }

    @Test
    @DisplayName(
            "object_wait_async: port, its right, its type, source, its right, NOT_SUPPORTED,"
                    + " options, NO_MEMORY")
    void asyncInOrder() {
        int deaf = zx.duplicate(port, ZX_RIGHT_READ());
        int mute = zx.duplicate(event, ZX_RIGHT_SIGNAL());
        assertThat(waitAsync(BAD, BAD, 1, 0, 2)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(waitAsync(BAD, deaf, 1, 0, 2)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(waitAsync(BAD, event, 1, 0, 2))
                .as("C-1: rights before type")
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(waitAsync(BAD, zx.process(), 1, 0, 2)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(waitAsync(BAD, port, 1, 0, 2)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(waitAsync(mute, port, 1, 0, 2)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(waitAsync(port, port, 1, 0, 2)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(waitAsync(unwaitable, port, 1, 0, 2)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        zx.test.locked(() -> zx.kernel.faults().failAllocation(1));
        for (int options : new int[] {2, 3, -1, 1 << 31}) {
            assertThat(waitAsync(event, port, 1, 0, options)).isEqualTo(ZX_ERR_INVALID_ARGS());
        }
        assertThat(waitAsync(event, port, 1, 0, REPEATING)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(cancel(port, event, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
        int weakPort = zx.duplicate(port, ZX_RIGHT_WRITE());
        int weakEvent = zx.duplicate(event, ZX_RIGHT_WAIT());
        assertThat(waitAsync(weakEvent, weakPort, 1, 0, ONCE)).as("P-6").isZero();
        assertThat(cancel(weakPort, weakEvent, 1)).as("P-12").isZero();
    }

    @Test
    @DisplayName(
            "port_cancel: port, its right, its type, source, its right, NOT_SUPPORTED, NOT_FOUND")
    void cancelInOrder() {
        int deaf = zx.duplicate(port, ZX_RIGHT_READ());
        int mute = zx.duplicate(event, ZX_RIGHT_SIGNAL());
        assertThat(cancel(BAD, BAD, 1)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(cancel(deaf, BAD, 1)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(cancel(event, BAD, 1)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(cancel(zx.process(), BAD, 1)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(cancel(port, BAD, 1)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(cancel(port, mute, 1)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(cancel(port, unwaitable, 1)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(cancel(port, event, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("P-5, P-7, P-8: the packets of signals as a program reads them")
    void packets() {
        signal(event, USER0 | ZX_EVENT_SIGNALED());
        assertThat(waitAsync(event, port, -7, USER0, ONCE)).isZero();
        assertThat(waitAsync(event, port, 8, USER0 | 4, REPEATING)).isZero();
        requirePacket(-7, ZX_PKT_TYPE_SIGNAL_ONE(), USER0);
        requirePacket(8, ZX_PKT_TYPE_SIGNAL_REP(), USER0 | 4);
        assertThat(take()).isEqualTo(ZX_ERR_TIMED_OUT());
    }

    private void requirePacket(long key, int type, int trigger) {
        assertThat(take()).isZero();
        assertThat(zx.memory.longAt(out)).isEqualTo(key);
        assertThat(zx.memory.intAt(out + 8)).isEqualTo(type);
        assertThat(zx.memory.intAt(out + 12)).as("status").isEqualTo(ZX_OK());
        assertThat(zx.memory.intAt(out + 16)).isEqualTo(trigger);
        assertThat(zx.memory.intAt(out + 20)).isEqualTo(USER0 | ZX_EVENT_SIGNALED());
        assertThat(zx.memory.longAt(out + 24)).as("P-9: count").isEqualTo(1);
        assertThat(zx.memory.longAt(out + 32)).isZero();
        assertThat(zx.memory.longAt(out + 40)).isZero();
    }

    @Test
    @DisplayName("P-12: the source is the handle, not the object")
    void anotherHandleIsNotFound() {
        int copy = zx.duplicate(event, ZX_RIGHT_WAIT());
        assertThat(waitAsync(event, port, 1, USER0, ONCE)).isZero();
        assertThat(cancel(port, copy, 1)).isEqualTo(ZX_ERR_NOT_FOUND());
        assertThat(cancel(port, event, 1)).isZero();
    }

    @Test
    @DisplayName("P-15: a port whose last handle is closed is no port for a wait any more")
    void aClosedPort() {
        int gone = zx.port();
        zx.close(gone);
        assertThat(waitAsync(event, gone, 1, USER0, ONCE)).isEqualTo(ZX_ERR_BAD_HANDLE());
    }
}
