package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_PKT_TYPE_USER;
import static zircon.sys.zircon_h.ZX_PROP_JOB_KILL_ON_OOM;
import static zircon.sys.zircon_h.ZX_PROP_NAME;
import static zircon.sys.zircon_h.ZX_PROP_PROCESS_DEBUG_ADDR;
import static zircon.sys.zircon_h.ZX_PROP_PROCESS_VDSO_BASE_ADDRESS;
import static zircon.sys.zircon_h.ZX_PROP_REGISTER_FS;
import static zircon.sys.zircon_h.ZX_PROP_REGISTER_GS;
import static zircon.sys.zircon_h.ZX_RIGHT_DESTROY;
import static zircon.sys.zircon_h.ZX_RIGHT_ENUMERATE;
import static zircon.sys.zircon_h.ZX_RIGHT_EXECUTE;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_SAME_RIGHTS;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.FakeContext;
import zircon.emulation.kernel.Spawned;

/// Signals, waits, children, properties, ports and clocks.
@Timeout(60)
class ObjectSyscallsTest {
    private static final int BAD = 12345;
    private static final int USER0 = 1 << 24;

    private final TestSyscalls zx = new TestSyscalls();
    private final int event = zx.event();
    private final long out = zx.memory.room(64);

    private int signal(int handle, int clear, int set) {
        return status(() -> zx.objects.objectSignal(zx.caller, handle, clear, set));
    }

    private int signalPeer(int handle, int clear, int set) {
        return status(() -> zx.objects.objectSignalPeer(zx.caller, handle, clear, set));
    }

    private int waitOne(int handle, int signals, long observed) {
        return status(() -> zx.waits.objectWaitOne(zx.caller, handle, signals, 0, observed));
    }

    private int getChild(int handle, long koid, int rights) {
        return status(() -> zx.objects.objectGetChild(zx.caller, handle, koid, rights, out));
    }

    private int get(int handle, int property, long at, long size) {
        return status(() -> zx.properties.objectGetProperty(zx.caller, handle, property, at, size));
    }

    private int set(int handle, int property, long at, long size) {
        return status(() -> zx.properties.objectSetProperty(zx.caller, handle, property, at, size));
    }

