package zircon.emulation.kernel;

/// What a port queues.
public sealed interface PortPacket {
    /// The key by which the reader tells its sources apart.
    long key();

    /// Queued by a program: `status` and the four words of payload are its own.
    record UserPacket(long key, int status, long word0, long word1, long word2, long word3)
            implements PortPacket {}

    /// A thread waits for an answer, or tells a debugger of its life.
    ///
    /// @param type ZX_EXCP_*
    record ExceptionPacket(long key, int type, long process, long thread) implements PortPacket {}
}
