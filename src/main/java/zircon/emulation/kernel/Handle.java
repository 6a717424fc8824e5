package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

/// One reference to an object with a set of rights; it lies in the table of a process, or travels
/// in a message.
public final class Handle extends Chain.Link<Handle> {
    private final int slot;
    private final int generation;
    private final Dispatcher object;
    private final int rights;
    private @Nullable HandleTable table;
    private HandleOrigins.@Nullable Trace origin;
    private boolean closed;
    private boolean kept;

    Handle(int slot, int generation, Dispatcher object, int rights) {
        this.slot = slot;
        this.generation = generation;
        this.object = object;
        this.rights = rights;
    }

    int slot() {
        return slot;
    }

    int generation() {
        return generation;
    }

    /// The object that this names.
    public Dispatcher object() {
        return object;
    }

    /// What may be done through it; never changes (H-4).
    public int rights() {
        return rights;
    }

    /// Whether all of these rights are there.
    public boolean hasRights(int wanted) {
        return (rights & wanted) == wanted;
    }

    /// The table of the process that has it, or null while it travels and once it is closed.
    @Nullable HandleTable table() {
        return table;
    }

    /// How it came to where it is, if that was recorded.
    HandleOrigins.@Nullable Trace origin() {
        return origin;
    }

    void cameFrom(HandleOrigins.@Nullable Trace source) {
        origin = source;
    }

    /// Whether this call closed it; a handle closes once.
    boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    void moveTo(@Nullable HandleTable to) {
        table = to;
    }

    /// Whether the kernel keeps it for the process that has it.
    boolean isKept() {
        return kept;
    }

    void keep(boolean keep) {
        kept = keep;
    }
}
