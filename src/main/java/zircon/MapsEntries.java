package zircon;

import zircon.internal.InfoStructs;

import java.lang.foreign.MemorySegment;

/// Takes records of `ZX_INFO_PROCESS_MAPS` for what they are.
final class MapsEntries {
    // The headers have no names for these.
    private static final int ADDRESS_SPACE = 1;
    private static final int REGION = 2;
    private static final int MAPPING = 3;

    private MapsEntries() {}

    static MapsEntry from(MemorySegment info) {
        String name = InfoStructs.Maps.name(info);
        long base = InfoStructs.Maps.base(info);
        long size = InfoStructs.Maps.size(info);
        long depth = InfoStructs.Maps.depth(info);
        int type = InfoStructs.Maps.type(info);
        return switch (type) {
            case ADDRESS_SPACE -> new MapsEntry.AddressSpace(name, base, size, depth);
            case REGION -> new MapsEntry.Region(name, base, size, depth);
            case MAPPING ->
                    new MapsEntry.Mapping(
                            name,
                            base,
                            size,
                            depth,
                            new MapsEntry.Access(InfoStructs.Maps.mmuFlags(info)),
                            new Koid(InfoStructs.Maps.vmoKoid(info)),
                            InfoStructs.Maps.vmoOffset(info),
                            InfoStructs.Maps.committedPages(info));
            default -> new MapsEntry.Other(type, name, base, size, depth);
        };
    }
}
