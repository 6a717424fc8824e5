package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_CHANNEL_READ_MAY_DISCARD;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_ERR_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_ERR_SHOULD_WAIT;
import static zircon.sys.zircon_h.ZX_POL_NEW_CHANNEL;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENT;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENTPAIR;
import static zircon.sys.zircon_h.ZX_RIGHT_DUPLICATE;
import static zircon.sys.zircon_h.ZX_RIGHT_READ;
import static zircon.sys.zircon_h.ZX_RIGHT_SIGNAL;
import static zircon.sys.zircon_h.ZX_RIGHT_TRANSFER;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Section 13's order of checks: handles, channels and events.
@Timeout(60)
class HandleOrderTest {
    private static void out(Arguments with) {
        with.put("out", with.zx.memory.room(4));
        with.put("out2", with.zx.memory.room(4));
    }

    @Test
    @DisplayName("13 handle_close: 0 is OK; BAD_HANDLE")
    void handleClose() {
        CheckOrder.of(_ -> {}, with -> with.zx.handles.handleClose(with.caller(), with.i("handle")))
                .step(ZX_ERR_BAD_HANDLE(), "handle", Arguments.BAD)
                .check();
    }

    @Test
    @DisplayName("13 handle_close_many, H-7: a bad entry is BAD_HANDLE, if it can be read")
    void handleCloseMany() {
        CheckOrder.of(
                        with -> {
                            long list = with.zx.memory.ints(with.zx.event(), 0, 0);
                            with.put("handles", list);
                            with.put("count", 3);
                        },
                        with ->
                                with.zx.handles.handleCloseMany(
                                        with.caller(), with.l("handles"), with.l("count")))
                .step(
                        ZX_ERR_BAD_HANDLE(),
                        with -> {
                            long list = with.zx.memory.ints(with.zx.event(), 0, Arguments.BAD);
                            with.put("handles", list);
                        })
                .check();
    }

    @Test
    @DisplayName("13 handle_duplicate, H-4, H-5: handle, DUPLICATE, rights, NO_MEMORY, out")
    void handleDuplicate() {
        CheckOrder.of(
                        with -> {
                            int rights = ZX_RIGHT_DUPLICATE() | ZX_RIGHT_SIGNAL();
                            with.put("handle", with.handle(with.zx.event(), rights));
                            with.put("rights", ZX_RIGHT_SIGNAL());
                            out(with);
                        },
                        with ->
                                with.zx.handles.handleDuplicate(
                                        with.caller(),
                                        with.i("handle"),
                                        with.i("rights"),
                                        with.l("out")))
                .lookupAny("handle")
                .step(ZX_ERR_INVALID_ARGS(), "rights", ZX_RIGHT_READ())
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                .check();
    }

    @Test
    @DisplayName("13 handle_replace, H-5, H-6: handle, rights, NO_MEMORY, out; no right is needed")
    void handleReplace() {
        CheckOrder.of(
                        with -> {
                            with.put("handle", with.handle(with.zx.event(), ZX_RIGHT_SIGNAL()));
                            with.put("rights", ZX_RIGHT_SIGNAL());
                            out(with);
                        },
                        with ->
                                with.zx.handles.handleReplace(
                                        with.caller(),
                                        with.i("handle"),
                                        with.i("rights"),
                                        with.l("out")))
                .step(ZX_ERR_BAD_HANDLE(), "handle", Arguments.BAD)
                .step(ZX_ERR_INVALID_ARGS(), "rights", ZX_RIGHT_READ())
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out", 0)
                .check();
    }

    @Test
    @DisplayName("13 channel_create: options, policy, NO_MEMORY, out")
    void channelCreate() {
        CheckOrder.of(
                        HandleOrderTest::out,
                        with ->
                                with.zx.channels.channelCreate(
                                        with.caller(),
                                        with.i("options"),
                                        with.l("out"),
                                        with.l("out2")))
                .step(ZX_ERR_INVALID_ARGS(), "options", 1)
                .step(ZX_ERR_ACCESS_DENIED(), with -> with.deny(ZX_POL_NEW_CHANNEL()))
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out2", FakeMemory.WILD)
                .check();
    }

    @Test
    @DisplayName("13 event_create, K-5: options, policy, NO_MEMORY, out")
    void eventCreate() {
        CheckOrder.of(
                        HandleOrderTest::out,
                        with ->
                                with.zx.events.eventCreate(
                                        with.caller(), with.i("options"), with.l("out")))
                .step(ZX_ERR_INVALID_ARGS(), "options", 1)
                .step(ZX_ERR_ACCESS_DENIED(), with -> with.deny(ZX_POL_NEW_EVENT()))
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                .check();
    }

