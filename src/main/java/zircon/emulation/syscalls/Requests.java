package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_RIGHT_SAME_RIGHTS;

import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.Names;
import zircon.emulation.kernel.Refusal;

/// Arguments that several syscalls read alike.
final class Requests {
    private static final int CREATION_NAME_LENGTH = 32;

    private Requests() {}

    /// The rights that a caller asks for, out of those of a handle (H-5).
    ///
    /// @param otherwise what to say when they are not a subset
    static int rights(int requested, Handle source, Refusal otherwise) {
        if (requested == ZX_RIGHT_SAME_RIGHTS()) {
            return source.rights();
        }
        if (!source.hasRights(requested)) {
            throw otherwise;
        }
        return requested;
    }

    /// The name for a new object (I-9).
    static String creationName(Caller caller, long address, long size) {
        if (address == 0) {
            throw Refusal.INVALID_ARGS;
        }
        boolean whole = Long.compareUnsigned(size, CREATION_NAME_LENGTH) <= 0;
        return Names.of(caller.loadBytes(address, whole ? (int) size : CREATION_NAME_LENGTH));
    }

    /// Refuses all options.
    static void noOptions(int options, Refusal otherwise) {
        if (options != 0) {
            throw otherwise;
        }
    }
}
