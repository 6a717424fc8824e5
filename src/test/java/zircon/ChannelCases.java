package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

/// Channels, events and event pairs.
final class ChannelCases {
    private ChannelCases() {}

    static void bothEndsOfAChannelAreOwned() {
        try (Channel.Pair ends = Channel.create().orElseThrow()) {
            assertThat(ends.first().raw()).isEqualTo(101);
            assertThat(ends.second().raw()).isEqualTo(102);
        }
        assertThat(Fake.log())
                .containsExactly(
                        "channel_create 0 out out", "handle_close 101", "handle_close 102");
    }

    static void aMessageTakesItsHandlesAlong() {
        Port port = Port.adopt(6);
        Event event = Event.adopt(7);
        Result<Unit> result = Channel.adopt(5).write(new byte[] {1, -1}, port, event);
        assertThat(result).isEqualTo(Ok.UNIT);
        assertThat(port.isClosed()).isTrue();
        assertThat(event.isClosed()).isTrue();
        assertThat(Fake.log()).containsExactly("channel_write 5 0 <01ff> 2 <0600000007000000> 2");
    }

    static void anEmptyMessageIsAMessage() {
        assertThat(Channel.adopt(5).write(new byte[0])).isEqualTo(Ok.UNIT);
        assertThat(Fake.log()).containsExactly("channel_write 5 0 <> 0 <> 0");
    }

    static void aRefusedMessageTakesItsHandlesAlongToo() {
        Fake.status(ZxError.PEER_CLOSED);
        Port port = Port.adopt(6);
        assertThat(Channel.adopt(5).write(new byte[0], port)).isEqualTo(ZxError.PEER_CLOSED.err());
        assertThat(port.isClosed()).isTrue();
        assertThat(Fake.log()).containsExactly("channel_write 5 0 <> 0 <06000000> 1");
    }

