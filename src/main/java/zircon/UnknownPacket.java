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
        implements PortPacket {}
