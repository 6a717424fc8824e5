package zircon;

import java.util.Objects;

/// A part of a process' address space: one record of `ZX_INFO_PROCESS_MAPS`.
///
/// The parts come in the order of a walk through the tree that they make: each is followed by what
/// lies in it, which is one deeper.
public sealed interface MapsEntry {
    /// The name of the part.
    ///
    /// @return 31 bytes in UTF-8 at most; empty if there is none
    String name();

    /// Where the part begins.
    ///
    /// @return its first address
    long base();

    /// How large the part is.
    ///
    /// @return its size in bytes
    long size();

    /// How deep in the tree the part lies.
    ///
    /// @return 0 for the whole address space
    long depth();

    /// The whole address space.
    ///
    /// @param name its name
    /// @param base its first address
    /// @param size its size in bytes
    /// @param depth how deep it lies
    record AddressSpace(String name, long base, long size, long depth) implements MapsEntry {
        /// The whole address space.
        public AddressSpace {
            Objects.requireNonNull(name, "name");
        }

        /// The address space for a person.
        ///
        /// @return for example `AddressSpace[proc:1030 0x1000-0x7fffffff0000]`
        @Override
        public String toString() {
            return "AddressSpace[" + MapsEntry.place(this) + "]";
        }
    }

    /// A region that holds regions and mappings.
    ///
    /// @param name its name
    /// @param base its first address
    /// @param size its size in bytes
    /// @param depth how deep it lies
    record Region(String name, long base, long size, long depth) implements MapsEntry {
        /// A region that holds regions and mappings.
        public Region {
            Objects.requireNonNull(name, "name");
        }

        /// The region for a person.
        ///
        /// @return for example `Region[root 0x1000-0x7fffffff0000]`
        @Override
        public String toString() {
            return "Region[" + MapsEntry.place(this) + "]";
        }
    }

    /// A mapping of a memory object.
    ///
    /// @param name its name
    /// @param base its first address
    /// @param size its size in bytes
    /// @param depth how deep it lies
    /// @param access what may be done with its pages
    /// @param vmo the memory object
    /// @param vmoOffset where in the memory object the mapping begins
    /// @param committedPages how many of its pages are there
    record Mapping(
            String name,
            long base,
            long size,
            long depth,
            Access access,
            Koid vmo,
            long vmoOffset,
            long committedPages)
            implements MapsEntry {
        /// A mapping of a memory object.
        public Mapping {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(access, "access");
            Objects.requireNonNull(vmo, "vmo");
        }

        /// The mapping for a person.
        ///
        /// @return for example `Mapping[libc.so 0x7f0000-0x7f1000, Access[READ|EXECUTE], vmo=77]`
        @Override
        public String toString() {
            return "Mapping[%s, %s, vmo=%s, vmoOffset=0x%x, committedPages=%s]"
                    .formatted(
                            MapsEntry.place(this),
                            access,
                            vmo,
                            vmoOffset,
                            Long.toUnsignedString(committedPages));
        }
    }

    /// A part of a kind that this wrapper does not know.
    ///
    /// @param type the kind's number
    /// @param name its name
    /// @param base its first address
    /// @param size its size in bytes
    /// @param depth how deep it lies
    record Other(int type, String name, long base, long size, long depth) implements MapsEntry {
        /// A part of a kind that this wrapper does not know.
        public Other {
            Objects.requireNonNull(name, "name");
        }

        /// The part for a person.
        ///
        /// @return for example `Other[type=9, x 0x1000-0x2000]`
        @Override
        public String toString() {
            return "Other[type=" + type + ", " + MapsEntry.place(this) + "]";
        }
    }

    /// What may be done with the pages of a mapping.
    ///
    /// @param bits the kernel's number; bits without a name are kept
    record Access(int bits) {
        /// They may be read.
        public static final Access READ = new Access(1);

        /// They may be written.
        public static final Access WRITE = new Access(2);

        /// They may be executed.
        public static final Access EXECUTE = new Access(4);

        /// Tells whether everything that `other` allows is allowed.
        ///
        /// @param other what is looked for
        /// @return true if nothing of it is missing
        public boolean contains(Access other) {
            Objects.requireNonNull(other, "other");
            return (bits & other.bits) == other.bits;
        }

        /// What is allowed, by name.
        ///
        /// @return for example `Access[READ|WRITE]`; bits without a name are shown as one
        ///   hexadecimal number
        @Override
        public String toString() {
            return BitNames.text("Access", bits, "READ", "WRITE", "EXECUTE");
        }
    }

    private static String place(MapsEntry entry) {
        long end = entry.base() + entry.size();
        return "%s 0x%x-0x%x".formatted(entry.name(), entry.base(), end).strip();
    }
}
