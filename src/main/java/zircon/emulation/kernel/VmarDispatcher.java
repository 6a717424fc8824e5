package zircon.emulation.kernel;

/// The root address region of a process. All processes share the host's address space, so that all
/// are alike.
public final class VmarDispatcher extends Dispatcher {
    /// Where user addresses begin and end on x86-64.
    private static final long BASE = 0x100_0000L;

    private static final long END = 0x7fff_ffff_f000L;

    VmarDispatcher(Kernel kernel) {
        super(kernel, ObjectType.VMAR, 0);
    }

    /// Whether a user may have something at this address.
    public static boolean isUserAddress(long address) {
        return Long.compareUnsigned(address, END) < 0;
    }

    /// The first address.
    public long base() {
        return BASE;
    }

    /// How many bytes it spans.
    public long length() {
        return END - BASE;
    }
}
