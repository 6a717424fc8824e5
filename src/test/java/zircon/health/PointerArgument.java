package zircon.health;

import zircon.health.Places.Place;
import zircon.sys.zircon_h;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// One pointer argument of one syscall, everything else about the call being right.
///
/// @param name the syscall and the argument
/// @param kind what the kernel does with it
/// @param size of what it points to
/// @param call makes the syscall and returns its status
record PointerArgument(String name, Kind kind, int size, Call call) {
    private static final int HANDLE = 4;
    private static final int WORD = 8;
    private static final int WAIT_ITEM = 12;
    static final int EVENT_SIGNALED = 8;
    private static final int NAME = 32;
    private static final int MEMORY = 24;
    private static final int TAKEN_OF_A_NAME = 31; // I-8

    /// What the kernel does with what a pointer points to.
    enum Kind {
        /// Reads it.
        IN,
        /// Reads it, and ends without a word where it cannot (H-7).
        IN_UNLESS_UNREADABLE,
        /// Fills it.
        OUT,
        /// Reads it, and then fills it.
        IN_OUT,
        /// Fills it with a new handle.
        OUT_HANDLE,
        /// Fills it unless it is NULL.
        OPTIONAL_OUT;

        /// Whether it matters what is there.
        boolean isRead() {
            return this == IN || this == IN_OUT;
        }

        /// C-2.
        boolean mayPointTo(Place place) {
            return switch (this) {
                case IN -> place.readable;
                case IN_UNLESS_UNREADABLE -> true;
                case IN_OUT -> place.readable && place.writable;
                case OUT, OUT_HANDLE -> place.writable;
                case OPTIONAL_OUT -> place.writable || place == Place.NULL;
            };
        }
    }

    /// A syscall with a pointer.
    interface Call {
        int status(PointerWorld world, MemorySegment pointer);
    }

    @Override
    public String toString() {
        return name;
    }

    /// Every pointer argument of every syscall that is emulated.
    static List<PointerArgument> all() {
        List<PointerArgument> all = new ArrayList<>();
        all.addAll(handles());
        all.addAll(info());
        all.addAll(objects());
        all.addAll(ports());
        all.addAll(tasks());
        all.addAll(memory());
        all.addAll(registers());
        all.addAll(channels());
        all.addAll(system());
        return all;
    }

    private static PointerArgument in(String name, int size, Call call) {
        return new PointerArgument(name, Kind.IN, size, call);
    }

    private static PointerArgument out(String name, int size, Call call) {
        return new PointerArgument(name, Kind.OUT, size, call);
    }

    private static PointerArgument outHandle(String name, Call call) {
        return new PointerArgument(name, Kind.OUT_HANDLE, HANDLE, call);
    }

    private static PointerArgument optional(String name, int size, Call call) {
        return new PointerArgument(name, Kind.OPTIONAL_OUT, size, call);
    }

    private static List<PointerArgument> handles() {
        return List.of(
                new PointerArgument(
                        "handle_close_many handles",
                        Kind.IN_UNLESS_UNREADABLE,
                        2 * HANDLE,
                        (_, p) -> zircon_h.zx_handle_close_many(p, 2)),
                outHandle(
                        "handle_duplicate out",
                        (w, p) -> zircon_h.zx_handle_duplicate(w.event(), 0, p)),
                outHandle(
                        "handle_replace out",
                        (w, p) -> zircon_h.zx_handle_replace(w.oneMoreEvent(), 0, p)));
    }

    private static List<PointerArgument> info() {
        return List.of(
                out(
                        "object_get_info buffer, HANDLE_BASIC",
                        32,
                        (w, p) -> w.info(w.event(), 2, p, 32)),
                out("object_get_info buffer, PROCESS", 16, (w, p) -> w.info(w.process(), 3, p, 16)),
                out("object_get_info buffer, VMAR", 16, (w, p) -> w.info(w.vmar(), 7, p, 16)),
                out("object_get_info buffer, THREAD", 8, (w, p) -> w.info(w.thread(), 10, p, 8)),
                out("object_get_info buffer, REPORT", 32, (w, p) -> w.info(w.thread(), 11, p, 32)),
                out("object_get_info buffer, COUNT", 4, (w, p) -> w.info(w.event(), 19, p, 4)),
                out("object_get_info buffer, THREADS", 8, (w, p) -> w.info(w.process(), 4, p, 8)),
                out("object_get_info buffer, CHILDREN", 8, (w, p) -> w.info(w.parent(), 8, p, 8)),
                out("object_get_info buffer, PROCESSES", 8, (w, p) -> w.info(w.job(), 9, p, 8)),
                optional(
                        "object_get_info actual, of a record",
                        WORD,
                        (w, p) ->
                                zircon_h.zx_object_get_info(
                                        w.event(), 2, w.spare(), 32, p, MemorySegment.NULL)),
                optional(
                        "object_get_info avail, of a record",
                        WORD,
                        (w, p) ->
                                zircon_h.zx_object_get_info(
                                        w.event(), 2, w.spare(), 32, MemorySegment.NULL, p)),
                optional(
                        "object_get_info actual, of a list",
                        WORD,
                        (w, p) ->
                                zircon_h.zx_object_get_info(
                                        w.job(), 9, w.spare(), 8, p, MemorySegment.NULL)),
                optional(
                        "object_get_info avail, of a list",
                        WORD,
                        (w, p) ->
                                zircon_h.zx_object_get_info(
                                        w.job(), 9, w.spare(), 8, MemorySegment.NULL, p)));
    }

