package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;

/// All live handles of a kernel. A handle keeps its slot for life, whichever process has it (H-3).
public final class HandleArena {
    static final int SLOT_BITS = 18;
    static final int GENERATION_BITS = 12;
    static final int MAX_HANDLES = 1 << SLOT_BITS;
    private static final int FIRST_CAPACITY = 256;

    private final Kernel kernel;
    private final HandleOrigins origins = new HandleOrigins();
    private @Nullable Handle[] live = new Handle[FIRST_CAPACITY];
    private short[] generations = new short[FIRST_CAPACITY];
    // Freed slots, the last freed on top.
    private int[] free = new int[FIRST_CAPACITY];
    private int freeCount;
    private int usedSlots;

    private final ArrayDeque<Handle> toClose = new ArrayDeque<>();
    private boolean closing;

    HandleArena(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Where the handles came from.
    public HandleOrigins origins() {
        return origins;
    }

    /// Makes a handle that is in no table yet.
    ///
    /// @throws Refusal NO_MEMORY: there are too many; an object that has no handle then loses its
    ///   maker's hold, too
    public Handle make(Dispatcher object, int rights) {
        kernel.assertLocked();
        int slot;
        try {
            kernel.faults().allocate();
            slot = takeSlot();
        } catch (Refusal noMemory) {
            object.handleNotMade();
            throw noMemory;
        }
        Handle handle = new Handle(slot, generations[slot], object, rights);
        live[slot] = handle;
        object.handleMade();
        return handle;
    }

    private int takeSlot() {
        if (freeCount > 0) {
            freeCount--;
            return free[freeCount]; // H-2
        }
        if (usedSlots == MAX_HANDLES) {
            throw Refusal.NO_MEMORY;
        }
        if (usedSlots == live.length) {
            int capacity = live.length * 2;
            free = Arrays.copyOf(free, capacity);
            generations = Arrays.copyOf(generations, capacity);
            live = Arrays.copyOf(live, capacity);
        }
        return usedSlots++;
    }

    /// The live handle in a slot, if its generation is the one asked for.
    @Nullable Handle find(int slot, int generation) {
        Handle handle = slot < usedSlots ? live[slot] : null;
        return handle != null && handle.generation() == generation ? handle : null;
    }

    /// Closes a handle, wherever it lies. Does nothing when it is closed.
    public void close(Handle handle) {
        kernel.assertLocked();
        if (!handle.close()) {
            return;
        }
        HandleTable table = handle.table();
        if (table != null) {
            table.remove(handle);
        }
        // A channel that dies with unread messages closes the handles in them, among them channels
        // with unread messages:
        // one after the other, since a program may nest them deeper than a stack.
        toClose.add(handle);
        if (closing) {
            return;
        }
        closing = true;
        try {
            for (Handle next = toClose.poll(); next != null; next = toClose.poll()) {
                finish(next);
            }
        } finally {
            closing = false;
        }
    }

    private void finish(Handle handle) {
        int slot = handle.slot();
        live[slot] = null;
        generations[slot] = (short) ((generations[slot] + 1) & ((1 << GENERATION_BITS) - 1));
        free[freeCount] = slot;
        freeCount++;
        handle.object().signals().cancel(handle); // H-8: second the waits, then the object
        handle.object().handleClosed();
    }

    /// All live handles.
    Iterable<Handle> all() {
        return () -> Arrays.stream(live, 0, usedSlots).filter(handle -> handle != null).iterator();
    }
}
