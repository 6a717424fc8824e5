package zircon.emulation.syscalls;

import zircon.emulation.kernel.Dispatcher;

import java.lang.foreign.MemorySegment;
import java.util.Collection;

/// The records that a list topic of `zx_object_get_info` gives.
///
/// @param recordSize of each, a multiple of 8
/// @param records one after the other, aligned to 8 bytes
record InfoList(long recordSize, MemorySegment records) {
    /// Fills one record.
    interface Filler<T> {
        void fill(MemorySegment record, T item);
    }

    static <T> InfoList of(Collection<? extends T> items, long recordSize, Filler<T> filler) {
        long[] words = new long[Math.toIntExact(items.size() * recordSize / Long.BYTES)];
        MemorySegment records = MemorySegment.ofArray(words);
        long offset = 0;
        for (T item : items) {
            filler.fill(records.asSlice(offset, recordSize), item);
            offset += recordSize;
        }
        return new InfoList(recordSize, records);
    }

    static InfoList koids(Collection<? extends Dispatcher> objects) {
        long[] koids = objects.stream().mapToLong(Dispatcher::koid).toArray();
        return new InfoList(Long.BYTES, MemorySegment.ofArray(koids));
    }

    long count() {
        return records.byteSize() / recordSize;
    }

    /// The records that a buffer of this size has room for.
    MemorySegment fitting(long bufferSize) {
        long room = Long.divideUnsigned(bufferSize, recordSize);
        return records.asSlice(0, Math.min(count(), room) * recordSize);
    }
}
