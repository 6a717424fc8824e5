package zircon;

import zircon.internal.NativeLibrary;
import zircon.internal.Structs;
import zircon.internal.Syscalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;

/// The system behind this wrapper.
public final class Zircon {
    // What zx_system_get_version fills.
    private static final int VERSION_SIZE = 64;

    private Zircon() {}

    /// The libzircon that serves all calls.
    ///
    /// @param origin where it came from
    /// @param name its file if it was named, otherwise how it is called where it lies
    public record Library(Origin origin, String name) {
        /// Where a libzircon came from.
        public Library {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(name, "name");
        }
    }

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
            return status == 0 ? new Ok<>(version.getString(0)) : Answer.refused(status);
        }
    }

    /// Takes one of the handles that this program was given at its start.
    ///
    /// Wraps `zx_take_startup_handle`. Does not block. Each handle can be taken once.
    ///
    /// @param which what to look for
    /// @return the handle, owned, of the class of its object; empty if there is none left
    public static Optional<Handle> takeStartupHandle(StartupHandle which) {
        Objects.requireNonNull(which, "which");
        int handle = Syscalls.takeStartupHandle(which.info());
        return handle == Handle.INVALID ? Optional.empty() : Optional.of(Handle.ofObject(handle));
    }

    /// The system's name for a status. Unlike [ZxError] it knows what this system knows.
    ///
    /// Wraps `zx_status_get_string`. Does not block.
    ///
    /// @param status which status
    /// @return for example `ZX_ERR_NOT_FOUND`, or `(UNKNOWN)`
    public static String statusString(Status status) {
        Objects.requireNonNull(status, "status");
        return Structs.text(Syscalls.statusGetString(status.raw()));
    }
}
