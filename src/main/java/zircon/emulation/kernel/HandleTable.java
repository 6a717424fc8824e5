package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The handles of one process, under the numbers by which it knows them.
public final class HandleTable implements HandleLookup {
    private static final int SLOT_MASK = HandleArena.MAX_HANDLES - 1;

    private final HandleArena arena;
    private final int mask;
    private final Chain<Handle> handles = new Chain<>();
    private int kept;

    /// @param random any bits; they make this process's numbers differ from those of others
    HandleTable(HandleArena arena, int random) {
        this.arena = arena;
        this.mask = random & ~0x8000_0003; // H-1: bits 0, 1 and 31 are clear
    }

    /// The number of a handle, whether it is in this table or about to be.
    public int valueOf(Handle handle) {
        int index = handle.slot() | handle.generation() << HandleArena.SLOT_BITS;
        return (index << 1 | 1) ^ mask; // H-1
    }

    /// Puts a handle here that is in no table.
    public void add(Handle handle) {
        handle.moveTo(this);
        handle.cameFrom(arena.origins().here());
        handles.add(handle);
    }

    /// Puts a handle here that the kernel keeps for the process's own run-time functions.
    void keep(Handle handle) {
        add(handle);
        handle.keep(true);
        kept++;
    }

    /// Gives a kept handle to the process.
    void unkeep(Handle handle) {
        if (handle.isKept()) {
            handle.keep(false);
            kept--;
        }
    }

    /// Takes a handle out, still open.
    public void remove(Handle handle) {
        assert contains(handle) : "a handle leaves the table that it is in";
        unkeep(handle);
        handles.remove(handle);
        handle.moveTo(null);
    }

    @Override
    public @Nullable Handle find(int value) {
        int bits = value ^ mask;
        if ((bits & 0x8000_0001) != 1) {
            return null;
        }
        int index = bits >>> 1;
        Handle handle = arena.find(index & SLOT_MASK, index >>> HandleArena.SLOT_BITS);
        return handle != null && handle.table() == this ? handle : null;
    }

    /// Whether this handle is open, and here.
    public boolean contains(Handle handle) {
        return handle.table() == this;
    }

    void closeAll() {
        handles.toList().forEach(arena::close);
    }

    /// The handles that the process itself has open: without those that the kernel keeps for it.
    public int openCount() {
        return handles.size() - kept;
    }

    /// The handles that [#openCount] counts, the oldest first.
    public List<Handle> open() {
        return handles.toList().stream().filter(handle -> !handle.isKept()).toList();
    }

    /// Adds each handle of the process to its type's entry.
    public void countByType(int[] counts) {
        for (Handle handle : handles.toList()) {
            counts[handle.object().type().number()]++;
        }
    }
}
