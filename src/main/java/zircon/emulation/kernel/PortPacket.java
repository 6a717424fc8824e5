package zircon.emulation.kernel;

/// What a port's reader gets.
public sealed interface PortPacket extends PortQueue.Entry {
    /// The key by which the reader tells its sources apart.
    long key();

    @Override
    default PortPacket packet() {
        return this;
    }

    /// Queued by a program: `status` and the four words of payload are its own.
    record UserPacket(long key, int status, long word0, long word1, long word2, long word3)
            implements PortPacket {}

    /// An object's signals are as an asynchronous wait wanted them (P-5).
    ///
    /// @param repeating whether the wait goes on after its first packet
    /// @param trigger the signals that were waited for
    /// @param observed all signals that were active
    /// @param count how often what was waited for can be done (P-9)
    record SignalPacket(long key, boolean repeating, int trigger, int observed, long count)
            implements PortPacket {}

    /// A thread waits for an answer, or tells a debugger of its life.
    ///
    /// @param type ZX_EXCP_*
    record ExceptionPacket(long key, int type, long process, long thread) implements PortPacket {}
}
