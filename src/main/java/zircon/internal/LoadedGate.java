package zircon.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// A gate that this JVM has loaded already, by whatever class loader.
final class LoadedGate {
    private LoadedGate() {}

    /// The file of the gate that is loaded, if one is.
    ///
    /// A gate makes its symbols global. Neither the linker's default lookup nor another class
    /// loader's sees those, so the dynamic linker itself is asked.
    static Optional<String> path() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> dlsym = linker.defaultLookup().find("dlsym");
        if (dlsym.isEmpty()) {
            return Optional.empty();
        }
        var lookUp =
                linker.downcallHandle(
                        dlsym.get(),
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            // A NULL handle is RTLD_DEFAULT: the global symbols.
            var function =
                    (MemorySegment)
                            lookUp.invokeExact(
                                    MemorySegment.NULL, arena.allocateFrom("zx_host_gate_path"));
            if (function.equals(MemorySegment.NULL)) {
                return Optional.empty();
            }
            var gatePath =
                    linker.downcallHandle(function, FunctionDescriptor.of(ValueLayout.ADDRESS));
            var text = (MemorySegment) gatePath.invokeExact();
            return Optional.of(text.reinterpret(Long.MAX_VALUE).getString(0));
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }
}