    private static List<PointerArgument> objects() {
        return List.of(
                out(
                        "object_get_property value, NAME",
                        NAME,
                        (w, p) -> zircon_h.zx_object_get_property(w.process(), 3, p, NAME)),
                out(
                        "object_get_property value, DEBUG_ADDR",
                        WORD,
                        (w, p) -> zircon_h.zx_object_get_property(w.process(), 5, p, WORD)),
                in(
                        "object_set_property value, NAME",
                        TAKEN_OF_A_NAME,
                        (w, p) ->
                                zircon_h.zx_object_set_property(
                                        w.process(), 3, p, TAKEN_OF_A_NAME)),
                outHandle(
                        "object_get_child out",
                        (w, p) -> zircon_h.zx_object_get_child(w.process(), w.threadKoid(), 0, p)),
                optional(
                        "object_wait_one observed",
                        HANDLE,
                        (w, p) -> zircon_h.zx_object_wait_one(w.event(), EVENT_SIGNALED, 0, p)),
                new PointerArgument(
                        "object_wait_many items",
                        Kind.IN_OUT,
                        WAIT_ITEM,
                        (_, p) -> zircon_h.zx_object_wait_many(p, 1, 0)));
    }

    private static List<PointerArgument> ports() {
        return List.of(
                outHandle("port_create out", (_, p) -> zircon_h.zx_port_create(0, p)),
                in("port_queue packet", 48, (w, p) -> zircon_h.zx_port_queue(w.port(), p)),
                out(
                        "port_wait packet",
                        48,
                        (w, p) -> zircon_h.zx_port_wait(w.portWithPacket(), 0, p)));
    }

    private static List<PointerArgument> tasks() {
        return List.of(
                outHandle("task_suspend token", (w, p) -> zircon_h.zx_task_suspend(w.process(), p)),
                outHandle(
                        "task_suspend_token token",
                        (w, p) -> zircon_h.zx_task_suspend_token(w.process(), p)),
                outHandle("job_create out", (w, p) -> zircon_h.zx_job_create(w.job(), 0, p)),
                in(
                        "process_create name",
                        NAME,
                        (w, p) ->
                                w.closingSpares(
                                        zircon_h.zx_process_create(
                                                w.job(), p, NAME, 0, w.spare(), w.secondSpare()))),
                outHandle(
                        "process_create proc_handle",
                        (w, p) ->
                                w.closingSpares(
                                        zircon_h.zx_process_create(
                                                w.job(), w.name(), 1, 0, p, w.spare()))),
                outHandle(
                        "process_create vmar_handle",
                        (w, p) ->
                                w.closingSpares(
                                        zircon_h.zx_process_create(
                                                w.job(), w.name(), 1, 0, w.spare(), p))),
                in(
                        "thread_create name",
                        NAME,
                        (w, p) ->
                                w.closingSpares(
                                        zircon_h.zx_thread_create(
                                                w.process(), p, NAME, 0, w.spare()))),
                outHandle(
                        "thread_create out",
                        (w, p) -> zircon_h.zx_thread_create(w.process(), w.name(), 1, 0, p)));
    }

    private static List<PointerArgument> memory() {
        return List.of(
                in(
                        "job_set_policy policy",
                        2 * WORD,
                        (w, p) -> zircon_h.zx_job_set_policy(w.emptyJob(), 0, 0, p, 2)),
                out(
                        "process_read_memory buffer",
                        MEMORY,
                        (w, p) ->
                                zircon_h.zx_process_read_memory(
                                        w.process(),
                                        w.spare().address(),
                                        p,
                                        MEMORY,
                                        w.secondSpare())),
                out(
                        "process_read_memory actual",
                        WORD,
                        (w, p) ->
                                zircon_h.zx_process_read_memory(
                                        w.process(), w.spare().address(), w.secondSpare(), 1, p)),
                in(
                        "process_write_memory buffer",
                        MEMORY,
                        (w, p) ->
                                zircon_h.zx_process_write_memory(
                                        w.process(),
                                        w.spare().address(),
                                        p,
                                        MEMORY,
                                        w.secondSpare())),
                out(
                        "process_write_memory actual",
                        WORD,
                        (w, p) ->
                                zircon_h.zx_process_write_memory(
                                        w.process(), w.spare().address(), w.secondSpare(), 1, p)));
    }

