package zircon.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.conformance.model.Bits;
import zircon.conformance.model.Status;
import zircon.conformance.model.Type;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The arguments of one call, and the objects behind them. It writes down what it calls, in the
/// words of [Listing].
final class Scene implements AutoCloseable {
    static final Value WILD = new Value(1, "wild()");
    static final Value NOTHING = new Value(0, "nothing()");
    static final Value JUNK = new Value(-1, "JUNK");
    private static final int ROOM = 4096;
    private static final int MOST_HANDLES = 256;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment handles = arena.allocate(JAVA_INT, MOST_HANDLES);
    private final MemorySegment buffer = arena.allocate(ROOM, 16);
    private final Map<String, Value> arguments = new HashMap<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final Calls calls;
    private int next;

    /// To whom the calls go.
    interface Calls {
        /// Makes a call by the name that it has in C.
        ///
        /// @return what it returns
        int call(String call, long... arguments);
    }

    /// A number, and how it is written.
    record Value(long number, String text) {
        static Value of(long number) {
            return new Value(number, Long.toString(number));
        }

        static Value bits(int bits) {
            return new Value(bits, "0x%08xu".formatted(bits));
        }
    }

    Scene(Calls calls) {
        this.calls = calls;
        int root = calls.call("zx_job_default");
        int status = calls.call("zx_job_create", root, 0, handles.address());
        if (status != 0) {
            throw new IllegalStateException("no job: " + Status.nameOf(status));
        }
        next = 1;
    }

    /// What was called so far, a line for each call.
    List<String> log() {
        return List.copyOf(log);
    }

    Scene put(String argument, Value value) {
        arguments.put(argument, value);
        return this;
    }

    Value argument(String name) {
        Value value = arguments.get(name);
        if (value == null) {
            throw new IllegalStateException("no argument " + name);
        }
        return value;
    }

    /// Done once all arguments are there.
    Scene later(Runnable action) {
        later.add(action);
        return this;
    }

    int call(String call, List<String> names) {
        later.forEach(Runnable::run);
        return call(call, names.stream().map(this::argument).toArray(Value[]::new));
    }

    /// Makes a call that has to succeed.
    void must(String call, Value... values) {
        int status = call(call, values);
        if (status != 0) {
            throw new IllegalStateException(
                    log.getLast() + " prepares a call and returns " + Status.nameOf(status));
        }
    }

    private int call(String call, Value... values) {
        log.add(
                call
                        + Arrays.stream(values)
                                .map(Value::text)
                                .collect(Collectors.joining(", ", "(", ")")));
        return calls.call(call, Arrays.stream(values).mapToLong(Value::number).toArray());
    }

    // What arguments can be.

    /// Memory that is all zeros.
    Value buffer() {
        return new Value(buffer.address(), "buffer()");
    }

    /// The buffer, with a number in it.
    Value buffer(long number) {
        buffer.set(JAVA_LONG, 0, number);
        return new Value(buffer.address(), "buffer_with(%d)".formatted(number));
    }

    /// The buffer, with as many equal items of a wait.
    Value items(Value handle, int signals) {
        for (int i = 0; i < 17; i++) {
            buffer.setAtIndex(JAVA_INT, 3L * i, (int) handle.number());
            buffer.setAtIndex(JAVA_INT, 3L * i + 1, signals);
        }
        return new Value(buffer.address(), "items(%s, 0x%08xu)".formatted(handle.text(), signals));
    }

    /// The buffer, with a handle in it.
    Value array(Value handle) {
        buffer.set(JAVA_INT, 0, (int) handle.number());
        return new Value(buffer.address(), "array(%s)".formatted(handle.text()));
    }

    Value name() {
        return new Value(buffer.address(), "buffer()");
    }

    /// Where the next handle goes.
    Value out() {
        int slot = next++;
        return new Value(handles.address() + 4L * slot, "out(%d)".formatted(slot));
    }

    private Value made(Value out) {
        int slot = (int) ((out.number() - handles.address()) / 4);
        return new Value(handles.getAtIndex(JAVA_INT, slot), "h(%d)".formatted(slot));
    }

    Value root() {
        return new Value(handles.get(JAVA_INT, 0), "h(0)");
    }

    /// A new object's handle, after `call(first..., out)`.
    Value make(String call, Value... first) {
        Value out = out();
        Value[] all = Arrays.copyOf(first, first.length + 1);
        all[first.length] = out;
        must(call, all);
        return made(out);
    }

    Value[] makeTwo(String call) {
        Value one = out();
        Value two = out();
        must(call, Value.of(0), one, two);
        return new Value[] {made(one), made(two)};
    }

    Value event() {
        return make("zx_event_create", Value.of(0));
    }

    Value port() {
        return make("zx_port_create", Value.of(0));
    }

    Value job() {
        return jobIn(root());
    }

    Value jobIn(Value parent) {
        return make("zx_job_create", parent, Value.of(0));
    }

    Value process() {
        return processIn(root());
    }

    Value processIn(Value job) {
        Value out = out();
        Value vmar = out();
        must("zx_process_create", job, name(), Value.of(1), Value.of(0), out, vmar);
        return made(out);
    }

    Value threadOf(Value process) {
        return make("zx_thread_create", process, name(), Value.of(1), Value.of(0));
    }

    Value thread() {
        return threadOf(process());
    }

    Value[] channel() {
        return makeTwo("zx_channel_create");
    }

    /// In the place of the handle, one with other rights.
    Value with(int rights, Value handle) {
        return make("zx_handle_replace", handle, Value.bits(rights));
    }

    /// Not of this type, with all rights that objects of other types can have.
    Value notA(Type type) {
        return type == Type.PROCESS ? thread() : type == Type.JOB ? process() : job();
    }

    void close(Value handle) {
        must("zx_handle_close", handle);
    }

    Value koid(Value handle) {
        MemorySegment info = arena.allocate(32, 8);
        int _ =
                calls.call(
                        "zx_object_get_info",
                        handle.number(),
                        zircon_h.ZX_INFO_HANDLE_BASIC(),
                        info.address(),
                        32,
                        0,
                        0);
        return new Value(info.get(JAVA_LONG, 0), "koid_of(%s)".formatted(handle.text()));
    }

    @Override
    public void close() {
        int root = handles.get(JAVA_INT, 0);
        int _ = calls.call("zx_handle_close_many", handles.asSlice(4).address(), MOST_HANDLES - 1);
        int _ = calls.call("zx_task_kill", root);
        int _ = calls.call("zx_handle_close", root);
        arena.close();
    }

    /// Bit by bit, that of a handle which nothing may be done with.
    static final int NO_RIGHTS = 0;

    /// All of the task's rights but these.
    static int without(Type type, int rights) {
        return type.rights() & ~rights & ~Bits.SAME_RIGHTS;
    }
}
