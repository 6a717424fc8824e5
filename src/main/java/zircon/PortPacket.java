package zircon;

/// What comes out of a port.
public sealed interface PortPacket
        permits ExceptionPacket, SignalPacket, UnknownPacket, UserPacket {
    /// What the sender, the wait or the binding was given to tell its packets by.
    ///
    /// @return any 64 bits, unsigned
    long key();

    /// How what the packet is about went.
    ///
    /// @return a raw `zx_status_t`, for [Result#of(int)]; 0 in all that the kernel sends
    int status();
}
