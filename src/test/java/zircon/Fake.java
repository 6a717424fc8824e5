package zircon;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.internal.NativeLibrary;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The fake libzircon of `src/test/c/fake`, in a JVM that was started with it: see its `fake.h`.
final class Fake {
    private static final MethodHandle RESET;
    private static final MethodHandle STATUS;
    private static final MethodHandle OUT;
    private static final MethodHandle RECORD;
    private static final MethodHandle MESSAGE_HANDLES;
    private static final MethodHandle LOG;

    static {
        var _ = NativeLibrary.load();
        RESET = bind("fake_reset", FunctionDescriptor.ofVoid());
        STATUS = bind("fake_status", FunctionDescriptor.ofVoid(JAVA_INT));
        OUT = bind("fake_out", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
        RECORD = bind("fake_record", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
        MESSAGE_HANDLES =
                bind("fake_message_handles", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT));
        MemoryLayout text = MemoryLayout.sequenceLayout(Long.MAX_VALUE, JAVA_BYTE);
        LOG = bind("fake_log", FunctionDescriptor.of(ADDRESS.withTargetLayout(text)));
    }

    private Fake() {}

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        MemorySegment function = SymbolLookup.loaderLookup().findOrThrow(name);
        return Linker.nativeLinker().downcallHandle(function, descriptor);
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void reset() {
        var _ = call(RESET);
    }

    static void status(int status) {
        var _ = call(STATUS, status);
    }

    static void status(Status status) {
        status(status.raw());
    }

    static void out(byte... data) {
        give(OUT, data);
    }

    static void record(byte... data) {
        give(RECORD, data);
    }

    private static void give(MethodHandle function, byte[] data) {
        try (var arena = Arena.ofConfined()) {
            var _ = call(function, arena.allocateFrom(JAVA_BYTE, data), (long) data.length);
        }
    }

    static void messageHandles(int count, ObjectType type) {
        var _ = call(MESSAGE_HANDLES, count, type.raw());
    }

    /// The calls since the reset, one per element.
    static List<String> log() {
        return ((MemorySegment) call(LOG)).getString(0).lines().toList();
    }

    /// A struct in memory: an `Integer` takes four bytes, a `Long` eight.
    static byte[] struct(Number... fields) {
        ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        for (Number field : fields) {
            buffer =
                    switch (field) {
                        case Integer number -> buffer.putInt(number);
                        case Long number -> buffer.putLong(number);
                        default -> throw new IllegalArgumentException("cannot lay out " + field);
                    };
        }
        var bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return bytes;
    }
}
