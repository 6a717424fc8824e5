package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import zircon.jqwik.ZirconTries;

@ZirconTries
class PortProperties {
    @Property
    void aUserPacketComesOutAsItWentIn(
            @ForAll long key, @ForAll int status, @ForAll long word0, @ForAll long word3) {
        var packet = new UserPacket(key, status, word0, ~word3, ~word0, word3);
        try (Port port = Port.create().orElseThrow();
                var buffer = new PacketBuffer()) {
            assertThat(port.queue(packet)).isEqualTo(Ok.UNIT);
            assertThat(port.queue(packet)).isEqualTo(Ok.UNIT);
            assertThat(port.waitFor(Deadline.PAST)).isEqualTo(new Ok<>(packet));
            assertThat(port.waitFor(Deadline.PAST, buffer)).isEqualTo(Ok.UNIT);
            assertThat(buffer.packet()).isEqualTo(packet);
            assertThat(port.waitFor(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
        }
    }
}
