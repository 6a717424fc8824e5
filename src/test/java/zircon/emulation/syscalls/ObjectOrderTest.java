package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_FOUND;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_ERR_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_MAPS;
import static zircon.sys.zircon_h.ZX_INFO_TASK_STATS;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT;
import static zircon.sys.zircon_h.ZX_PROP_NAME;
import static zircon.sys.zircon_h.ZX_PROP_PROCESS_DEBUG_ADDR;
import static zircon.sys.zircon_h.ZX_PROP_REGISTER_GS;
import static zircon.sys.zircon_h.ZX_RIGHT_ENUMERATE;
import static zircon.sys.zircon_h.ZX_RIGHT_EXECUTE;
import static zircon.sys.zircon_h.ZX_RIGHT_GET_PROPERTY;
import static zircon.sys.zircon_h.ZX_RIGHT_INSPECT;
import static zircon.sys.zircon_h.ZX_RIGHT_SET_PROPERTY;
import static zircon.sys.zircon_h.ZX_RIGHT_SIGNAL;
import static zircon.sys.zircon_h.ZX_RIGHT_SIGNAL_PEER;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;
import static zircon.sys.zircon_h.ZX_RIGHT_WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.FakeContext;

import java.lang.foreign.MemorySegment;

/// Section 13's order of checks: what is asked of every object, and waits for them.
@Timeout(60)
class ObjectOrderTest {
    private static final int USER0 = 1 << 24;

    private static int info(Arguments with) {
        return with.zx.info.objectGetInfo(
                with.caller(),
                with.i("handle"),
                with.i("topic"),
                with.l("buffer"),
                with.l("size"),
                0,
                0);
    }

