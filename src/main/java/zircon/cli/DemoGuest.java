package zircon.cli;

import zircon.emulation.HostEmulation;
import zircon.emulation.NativeProgram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The native code that the demo runs, bundled as a resource.
final class DemoGuest {
    // The emulation runs on this platform alone.
    private static final String RESOURCE = "linux-x86_64/guest.so";

    private DemoGuest() {}

    static NativeProgram load(HostEmulation emulation) {
        try {
            Path file = Files.createTempFile("zx-demo-", ".so");
            try {
                copyTo(file);
                return emulation.load(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's guest could not be copied to a file", e);
        }
    }

    private static void copyTo(Path file) throws IOException {
        try (InputStream guest = DemoGuest.class.getResourceAsStream(RESOURCE)) {
            if (guest == null) {
                throw new IllegalStateException(
                        "the demo's guest, %s, is not among the classes; the build makes it"
                                .formatted(RESOURCE));
            }
            try (var out = Files.newOutputStream(file)) {
                var _ = guest.transferTo(out);
            }
        }
    }
}
