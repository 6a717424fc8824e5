package zircon;

/// A packet of a type that this wrapper does not know. Nothing of it is lost.
///
/// @param key any 64 bits, unsigned
/// @param type a `ZX_PKT_TYPE_*`
/// @param status a raw `zx_status_t`
/// @param word0 any 64 bits
/// @param word1 any 64 bits
/// @param word2 any 64 bits
/// @param word3 any 64 bits
public record UnknownPacket(
        long key, int type, int status, long word0, long word1, long word2, long word3)
        implements PortPacket {
    /// The packet for a person.
    ///
    /// @return for example `UnknownPacket[key=7, type=0x3, words=[0x1, 0x0, 0x0, 0x0]]`
    @Override
    public String toString() {
        return "UnknownPacket[%s, type=0x%x, words=%s]"
                .formatted(
                        PacketText.head(this), type, PacketText.words(word0, word1, word2, word3));
    }
}