    @Test
    @DisplayName("object_signal and object_signal_peer: handle, right, kind of object, masks, peer")
    void signals() {
        assertThat(signal(BAD, 1, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(signal(zx.port(), 1, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(signal(event, 1, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(signal(event, 0, 8)).isZero();
        assertThat(signalPeer(event, 0, 8)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        int[] channel = zx.channel();
        assertThat(signalPeer(channel[0], 0, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(signalPeer(channel[0], 0, USER0)).isZero();
        assertThat(waitOne(channel[1], USER0, 0)).isZero();
        zx.close(channel[1]);
        assertThat(signalPeer(channel[0], 0, USER0)).isEqualTo(ZX_ERR_PEER_CLOSED());
    }

    @Test
    @DisplayName("object_wait_one: handle, right, the wait, then the place for observed")
    void waiting() {
        assertThat(waitOne(BAD, 0, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(waitOne(zx.port(), 0, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(waitOne(event, 8, 0)).isEqualTo(ZX_ERR_TIMED_OUT());
        assertThat(waitOne(event, 8, FakeMemory.WILD)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(signal(event, 0, 8)).isZero();
        assertThat(waitOne(event, 8, out)).isZero();
        assertThat(zx.memory.intAt(out)).isEqualTo(8);
        assertThat(waitOne(event, USER0, out)).isEqualTo(ZX_ERR_TIMED_OUT());
        assertThat(zx.memory.intAt(out)).as("W-3: also when it fails").isEqualTo(8);
    }

    @Test
    @DisplayName("object_get_child: handle, ENUMERATE, rights, then the child")
    void children() {
        int job = zx.job();
        int process = zx.process(job);
        long processKoid = zx.find(process).object().koid();
        assertThat(getChild(BAD, 0, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(getChild(event, 0, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(getChild(job, 0, ZX_RIGHT_EXECUTE())).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(getChild(job, 0, 0)).isEqualTo(ZX_ERR_NOT_FOUND());
        assertThat(getChild(zx.root(), processKoid, 0))
                .as("I-10: direct children alone")
                .isEqualTo(ZX_ERR_NOT_FOUND());
        assertThat(getChild(job, processKoid, ZX_RIGHT_SAME_RIGHTS())).isZero();
        assertThat(zx.find(zx.memory.intAt(out)).rights()).as("I-10").isEqualTo(0x3dfcf);
        int weak = zx.duplicate(zx.root(), ZX_RIGHT_ENUMERATE());
        assertThat(getChild(weak, zx.find(job).object().koid(), 0)).isZero();
        assertThat(zx.find(zx.memory.intAt(out)).rights()).isZero();
    }

    @Test
    @DisplayName("R-7: get_child finds threads that run, not new or dead ones")
    void threadsAsChildren() {
        int process = zx.process();
        int fresh = zx.thread(process);
        assertThat(getChild(process, zx.find(fresh).object().koid(), 0))
                .isEqualTo(ZX_ERR_NOT_FOUND());
        Spawned spawned = zx.test.spawn(zx.test.sleeper());
        zx.test.quiesce();
        long koid = spawned.thread().koid();
        assertThat(getChild(spawned.handle(), koid, ZX_RIGHT_DESTROY())).isZero();
        assertThat(zx.tasks.taskKill(zx.caller, zx.memory.intAt(out))).isZero();
        zx.test.quiesce();
        assertThat(getChild(spawned.handle(), koid, 0)).isEqualTo(ZX_ERR_NOT_FOUND());
    }

    @Test
    @DisplayName("object_get_property: value, handle, right, property, size, type")
    void gettingFailsInOrder() {
        int process = zx.process();
        assertThat(get(BAD, 99, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(get(BAD, 99, out, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(get(event, 99, out, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(get(process, 99, out, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(get(process, ZX_PROP_JOB_KILL_ON_OOM(), out, 8))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(get(process, ZX_PROP_NAME(), out, 31)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(get(zx.root(), ZX_PROP_PROCESS_DEBUG_ADDR(), out, 7))
                .isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(get(zx.root(), ZX_PROP_PROCESS_DEBUG_ADDR(), out, 8))
                .isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(get(process, ZX_PROP_NAME(), FakeMemory.readOnly(), 32))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("I-8: names are cut and zero-padded")
    void names() {
        int process = zx.process();
        long name = zx.memory.text("0123456789012345678901234567890123456789");
        assertThat(set(process, ZX_PROP_NAME(), name, 40)).isZero();
        assertThat(get(process, ZX_PROP_NAME(), out, 64)).isZero();
        assertThat(zx.memory.at(out, 32).getString(0)).isEqualTo("0123456789012345678901234567890");
        assertThat(set(process, ZX_PROP_NAME(), name, 2)).isZero();
        assertThat(get(process, ZX_PROP_NAME(), out, 32)).isZero();
        assertThat(zx.memory.longAt(out)).isEqualTo('0' | '1' << 8);
        assertThat(zx.memory.longAt(out + 24)).isZero();
        assertThat(set(process, ZX_PROP_NAME(), name, 0)).isZero();
        assertThat(get(process, ZX_PROP_NAME(), out, 32)).isZero();
        assertThat(zx.memory.longAt(out)).isZero();
        assertThat(set(process, ZX_PROP_NAME(), FakeMemory.WILD, 4))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("I-8: debug address, kill on OOM, registers, read-only and unknown properties")
    void otherProperties() {
        int process = zx.process();
        int debugAddress = ZX_PROP_PROCESS_DEBUG_ADDR();
        assertThat(set(BAD, 99, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(process, 99, out, 8)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(process, ZX_PROP_PROCESS_VDSO_BASE_ADDRESS(), out, 8))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(process, debugAddress, zx.memory.longs(0), 8))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(process, debugAddress, zx.memory.longs(5), 7))
                .isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(set(process, debugAddress, zx.memory.longs(1), 8)).isZero();
        assertThat(set(process, debugAddress, zx.memory.longs(5), 8)).isZero();
        assertThat(set(process, debugAddress, zx.memory.longs(6), 8))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(get(process, debugAddress, out, 8)).isZero();
        assertThat(zx.memory.longAt(out)).isEqualTo(5);
        assertThat(zx.kernel.rootJob().isKilledWhenMemoryIsShort()).isFalse();
        assertThat(set(zx.root(), ZX_PROP_JOB_KILL_ON_OOM(), zx.memory.longs(1), 0)).isZero();
        assertThat(zx.kernel.rootJob().isKilledWhenMemoryIsShort()).isTrue();
        assertThat(set(zx.root(), ZX_PROP_JOB_KILL_ON_OOM(), zx.memory.longs(2), 8))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(process, ZX_PROP_JOB_KILL_ON_OOM(), zx.memory.longs(1), 8))
                .isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(set(process, ZX_PROP_REGISTER_FS(), zx.memory.longs(1), 8))
                .isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(set(zx.thread(process), ZX_PROP_REGISTER_FS(), zx.memory.longs(1), 8))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        int self = zx.runtime.threadSelf(zx.caller);
        assertThat(set(self, ZX_PROP_REGISTER_GS(), zx.memory.longs(-1), 8))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(self, ZX_PROP_REGISTER_FS(), zx.memory.longs(1), 8))
                .isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(set(self, ZX_PROP_REGISTER_GS(), zx.memory.longs(0x7777), 8)).isZero();
        assertThat(zx.test.machine.gsBase).isEqualTo(0x7777);
    }

    @Test
    @DisplayName("P-2, P-4, P-16: ports through their syscalls")
    void ports() {
        assertThat(status(() -> zx.ports.portCreate(zx.caller, 2, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(status(() -> zx.ports.portCreate(zx.caller, 1, out))).isZero();
        int port = zx.port();
        int deaf = zx.duplicate(port, ZX_RIGHT_WRITE());
        int mute = zx.duplicate(port, ZX_RIGHT_READ());
        long packet = zx.memory.longs(7, 0x55_0000_0108L, 1, 2, 3, 4);
        assertThat(queue(BAD, 0)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(queue(mute, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(queue(event, 0)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(queue(deaf, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(queue(deaf, packet)).isZero();
        assertThat(take(deaf, out)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(take(mute, out)).isZero();
        assertThat(zx.memory.longAt(out)).isEqualTo(7);
        assertThat(zx.memory.intAt(out + 8)).as("P-4: the type").isEqualTo(ZX_PKT_TYPE_USER());
        assertThat(zx.memory.intAt(out + 12)).as("P-4: the status").isEqualTo(0x55);
        assertThat(zx.memory.longAt(out + 16)).isEqualTo(1);
        assertThat(zx.memory.longAt(out + 24)).isEqualTo(2);
        assertThat(zx.memory.longAt(out + 32)).isEqualTo(3);
        assertThat(zx.memory.longAt(out + 40)).isEqualTo(4);
        assertThat(queue(deaf, packet)).isZero();
        assertThat(take(mute, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(take(mute, out)).as("P-2: the packet is lost").isEqualTo(ZX_ERR_TIMED_OUT());
    }

    private int queue(int port, long packet) {
        return status(() -> zx.ports.portQueue(zx.caller, port, packet));
    }

    private int take(int port, long at) {
        return status(() -> zx.ports.portWait(zx.caller, port, 0, at));
    }

    @Test
    @DisplayName("X-5: an exception packet as a program reads it")
    void exceptionPackets() {
        int port = zx.port();
        int thread = zx.faulted(port, FakeContext.pageFault());
        assertThat(take(port, out)).isZero();
        assertThat(zx.memory.longAt(out)).isEqualTo(1);
        assertThat(zx.memory.intAt(out + 8)).isEqualTo(0x108);
        assertThat(zx.memory.intAt(out + 12)).isZero();
        assertThat(zx.memory.longAt(out + 16)).isEqualTo(zx.find(thread).object().relatedKoid());
        assertThat(zx.memory.longAt(out + 24)).isEqualTo(zx.find(thread).object().koid());
        assertThat(zx.memory.longAt(out + 32)).isZero();
        assertThat(zx.memory.longAt(out + 40)).isZero();
    }

    @Test
    @DisplayName("K-5: options of event_create and eventpair_create")
    void eventOptions() {
        assertThat(status(() -> zx.events.eventCreate(zx.caller, 1, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(status(() -> zx.events.eventpairCreate(zx.caller, 1, 0, 0)))
                .isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(status(() -> zx.events.eventpairCreate(zx.caller, 0, out, out + 4))).isZero();
        assertThat(zx.find(zx.memory.intAt(out)).rights()).isEqualTo(0xf003);
        assertThat(zx.find(zx.memory.intAt(out + 4)).object().relatedKoid())
                .isEqualTo(zx.find(zx.memory.intAt(out)).object().koid());
    }

    @Test
    @DisplayName("Clocks: known and unknown ids, saturating deadlines, sleeping in the past")
    void clocks() {
        assertThat(zx.clocks.clockGet(zx.caller, 0)).isEqualTo(1_000);
        assertThat(zx.clocks.clockGet(zx.caller, 1)).isEqualTo(5_000);
        assertThat(zx.clocks.clockGet(zx.caller, 9)).isZero();
        assertThat(status(() -> zx.clocks.clockGetNew(zx.caller, 9, out)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(status(() -> zx.clocks.clockGetNew(zx.caller, 0, out))).isZero();
        assertThat(zx.memory.longAt(out)).isEqualTo(zx.clocks.clockGetMonotonic(zx.caller));
        assertThat(zx.clocks.deadlineAfter(zx.caller, 5)).isEqualTo(1_005);
        assertThat(zx.clocks.deadlineAfter(zx.caller, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(zx.clocks.deadlineAfter(zx.caller, Long.MIN_VALUE))
                .isEqualTo(Long.MIN_VALUE + 1_000);
        for (long past : new long[] {0, -5, 999, 1_000}) {
            assertThat(zx.clocks.nanosleep(zx.caller, past)).isZero();
        }
    }

    @Test
    @DisplayName("system_get_version wants 64 bytes and writes them all")
    void version() {
        assertThat(status(() -> zx.system.systemGetVersion(zx.caller, 0, 63)))
                .isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(status(() -> zx.system.systemGetVersion(zx.caller, 0, 64)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(status(() -> zx.system.systemGetVersion(zx.caller, out, 64))).isZero();
        assertThat(zx.memory.at(out, 64).getString(0)).isNotEmpty();
        assertThat(zx.memory.longAt(out + 56)).isZero();
    }

    @Test
    @DisplayName("I-11: the self functions name the caller's own, without a new open handle")
    void selves() {
        int open = zx.open();
        assertThat(zx.find(zx.runtime.processSelf(zx.caller)).object())
                .isSameAs(zx.kernel.hostProcess());
        assertThat(zx.find(zx.runtime.threadSelf(zx.caller)).object()).isSameAs(zx.test.host);
        assertThat(zx.find(zx.runtime.jobDefault(zx.caller)).object())
                .isSameAs(zx.kernel.rootJob());
        assertThat(zx.runtime.vmarRootSelf(zx.caller)).isNotZero();
        assertThat(zx.runtime.takeStartupHandle(zx.caller, 1)).isZero();
        assertThat(zx.open()).isEqualTo(open);
    }
}
