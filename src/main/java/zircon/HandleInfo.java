package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// What a handle is: the record of `ZX_INFO_HANDLE_BASIC`.
///
/// @param koid the object's id
/// @param rights what this handle allows
/// @param type what kind of object it is
/// @param relatedKoid the other end of a channel or event pair, a thread's process, a process' job,
///   a job's parent; or [Koid#INVALID]
/// @param waitable whether the object has signals that can be waited for
public record HandleInfo(
        Koid koid, Rights rights, ObjectType type, Koid relatedKoid, boolean waitable) {
    /// What a handle is.
    public HandleInfo {
        Objects.requireNonNull(koid, "koid");
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(relatedKoid, "relatedKoid");
    }

    static HandleInfo from(MemorySegment info) {
        return new HandleInfo(
                new Koid(InfoStructs.HandleBasic.koid(info)),
                new Rights(InfoStructs.HandleBasic.rights(info)),
                ObjectType.of(InfoStructs.HandleBasic.type(info)),
                new Koid(InfoStructs.HandleBasic.relatedKoid(info)),
                (InfoStructs.HandleBasic.props(info) & Abi.ZX_OBJ_PROP_WAITABLE) != 0);
    }
}
