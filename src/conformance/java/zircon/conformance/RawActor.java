package zircon.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.conformance.model.Step;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Makes calls as C does: through the generated functions.
final class RawActor implements Actor {
    private static final int PACKET = 48;
    private static final int MOST_BYTES = 64;
    private static final int MOST_HANDLES = 64;
    private static final int MOST_POLICIES = 16;

    private final Arena arena;
    private final MemorySegment out;
    private final MemorySegment second;
    private final MemorySegment packet;
    private final MemorySegment bytes;
    private final MemorySegment handles;
    private final MemorySegment registers;
    private final MemorySegment name;
    private final MemorySegment entries;

    RawActor(Arena arena) {
        this.arena = arena;
        out = arena.allocate(8);
        second = arena.allocate(8);
        packet = arena.allocate(PACKET, 8);
        bytes = arena.allocate(MOST_BYTES);
        handles = arena.allocate(JAVA_INT, MOST_HANDLES);
        registers = arena.allocate(144, 8);
        name = arena.allocateFrom(Step.NAME);
        entries = arena.allocate(JAVA_INT, 2L * MOST_POLICIES);
    }

    @Override
    public Answer call(Step step, Variables with) {
        return switch (step) {
            case Step.PortCreate(int options) -> made(zircon_h.zx_port_create(options, out));
            case Step.EventCreate(int options) -> made(zircon_h.zx_event_create(options, out));
            case Step.EventPairCreate(int options) ->
                    pair(zircon_h.zx_eventpair_create(options, out, second));
            case Step.ChannelCreate(int options) ->
                    pair(zircon_h.zx_channel_create(options, out, second));
            case Step.Close(int handle) -> Answer.of(zircon_h.zx_handle_close(with.number(handle)));
            case Step.CloseMany(var all) ->
                    Answer.of(zircon_h.zx_handle_close_many(array(all, with), all.size()));
            case Step.Duplicate(int handle, int rights) ->
                    made(zircon_h.zx_handle_duplicate(with.number(handle), rights, out));
            case Step.Replace(int handle, int rights) ->
                    made(zircon_h.zx_handle_replace(with.number(handle), rights, out));
            case Step.Signal(int handle, int clear, int set) ->
                    Answer.of(zircon_h.zx_object_signal(with.number(handle), clear, set));
            case Step.SignalPeer(int handle, int clear, int set) ->
                    Answer.of(zircon_h.zx_object_signal_peer(with.number(handle), clear, set));
            case Step.WaitOne(int handle, int signals) -> waitOne(with.number(handle), signals);
            case Step.WaitMany(var all, int signals) -> waitMany(all, signals, with);
            case Step.WaitAsync(int handle, int port, long key, int signals, int options) ->
                    Answer.of(
                            zircon_h.zx_object_wait_async(
                                    with.number(handle), with.number(port), key, signals, options));
            case Step.SetName(int handle, var text) -> setName(with.number(handle), text);
            case Step.PortQueue(int port, long key, int count) ->
                    portQueue(with.number(port), key, count);
            case Step.PortWait(int port) -> portWait(with.number(port));
            case Step.PortCancel(int port, int source, long key) ->
                    Answer.of(zircon_h.zx_port_cancel(with.number(port), with.number(source), key));
            case Step.ChannelWrite(int channel, int size, var all) ->
                    Answer.of(
                            zircon_h.zx_channel_write(
                                    with.number(channel),
                                    0,
                                    bytes,
                                    size,
                                    array(all, with),
                                    all.size()));
            case Step.ChannelRead(int channel, int options, int size, int count) ->
                    channelRead(with.number(channel), options, size, count);
            case Step.JobCreate(int parent, int options) ->
                    made(zircon_h.zx_job_create(with.number(parent), options, out));
            case Step.SetPolicy(int job, int options, var policies) ->
                    setPolicy(with.number(job), options, policies);
            case Step.ProcessCreate(int job, int options) ->
                    processCreate(with.number(job), options);
            case Step.ThreadCreate(int process, int options) ->
                    made(
                            zircon_h.zx_thread_create(
                                    with.number(process), name, Step.NAME.length(), options, out));
            case Step.ProcessStart(int process, int thread, var goes, int argument) ->
                    Answer.of(
                            zircon_h.zx_process_start(
                                    with.number(process),
                                    with.number(thread),
                                    Code.entry(goes),
                                    0,
                                    with.number(argument),
                                    Code.secondArgument(goes, with.made())));
            case Step.ThreadStart(int thread, var goes) ->
                    Answer.of(
                            zircon_h.zx_thread_start(
                                    with.number(thread),
                                    Code.entry(goes),
                                    0,
                                    Code.argument(goes),
                                    Code.secondArgument(goes, with.made())));
            case Step.GetChild(int handle, int child, int rights) ->
                    made(
                            zircon_h.zx_object_get_child(
                                    with.number(handle), with.koid(child), rights, out));
            case Step.Kill(int task) -> Answer.of(zircon_h.zx_task_kill(with.number(task)));
            case Step.Suspend(int task) -> made(zircon_h.zx_task_suspend(with.number(task), out));
            case Step.Bind(int task, int port, long key, int options) ->
                    Answer.of(
                            zircon_h.zx_task_bind_exception_port(
                                    with.number(task), with.number(port), key, options));
            case Step.Resume(int thread, int port, int options) ->
                    Answer.of(
                            zircon_h.zx_task_resume_from_exception(
                                    with.number(thread), with.number(port), options));
            case Step.Redirect(int thread, var goes) ->
                    redirect(with.number(thread), goes, with.made());
            case Step.ThreadInfo(int thread) -> threadInfo(with.number(thread));
        };
    }

