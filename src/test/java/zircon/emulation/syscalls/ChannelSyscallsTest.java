package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_CHANNEL_READ_MAY_DISCARD;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_ERR_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_ERR_SHOULD_WAIT;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_EVENT;
import static zircon.sys.zircon_h.ZX_RIGHT_TRANSFER;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.Dispatcher;

import java.lang.foreign.ValueLayout;

@Timeout(60)
class ChannelSyscallsTest {
    private static final int BAD = 12345;

    private final TestSyscalls zx = new TestSyscalls();
    private final int[] channel = zx.channel();
    private final long text = zx.memory.text("hello");
    private final long bytes = zx.memory.room(16);
    private final long handles = zx.memory.room(64);
    private final long actualBytes = zx.memory.room(4);
    private final long actualHandles = zx.memory.room(4);

    private int write(int to, int options, long data, int size, long list, int count) {
        return status(
                () -> zx.channels.channelWrite(zx.caller, to, options, data, size, list, count));
    }

    private int send(int... sent) {
        return write(channel[0], 0, text, 5, zx.memory.ints(sent), sent.length);
    }

    private int read(int from, int options, long data, long list, int size, int count) {
        return status(
                () ->
                        zx.channels.channelRead(
                                zx.caller,
                                from,
                                options,
                                data,
                                list,
                                size,
                                count,
                                actualBytes,
                                actualHandles));
    }

    @Test
    @DisplayName(
            "K-1, H-3: a message arrives whole; a handle read by the same process has its old"
                    + " number")
    void sendingAndReceiving() {
        int event = zx.event();
        assertThat(send(event)).isZero();
        assertThat(zx.isOpen(event)).isFalse();
        assertThat(read(channel[1], 0, bytes, handles, 16, 16)).isZero();
        assertThat(zx.memory.at(bytes, 6).toArray(ValueLayout.JAVA_BYTE))
                .containsExactly('h', 'e', 'l', 'l', 'o', 0xaa);
        assertThat(zx.memory.intAt(actualBytes)).isEqualTo(5);
        assertThat(zx.memory.intAt(actualHandles)).isEqualTo(1);
        assertThat(zx.memory.intAt(handles)).isEqualTo(event);
        assertThat(zx.isOpen(event)).isTrue();
        assertThat(write(channel[0], 0, 0, 0, 0, 0)).as("17.7").isZero();
        assertThat(read(channel[1], 0, 0, 0, 0, 0)).isZero();
        assertThat(read(channel[1], 0, bytes, handles, 16, 16)).isEqualTo(ZX_ERR_SHOULD_WAIT());
    }

    @Test
    @DisplayName("H-4: channel_read_etc tells type and rights; they are those of the handle sent")
    void readingWithInfo() {
        int event = zx.duplicate(zx.event(), ZX_RIGHT_TRANSFER());
        assertThat(send(event)).isZero();
        assertThat(
                        status(
                                () ->
                                        zx.channels.channelReadEtc(
                                                zx.caller,
                                                channel[1],
                                                0,
                                                bytes,
                                                handles,
                                                16,
                                                4,
                                                0,
                                                0)))
                .isZero();
        assertThat(zx.memory.intAt(handles)).isEqualTo(event);
        assertThat(zx.memory.intAt(handles + 4)).isEqualTo(ZX_OBJ_TYPE_EVENT());
        assertThat(zx.memory.intAt(handles + 8)).isEqualTo(ZX_RIGHT_TRANSFER());
        assertThat(zx.memory.intAt(handles + 12)).isZero();
    }

