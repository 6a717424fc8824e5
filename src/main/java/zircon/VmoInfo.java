package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A memory object that a process has a handle or a mapping to: one record of
/// `ZX_INFO_PROCESS_VMOS`.
///
/// @param koid the object's id
/// @param name its name; empty if there is none
/// @param sizeBytes its size
/// @param parentKoid the object that it was cloned from, or [Koid#INVALID]
/// @param numChildren how many clones it has
/// @param numMappings how many mappings there are, in all processes
/// @param shareCount how many processes have mapped it
/// @param flags what it is, and how the process has it
/// @param committedBytes how much of it is there
/// @param handleRights what the process' handle allows, if it has one
/// @param createOptions the kernel's number for what it was made with
/// @param cachePolicy the kernel's number for how its memory is cached
public record VmoInfo(
        Koid koid,
        String name,
        long sizeBytes,
        Koid parentKoid,
        long numChildren,
        long numMappings,
        long shareCount,
        Flags flags,
        long committedBytes,
        Rights handleRights,
        int createOptions,
        int cachePolicy) {
    /// A memory object.
    public VmoInfo {
        Objects.requireNonNull(koid, "koid");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(parentKoid, "parentKoid");
        Objects.requireNonNull(flags, "flags");
        Objects.requireNonNull(handleRights, "handleRights");
    }

    /// What a memory object is, and how a process has it.
    ///
    /// @param bits the kernel's number; bits without a name are kept
    public record Flags(int bits) {
        /// It is made of pages; otherwise it stands for physical memory.
        public static final Flags PAGED = new Flags(1);

        /// It is a clone.
        public static final Flags CLONE = new Flags(1 << 2);

        /// The process has a handle to it.
        public static final Flags VIA_HANDLE = new Flags(1 << 3);

        /// The process has mapped it.
        public static final Flags VIA_MAPPING = new Flags(1 << 4);

        /// Tells whether all of `other` is among these.
        ///
        /// @param other what is looked for
        /// @return true if nothing of it is missing
        public boolean contains(Flags other) {
            Objects.requireNonNull(other, "other");
            return (bits & other.bits) == other.bits;
        }

        /// The flags by name.
        ///
        /// @return for example `Flags[PAGED|VIA_MAPPING]`; bits without a name are shown as one
        ///   hexadecimal number
        @Override
        public String toString() {
            return BitNames.text("Flags", bits, "PAGED", "", "CLONE", "VIA_HANDLE", "VIA_MAPPING");
        }
    }

    static VmoInfo from(MemorySegment info) {
        return new VmoInfo(
                new Koid(InfoStructs.Vmo.koid(info)),
                InfoStructs.Vmo.name(info),
                InfoStructs.Vmo.sizeBytes(info),
                new Koid(InfoStructs.Vmo.parentKoid(info)),
                InfoStructs.Vmo.numChildren(info),
                InfoStructs.Vmo.numMappings(info),
                InfoStructs.Vmo.shareCount(info),
                new Flags(InfoStructs.Vmo.flags(info)),
                InfoStructs.Vmo.committedBytes(info),
                new Rights(InfoStructs.Vmo.handleRights(info)),
                InfoStructs.Vmo.createOptions(info),
                InfoStructs.Vmo.cachePolicy(info));
    }
}
