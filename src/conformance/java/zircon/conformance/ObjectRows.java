package zircon.conformance;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BUFFER_TOO_SMALL;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_FOUND;
import static zircon.conformance.model.Status.NOT_SUPPORTED;
import static zircon.conformance.model.Status.OUT_OF_RANGE;
import static zircon.conformance.model.Status.PEER_CLOSED;
import static zircon.conformance.model.Status.SHOULD_WAIT;
import static zircon.conformance.model.Status.TIMED_OUT;

import zircon.conformance.Scene.Value;
import zircon.conformance.model.Bits;
import zircon.conformance.model.Status;
import zircon.conformance.model.Type;

import java.util.List;

/// Section 13 for handles, signals, waits, ports and channels.
final class ObjectRows {
    private static final Value ZERO = Value.of(0);
    private static final Value ONE = Value.of(1);
    private static final Value PAST = new Value(Long.MIN_VALUE, "ZX_TIME_INFINITE_PAST");
    private static final Value USER_0 = Value.bits(1 << 24);
    private static final Value READABLE = Value.bits(1);

    private ObjectRows() {}

    static void handles(List<CheckRow> rows) {
        rows.add(
                CheckRow.of("zx_handle_close", "handle", s -> s.put("handle", s.event()))
                        .bad("handle"));
        rows.add(
                anotherHandle("zx_handle_duplicate")
                        .lacks("handle", s -> s.with(Bits.WAIT, s.event()), "DUPLICATE")
                        .fault("rights no subset", INVALID_ARGS, "rights", Value.bits(0x10))
                        .out());
        rows.add(
                anotherHandle("zx_handle_replace")
                        .fault("rights no subset", INVALID_ARGS, "rights", Value.bits(0x10))
                        .out());
    }

    private static CheckRow anotherHandle(String call) {
        return CheckRow.of(
                        call,
                        "handle rights out",
                        s ->
                                s.put("handle", s.event())
                                        .put("rights", Value.bits(1))
                                        .put("out", s.out()))
                .bad("handle");
    }

