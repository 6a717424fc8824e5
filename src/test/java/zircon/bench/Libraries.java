package zircon.bench;

import zircon.internal.NativeLibrary;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The native code behind the benchmarks. Class initialization loads it: first the libzircon that
/// this JVM was told to take, for everything else finds that one by its name.
final class Libraries {
    static {
        var _ = NativeLibrary.load();
        System.load(Built.file("libbench.so").toString());
    }

    private Libraries() {}

    static void load() {}

    /// Whether the libzircon is the one that does nothing.
    static boolean isNull() {
        return NativeLibrary.load().origin() == NativeLibrary.Origin.NAMED;
    }

    /// Has the libzircon that does nothing answer `status` from now on.
    static void answer(int status) {
        try {
            function("fake_status", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invokeExact(status);
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing", e);
        }
    }

    /// A function of what is loaded.
    static MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker()
                .downcallHandle(SymbolLookup.loaderLookup().findOrThrow(name), type);
    }
}
