package zircon.emulation;

import java.util.Optional;

/// A handle that a process has open.
///
/// @param process the koid of the process
/// @param host whether that is the Java program itself
/// @param value the number by which the process knows it
/// @param type the object's ZX_OBJ_TYPE_*
/// @param koid the object's number
/// @param rights ZX_RIGHT_*
/// @param origin how the process came by it, if that was recorded: see
///   [HostEmulation#recordHandleOrigins]
public record OpenHandle(
        long process,
        boolean host,
        int value,
        int type,
        long koid,
        int rights,
        Optional<HandleOrigin> origin) {}
