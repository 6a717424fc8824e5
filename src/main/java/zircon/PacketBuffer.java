package zircon;

import zircon.internal.Structs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Room for one packet, filled by [Port#waitFor(Deadline, PacketBuffer)] without allocating.
///
/// It belongs to the thread that made it: others get a [WrongThreadException]. Once it is closed,
/// everything throws [IllegalStateException].
public final class PacketBuffer implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment packet = arena.allocate(Structs.PortPacket.LAYOUT);

    /// Makes room for one packet; all zero at first.
    public PacketBuffer() {}

    /// Gives the room back.
    @Override
    public void close() {
        arena.close();
    }

    MemorySegment segment() {
        return packet;
    }

    /// The packet's key.
    ///
    /// @return what the sender or the binding gave it
    public long key() {
        return Structs.PortPacket.key(packet);
    }

    /// The packet's type.
    ///
    /// @return a `ZX_PKT_TYPE_*`
    public int type() {
        return Structs.PortPacket.type(packet);
    }

    /// The packet's status.
    ///
    /// @return a raw `zx_status_t`
    public int status() {
        return Structs.PortPacket.status(packet);
    }

    /// Tells whether the packet announces an exception: then word 0 is the process' koid, and word
    /// 1 the thread's.
    ///
    /// @return true if it does
    public boolean isException() {
        return (type() & Abi.ZX_PKT_TYPE_MASK) == ExceptionType.Known.GENERAL.raw();
    }

    /// A part of what follows key, type and status.
    ///
    /// @param index 0 to 3
    /// @return 64 of the 256 bits, lowest first
    /// @throws IndexOutOfBoundsException if there is no such part
    public long word(int index) {
        return Structs.PortPacket.userWord(packet, index);
    }

    /// The packet by itself; it no longer depends on this buffer.
    ///
    /// @return a copy
    public PortPacket packet() {
        if (isException()) {
            return new ExceptionPacket(
                    key(),
                    status(),
                    ExceptionType.of(type()),
                    new Koid(Structs.PortPacket.exceptionPid(packet)),
                    new Koid(Structs.PortPacket.exceptionTid(packet)));
        }
        return switch (type()) {
            case Abi.ZX_PKT_TYPE_USER ->
                    new UserPacket(key(), status(), word(0), word(1), word(2), word(3));
            case Abi.ZX_PKT_TYPE_SIGNAL_ONE -> signal(false);
            case Abi.ZX_PKT_TYPE_SIGNAL_REP -> signal(true);
            default ->
                    new UnknownPacket(key(), type(), status(), word(0), word(1), word(2), word(3));
        };
    }

    private SignalPacket signal(boolean repeating) {
        return new SignalPacket(
                key(),
                status(),
                repeating,
                new Signals(Structs.PortPacket.signalTrigger(packet)),
                new Signals(Structs.PortPacket.signalObserved(packet)),
                Structs.PortPacket.signalCount(packet));
    }

    /// The packet for a person, where it can be read.
    ///
    /// @return for example `PacketBuffer[UserPacket[key=7, words=[0x1, 0x0, 0x0, 0x0]]]`, or
    ///   `PacketBuffer[closed]`
    @Override
    public String toString() {
        if (!arena.scope().isAlive()) {
            return "PacketBuffer[closed]";
        }
        if (!packet.isAccessibleBy(Thread.currentThread())) {
            return "PacketBuffer[of another thread]";
        }
        return "PacketBuffer[" + packet() + "]";
    }
}
