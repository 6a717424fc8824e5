package zircon.emulation.trace;

import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_TIME_INFINITE;

import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.UserMemory;
import zircon.emulation.syscalls.Call;
import zircon.sys.zx_port_packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A syscall as a line of text: its arguments, and what came of them.
final class CallText {
    /// How a parameter is shown.
    private enum Kind {
        HANDLE,
        RIGHTS,
        BITS,
        NUMBER,
        TIME,
        ADDRESS,
        TOPIC,
        PROPERTY,
        REGISTERS,
        /// An address to which the call stores a handle.
        OUT_HANDLE,
        /// An address to which the call stores a packet.
        OUT_PACKET,
        /// An address of a packet.
        PACKET
    }

    private record Parameter(String name, Kind kind) {}

    private static final Map<Call, List<Parameter>> PARAMETERS = new EnumMap<>(Call.class);

    static {
        handles();
        objects();
        ports();
        tasks();
        channels();
        others();
    }

    private final UserMemory memory;

    CallText(UserMemory memory) {
        this.memory = memory;
    }

    private static Parameter parameter(String name, Kind kind) {
        return new Parameter(name, kind);
    }

    private static Parameter handle(String name) {
        return parameter(name, Kind.HANDLE);
    }

    private static Parameter number(String name) {
        return parameter(name, Kind.NUMBER);
    }

    private static Parameter address(String name) {
        return parameter(name, Kind.ADDRESS);
    }

    private static Parameter out(String name) {
        return parameter(name, Kind.OUT_HANDLE);
    }

    private static void handles() {
        Parameter handle = handle("handle");
        Parameter rights = parameter("rights", Kind.RIGHTS);
        PARAMETERS.put(Call.HANDLE_CLOSE, List.of(handle));
        PARAMETERS.put(Call.HANDLE_CLOSE_MANY, List.of(address("handles"), number("count")));
        PARAMETERS.put(Call.HANDLE_DUPLICATE, List.of(handle, rights, out("out")));
        PARAMETERS.put(Call.HANDLE_REPLACE, List.of(handle, rights, out("out")));
        PARAMETERS.put(Call.TAKE_STARTUP_HANDLE, List.of(parameter("info", Kind.BITS)));
    }

    private static void objects() {
        Parameter handle = handle("handle");
        Parameter deadline = parameter("deadline", Kind.TIME);
        Parameter signals = parameter("signals", Kind.BITS);
        Parameter property = parameter("property", Kind.PROPERTY);
        PARAMETERS.put(
                Call.OBJECT_GET_INFO,
                List.of(
                        handle,
                        parameter("topic", Kind.TOPIC),
                        address("buffer"),
                        number("size"),
                        address("actual"),
                        address("avail")));
        List<Parameter> value = List.of(handle, property, address("value"), number("size"));
        PARAMETERS.put(Call.OBJECT_GET_PROPERTY, value);
        PARAMETERS.put(Call.OBJECT_SET_PROPERTY, value);
        PARAMETERS.put(
                Call.OBJECT_GET_CHILD,
                List.of(handle, number("koid"), parameter("rights", Kind.RIGHTS), out("out")));
        List<Parameter> masks =
                List.of(handle, parameter("clear", Kind.BITS), parameter("set", Kind.BITS));
        PARAMETERS.put(Call.OBJECT_SIGNAL, masks);
        PARAMETERS.put(Call.OBJECT_SIGNAL_PEER, masks);
        PARAMETERS.put(
                Call.OBJECT_WAIT_ONE, List.of(handle, signals, deadline, address("observed")));
        PARAMETERS.put(Call.OBJECT_WAIT_MANY, List.of(address("items"), number("count"), deadline));
        PARAMETERS.put(
                Call.OBJECT_WAIT_ASYNC,
                List.of(handle, handle("port"), number("key"), signals, number("options")));
    }

    private static void ports() {
        Parameter handle = handle("handle");
        PARAMETERS.put(Call.PORT_CREATE, List.of(number("options"), out("out")));
        PARAMETERS.put(Call.PORT_QUEUE, List.of(handle, parameter("packet", Kind.PACKET)));
        PARAMETERS.put(
                Call.PORT_WAIT,
                List.of(
                        handle,
                        parameter("deadline", Kind.TIME),
                        parameter("packet", Kind.OUT_PACKET)));
        PARAMETERS.put(Call.PORT_CANCEL, List.of(handle, handle("source"), number("key")));
    }

    private static void tasks() {
        Parameter handle = handle("handle");
        Parameter options = number("options");
        Parameter name = address("name");
        Parameter size = number("size");
        Parameter buffer = address("buffer");
        PARAMETERS.put(Call.JOB_CREATE, List.of(handle("parent"), options, out("out")));
        PARAMETERS.put(
                Call.JOB_SET_POLICY,
                List.of(handle, options, number("topic"), address("policy"), number("count")));
        PARAMETERS.put(
                Call.PROCESS_CREATE,
                List.of(handle("job"), name, size, options, out("process"), out("vmar")));
        PARAMETERS.put(
                Call.PROCESS_START,
                List.of(
                        handle,
                        handle("thread"),
                        address("entry"),
                        address("stack"),
                        handle("arg1"),
                        number("arg2")));
        PARAMETERS.put(Call.PROCESS_EXIT, List.of(number("code")));
        List<Parameter> memory = List.of(handle, address("vaddr"), buffer, size, address("actual"));
        PARAMETERS.put(Call.PROCESS_READ_MEMORY, memory);
        PARAMETERS.put(Call.PROCESS_WRITE_MEMORY, memory);
        PARAMETERS.put(
                Call.THREAD_CREATE, List.of(handle("process"), name, size, options, out("out")));
        PARAMETERS.put(
                Call.THREAD_START,
                List.of(
                        handle,
                        address("entry"),
                        address("stack"),
                        number("arg1"),
                        number("arg2")));
        List<Parameter> state = List.of(handle, parameter("kind", Kind.REGISTERS), buffer, size);
        PARAMETERS.put(Call.THREAD_READ_STATE, state);
        PARAMETERS.put(Call.THREAD_WRITE_STATE, state);
        PARAMETERS.put(
                Call.TASK_BIND_EXCEPTION_PORT,
                List.of(handle, handle("port"), number("key"), options));
        PARAMETERS.put(Call.TASK_RESUME_FROM_EXCEPTION, List.of(handle, handle("port"), options));
        PARAMETERS.put(Call.TASK_SUSPEND, List.of(handle, out("token")));
        PARAMETERS.put(Call.TASK_SUSPEND_TOKEN, List.of(handle, out("token")));
        PARAMETERS.put(Call.TASK_KILL, List.of(handle));
    }

