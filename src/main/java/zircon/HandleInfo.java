package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;

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
    static HandleInfo from(MemorySegment info) {
        return new HandleInfo(
                new Koid(Structs.HandleBasic.koid(info)),
                new Rights(Structs.HandleBasic.rights(info)),
                ObjectType.of(Structs.HandleBasic.type(info)),
                new Koid(Structs.HandleBasic.relatedKoid(info)),
                (Structs.HandleBasic.props(info) & Abi.ZX_OBJ_PROP_WAITABLE) != 0);
    }
}
