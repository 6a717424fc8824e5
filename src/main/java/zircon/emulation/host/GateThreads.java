package zircon.emulation.host;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// The threads that the gate knows, by the name that stands in their record: the first argument of
/// every upcall.
///
/// A name holds the number of the kernel that gave it, so that a late word of a thread that an
/// earlier kernel knew is recognized as such. The lookup takes no lock.
final class GateThreads {
    private static final int INITIAL_CAPACITY = 64;

    private final int kernelNumber;
    private final Deque<Integer> free = new ArrayDeque<>();
    private volatile @Nullable GateThread[] threads = new GateThread[INITIAL_CAPACITY];
    private int used = 1; // no thread is called 0

    GateThreads(int kernelNumber) {
        this.kernelNumber = kernelNumber;
    }

    synchronized long add(GateThread thread) {
        Integer recycled = free.poll();
        int index = recycled != null ? recycled : used++;
        @Nullable GateThread[] table = threads;
        if (index == table.length) {
            table = Arrays.copyOf(table, 2 * table.length);
        }
        table[index] = thread;
        threads = table; // publishes the entry
        return (long) kernelNumber << Integer.SIZE | index;
    }

    synchronized void remove(long name) {
        if (find(name) != null) {
            threads[(int) name] = null;
            free.add((int) name);
        }
    }

    /// The thread that this kernel gave the name to. Null: it is not there any more, or another
    /// kernel gave it.
    @Nullable GateThread find(long name) {
        return (int) (name >>> Integer.SIZE) == kernelNumber ? threads[(int) name] : null;
    }
}