    private static void channels() {
        Parameter options = number("options");
        List<Parameter> pair = List.of(options, out("out0"), out("out1"));
        PARAMETERS.put(Call.CHANNEL_CREATE, pair);
        PARAMETERS.put(Call.EVENTPAIR_CREATE, pair);
        PARAMETERS.put(Call.EVENT_CREATE, List.of(options, out("out")));
        List<Parameter> read =
                List.of(
                        handle("handle"),
                        options,
                        address("bytes"),
                        address("handles"),
                        number("num_bytes"),
                        number("num_handles"),
                        address("actual_bytes"),
                        address("actual_handles"));
        PARAMETERS.put(Call.CHANNEL_READ, read);
        PARAMETERS.put(Call.CHANNEL_READ_ETC, read);
        PARAMETERS.put(
                Call.CHANNEL_WRITE,
                List.of(
                        handle("handle"),
                        options,
                        address("bytes"),
                        number("num_bytes"),
                        address("handles"),
                        number("num_handles")));
    }

    private static void others() {
        Parameter clock = number("clock");
        PARAMETERS.put(Call.CLOCK_GET, List.of(clock));
        PARAMETERS.put(Call.CLOCK_GET_NEW, List.of(clock, address("out")));
        PARAMETERS.put(Call.DEADLINE_AFTER, List.of(number("nanoseconds")));
        PARAMETERS.put(Call.NANOSLEEP, List.of(parameter("deadline", Kind.TIME)));
        PARAMETERS.put(Call.SYSTEM_GET_VERSION, List.of(address("version"), number("size")));
    }

    /// How many arguments a call is shown with.
    static int parameterCount(Call call) {
        return PARAMETERS.getOrDefault(call, List.of()).size();
    }

    /// The call, with what it stored if it succeeded.
    String text(Call call, long[] arguments, long result) {
        boolean stored = !call.returnsStatus() || (int) result == ZX_OK();
        List<String> shown = new ArrayList<>();
        List<Parameter> parameters = PARAMETERS.getOrDefault(call, List.of());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            shown.add(parameter.name() + "=" + argument(parameter.kind(), arguments[i], stored));
        }
        return "%s(%s) = %s"
                .formatted(call.cName(), String.join(", ", shown), result(call, result));
    }

    private String argument(Kind kind, long value, boolean stored) {
        return switch (kind) {
            case HANDLE -> (int) value == 0 ? "INVALID" : "%#x".formatted((int) value);
            case RIGHTS -> Constants.RIGHTS.bits((int) value);
            case BITS -> "%#x".formatted(value);
            case NUMBER -> Long.toString(value);
            case TIME -> time(value);
            case ADDRESS -> value == 0 ? "NULL" : "%#x".formatted(value);
            case TOPIC -> Constants.TOPICS.name((int) value);
            case PROPERTY -> Constants.PROPERTIES.name((int) value);
            case REGISTERS -> Constants.REGISTERS.name((int) value);
            case OUT_HANDLE -> stored ? handleAt(value) : argument(Kind.ADDRESS, value, false);
            case OUT_PACKET -> stored ? packetAt(value) : argument(Kind.ADDRESS, value, false);
            case PACKET -> packetAt(value);
        };
    }

    private static String time(long value) {
        if (value == ZX_TIME_INFINITE()) {
            return "INFINITE";
        }
        return value <= 0 ? "PAST" : "%.6fs".formatted(value / 1e9);
    }

    private String handleAt(long address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            memory.copyIn(address, number, number.byteSize());
            return "{%#x}".formatted(number.get(ValueLayout.JAVA_INT, 0));
        } catch (Refusal _) {
            return "%#x".formatted(address);
        }
    }

    private String packetAt(long address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packet = arena.allocate(zx_port_packet.layout());
            memory.copyIn(address, packet, packet.byteSize());
            return "{key=%d, type=%#x}"
                    .formatted(zx_port_packet.key(packet), zx_port_packet.type(packet));
        } catch (Refusal _) {
            return "%#x".formatted(address);
        }
    }

    /// What a call returned.
    static String result(Call call, long result) {
        if (!call.returnsStatus()) {
            return switch (call) {
                case PROCESS_EXIT, THREAD_EXIT -> "ended";
                case CLOCK_GET, CLOCK_GET_MONOTONIC, DEADLINE_AFTER -> Long.toString(result);
                default -> "%#x".formatted((int) result);
            };
        }
        if ((int) result == ZX_OK()) {
            return "ZX_OK";
        }
        return (int) result == Refusal.KILLED.status()
                ? "killed"
                : "ZX_ERR_" + Constants.STATUSES.name((int) result);
    }
}
