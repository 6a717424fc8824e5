package zircon;

import java.util.Objects;

/// Which of the handles that a program was given at its start: what
/// [Zircon#takeStartupHandle(StartupHandle)] looks for.
///
/// @param type what the handle is for
/// @param argument tells handles of one type apart, 0 to 65535
public record StartupHandle(Type type, int argument) {
    private static final int MAX_ARGUMENT = 0xffff;
    private static final int ARGUMENT_SHIFT = 16;

    /// Which handle.
    ///
    /// @throws IllegalArgumentException if there can be no such argument
    public StartupHandle {
        Objects.requireNonNull(type, "type");
        if (argument < 0 || argument > MAX_ARGUMENT) {
            throw new IllegalArgumentException("argument " + argument + "; there are 0 to 65535");
        }
    }

    /// The first handle of a type.
    ///
    /// @param type what the handle is for
    /// @return the one with argument 0
    public static StartupHandle of(Type type) {
        return new StartupHandle(type, 0);
    }

    /// The word that `PA_HND` makes of the two.
    int info() {
        return type.raw | argument << ARGUMENT_SHIFT;
    }

    /// What a handle is for: a `PA_*` less the prefix.
    public enum Type {
        /// The process itself. The run-time library keeps it: [ZxProcess#self()].
        PROC_SELF(0x01),
        /// Its first thread. The run-time library keeps it: [ZxThread#self()].
        THREAD_SELF(0x02),
        /// Its job. The run-time library keeps it: [Job#defaultJob()].
        JOB_DEFAULT(0x03),
        /// Its address space. The run-time library keeps it: [Vmar#rootSelf()].
        VMAR_ROOT(0x04),
        /// The region that the program was loaded into.
        VMAR_LOADED(0x05),
        /// The service that loads libraries.
        LDSVC_LOADER(0x10),
        /// The vDSO.
        VMO_VDSO(0x11),
        /// The memory of the first stack.
        VMO_STACK(0x13),
        /// The program's file.
        VMO_EXECUTABLE(0x14),
        /// A folder of the name space.
        NS_DIR(0x20),
        /// A file descriptor: a remote object.
        FDIO_REMOTE(0x32),
        /// A file descriptor: the log.
        FDIO_LOGGER(0x35),
        /// A file descriptor: a socket.
        FDIO_SOCKET(0x36),
        /// Where the program serves its own folder.
        DIRECTORY_REQUEST(0x3b),
        /// A resource.
        RESOURCE(0x3f),
        /// Left to users.
        USER0(0xf0),
        /// Left to users.
        USER1(0xf1),
        /// Left to users.
        USER2(0xf2);

        private final int raw;

        Type(int raw) {
            this.raw = raw;
        }

        int raw() {
            return raw;
        }
    }
}
