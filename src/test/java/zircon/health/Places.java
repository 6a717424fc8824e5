package zircon.health;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Addresses, good and bad, for the pointer arguments of syscalls.
///
/// Two pages of memory, of which the second cannot be touched, and a page that can only be read.
final class Places implements AutoCloseable {
    private static final int NONE = 0;
    private static final int READ = 1;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final long PAGE = 4096;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MMAP =
            libc(
                    "mmap",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG));
    private static final MethodHandle MPROTECT =
            libc(
                    "mprotect",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle MUNMAP =
            libc(
                    "munmap",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private final long start = map(3 * PAGE);

    Places() {
        protect(start + PAGE, NONE);
        protect(start + 2 * PAGE, READ);
    }

    /// Where a pointer may point to.
    enum Place {
        /// Aligned memory.
        GOOD(true, true),
        /// Memory at an odd address. Zircon asks for no alignment.
        MISALIGNED(true, true),
        /// The last bytes before memory that cannot be touched.
        BEFORE_THE_END(true, true),
        /// The same, but the record is one byte too long.
        ACROSS_THE_END(false, false),
        READ_ONLY(true, false),
        NULL(false, false),
        /// A page in which nothing is.
        FIRST_PAGE(false, false),
        /// Mapped, but not to be touched.
        GUARD(false, false),
        /// No address of x86-64.
        NOT_CANONICAL(false, false),
        /// The kernel's half.
        KERNEL(false, false),
        /// So that adding a size overflows.
        LAST_BYTE(false, false);

        final boolean readable;
        final boolean writable;

        Place(boolean readable, boolean writable) {
            this.readable = readable;
            this.writable = writable;
        }
    }

    /// A pointer to `place` for `size` bytes.
    MemorySegment pointer(Place place, long size) {
        long end = start + PAGE;
        return MemorySegment.ofAddress(
                switch (place) {
                    case GOOD -> start + 64;
                    case MISALIGNED -> start + 67;
                    case BEFORE_THE_END -> end - size;
                    case ACROSS_THE_END -> end - size + 1;
                    case READ_ONLY -> start + 2 * PAGE;
                    case NULL -> 0L;
                    case FIRST_PAGE -> 0x10L;
                    case GUARD -> end + 8;
                    case NOT_CANONICAL -> 0x8000_0000_0000_0000L >>> 4;
                    case KERNEL -> 0xffff_8000_0000_0000L;
                    case LAST_BYTE -> -1L;
                });
    }

    /// Puts `bytes` where a pointer to a readable place leads.
    void fill(MemorySegment pointer, Place place, byte[] bytes) {
        if (place == Place.READ_ONLY) {
            protect(start + 2 * PAGE, READ_WRITE);
        }
        MemorySegment.copy(
                bytes,
                0,
                pointer.reinterpret(bytes.length),
                ValueLayout.JAVA_BYTE,
                0,
                bytes.length);
        if (place == Place.READ_ONLY) {
            protect(start + 2 * PAGE, READ);
        }
    }

    /// A handle that was stored somewhere writable.
    static int handle(MemorySegment pointer) {
        return pointer.reinterpret(Integer.BYTES).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    }

    private static long map(long size) {
        try {
            long address = (long) MMAP.invokeExact(0L, size, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            if (address == -1) {
                throw new AssertionError("mmap failed");
            }
            return address;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void protect(long address, int protection) {
        try {
            if ((int) MPROTECT.invokeExact(address, PAGE, protection) != 0) {
                throw new AssertionError("mprotect failed");
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            if ((int) MUNMAP.invokeExact(start, 3 * PAGE) != 0) {
                throw new AssertionError("munmap failed");
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle libc(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
    }
}