    private Answer made(int status) {
        return new Answer(
                status, List.of(), status == 0 ? List.of(out.get(JAVA_INT, 0)) : List.of());
    }

    private Answer pair(int status) {
        return new Answer(
                status,
                List.of(),
                status == 0 ? List.of(out.get(JAVA_INT, 0), second.get(JAVA_INT, 0)) : List.of());
    }

    private MemorySegment array(List<Integer> variables, Variables with) {
        for (int i = 0; i < variables.size(); i++) {
            handles.setAtIndex(JAVA_INT, i, with.number(variables.get(i)));
        }
        return handles;
    }

    private Answer waitOne(int handle, int signals) {
        int status = zircon_h.zx_object_wait_one(handle, signals, Long.MIN_VALUE, out);
        boolean told = status == 0 || status == zircon_h.ZX_ERR_TIMED_OUT();
        return new Answer(
                status, told ? List.of((long) out.get(JAVA_INT, 0)) : List.of(), List.of());
    }

    private Answer waitMany(List<Integer> variables, int signals, Variables with) {
        MemorySegment items = arena.allocate(JAVA_INT, 3L * variables.size());
        for (int i = 0; i < variables.size(); i++) {
            items.setAtIndex(JAVA_INT, 3L * i, with.number(variables.get(i)));
            items.setAtIndex(JAVA_INT, 3L * i + 1, signals);
        }
        int status = zircon_h.zx_object_wait_many(items, variables.size(), Long.MIN_VALUE);
        List<Long> pending = new ArrayList<>();
        if (status == 0 || status == zircon_h.ZX_ERR_TIMED_OUT()) {
            for (int i = 0; i < variables.size(); i++) {
                pending.add((long) items.getAtIndex(JAVA_INT, 3L * i + 2));
            }
        }
        return new Answer(status, pending, List.of());
    }

    private Answer portQueue(int port, long key, int count) {
        packet.fill((byte) 0);
        packet.set(JAVA_LONG, 0, key);
        packet.set(JAVA_INT, 8, zircon_h.ZX_PKT_TYPE_SIGNAL_REP()); // P-4: made USER
        int status = 0;
        for (int i = 0; i < count && status == 0; i++) {
            status = zircon_h.zx_port_queue(port, packet);
        }
        return Answer.of(status);
    }

    private Answer portWait(int port) {
        int status = zircon_h.zx_port_wait(port, Long.MIN_VALUE, packet);
        if (status != 0) {
            return Answer.of(status);
        }
        return new Answer(
                status,
                List.of(
                        packet.get(JAVA_LONG, 0),
                        (long) packet.get(JAVA_INT, 8),
                        (long) packet.get(JAVA_INT, 12),
                        packet.get(JAVA_LONG, 16),
                        packet.get(JAVA_LONG, 24)),
                List.of());
    }

    private Answer channelRead(int channel, int options, int size, int count) {
        int status =
                zircon_h.zx_channel_read(
                        channel, options, bytes, handles, size, count, out, second);
        List<Long> values = new ArrayList<>();
        if (status == 0 || status == zircon_h.ZX_ERR_BUFFER_TOO_SMALL()) {
            values.add((long) out.get(JAVA_INT, 0));
            values.add((long) second.get(JAVA_INT, 0));
        }
        if (status == 0) {
            for (int i = 0; i < second.get(JAVA_INT, 0); i++) {
                values.add((long) handles.getAtIndex(JAVA_INT, i));
            }
        }
        return new Answer(status, values, List.of());
    }

    private Answer processCreate(int job, int options) {
        int status =
                zircon_h.zx_process_create(job, name, Step.NAME.length(), options, out, second);
        if (status == 0) {
            int _ = zircon_h.zx_handle_close(second.get(JAVA_INT, 0));
        }
        return made(status);
    }

    private Answer setName(int handle, String text) {
        bytes.setString(0, text);
        return Answer.of(
                zircon_h.zx_object_set_property(
                        handle, zircon_h.ZX_PROP_NAME(), bytes, text.length()));
    }

    private Answer setPolicy(int job, int options, List<Step.Policy> policies) {
        for (int i = 0; i < policies.size(); i++) {
            entries.setAtIndex(JAVA_INT, 2L * i, policies.get(i).condition());
            entries.setAtIndex(JAVA_INT, 2L * i + 1, policies.get(i).action());
        }
        int topic = zircon_h.ZX_JOB_POL_BASIC();
        return Answer.of(zircon_h.zx_job_set_policy(job, options, topic, entries, policies.size()));
    }

    private Answer redirect(int thread, Step.Goes goes, long made) {
        int general = zircon_h.ZX_THREAD_STATE_GENERAL_REGS();
        int status = zircon_h.zx_thread_read_state(thread, general, registers, 144);
        if (status == 0) {
            registers.set(JAVA_LONG, Code.RIP, Code.entry(goes));
            registers.set(JAVA_LONG, Code.RDI, Code.argument(goes));
            registers.set(JAVA_LONG, Code.RSI, Code.secondArgument(goes, made));
            status = zircon_h.zx_thread_write_state(thread, general, registers, 144);
        }
        return Answer.of(status);
    }

    private Answer threadInfo(int thread) {
        int status =
                zircon_h.zx_object_get_info(
                        thread,
                        zircon_h.ZX_INFO_THREAD(),
                        out,
                        8,
                        MemorySegment.NULL,
                        MemorySegment.NULL);
        List<Long> values =
                status == 0
                        ? List.of((long) out.get(JAVA_INT, 0), (long) out.get(JAVA_INT, 4))
                        : List.of();
        return new Answer(status, values, List.of());
    }
}
