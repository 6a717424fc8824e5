package zircon.emulation.kernel;

/// The x86 debug registers that a debugger has set for one thread. Kept, but no processor sees
/// them.
public final class DebugRegisters {
    /// How many addresses there are.
    public static final int COUNT = 4;

    // Bits that always read as one, and bits that a debugger may set.
    private static final long DR6_ONES = 0xffff_0ff0L;
    private static final long DR6_FREE = 0xe00fL;
    private static final long DR7_ONES = 0x400L;
    private static final long DR7_FREE = 0xffff_03ffL;

    private final long[] addresses = new long[COUNT];
    private long status = DR6_ONES;
    private long control = DR7_ONES;

    DebugRegisters() {}

    /// DR0 to DR3.
    public long address(int index) {
        return addresses[index];
    }

    /// DR6.
    public long status() {
        return status;
    }

    /// DR7.
    public long control() {
        return control;
    }

    /// Sets all of them, or none.
    ///
    /// @throws Refusal INVALID_ARGS: an address that is not a user's, or a reserved bit (I-3)
    public void set(long[] newAddresses, long newStatus, long newControl) {
        for (long address : newAddresses) {
            if (!VmarDispatcher.isUserAddress(address)) {
                throw Refusal.INVALID_ARGS;
            }
        }
        if ((newStatus & ~(DR6_ONES | DR6_FREE)) != 0
                || (newControl & ~(DR7_ONES | DR7_FREE)) != 0) {
            throw Refusal.INVALID_ARGS;
        }
        System.arraycopy(newAddresses, 0, addresses, 0, COUNT);
        status = newStatus | DR6_ONES;
        control = newControl | DR7_ONES;
    }
}
