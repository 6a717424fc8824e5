package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.concurrent.Executors;

/// Ports and packets.
final class PortCases {
    private PortCases() {}

    static void aNewPortIsOwned() {
        assertThat(Port.create().orElseThrow().raw()).isEqualTo(101);
        assertThat(Port.createForInterrupts().orElseThrow().raw()).isEqualTo(102);
        assertThat(Fake.log()).containsExactly("port_create 0 out", "port_create 1 out");
    }

    static void aUserPacketIsQueuedWithAllItsFields() {
        var packet = new UserPacket(-1, 7, 1, 2, 3, -4);
        assertThat(Port.adopt(5).queue(packet)).isEqualTo(Ok.UNIT);
        String bytes = HexFormat.of().formatHex(Fake.struct(-1L, 0, 7, 1L, 2L, 3L, -4L));
        assertThat(Fake.log()).containsExactly("port_queue 5 <" + bytes + ">");
    }

    static void everyTypeOfPacketIsReadFieldByField() {
        assertThat(read(0)).isEqualTo(new UserPacket(9, 7, 0x200000001L, 2, 3, 4));
        assertThat(read(1))
                .isEqualTo(new SignalPacket(9, 7, false, new Signals(1), new Signals(2), 2));
        assertThat(read(2))
                .isEqualTo(new SignalPacket(9, 7, true, new Signals(1), new Signals(2), 2));
        assertThat(read(0x108))
                .isEqualTo(
                        new ExceptionPacket(
                                9,
                                7,
                                ExceptionType.Known.FATAL_PAGE_FAULT,
                                new Koid(0x200000001L),
                                new Koid(2)));
        assertThat(read(0x4208))
                .isEqualTo(
                        new ExceptionPacket(
                                9,
                                7,
                                new ExceptionType.Other(0x4208),
                                new Koid(0x200000001L),
                                new Koid(2)));
        assertThat(read(3)).isEqualTo(new UnknownPacket(9, 3, 7, 0x200000001L, 2, 3, 4));
        // Only exceptions are told by a part of the type.
        assertThat(read(0x100)).isEqualTo(new UnknownPacket(9, 0x100, 7, 0x200000001L, 2, 3, 4));
        assertThat(Fake.log()).hasSize(7).allMatch("port_wait 5 8 out"::equals);
    }

    private static PortPacket read(int type) {
        Fake.out(Fake.struct(9L, type, 7, 0x200000001L, 2L, 3L, 4L));
        return Port.adopt(5).waitFor(new Deadline(8)).orElseThrow();
    }

    static void anEmptyPortTimesOut() {
        Fake.status(ZxError.TIMED_OUT);
        assertThat(Port.adopt(5).waitFor(Deadline.PAST)).isEqualTo(ZxError.TIMED_OUT.err());
    }

    static void aBufferIsFilledAgainAndAgain() {
        try (var buffer = new PacketBuffer()) {
            Port port = Port.adopt(5);
            Fake.out(Fake.struct(9L, 0x108, 7, 1L, 2L, 3L, 4L));
            assertThat(port.waitFor(Deadline.PAST, buffer)).isEqualTo(Ok.UNIT);
            assertThat(buffer.isException()).isTrue();
            PortPacket first = buffer.packet();
            Fake.out(Fake.struct(10L, 0, 8, 5L, 6L, 7L, -8L));
            assertThat(port.waitFor(Deadline.PAST, buffer)).isEqualTo(Ok.UNIT);
            assertThat(buffer.isException()).isFalse();
            assertThat(buffer.key()).isEqualTo(10);
            assertThat(buffer.type()).isZero();
            assertThat(buffer.status()).isEqualTo(8);
            assertThat(buffer.word(3)).isEqualTo(-8);
            assertThat(first.key()).isEqualTo(9);
            assertThatThrownBy(() -> buffer.word(4)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    static void aBufferBelongsToItsThreadUntilItIsClosed() throws Exception {
        Port port = Port.adopt(5);
        var buffer = new PacketBuffer();
        try (var other = Executors.newSingleThreadExecutor()) {
            var foreign = other.submit(() -> port.waitFor(Deadline.PAST, buffer));
            assertThatThrownBy(foreign::get).hasCauseInstanceOf(WrongThreadException.class);
        }
        buffer.close();
        assertThatThrownBy(() -> port.waitFor(Deadline.PAST, buffer))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Fake.log()).isEmpty();
    }

    static void packetsHaveTextsForAPerson() {
        assertThat(new UserPacket(-1, 0, 1, 0, 0, -1))
                .hasToString(
                        "UserPacket[key=18446744073709551615, words=[0x1, 0x0, 0x0,"
                                + " 0xffffffffffffffff]]");
        assertThat(new UserPacket(1, -25, 0, 0, 0, 0))
                .hasToString("UserPacket[key=1, status=NOT_FOUND, words=[0x0, 0x0, 0x0, 0x0]]");
        assertThat(new SignalPacket(1, 0, false, new Signals(8), new Signals(9), 2))
                .hasToString(
                        "SignalPacket[key=1, once, trigger=Signals[0x8], observed=Signals[0x9],"
                                + " count=2]");
        assertThat(
                        new ExceptionPacket(
                                1,
                                0,
                                ExceptionType.Known.SW_BREAKPOINT,
                                new Koid(1030),
                                new Koid(1032)))
                .hasToString(
                        "ExceptionPacket[key=1, type=SW_BREAKPOINT, process=1030, thread=1032]");
        assertThat(new UnknownPacket(1, 3, 0, 0, 0, 0, 0))
                .hasToString("UnknownPacket[key=1, type=0x3, words=[0x0, 0x0, 0x0, 0x0]]");
    }

    static void theTextOfABufferNeverThrows() throws Exception {
        var buffer = new PacketBuffer();
        assertThat(buffer)
                .hasToString("PacketBuffer[UserPacket[key=0, words=[0x0, 0x0, 0x0, 0x0]]]");
        try (var other = Executors.newSingleThreadExecutor()) {
            assertThat(other.submit(buffer::toString).get())
                    .isEqualTo("PacketBuffer[of another thread]");
        }
        buffer.close();
        assertThat(buffer).hasToString("PacketBuffer[closed]");
    }
}
