package zircon.emulation.kernel;

/// Failures of a real kernel that nothing else provokes here. All methods want the kernel's lock.
public final class FaultInjection {
    private int allocationsUntilFailure;
    private int portsFull;

    FaultInjection() {}

    /// Lets the `count`-th allocation from now on fail: 1 is the next. 0 takes that back.
    public void failAllocation(int count) {
        allocationsUntilFailure = count;
    }

    /// Makes the next `count` packets find their port full.
    public void fillPorts(int count) {
        portsFull = count;
    }

    /// Stands before each allocation of a kernel object, handle or packet.
    ///
    /// @throws Refusal NO_MEMORY: this is the one that was to fail
    public void allocate() {
        if (allocationsUntilFailure > 0 && --allocationsUntilFailure == 0) {
            throw Refusal.NO_MEMORY;
        }
    }

    boolean portIsFull() {
        if (portsFull == 0) {
            return false;
        }
        portsFull--;
        return true;
    }
}
