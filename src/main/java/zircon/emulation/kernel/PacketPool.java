package zircon.emulation.kernel;

/// The packets that user code and exceptions may have queued in all ports together (P-3).
final class PacketPool {
    static final int CAPACITY = 16384;

    private int taken;

    void take() {
        if (taken == CAPACITY) {
            throw Refusal.NO_MEMORY;
        }
        taken++;
    }

    void give() {
        taken--;
    }
}