    static void signalsAndWaits(List<CheckRow> rows) {
        rows.add(
                CheckRow.of(
                                "zx_object_signal",
                                "handle clear set",
                                s ->
                                        s.put("handle", s.event())
                                                .put("clear", ZERO)
                                                .put("set", USER_0))
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "SIGNAL")
                        .fault("mask not settable", INVALID_ARGS, "set", READABLE));
        rows.add(
                CheckRow.of(
                                "zx_object_signal_peer",
                                "handle clear set",
                                s -> {
                                    Value[] pair = s.makeTwo("zx_eventpair_create");
                                    s.put("handle", pair[0])
                                            .put("peer", pair[1])
                                            .put("clear", ZERO)
                                            .put("set", USER_0);
                                })
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "SIGNAL_PEER")
                        .fault("mask not settable", INVALID_ARGS, "set", READABLE)
                        .state(
                                "peer closed",
                                PEER_CLOSED,
                                "peer",
                                s -> s.close(s.argument("peer"))));
        rows.add(
                CheckRow.of(
                                "zx_object_wait_one",
                                "handle signals deadline observed",
                                s ->
                                        s.put("handle", s.channel()[0])
                                                .put("signals", Value.bits(Bits.WRITABLE))
                                                .put("deadline", PAST)
                                                .put("observed", s.buffer()))
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "WAIT")
                        .fault("observed unwritable", INVALID_ARGS, "observed", Scene.WILD)
                        .fault("not satisfied", TIMED_OUT, "signals", USER_0));
        rows.add(
                CheckRow.of(
                                "zx_object_wait_many",
                                "items count deadline",
                                s -> {
                                    s.put("handle", s.channel()[0])
                                            .put("count", ONE)
                                            .put("deadline", PAST);
                                    s.put("signals", Value.bits(Bits.WRITABLE)).put("items", ZERO);
                                    s.later(
                                            () -> {
                                                if (s.argument("items").number() == 0) {
                                                    int signals =
                                                            (int) s.argument("signals").number();
                                                    s.put(
                                                            "items",
                                                            s.items(s.argument("handle"), signals));
                                                }
                                            });
                                })
                        .fault("too many", OUT_OF_RANGE, "count", Value.of(17))
                        .fault("items unreadable", INVALID_ARGS, "items", Scene.WILD)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "WAIT")
                        .fault("not satisfied", TIMED_OUT, "signals", USER_0));
        rows.add(
                CheckRow.of(
                                "zx_object_wait_async",
                                "handle port key signals options",
                                s ->
                                        s.put("handle", s.event())
                                                .put("port", s.port())
                                                .put("key", ONE)
                                                .put("signals", USER_0)
                                                .put("options", ZERO))
                        .lookup("port", Type.PORT, Bits.WRITE)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "WAIT")
                        .fault("unknown option", INVALID_ARGS, "options", Value.of(2)));
    }

    static void ports(List<CheckRow> rows) {
        rows.add(create("zx_port_create", INVALID_ARGS, Value.of(2), List.of("out")));
        rows.add(
                CheckRow.of(
                                "zx_port_queue",
                                "port packet",
                                s -> s.put("port", s.port()).put("packet", s.buffer()))
                        .lookup("port", Type.PORT, Bits.WRITE)
                        .fault("packet unreadable", INVALID_ARGS, "packet", Scene.WILD)
                        .state(
                                "full",
                                SHOULD_WAIT,
                                "port",
                                s -> {
                                    for (int i = 0; i < Bits.PORT_HOLDS; i++) {
                                        s.must("zx_port_queue", s.argument("port"), s.buffer());
                                    }
                                }));
        rows.add(
                CheckRow.of(
                                "zx_port_wait",
                                "port deadline packet",
                                s ->
                                        s.put("port", s.port())
                                                .put("deadline", PAST)
                                                .put("packet", s.buffer())
                                                .later(
                                                        () -> {
                                                            if (s.argument("filled").number()
                                                                    != 0) {
                                                                s.must(
                                                                        "zx_port_queue",
                                                                        s.argument("filled"),
                                                                        s.buffer());
                                                            }
                                                        })
                                                .put("filled", s.argument("port")))
                        .lookup("port", Type.PORT, Bits.READ)
                        .fault("empty", TIMED_OUT, "filled", ZERO)
                        .fault("packet unwritable", INVALID_ARGS, "packet", Scene.WILD));
        rows.add(
                CheckRow.of(
                                "zx_port_cancel",
                                "port source key",
                                s -> {
                                    s.put("port", s.port())
                                            .put("source", s.event())
                                            .put("key", ONE);
                                    s.must(
                                            "zx_object_wait_async",
                                            s.argument("source"),
                                            s.argument("port"),
                                            ONE,
                                            USER_0,
                                            ZERO);
                                })
                        .lookup("port", Type.PORT, Bits.WRITE)
                        .bad("source")
                        .lacks("source", s -> s.with(0, s.event()), "WAIT")
                        .fault("no such wait", NOT_FOUND, "key", Value.of(9)));
    }

    private static CheckRow create(String call, Status status, Value options, List<String> outs) {
        return CheckRow.of(
                        call,
                        "options " + String.join(" ", outs),
                        s -> {
                            s.put("options", ZERO);
                            for (String out : outs) {
                                s.put(out, s.out());
                            }
                        })
                .fault("unknown option", status, "options", options)
                .fault("out unwritable", INVALID_ARGS, outs.getFirst(), Scene.WILD);
    }

    static void channels(List<CheckRow> rows) {
        rows.add(create("zx_channel_create", INVALID_ARGS, ONE, List.of("out", "out2")));
        rows.add(create("zx_event_create", INVALID_ARGS, ONE, List.of("out")));
        rows.add(create("zx_eventpair_create", NOT_SUPPORTED, ONE, List.of("out", "out2")));
        rows.add(
                CheckRow.of(
                                "zx_channel_read",
                                "channel options bytes handles size count nothing nothing",
                                s -> {
                                    Value[] ends = s.channel();
                                    s.put("channel", ends[0])
                                            .put("peer", ends[1])
                                            .put("options", ZERO);
                                    s.put("bytes", s.buffer()).put("handles", Scene.NOTHING);
                                    s.put("size", Value.of(8))
                                            .put("count", ZERO)
                                            .put("nothing", Scene.NOTHING);
                                    s.put("sent", ONE);
                                    s.later(
                                            () -> {
                                                if (s.argument("sent").number() != 0) {
                                                    s.must(
                                                            "zx_channel_write",
                                                            ends[1],
                                                            ZERO,
                                                            s.buffer(),
                                                            Value.of(8),
                                                            Scene.NOTHING,
                                                            ZERO);
                                                }
                                            });
                                })
                        .lookup("channel", Type.CHANNEL, Bits.READ)
                        .fault("unknown option", NOT_SUPPORTED, "options", Value.of(2))
                        .fault("empty", SHOULD_WAIT, "sent", ZERO)
                        .does(
                                "empty, peer closed",
                                PEER_CLOSED,
                                "sent",
                                s -> {
                                    s.put("sent", ZERO);
                                    s.later(() -> s.close(s.argument("peer")));
                                })
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(7))
                        .fault("bytes unwritable", INVALID_ARGS, "bytes", Scene.WILD));
        rows.add(
                CheckRow.of(
                                "zx_channel_write",
                                "channel options bytes size handles count",
                                s -> {
                                    Value[] ends = s.channel();
                                    s.put("channel", ends[0])
                                            .put("peer", ends[1])
                                            .put("options", ZERO);
                                    s.put("bytes", s.buffer())
                                            .put("size", Value.of(8))
                                            .put("count", ONE);
                                    s.put("sent", s.event()).put("handles", ZERO);
                                    s.later(
                                            () -> {
                                                if (s.argument("handles").number() == 0) {
                                                    s.put("handles", s.array(s.argument("sent")));
                                                }
                                            });
                                })
                        .fault("unknown option", INVALID_ARGS, "options", ONE)
                        .lookup("channel", Type.CHANNEL, Bits.WRITE)
                        .fault("too many bytes", OUT_OF_RANGE, "size", Value.of(65537))
                        .fault("bytes unreadable", INVALID_ARGS, "bytes", Scene.WILD)
                        .fault("handles unreadable", INVALID_ARGS, "handles", Scene.WILD)
                        .bad("sent")
                        .does(
                                "the channel itself",
                                NOT_SUPPORTED,
                                "sent channel",
                                s -> s.put("sent", s.argument("channel")))
                        .fault(
                                "sent lacks TRANSFER",
                                ACCESS_DENIED,
                                "sent",
                                s -> s.with(Bits.WAIT, s.event()))
                        .state(
                                "peer closed",
                                PEER_CLOSED,
                                "peer",
                                s -> s.close(s.argument("peer"))));
        rows.add(
                CheckRow.of(
                                "zx_clock_get_new",
                                "id out",
                                s -> s.put("id", ZERO).put("out", s.buffer()))
                        .fault("unknown clock", INVALID_ARGS, "id", Value.of(7))
                        .fault("out unwritable", INVALID_ARGS, "out", Scene.WILD));
        rows.add(
                CheckRow.of(
                                "zx_system_get_version",
                                "version size",
                                s -> s.put("version", s.buffer()).put("size", Value.of(64)))
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(63)));
    }
}
