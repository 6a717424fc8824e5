package zircon;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What the texts of packets have in common.
final class PacketText {
    private PacketText() {}

    /// The key, and a status that says something.
    static String head(PortPacket packet) {
        String key = "key=" + Long.toUnsignedString(packet.key());
        return packet.status() == 0 ? key : key + ", status=" + Status.of(packet.status());
    }

    static String words(long... words) {
        return Arrays.stream(words)
                .mapToObj(word -> "0x" + Long.toHexString(word))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
