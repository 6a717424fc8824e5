package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;

/// Where a region of an address space lies: the record of `ZX_INFO_VMAR`.
///
/// @param base its first address
/// @param length its size in bytes
public record VmarInfo(long base, long length) {
    static VmarInfo from(MemorySegment info) {
        return new VmarInfo(InfoStructs.Vmar.base(info), InfoStructs.Vmar.len(info));
    }

    /// The region for a person.
    ///
    /// @return for example `VmarInfo[0x1000-0x7fffffff0000]`; the last address is not part of it
    @Override
    public String toString() {
        return "VmarInfo[0x%x-0x%x]".formatted(base, base + length);
    }
}
