package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_CHANNEL_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_CHANNEL_READABLE;
import static zircon.sys.zircon_h.ZX_CHANNEL_WRITABLE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_PEER_CLOSED;
import static zircon.sys.zircon_h.ZX_ERR_SHOULD_WAIT;
import static zircon.sys.zircon_h.ZX_EVENTPAIR_PEER_CLOSED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

@Timeout(60)
class ChannelDispatcherTest {
    private final TestKernel test = new TestKernel();
    private final ChannelDispatcher.Pair pair =
            test.locked(() -> ChannelDispatcher.create(test.kernel));
    private final Handle first = test.handle(pair.first());
    private final Handle second = test.handle(pair.second());

    private int write(ChannelDispatcher from, Handle... handles) {
        return test.status(
                () -> {
                    for (Handle handle : handles) {
                        test.kernel.hostProcess().handles().remove(handle);
                    }
                    from.write(new ChannelMessage(new byte[] {1}, List.of(handles)));
                });
    }

    @Test
    @DisplayName("K-1: signals of a channel with and without messages and peer")
    void signals() {
        assertThat(test.signals(pair.first())).isEqualTo(ZX_CHANNEL_WRITABLE());
        write(pair.first());
        int both = ZX_CHANNEL_WRITABLE() | ZX_CHANNEL_READABLE();
        assertThat(test.signals(pair.second())).isEqualTo(both);
        test.close(first);
        assertThat(test.signals(pair.second()))
                .isEqualTo(ZX_CHANNEL_READABLE() | ZX_CHANNEL_PEER_CLOSED());
        assertThat(test.locked(() -> pair.second().take()).bytes()).containsExactly(1);
        assertThat(test.signals(pair.second())).isEqualTo(ZX_CHANNEL_PEER_CLOSED());
        assertThat(write(pair.second())).isEqualTo(ZX_ERR_PEER_CLOSED());
    }

    @Test
    @DisplayName("K-1: an empty queue is SHOULD_WAIT, without a peer PEER_CLOSED")
    void readingNothing() {
        assertThat(test.status(() -> pair.first().peek())).isEqualTo(ZX_ERR_SHOULD_WAIT());
        test.close(second);
        assertThat(test.status(() -> pair.first().peek())).isEqualTo(ZX_ERR_PEER_CLOSED());
    }

    @Test
    @DisplayName("I-7: the related koid stays when the peer is gone")
    void relatedKoids() {
        assertThat(pair.first().relatedKoid()).isEqualTo(pair.second().koid());
        test.close(second);
        assertThat(pair.first().relatedKoid()).isEqualTo(pair.second().koid());
    }

    @Test
    @DisplayName("H-10: waits end when the message is read, not when it is written")
    void waitsThroughSentHandles() {
        Handle event = test.handle(test.locked(() -> new EventDispatcher(test.kernel)));
        var _ =
                test.spawn(
                        thread -> {
                            SignalWait.Result result =
                                    test.locked(
                                            () ->
                                                    SignalWait.waitOne(
                                                            thread, event, 8, Long.MAX_VALUE));
                            test.log.add(
                                    result.refusal() == Refusal.CANCELED ? "canceled" : "other");
                        });
        test.quiesce();
        write(pair.first(), event);
        test.quiesce();
        assertThat(test.log).isEmpty();
        assertThat(test.locked(() -> pair.second().take()).handles()).containsExactly(event);
        test.quiesce();
        assertThat(test.log).containsExactly("canceled");
    }

    @Test
    @DisplayName("K-4: destroying an endpoint closes the handles in its messages")
    void unreadMessagesAreClosed() {
        PortDispatcher port = test.locked(() -> new PortDispatcher(test.kernel));
        Handle only = test.handle(port);
        test.bind(test.kernel.rootJob(), true, port, 1);
        write(pair.first(), only);
        assertThat(port.handleCount()).as("I-7: in flight").isEqualTo(1);
        test.close(second);
        assertThat(port.handleCount()).isZero();
        assertThat(test.kernel.rootJob().exceptionSlot(true).bound()).as("P-15").isNull();
    }

    @Test
    @DisplayName("K-4: channels nested in messages deeper than any stack close without an error")
    void deepNesting() {
        EventDispatcher witness = test.locked(() -> new EventDispatcher(test.kernel));
        Handle carried = test.handle(witness);
        for (int i = 0; i < 100_000; i++) {
            ChannelDispatcher.Pair next = test.locked(() -> ChannelDispatcher.create(test.kernel));
            Handle near = test.handle(next.first());
            Handle far = test.handle(next.second());
            assertThat(write(next.first(), carried)).isZero();
            test.close(near);
            carried = far;
        }
        assertThat(witness.handleCount()).isEqualTo(1);
        test.close(carried);
        assertThat(witness.handleCount()).isZero();
    }

    @Test
    @DisplayName("K-5: an event pair tells its survivor; its peer cannot be signaled any more")
    void eventPairs() {
        EventPairDispatcher.Pair events =
                test.locked(() -> EventPairDispatcher.create(test.kernel));
        var _ = test.handle(events.first());
        Handle other = test.handle(events.second());
        assertThat(test.status(() -> events.first().signalPeer(0, 8))).isZero();
        assertThat(test.signals(events.second())).isEqualTo(8);
        test.close(other);
        assertThat(test.signals(events.first())).isEqualTo(ZX_EVENTPAIR_PEER_CLOSED());
        assertThat(test.status(() -> events.first().signalPeer(0, 8)))
                .isEqualTo(ZX_ERR_PEER_CLOSED());
        assertThat(test.status(() -> events.first().signalPeer(0, 4)))
                .as("W-2: masks first")
                .isEqualTo(ZX_ERR_INVALID_ARGS());
    }
}