    @Test
    @DisplayName("13 object_get_info: topic, handle, right, type, state, buffer")
    void objectGetInfo() {
        CheckOrder.of(
                        with -> {
                            int process = with.zx.process();
                            with.put("process", process);
                            with.put("handle", with.handle(process, ZX_RIGHT_INSPECT()));
                            with.put("topic", ZX_INFO_TASK_STATS());
                            with.put("buffer", with.zx.memory.room(32));
                            with.put("size", 32);
                        },
                        ObjectOrderTest::info)
                .step(ZX_ERR_NOT_SUPPORTED(), "topic", 999)
                .lookup("handle")
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> {
                            var _ = with.zx.tasks.taskKill(with.zx.caller, with.i("process"));
                        })
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 31)
                .step(ZX_ERR_INVALID_ARGS(), "buffer", FakeMemory.readOnly())
                .check();
    }

    @Test
    @DisplayName("13 object_get_info: looking at oneself comes before the state and the buffer")
    void objectGetInfoOfOneself() {
        CheckOrder.of(
                        with -> {
                            with.put("handle", with.zx.process());
                            with.put("topic", ZX_INFO_PROCESS_MAPS());
                        },
                        ObjectOrderTest::info)
                .step(ZX_ERR_NOT_SUPPORTED(), "topic", 999)
                .lookup("handle")
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put("handle", with.zx.runtime.processSelf(with.caller())))
                .step(
                        ZX_ERR_INVALID_ARGS(),
                        with -> {
                            with.put("buffer", FakeMemory.readOnly());
                            with.put("size", 4096);
                        })
                .check();
    }

    @Test
    @DisplayName("13 object_get_info: of a report, the state comes before the buffer")
    void objectGetInfoOfAReport() {
        CheckOrder.of(
                        with -> {
                            int port = with.zx.port();
                            with.put("handle", with.zx.faulted(port, FakeContext.pageFault()));
                            with.put("topic", ZX_INFO_THREAD_EXCEPTION_REPORT());
                            with.put("buffer", with.zx.memory.room(32));
                            with.put("size", 32);
                        },
                        ObjectOrderTest::info)
                .step(ZX_ERR_NOT_SUPPORTED(), "topic", 0)
                .lookup("handle")
                .step(
                        ZX_ERR_BAD_STATE(),
                        with -> with.put("handle", with.zx.thread(with.zx.process())))
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 31)
                .step(ZX_ERR_INVALID_ARGS(), "buffer", FakeMemory.WILD)
                .check();
    }

    @Test
    @DisplayName("13 object_get_property: value, handle, right, property, size, type, store")
    void objectGetProperty() {
        CheckOrder.of(
                        with -> {
                            int process = with.zx.process();
                            with.put("handle", with.handle(process, ZX_RIGHT_GET_PROPERTY()));
                            with.put("property", ZX_PROP_PROCESS_DEBUG_ADDR());
                            with.put("value", with.zx.memory.room(8));
                            with.put("size", 8);
                        },
                        with ->
                                with.zx.properties.objectGetProperty(
                                        with.caller(),
                                        with.i("handle"),
                                        with.i("property"),
                                        with.l("value"),
                                        with.l("size")))
                .step(ZX_ERR_INVALID_ARGS(), "value", 0)
                .lookupAny("handle")
                .step(ZX_ERR_INVALID_ARGS(), "property", 999)
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 7)
                .step(
                        ZX_ERR_WRONG_TYPE(),
                        with -> with.put("handle", with.handle(with.zx.event(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "value", FakeMemory.readOnly())
                .check();
    }

    @Test
    @DisplayName("13 object_set_property: value, handle, right, property, size, type, load, rules")
    void objectSetProperty() {
        CheckOrder.of(
                        with -> {
                            int process = with.zx.process();
                            with.put("process", process);
                            with.put("handle", with.handle(process, ZX_RIGHT_SET_PROPERTY()));
                            with.put("property", ZX_PROP_PROCESS_DEBUG_ADDR());
                            with.put("value", with.zx.memory.longs(5));
                            with.put("size", 8);
                        },
                        ObjectOrderTest::set)
                .step(ZX_ERR_INVALID_ARGS(), "value", 0)
                .lookupAny("handle")
                .step(ZX_ERR_INVALID_ARGS(), "property", 999)
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 7)
                .step(
                        ZX_ERR_WRONG_TYPE(),
                        with -> with.put("handle", with.handle(with.zx.event(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "value", FakeMemory.WILD)
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> {
                            long value = with.zx.memory.longs(7);
                            var _ =
                                    with.zx.properties.objectSetProperty(
                                            with.zx.caller,
                                            with.i("process"),
                                            ZX_PROP_PROCESS_DEBUG_ADDR(),
                                            value,
                                            8);
                        })
                .check();
    }

    @Test
    @DisplayName("13 object_set_property, I-8: a name of any size, on types that can have one")
    void objectSetName() {
        CheckOrder.of(
                        with -> {
                            int process = with.zx.process();
                            with.put("handle", with.handle(process, ZX_RIGHT_SET_PROPERTY()));
                            with.put("property", ZX_PROP_NAME());
                            with.put("value", with.zx.memory.text("name"));
                            with.put("size", 1);
                        },
                        ObjectOrderTest::set)
                .step(ZX_ERR_INVALID_ARGS(), "value", 0)
                .lookupAny("handle")
                .step(ZX_ERR_INVALID_ARGS(), "property", 999)
                .step(ZX_ERR_INVALID_ARGS(), "value", FakeMemory.WILD)
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("handle", with.handle(with.zx.event(), Arguments.ALL)))
                .check();
    }

    @Test
    @DisplayName("13 object_set_property, I-8: a thread's register, loaded before it is judged")
    void objectSetRegister() {
        CheckOrder.of(
                        with -> {
                            int self = with.zx.runtime.threadSelf(with.zx.caller);
                            with.put("handle", with.handle(self, ZX_RIGHT_SET_PROPERTY()));
                            with.put("property", ZX_PROP_REGISTER_GS());
                            with.put("value", with.zx.memory.longs(0x7000));
                            with.put("size", 8);
                        },
                        ObjectOrderTest::set)
                .step(ZX_ERR_INVALID_ARGS(), "value", 0)
                .lookupAny("handle")
                .step(ZX_ERR_INVALID_ARGS(), "property", 999)
                .step(ZX_ERR_BUFFER_TOO_SMALL(), "size", 7)
                .step(ZX_ERR_WRONG_TYPE(), with -> with.put("handle", with.zx.process()))
                .step(ZX_ERR_INVALID_ARGS(), "value", FakeMemory.WILD)
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put("handle", with.zx.thread(with.zx.process())))
                .step(ZX_ERR_INVALID_ARGS(), with -> with.put("value", with.zx.memory.longs(-1)))
                .check();
    }

    @Test
    @DisplayName("I-8: the name of what has none is 32 zeros")
    void nameless() {
        var with = new Arguments();
        long name = with.zx.memory.room(40);
        for (int made : new int[] {with.zx.event(), with.zx.port(), with.zx.channel()[0]}) {
            int handle = with.handle(made, ZX_RIGHT_GET_PROPERTY());
            int status =
                    with.zx.properties.objectGetProperty(
                            with.zx.caller, handle, ZX_PROP_NAME(), name, 32);
            assertThat(status).isZero();
            assertThat(with.zx.memory.at(name, 32).mismatch(MemorySegment.ofArray(new byte[32])))
                    .isEqualTo(-1);
            assertThat(with.zx.memory.longAt(name + 32)).isEqualTo(0xaaaa_aaaa_aaaa_aaaaL);
            with.zx.memory.at(name, 32).fill((byte) 0xaa);
        }
    }

    private static int set(Arguments with) {
        return with.zx.properties.objectSetProperty(
                with.caller(),
                with.i("handle"),
                with.i("property"),
                with.l("value"),
                with.l("size"));
    }

    @Test
    @DisplayName("13 object_get_child, I-10: handle, ENUMERATE, rights, child, NO_MEMORY, out")
    void objectGetChild() {
        CheckOrder.of(
                        with -> {
                            int job = with.zx.job();
                            int process = with.zx.process(job);
                            int rights = ZX_RIGHT_ENUMERATE() | ZX_RIGHT_WAIT();
                            with.put("job", with.handle(job, rights));
                            with.put("koid", with.zx.find(process).object().koid());
                            with.put("rights", ZX_RIGHT_WAIT());
                            with.put("out", with.zx.memory.room(4));
                        },
                        with ->
                                with.zx.objects.objectGetChild(
                                        with.caller(),
                                        with.i("job"),
                                        with.l("koid"),
                                        with.i("rights"),
                                        with.l("out")))
                .step(ZX_ERR_BAD_HANDLE(), "job", Arguments.BAD)
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put("job", with.handle(with.zx.event(), 0)))
                .step(ZX_ERR_ACCESS_DENIED(), "rights", ZX_RIGHT_EXECUTE())
                .step(
                        ZX_ERR_WRONG_TYPE(),
                        with -> {
                            int rights = ZX_RIGHT_ENUMERATE() | ZX_RIGHT_WAIT();
                            with.put("job", with.handle(with.zx.event(), rights));
                        })
                .step(ZX_ERR_NOT_FOUND(), "koid", 1)
                .noMemory(1)
                .step(ZX_ERR_INVALID_ARGS(), "out", FakeMemory.readOnly())
                .check();
    }

    @Test
    @DisplayName("13 object_signal, W-2: handle, SIGNAL, waitable, masks")
    void objectSignal() {
        CheckOrder.of(
                        with -> {
                            with.put("handle", with.handle(with.zx.event(), ZX_RIGHT_SIGNAL()));
                            with.put("set", USER0);
                        },
                        with ->
                                with.zx.objects.objectSignal(
                                        with.caller(),
                                        with.i("handle"),
                                        with.i("clear"),
                                        with.i("set")))
                .lookupAny("handle")
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("handle", with.handle(with.zx.port(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "clear", 1)
                .step(ZX_ERR_INVALID_ARGS(), "set", 1 << 23)
                .check();
    }

    @Test
    @DisplayName("13 object_signal_peer, W-2: handle, SIGNAL_PEER, peer concept, masks, peer")
    void objectSignalPeer() {
        CheckOrder.of(
                        with -> {
                            int[] channel = with.zx.channel();
                            with.put("handle", with.handle(channel[0], ZX_RIGHT_SIGNAL_PEER()));
                            with.put("peer", channel[1]);
                            with.put("set", USER0);
                        },
                        with ->
                                with.zx.objects.objectSignalPeer(
                                        with.caller(),
                                        with.i("handle"),
                                        with.i("clear"),
                                        with.i("set")))
                .lookupAny("handle")
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("handle", with.handle(with.zx.event(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "clear", 8)
                .step(ZX_ERR_PEER_CLOSED(), with -> with.zx.close(with.i("peer")))
                .check();
    }

    @Test
    @DisplayName("13 object_wait_one: handle, WAIT, waitable, the wait, store, its result")
    void objectWaitOne() {
        CheckOrder.of(
                        with -> {
                            with.put("handle", with.handle(with.zx.event(), ZX_RIGHT_WAIT()));
                            with.put("observed", with.zx.memory.room(4));
                        },
                        with ->
                                with.zx.waits.objectWaitOne(
                                        with.caller(),
                                        with.i("handle"),
                                        USER0,
                                        0,
                                        with.l("observed")))
                .elseReturns(ZX_ERR_TIMED_OUT())
                .lookupAny("handle")
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("handle", with.handle(with.zx.port(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "observed", FakeMemory.readOnly())
                .check();
    }

    @Test
    @DisplayName("13 object_wait_many, W-6: count, items, each handle, the wait, store, its result")
    void objectWaitMany() {
        CheckOrder.of(
                        with -> {
                            with.put("first", with.handle(with.zx.event(), ZX_RIGHT_WAIT()));
                            with.put("second", with.handle(with.zx.event(), ZX_RIGHT_WAIT()));
                            with.put("items", with.zx.memory.room(24));
                            with.put("count", 2);
                        },
                        ObjectOrderTest::waitMany)
                .elseReturns(ZX_ERR_TIMED_OUT())
                .step(ZX_ERR_OUT_OF_RANGE(), "count", 17)
                .step(ZX_ERR_INVALID_ARGS(), "items", FakeMemory.WILD)
                .lookupAny("first")
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("first", with.handle(with.zx.port(), Arguments.ALL)))
                .lookupAny("second")
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("second", with.handle(with.zx.port(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "items", FakeMemory.readOnly())
                .check();
    }

    private static int waitMany(Arguments with) {
        long items = with.l("items");
        if (items != FakeMemory.WILD) {
            int[] words = {with.i("first"), USER0, 0, with.i("second"), USER0, 0};
            with.zx.memory.at(items, 24).copyFrom(MemorySegment.ofArray(words));
        }
        return with.zx.waits.objectWaitMany(with.caller(), items, with.l("count"), 0);
    }

    private static int mute(Arguments with) {
        return with.handle(with.zx.event(), 0);
    }

    @Test
    @DisplayName("13 object_wait_async, P-6: port, source, waitable, options, NO_MEMORY")
    void objectWaitAsync() {
        CheckOrder.of(
                        with -> {
                            with.put("port", with.handle(with.zx.port(), ZX_RIGHT_WRITE()));
                            with.put("source", with.handle(with.zx.event(), ZX_RIGHT_WAIT()));
                        },
                        with ->
                                with.zx.waits.objectWaitAsync(
                                        with.caller(),
                                        with.i("source"),
                                        with.i("port"),
                                        1,
                                        USER0,
                                        with.i("options")))
                .lookup("port")
                .step(ZX_ERR_BAD_HANDLE(), "source", Arguments.BAD)
                .step(ZX_ERR_ACCESS_DENIED(), with -> with.put("source", mute(with)))
                .step(
                        ZX_ERR_NOT_SUPPORTED(),
                        with -> with.put("source", with.handle(with.zx.port(), Arguments.ALL)))
                .step(ZX_ERR_INVALID_ARGS(), "options", 2)
                .noMemory(1)
                .check();
    }
}
