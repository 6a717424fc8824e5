package zircon.conformance;

import static zircon.conformance.model.Status.ACCESS_DENIED;
import static zircon.conformance.model.Status.BAD_STATE;
import static zircon.conformance.model.Status.BUFFER_TOO_SMALL;
import static zircon.conformance.model.Status.INVALID_ARGS;
import static zircon.conformance.model.Status.NOT_FOUND;
import static zircon.conformance.model.Status.NOT_SUPPORTED;
import static zircon.conformance.model.Status.WRONG_TYPE;

import zircon.conformance.Scene.Value;
import zircon.conformance.model.Bits;
import zircon.conformance.model.Type;
import zircon.sys.zircon_h;

import java.util.List;

/// Section 13 for zx_object_get_info() and its relatives.
final class InfoRows {
    private static final Value ZERO = Value.of(0);

    private InfoRows() {}

    static void info(List<CheckRow> rows) {
        rows.add(info("PROCESS", zircon_h.ZX_INFO_PROCESS(), 16, Type.PROCESS, Scene::process));
        rows.add(info("THREAD", zircon_h.ZX_INFO_THREAD(), 8, Type.THREAD, Scene::thread));
        rows.add(
                CheckRow.of(
                                "zx_object_get_info",
                                "handle topic buffer size nothing nothing",
                                s ->
                                        infoOf(s, zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT(), 32)
                                                .put("handle", s.thread()))
                        .named("THREAD_EXCEPTION_REPORT")
                        .fault("unknown topic", NOT_SUPPORTED, "topic", Value.of(99))
                        .lookup("handle", Type.THREAD, Bits.INSPECT)
                        .otherwise(BAD_STATE)
                        .never("buffer too small", "size", ZERO));
        rows.add(
                CheckRow.of(
                                "zx_object_get_info",
                                "handle topic buffer size nothing nothing",
                                s ->
                                        infoOf(s, zircon_h.ZX_INFO_JOB_CHILDREN(), 64)
                                                .put("handle", s.root())
                                                .put("child", s.job()))
                        .named("JOB_CHILDREN")
                        .fault("unknown topic", NOT_SUPPORTED, "topic", Value.of(99))
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "ENUMERATE")
                        .fault("wrong type", WRONG_TYPE, "handle", Scene::process)
                        .fault("buffer unwritable", INVALID_ARGS, "buffer", Scene.WILD));
        rows.add(
                CheckRow.of(
                                "zx_object_get_property",
                                "handle property value size",
                                s ->
                                        s.put("handle", s.process())
                                                .put("property", Value.of(zircon_h.ZX_PROP_NAME()))
                                                .put("value", s.buffer())
                                                .put("size", Value.of(32)))
                        .fault("value NULL", INVALID_ARGS, "value", Scene.NOTHING)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "GET_PROPERTY")
                        .fault("unknown property", INVALID_ARGS, "property", Value.of(77))
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(7))
                        .does(
                                "wrong type",
                                WRONG_TYPE,
                                "handle property",
                                s ->
                                        s.put("handle", s.thread())
                                                .put(
                                                        "property",
                                                        Value.of(
                                                                zircon_h
                                                                        .ZX_PROP_PROCESS_DEBUG_ADDR())))
                        .fault("value unwritable", INVALID_ARGS, "value", Scene.WILD));
        rows.add(
                CheckRow.of(
                                "zx_object_set_property",
                                "handle property value size",
                                s ->
                                        s.put("handle", s.process())
                                                .put(
                                                        "property",
                                                        Value.of(
                                                                zircon_h
                                                                        .ZX_PROP_PROCESS_DEBUG_ADDR()))
                                                .put("value", s.buffer(4096))
                                                .put("size", Value.of(8)))
                        .fault("value NULL", INVALID_ARGS, "value", Scene.NOTHING)
                        .bad("handle")
                        .lacks("handle", s -> s.with(0, s.event()), "SET_PROPERTY")
                        .fault("unknown property", INVALID_ARGS, "property", Value.of(77))
                        .fault("size too small", BUFFER_TOO_SMALL, "size", Value.of(7))
                        .fault("wrong type", WRONG_TYPE, "handle", Scene::thread)
                        .fault("value unreadable", INVALID_ARGS, "value", Scene.WILD));
        rows.add(
                CheckRow.of(
                                "zx_object_get_child",
                                "handle koid rights out",
                                s ->
                                        s.put("handle", s.root())
                                                .put("koid", s.koid(s.job()))
                                                .put("rights", Value.bits(1))
                                                .put("out", s.out()))
                        .bad("handle")
                        .lacks("handle", s -> s.with(Bits.WAIT, s.event()), "ENUMERATE")
                        .fault("rights no subset", ACCESS_DENIED, "rights", Value.bits(1 << 19))
                        .fault("no such child", NOT_FOUND, "koid", Value.of(1))
                        .out());
    }

    private static CheckRow info(
            String name, int topic, int size, Type type, CheckRow.Maker maker) {
        return CheckRow.of(
                        "zx_object_get_info",
                        "handle topic buffer size nothing nothing",
                        s -> infoOf(s, topic, size).put("handle", maker.make(s)))
                .named(name)
                .fault("unknown topic", NOT_SUPPORTED, "topic", Value.of(99))
                .lookup("handle", type, Bits.INSPECT)
                .fault("buffer too small", BUFFER_TOO_SMALL, "size", Value.of(size - 1))
                .fault("buffer unwritable", INVALID_ARGS, "buffer", Scene.WILD);
    }

    private static Scene infoOf(Scene s, int topic, int size) {
        return s.put("topic", Value.of(topic))
                .put("buffer", s.buffer())
                .put("size", Value.of(size))
                .put("nothing", Scene.NOTHING);
    }
}
