package zircon.internal;

import zircon.spi.KernelBoot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// Loads libzircon, once: the file that a property names, the system's own on Fuchsia, or the
/// bundled gate, behind which a kernel is then booted.
public final class NativeLibrary {
    /// The system property that names the file of another libzircon.
    public static final String PROPERTY = "zircon.library";

    private NativeLibrary() {}

    /// Where a libzircon came from.
    public enum Origin {
        NAMED,
        SYSTEM,
        BUNDLED
    }

    /// Which libzircon serves the syscalls.
    ///
    /// @param origin where it came from
    /// @param name the file that was named, or how the bundled gate or the system's library is
    ///   called
    public record Loaded(Origin origin, String name) {}

    /// Class initialization makes it happen once.
    private static final class Once {
        static final Loaded LOADED = open();
    }

    /// Loads the library if that has not happened yet.
    ///
    /// @throws UnsatisfiedLinkError with the reason and the cure; later calls end with a
    ///   [NoClassDefFoundError] caused by it
    public static Loaded load() {
        return Once.LOADED;
    }

    private static Loaded open() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return openNamed(named);
        }
        String os = System.getProperty("os.name");
        if (os.equals("Fuchsia")) {
            // Part of every process there: the linker's default lookup finds its functions.
            return new Loaded(Origin.SYSTEM, "libzircon.so");
        }
        return openBundled(new BundledGate(os, System.getProperty("os.arch")));
    }

    private static Loaded openNamed(String named) {
        Path file = Path.of(named);
        if (!file.isAbsolute() || !Files.isRegularFile(file)) {
            throw new UnsatisfiedLinkError(
                    ("-D%s=%s names no library: give the absolute path of a libzircon.so, or leave"
                                    + " the property out to use the bundled one")
                            .formatted(PROPERTY, named));
        }
        load(file);
        return new Loaded(Origin.NAMED, named);
    }

    private static Loaded openBundled(BundledGate gate) {
        Path folder = BundledGate.newFolder();
        try {
            load(gate.copyInto(folder));
            boot();
        } finally {
            // A loaded library needs its file no more: the dynamic linker knows it by name.
            BundledGate.remove(folder);
        }
        return new Loaded(Origin.BUNDLED, gate.resource());
    }

    private static void load(Path file) {
        try {
            Optional<String> first = LoadedGate.path();
            if (first.isPresent()) {
                throw secondGate(first.get(), file);
            }
            System.load(file.toString());
        } catch (IllegalCallerException denied) {
            throw failure(nativeAccess(), denied);
        }
    }

    private static void boot() {
        List<KernelBoot> kernels =
                ServiceLoader.load(KernelBoot.class, NativeLibrary.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (kernels.size() != 1) {
            throw new UnsatisfiedLinkError(
                    "the bundled gate needs one provider of %s behind it, found %d: %s"
                            .formatted(KernelBoot.class.getName(), kernels.size(), kernels));
        }
        kernels.getFirst().boot();
    }

    private static UnsatisfiedLinkError secondGate(String first, Path second) {
        return new UnsatisfiedLinkError(
                ("there is one gate per JVM: %s was loaded already, so %s cannot be; let one class"
                                + " loader load zircon for all")
                        .formatted(first, second));
    }

    private static String nativeAccess() {
        Module module = NativeLibrary.class.getModule();
        return "this JVM denies native access to Zircon for Java: start it with"
                + " --enable-native-access="
                + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    /// An error, not an exception: only an error leaves a static initializer as it is.
    static UnsatisfiedLinkError failure(String message, Throwable cause) {
        var error = new UnsatisfiedLinkError(message);
        var _ = error.initCause(cause);
        return error;
    }
}
