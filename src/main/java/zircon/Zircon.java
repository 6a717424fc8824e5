package zircon;

import zircon.internal.NativeLibrary;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The system behind this wrapper.
public final class Zircon {
    // What zx_system_get_version fills.
    private static final int VERSION_SIZE = 64;

    private Zircon() {}

    /// The libzircon that serves all calls.
    ///
    /// @param origin where it came from
    /// @param name its file if it was named, otherwise how it is called where it lies
    public record Library(Origin origin, String name) {}

    /// Where a libzircon comes from.
    public enum Origin {
        /// From the file that the system property `zircon.library` names.
        NAMED,
        /// The system's own: this is Fuchsia.
        SYSTEM,
        /// From this library's jar, with an emulated kernel behind it.
        BUNDLED
    }

    /// The libzircon that serves all calls. It is loaded now if no call has been made yet.
    ///
    /// Makes no syscall.
    ///
    /// @return where it came from, and its name
    /// @throws UnsatisfiedLinkError if it cannot be loaded; its message says what to do. The first
    ///   call of a program says the same; later ones end with a [NoClassDefFoundError] caused by it
    public static Library library() {
        NativeLibrary.Loaded loaded = NativeLibrary.load();
        Origin origin =
                switch (loaded.origin()) {
                    case NAMED -> Origin.NAMED;
                    case SYSTEM -> Origin.SYSTEM;
                    case BUNDLED -> Origin.BUNDLED;
                };
        return new Library(origin, loaded.name());
    }

    /// The version of the system.
    ///
    /// Wraps `zx_system_get_version`. Does not block.
    ///
    /// @return a text of the system's own
    public static Result<String> systemVersion() {
        try (var arena = Arena.ofConfined()) {
            // One byte more than the system fills: a text always ends.
            MemorySegment version = arena.allocate(VERSION_SIZE + 1);
            int status = Syscalls.systemGetVersion(version, VERSION_SIZE);
            return status == 0 ? new Ok<>(version.getString(0)) : Answer.refusal(status).err();
        }
    }
}