    @Test
    @DisplayName("channel_write fails in order, and consumes its handles every time (K-2)")
    void writeFailsInOrder() {
        int open = zx.open();
        int weak = zx.duplicate(zx.port(), 0);
        int weakCount = zx.open() - open;
        assertThat(consumed(BAD, 1, FakeMemory.WILD, -1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(consumed(BAD, 0, FakeMemory.WILD, -1)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(consumed(weak, 0, FakeMemory.WILD, -1)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        // 17.4: these are consumed, too.
        assertThat(consumed(channel[0], 0, FakeMemory.WILD, 65537))
                .isEqualTo(ZX_ERR_OUT_OF_RANGE());
        zx.test.locked(() -> zx.kernel.faults().failAllocation(3)); // two make the event
        assertThat(consumed(channel[0], 0, FakeMemory.WILD, 5)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(consumed(channel[0], 0, FakeMemory.WILD, 5)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(channel[0], 0, text, 5, FakeMemory.WILD, 1))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(write(channel[0], 0, text, 5, zx.memory.room(4 * 65), 65))
                .isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(zx.open()).isEqualTo(open + weakCount);
        zx.close(channel[1]);
        assertThat(consumed(channel[0], 0, text, 5)).isEqualTo(ZX_ERR_PEER_CLOSED());
    }

    /// The status of a write that must fail, after looking that it took its handle.
    private int consumed(int to, int options, long data, int size) {
        int event = zx.event();
        Dispatcher object = zx.find(event).object();
        int result = write(to, options, data, size, zx.memory.ints(event), 1);
        assertThat(zx.isOpen(event)).as("handle of a failed write").isFalse();
        assertThat(object.handleCount()).as("handles of its object").isZero();
        return result;
    }

    @Test
    @DisplayName("K-2: the first bad entry decides; all entries are consumed")
    void badEntries() {
        int event = zx.event();
        assertThat(send(event, BAD)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(zx.isOpen(event)).isFalse();
        int second = zx.event();
        assertThat(send(second, second)).isEqualTo(ZX_ERR_BAD_HANDLE());
        int stuck = zx.duplicate(zx.event(), ZX_RIGHT_WAIT());
        assertThat(send(stuck, BAD)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(zx.isOpen(stuck)).isFalse();
        assertThat(read(channel[1], 0, bytes, handles, 16, 16)).isEqualTo(ZX_ERR_SHOULD_WAIT());
        assertThat(send(channel[0], BAD)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(zx.isOpen(channel[0])).as("consumed, too").isFalse();
    }

    @Test
    @DisplayName("K-2: an endpoint without TRANSFER sent to itself is ACCESS_DENIED")
    void missingTransferWins() {
        int replaced =
                zx.made(
                        at ->
                                zx.handles.handleReplace(
                                        zx.caller, channel[0], ZX_RIGHT_WRITE(), at));
        assertThat(write(replaced, 0, text, 5, zx.memory.ints(replaced), 1))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
    }

    @Test
    @DisplayName("K-3: too small a buffer keeps the message, MAY_DISCARD drops it with its handles")
    void tooSmall() {
        int event = zx.event();
        assertThat(send(event)).isZero();
        assertThat(read(channel[1], 0, bytes, handles, 4, 1)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(zx.memory.intAt(actualBytes)).isEqualTo(5);
        assertThat(zx.memory.intAt(actualHandles)).isEqualTo(1);
        assertThat(read(channel[1], 0, bytes, handles, 16, 0)).isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(read(channel[1], ZX_CHANNEL_READ_MAY_DISCARD(), bytes, handles, 4, 1))
                .isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(read(channel[1], 0, bytes, handles, 16, 16)).isEqualTo(ZX_ERR_SHOULD_WAIT());
        assertThat(zx.open()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "channel_read fails in order; a message that cannot be stored is lost with its handles")
    void readFailsInOrder() {
        int port = zx.port();
        assertThat(read(BAD, 2, bytes, handles, 16, 16)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(read(port, 2, bytes, handles, 16, 16)).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(read(channel[1], 2, bytes, handles, 16, 16)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        int open = zx.open();
        for (long[] places :
                new long[][] {{0, handles}, {bytes, 0}, {FakeMemory.readOnly(), handles}}) {
            assertThat(send(zx.event())).isZero();
            assertThat(read(channel[1], 0, places[0], places[1], 16, 16))
                    .isEqualTo(ZX_ERR_INVALID_ARGS());
            assertThat(read(channel[1], 0, bytes, handles, 16, 16)).isEqualTo(ZX_ERR_SHOULD_WAIT());
            assertThat(zx.open()).isEqualTo(open);
        }
    }
}
