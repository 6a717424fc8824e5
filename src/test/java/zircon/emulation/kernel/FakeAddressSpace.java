package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Mappings that a test has made, each with its bytes; the last of them may be missing.
public final class FakeAddressSpace implements AddressSpace {
    private final List<Mapping> mappings = new ArrayList<>();
    private final Map<Mapping, byte[]> contents = new HashMap<>();

    /// Puts a mapping here, which must not overlap another.
    ///
    /// @param backed how many of its bytes exist
    public byte[] map(long base, int size, int backed, boolean sealed) {
        Access access = new Access(true, !sealed, sealed);
        Mapping mapping = new Mapping(base, size, access, 0x3000, backed, sealed, "/lib/test.so");
        byte[] bytes = new byte[backed];
        mappings.add(mapping);
        contents.put(mapping, bytes);
        return bytes;
    }

    @Override
    public @Nullable Mapping find(long address) {
        for (Mapping mapping : mappings) {
            if (address >= mapping.base() && address < mapping.base() + mapping.size()) {
                return mapping;
            }
        }
        return null;
    }

    @Override
    public List<Mapping> mappings() {
        return List.copyOf(mappings);
    }

    @Override
    public Usage usage() {
        return new Usage(30, 20, 10);
    }

    @Override
    public boolean read(long address, MemorySegment destination) {
        MemorySegment bytes = at(address, destination.byteSize());
        if (bytes == null) {
            return false;
        }
        destination.copyFrom(bytes);
        return true;
    }

    @Override
    public boolean write(long address, MemorySegment source) {
        MemorySegment bytes = at(address, source.byteSize());
        if (bytes == null) {
            return false;
        }
        bytes.copyFrom(source);
        return true;
    }

    private @Nullable MemorySegment at(long address, long size) {
        Mapping mapping = find(address);
        byte[] bytes = mapping == null ? null : contents.get(mapping);
        if (mapping == null || bytes == null) {
            throw new AssertionError("no mapping was put at " + address);
        }
        long offset = address - mapping.base();
        boolean backed = offset + size <= bytes.length;
        return backed ? MemorySegment.ofArray(bytes).asSlice(offset, size) : null;
    }
}