    @Test
    @DisplayName("13 eventpair_create, K-5: options, policy, NO_MEMORY, out")
    void eventpairCreate() {
        CheckOrder.of(
                        HandleOrderTest::out,
                        with ->
                                with.zx.events.eventpairCreate(
                                        with.caller(),
                                        with.i("options"),
                                        with.l("out"),
                                        with.l("out2")))
                .step(ZX_ERR_NOT_SUPPORTED(), "options", 1)
                .step(ZX_ERR_ACCESS_DENIED(), with -> with.deny(ZX_POL_NEW_EVENTPAIR()))
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.WILD)
                .check();
    }

    private static void message(Arguments with) {
        int[] channel = with.zx.channel();
        with.put("channel", with.handle(channel[0], ZX_RIGHT_READ()));
        with.put("peer", channel[1]);
        with.zx.close(channel[0]);
        with.put("bytes", with.zx.memory.room(16));
        with.put("room", 16);
        var _ =
                with.zx.channels.channelWrite(
                        with.zx.caller, channel[1], 0, with.zx.memory.text("hello"), 5, 0, 0);
    }

    private static int read(Arguments with) {
        return with.zx.channels.channelRead(
                with.caller(),
                with.i("channel"),
                with.i("options"),
                with.l("bytes"),
                0,
                with.i("room"),
                0,
                0,
                0);
    }

    /// Takes the message away.
    private static void drain(Arguments with) {
        long bytes = with.zx.memory.room(16);
        var _ =
                with.zx.channels.channelRead(
                        with.zx.caller, with.i("channel"), 0, bytes, 0, 16, 0, 0, 0);
    }

    @Test
    @DisplayName("13 channel_read, K-3: handle, right, type, options, message, room, bytes")
    void channelRead() {
        CheckOrder.of(HandleOrderTest::message, HandleOrderTest::read)
                .lookup("channel")
                .step(ZX_ERR_NOT_SUPPORTED(), "options", 2)
                .step(ZX_ERR_SHOULD_WAIT(), HandleOrderTest::drain)
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "room", 4)
                .step(ZX_ERR_INVALID_ARGS(), "bytes", FakeMemory.readOnly())
                .check();
    }

    @Test
    @DisplayName("13 channel_read, K-1: without a peer what is queued is read, then PEER_CLOSED")
    void channelReadWithoutAPeer() {
        CheckOrder.of(
                        with -> {
                            message(with);
                            with.zx.close(with.i("peer"));
                        },
                        HandleOrderTest::read)
                .lookup("channel")
                .step(ZX_ERR_NOT_SUPPORTED(), "options", ZX_CHANNEL_READ_MAY_DISCARD() | 4)
                .step(ZX_ERR_PEER_CLOSED(), HandleOrderTest::drain)
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "room", 4)
                .step(ZX_ERR_INVALID_ARGS(), "bytes", FakeMemory.readOnly())
                .check();
    }

    @Test
    @DisplayName(
            "13 channel_write, K-2: options, handle, right, type, sizes, NO_MEMORY, bytes, handle"
                    + " array, each handle, peer")
    void channelWrite() {
        CheckOrder.of(
                        with -> {
                            int[] channel = with.zx.channel();
                            with.put("channel", with.handle(channel[0], ZX_RIGHT_WRITE()));
                            with.put("peer", channel[1]);
                            with.put("bytes", with.zx.memory.text("hello"));
                            with.put("size", 5);
                            int sent = with.handle(with.zx.event(), ZX_RIGHT_TRANSFER());
                            with.put("handles", with.zx.memory.ints(sent));
                        },
                        with ->
                                with.zx.channels.channelWrite(
                                        with.caller(),
                                        with.i("channel"),
                                        with.i("options"),
                                        with.l("bytes"),
                                        with.i("size"),
                                        with.l("handles"),
                                        1))
                .step(ZX_ERR_INVALID_ARGS(), "options", 1)
                .lookup("channel")
                .step(ZX_ERR_OUT_OF_RANGE(), "size", 65537)
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "bytes", FakeMemory.WILD)
                .step(ZX_ERR_INVALID_ARGS(), "handles", FakeMemory.WILD)
                .step(
                        ZX_ERR_BAD_HANDLE(),
                        with -> with.put("handles", with.zx.memory.ints(Arguments.BAD)))
                .step(ZX_ERR_PEER_CLOSED(), with -> with.zx.close(with.i("peer")))
                .check();
    }
}