    static void aClosedHandleAmongThemIsBadHandleAndTheOthersAreClosed() {
        Port closed = Port.adopt(6);
        closed.close();
        Fake.reset();
        assertThat(Channel.adopt(5).write(new byte[0], Event.adopt(7), closed, Event.adopt(8)))
                .isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).containsExactly("handle_close 7", "handle_close 8");
    }

    static void aHandleThatIsListedTwiceIsBadHandle() {
        Event event = Event.adopt(7);
        assertThat(Channel.adopt(5).write(new byte[0], event, event))
                .isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).containsExactly("handle_close 7");
    }

    static void writingToAClosedEndClosesTheHandles() {
        Channel channel = Channel.adopt(5);
        channel.close();
        Fake.reset();
        assertThat(channel.write(new byte[0], Event.adopt(7))).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).containsExactly("handle_close 7");
    }

    static void theKernelDecidesAboutAnEndThatIsSentThroughItself() {
        Channel channel = Channel.adopt(5);
        var _ = channel.write(new byte[0], channel);
        assertThat(channel.isClosed()).isTrue();
        assertThat(Fake.log()).containsExactly("channel_write 5 0 <> 0 <05000000> 1");
    }

    @SuppressWarnings("NullAway") // the broken call
    static void nullConsumesNothing() {
        Event event = Event.adopt(7);
        assertThatThrownBy(() -> Channel.adopt(5).write(new byte[0], event, null))
                .isInstanceOf(NullPointerException.class);
        assertThat(event.isClosed()).isFalse();
        assertThat(Fake.log()).isEmpty();
    }

    static void aMessageComesWithHandlesOfTheirClasses() {
        Fake.out((byte) 1, (byte) -1);
        Fake.messageHandles(2, ObjectType.Known.PORT);
        Fake.record(Fake.struct(1030L, 0, 6, 0L, 0, 0)); // for the text
        try (Read.Message message = Channel.adopt(5).read().orElseThrow()) {
            assertThat(message.bytes()).containsExactly(1, -1);
            assertThat(message.handles()).hasOnlyElementsOfType(Port.class);
            assertThat(message.handles()).extracting(Handle::raw).containsExactly(101, 102);
            assertThat(message.toString()).startsWith("Message[2 bytes, handles=[Port[");
        }
        assertThat(Fake.log())
                .startsWith("channel_read_etc 5 0 out out 65536 64 out out")
                .endsWith("handle_close 101", "handle_close 102");
    }

    static void everyTypeOfObjectHasItsClass() {
        Map<ObjectType, Class<? extends Handle>> classes =
                Map.of(
                        ObjectType.Known.PROCESS, ZxProcess.class,
                        ObjectType.Known.THREAD, ZxThread.class,
                        ObjectType.Known.CHANNEL, Channel.class,
                        ObjectType.Known.EVENT, Event.class,
                        ObjectType.Known.PORT, Port.class,
                        ObjectType.Known.EVENTPAIR, EventPair.class,
                        ObjectType.Known.JOB, Job.class,
                        ObjectType.Known.VMAR, Vmar.class,
                        ObjectType.Known.SUSPEND_TOKEN, SuspendToken.class);
        for (ObjectType type : ObjectType.Known.values()) {
            Class<? extends Handle> expected = classes.getOrDefault(type, OtherHandle.class);
            Fake.messageHandles(1, type);
            try (Read.Message message = Channel.adopt(5).read().orElseThrow()) {
                assertThat(message.handles().getFirst()).isExactlyInstanceOf(expected);
            }
            Fake.record(Fake.struct(1030L, 0, type.raw(), 0L, 0, 0));
            assertThat(Handle.ofObject(5)).isExactlyInstanceOf(expected);
        }
        Fake.status(ZxError.BAD_HANDLE);
        assertThat(Handle.ofObject(5)).isExactlyInstanceOf(OtherHandle.class);
    }

    static void aMessageThatIsTooLargeTellsItsSize() {
        Fake.out(new byte[9]);
        Fake.messageHandles(3, ObjectType.Known.PORT);
        Fake.status(ZxError.BUFFER_TOO_SMALL);
        Channel channel = Channel.adopt(5);
        assertThat(channel.read(8, 2)).isEqualTo(new Read.TooSmall(9, 3));
        assertThat(channel.readMayDiscard(0, 0)).isEqualTo(new Read.TooSmall(9, 3));
        assertThat(Fake.log())
                .containsExactly(
                        "channel_read_etc 5 0 out out 8 2 out out",
                        "channel_read_etc 5 1 out out 0 0 out out");
    }

    static void anEmptyEndIsARefusal() {
        Fake.status(ZxError.SHOULD_WAIT);
        Read read = Channel.adopt(5).read();
        assertThat(read).isEqualTo(new Read.Refused(ZxError.SHOULD_WAIT));
        assertThatThrownBy(read::orElseThrow)
                .isInstanceOfSatisfying(
                        ZxException.class,
                        e -> assertThat(e.status()).isEqualTo(ZxError.SHOULD_WAIT));
    }

    static void negativeRoomIsABrokenCall() {
        assertThatThrownBy(() -> Channel.adopt(5).read(-1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Fake.log()).isEmpty();
    }

    static void peersAreSignaled() {
        assertThat(Channel.adopt(5).signalPeer(Signals.user(0), Signals.NONE)).isEqualTo(Ok.UNIT);
        assertThat(EventPair.adopt(6).signalPeer(Signals.NONE, Signals.EVENTPAIR_SIGNALED))
                .isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly("object_signal_peer 5 16777216 0", "object_signal_peer 6 0 8");
    }

    static void eventsAndEventPairsAreOwned() {
        assertThat(Event.create().orElseThrow().raw()).isEqualTo(101);
        EventPair.Pair pair = EventPair.create().orElseThrow();
        assertThat(pair.first().raw()).isEqualTo(102);
        assertThat(pair.second().raw()).isEqualTo(103);
        assertThat(Fake.log()).containsExactly("event_create 0 out", "eventpair_create 0 out out");
    }
}
