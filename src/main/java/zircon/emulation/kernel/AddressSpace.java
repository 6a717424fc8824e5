package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// The memory that all processes share, as a debugger reaches it: whatever the protection of its
/// pages. Never called under the kernel's lock, but for [#usage].
public interface AddressSpace {
    /// A stretch of memory with the same backing and protection.
    ///
    /// @param base its first address
    /// @param size in bytes
    /// @param access which accesses its pages allow
    /// @param offset of its first byte in what backs it
    /// @param committed how many of its bytes are in memory; 0 where nobody asked for it
    /// @param sealed whether [#write] would put at risk what the kernel itself runs on
    /// @param name of what backs it; may be empty
    record Mapping(
            long base,
            long size,
            Access access,
            long offset,
            long committed,
            boolean sealed,
            String name) {}

    /// Protection of pages.
    record Access(boolean read, boolean write, boolean execute) {}

    /// Bytes in use.
    ///
    /// @param mapped by all mappings
    /// @param unshared in memory, and nobody else's
    /// @param shared in memory, and perhaps others' as well
    record Usage(long mapped, long unshared, long shared) {}

    /// The mapping that contains a user address, or null.
    @Nullable Mapping find(long address);

    /// All mappings of user addresses in their order.
    List<Mapping> mappings();

    /// How much memory is in use.
    Usage usage();

    /// Copies from an address inside a mapping.
    ///
    /// @return whether it could be had; otherwise nothing backs some of it
    boolean read(long address, MemorySegment destination);

    /// Copies to an address inside a mapping that is not sealed.
    ///
    /// @return whether it could be put there; otherwise nothing backs some of it
    boolean write(long address, MemorySegment source);
}
