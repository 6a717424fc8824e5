package zircon.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/// The gate that the jar carries for one operating system and architecture.
final class BundledGate {
    // The gate's soname. Programs that were linked against it find the loaded one by this name.
    private static final String FILE_NAME = "libzircon.so";

    private final String os;
    private final String architecture;

    /// The gate for a machine, by what the JVM calls it.
    BundledGate(String osName, String osArch) {
        os = osName;
        architecture = osArch;
    }

    /// The folder of a machine's gate: `linux-x86_64`, for example.
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            os = "windows";
        } else if (os.startsWith("mac")) {
            os = "macos";
        }
        String architecture =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86-64", "x86_64", "x64" -> "x86_64";
                    case "aarch64", "arm64" -> "aarch64";
                    case String other -> other;
                };
        return (os + "-" + architecture).replaceAll("[^a-z0-9_-]", "");
    }

    /// The name of the gate's resource.
    String resource() {
        return "/zircon/internal/" + platform(os, architecture) + "/" + FILE_NAME;
    }

    /// Makes a fresh folder that only its owner can look into.
    static Path newFolder() {
        try {
            var ownerOnly = PosixFilePermissions.fromString("rwx------");
            return Files.createTempDirectory(
                    "zircon", PosixFilePermissions.asFileAttribute(ownerOnly));
        } catch (IOException e) {
            throw NativeLibrary.failure(noRoom(), e);
        }
    }

    /// Copies the gate into a folder, and returns the copy.
    Path copyInto(Path folder) {
        try (InputStream gate = BundledGate.class.getResourceAsStream(resource())) {
            if (gate == null) {
                throw new UnsatisfiedLinkError(
                        ("no libzircon for os.name=%s, os.arch=%s: there is no resource %s; name"
                             + " another libzircon with -D%s=/absolute/path/libzircon.so")
                                .formatted(os, architecture, resource(), NativeLibrary.PROPERTY));
            }
            Path file = folder.resolve(FILE_NAME);
            var _ = Files.copy(gate, file);
            return file;
        } catch (IOException e) {
            throw NativeLibrary.failure(noRoom(), e);
        }
    }

    /// Removes a folder with what was copied into it; at the latest when the JVM ends.
    static void remove(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        try {
            var _ = Files.deleteIfExists(file);
            Files.delete(folder);
        } catch (IOException stillInUse) {
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
        }
    }

    private static String noRoom() {
        return "cannot copy libzircon into a new folder below java.io.tmpdir="
                + System.getProperty("java.io.tmpdir")
                + "; name another place with -Djava.io.tmpdir";
    }
}
