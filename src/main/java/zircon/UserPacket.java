package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;

/// A packet from one user to another, by [Port#queue(UserPacket)].
///
/// @param key any 64 bits, unsigned
/// @param status any number
/// @param word0 any 64 bits
/// @param word1 any 64 bits
/// @param word2 any 64 bits
/// @param word3 any 64 bits
public record UserPacket(long key, int status, long word0, long word1, long word2, long word3)
        implements PortPacket {
    /// A packet that says nothing but its key.
    ///
    /// @param key any 64 bits, unsigned
    /// @return the packet; everything else is zero
    public static UserPacket of(long key) {
        return new UserPacket(key, 0, 0, 0, 0, 0);
    }

    void into(MemorySegment packet) {
        Structs.PortPacket.key(packet, key);
        Structs.PortPacket.type(packet, Abi.ZX_PKT_TYPE_USER);
        Structs.PortPacket.status(packet, status);
        Structs.PortPacket.userWord(packet, 0, word0);
        Structs.PortPacket.userWord(packet, 1, word1);
        Structs.PortPacket.userWord(packet, 2, word2);
        Structs.PortPacket.userWord(packet, 3, word3);
    }

    /// The packet for a person.
    ///
    /// @return for example `UserPacket[key=7, words=[0x1, 0x0, 0x0, 0x0]]`
    @Override
    public String toString() {
        return "UserPacket[%s, words=%s]"
                .formatted(PacketText.head(this), PacketText.words(word0, word1, word2, word3));
    }
}