    private static List<PointerArgument> registers() {
        List<PointerArgument> all = new ArrayList<>();
        int[][] kindsAndSizes = {{0, 144}, {1, 160}, {2, 2120}, {4, 64}, {5, 4}};
        for (int[] each : kindsAndSizes) {
            int kind = each[0];
            int size = each[1];
            all.add(
                    out(
                            "thread_read_state buffer, kind " + kind,
                            size,
                            (w, p) -> zircon_h.zx_thread_read_state(w.thread(), kind, p, size)));
            all.add(
                    in(
                            "thread_write_state buffer, kind " + kind,
                            size,
                            (w, p) -> zircon_h.zx_thread_write_state(w.thread(), kind, p, size)));
        }
        return all;
    }

    private static List<PointerArgument> channels() {
        MemorySegment none = MemorySegment.NULL;
        return List.of(
                outHandle(
                        "channel_create out0",
                        (w, p) -> w.closingSpares(zircon_h.zx_channel_create(0, p, w.spare()))),
                outHandle(
                        "channel_create out1",
                        (w, p) -> w.closingSpares(zircon_h.zx_channel_create(0, w.spare(), p))),
                in(
                        "channel_write bytes",
                        100,
                        (w, p) -> zircon_h.zx_channel_write(w.channel(), 0, p, 100, none, 0)),
                out(
                        "channel_read bytes",
                        PointerWorld.MESSAGE,
                        (w, p) ->
                                zircon_h.zx_channel_read(
                                        w.message(),
                                        0,
                                        p,
                                        none,
                                        PointerWorld.MESSAGE,
                                        0,
                                        none,
                                        none)),
                outHandle(
                        "channel_read handles",
                        (w, p) ->
                                zircon_h.zx_channel_read(
                                        w.messageWithHandle(), 0, none, p, 0, 1, none, none)),
                optional(
                        "channel_read actual_bytes",
                        HANDLE,
                        (w, p) ->
                                zircon_h.zx_channel_read(
                                        w.emptyMessage(), 0, none, none, 0, 0, p, none)),
                optional(
                        "channel_read actual_handles",
                        HANDLE,
                        (w, p) ->
                                zircon_h.zx_channel_read(
                                        w.emptyMessage(), 0, none, none, 0, 0, none, p)),
                out(
                        "channel_read_etc bytes",
                        PointerWorld.MESSAGE,
                        (w, p) ->
                                zircon_h.zx_channel_read_etc(
                                        w.message(),
                                        0,
                                        p,
                                        none,
                                        PointerWorld.MESSAGE,
                                        0,
                                        none,
                                        none)),
                new PointerArgument(
                        "channel_read_etc handles",
                        Kind.OUT_HANDLE,
                        16,
                        (w, p) ->
                                zircon_h.zx_channel_read_etc(
                                        w.messageWithHandle(), 0, none, p, 0, 1, none, none)),
                optional(
                        "channel_read_etc actual_bytes",
                        HANDLE,
                        (w, p) ->
                                zircon_h.zx_channel_read_etc(
                                        w.emptyMessage(), 0, none, none, 0, 0, p, none)),
                optional(
                        "channel_read_etc actual_handles",
                        HANDLE,
                        (w, p) ->
                                zircon_h.zx_channel_read_etc(
                                        w.emptyMessage(), 0, none, none, 0, 0, none, p)),
                outHandle("event_create out", (_, p) -> zircon_h.zx_event_create(0, p)),
                outHandle(
                        "eventpair_create out0",
                        (w, p) -> w.closingSpares(zircon_h.zx_eventpair_create(0, p, w.spare()))),
                outHandle(
                        "eventpair_create out1",
                        (w, p) -> w.closingSpares(zircon_h.zx_eventpair_create(0, w.spare(), p))));
    }

    private static List<PointerArgument> system() {
        return List.of(
                out("clock_get_new out", WORD, (_, p) -> zircon_h.zx_clock_get_new(0, p)),
                out(
                        "system_get_version version",
                        64,
                        (_, p) -> zircon_h.zx_system_get_version(p, 64)));
    }
}
