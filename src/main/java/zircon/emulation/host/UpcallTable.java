package zircon.emulation.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.sys.host.zx_host_table;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The C table of function pointers that makes Java methods the kernel behind the gate.
///
/// @param segment the `zx_host_table`
/// @param missing the names of its entries for which there was no method, in order; they answer
///   NOT_SUPPORTED
record UpcallTable(MemorySegment segment, List<String> missing) {
    UpcallTable {
        missing = List.copyOf(missing);
    }

    /// Builds a table from `methods`, by entry name. It lives as long as `arena`.
    ///
    /// A descriptor is made from the method's type, not taken from the generated classes:
    /// initializing one of those links a downcall too, which nobody needs and a start of the JVM
    /// would feel.
    static UpcallTable build(Map<String, MethodHandle> methods, Arena arena) {
        MemorySegment table = zx_host_table.allocate(arena);
        MemorySegment notSupported = stub(notSupported(), arena);
        List<String> missing = new ArrayList<>();
        for (MemoryLayout member : zx_host_table.layout().memberLayouts()) {
            String name = member.name().orElseThrow();
            MethodHandle method = methods.get(name);
            if (method == null) {
                missing.add(name);
            }
            table.set(
                    ADDRESS,
                    zx_host_table.layout().byteOffset(MemoryLayout.PathElement.groupElement(name)),
                    method == null ? notSupported : stub(method, arena));
        }
        return new UpcallTable(table, missing);
    }

    /// A function that ignores whatever arguments the C caller passes, as the C ABI allows.
    private static MethodHandle notSupported() {
        return MethodHandles.constant(int.class, zircon_h.ZX_ERR_NOT_SUPPORTED());
    }

    private static MemorySegment stub(MethodHandle method, Arena arena) {
        return Linker.nativeLinker().upcallStub(method, descriptor(method.type()), arena);
    }

    /// The C function type of a method whose parameters are Java's `int`, `long` and addresses.
    static FunctionDescriptor descriptor(MethodType type) {
        MemoryLayout[] parameters =
                type.parameterList().stream().map(UpcallTable::layout).toArray(MemoryLayout[]::new);
        return type.returnType() == void.class
                ? FunctionDescriptor.ofVoid(parameters)
                : FunctionDescriptor.of(layout(type.returnType()), parameters);
    }

    private static MemoryLayout layout(Class<?> type) {
        if (type == int.class) {
            return JAVA_INT;
        }
        if (type == long.class) {
            return JAVA_LONG;
        }
        if (type == MemorySegment.class) {
            return ADDRESS;
        }
        throw new IllegalArgumentException(
                "no C type for " + type + "; expected int, long or MemorySegment");
    }
}
