package zircon.emulation.syscalls;

import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.UserMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A caller's memory: one array, whose last part cannot be written.
final class FakeMemory implements UserMemory {
    static final long BASE = 0x10000;
    private static final int SIZE = 1 << 18;
    private static final int READ_ONLY = 4096;

    /// An address where nothing is.
    static final long WILD = 0x666_0000L;

    private final byte[] bytes = new byte[SIZE];
    private long next = BASE;

    /// Fresh writable room, filled with 0xaa.
    synchronized long room(int size) {
        long address = next;
        next += (size + 15) & ~15;
        if (next > BASE + SIZE - READ_ONLY) {
            throw new AssertionError("the test wants more memory than there is");
        }
        Arrays.fill(bytes, (int) (address - BASE), (int) (address - BASE) + size, (byte) 0xaa);
        return address;
    }

    /// Room that can be read and not written.
    static long readOnly() {
        return BASE + SIZE - READ_ONLY;
    }

    /// An address whose first `size` bytes are the last that exist.
    static long lastBytes(int size) {
        return BASE + SIZE - size;
    }

    MemorySegment at(long address, long size) {
        return MemorySegment.ofArray(bytes).asSlice(address - BASE, size);
    }

    int intAt(long address) {
        return at(address, Integer.BYTES).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    }

    long longAt(long address) {
        return at(address, Long.BYTES).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    long ints(int... values) {
        long address = room(values.length * Integer.BYTES);
        at(address, (long) values.length * Integer.BYTES).copyFrom(MemorySegment.ofArray(values));
        return address;
    }

    long longs(long... values) {
        long address = room(values.length * Long.BYTES);
        at(address, (long) values.length * Long.BYTES).copyFrom(MemorySegment.ofArray(values));
        return address;
    }

    long text(String text) {
        long address = room(text.length() + 1);
        at(address, text.length() + 1L).setString(0, text);
        return address;
    }

    @Override
    public synchronized void copyIn(long address, MemorySegment destination, long size) {
        check(address, size, SIZE);
        destination.asSlice(0, size).copyFrom(at(address, size));
    }

    @Override
    public synchronized void copyOut(long address, MemorySegment source, long size) {
        check(address, size, SIZE - READ_ONLY);
        at(address, size).copyFrom(source.asSlice(0, size));
    }

    private static void check(long address, long size, long limit) {
        if (address < BASE || address + size > BASE + limit) {
            throw Refusal.INVALID_ARGS;
        }
    }
}
