package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_CANCELED;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_SIGNAL_HANDLE_CLOSED;
import static zircon.sys.zircon_h.ZX_TIME_INFINITE_PAST;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class SignalWaitTest {
    private static final int USER0 = 1 << 24;
    private static final int USER1 = 1 << 25;
    private static final int USER2 = 1 << 26;

    private final TestKernel test = new TestKernel();
    private final EventDispatcher event = test.locked(() -> new EventDispatcher(test.kernel));
    private final Handle handle = test.handle(event);

    private void waiter(int signals, long deadline) {
        var _ =
                test.spawn(
                        thread -> {
                            try (var _ = test.kernel.lock()) {
                                log(SignalWait.waitOne(thread, handle, signals, deadline));
                            } catch (Refusal refusal) {
                                test.log.add("refused " + refusal.status());
                            }
                        });
        test.quiesce();
    }

    private void log(SignalWait.Result result) {
        Refusal refusal = result.refusal();
        int status = refusal == null ? ZX_OK() : refusal.status();
        test.log.add(status + " %x".formatted(result.observed()));
    }

    private SignalWait.Result poll(int signals, long deadline) {
        return test.locked(() -> SignalWait.waitOne(test.host, handle, signals, deadline));
    }

    private void change(int clear, int set) {
        test.locked(() -> event.signal(clear, set));
        test.quiesce();
    }

    @Test
    @DisplayName("W-1: clears first, then sets; no change tells nobody")
    void clearThenSet() {
        List<Integer> seen = new ArrayList<>();
        SignalObserver observer =
                new SignalObserver() {
                    @Override
                    public void signalsChanged(int active) {
                        seen.add(active);
                    }

                    @Override
                    public void handleClosed() {}
                };
        test.locked(() -> event.signals().watch(handle, observer));
        change(USER0, USER0);
        change(0, USER0);
        change(USER0, USER0);
        change(USER0, USER1);
        change(USER0, 0);
        assertThat(seen).containsExactly(USER0, USER1);
    }

    @Test
    @DisplayName(
            "W-2: user bits, and bit 3 where the object has it; otherwise INVALID_ARGS and no"
                    + " change")
    void settableBits() {
        assertThat(test.status(() -> event.signal(0, 8 | USER0))).isZero();
        assertThat(test.status(() -> event.signal(USER0, 4))).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(test.status(() -> event.signal(1, 0))).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(test.signals(event)).isEqualTo(8 | USER0);
        JobDispatcher job = test.job(test.kernel.rootJob());
        assertThat(test.status(() -> job.signal(8, 0))).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(test.status(() -> job.signal(0, USER2))).isZero();
        PortDispatcher port = test.port();
        assertThat(test.status(() -> port.signal(4, 4))).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(test.status(() -> event.signalPeer(4, 4))).isEqualTo(ZX_ERR_NOT_SUPPORTED());
    }

    @Test
    @DisplayName("W-3: an active bit ends the wait at once; observed has all bits")
    void alreadyActive() {
        change(0, USER0 | USER1);
        assertThat(poll(USER0, Long.MAX_VALUE))
                .isEqualTo(new SignalWait.Result(null, USER0 | USER1));
    }

    @Test
    @DisplayName("W-3: observed is every state that the wait saw")
    void observedAccumulates() {
        waiter(USER2, Long.MAX_VALUE);
        change(0, USER0);
        change(USER0, USER1);
        assertThat(test.log).isEmpty();
        change(USER1, USER2);
        assertThat(test.log).containsExactly("0 %x".formatted(USER0 | USER1 | USER2));
    }

    @Test
    @DisplayName("W-3, 17.5: a pulse while it sleeps satisfies the wait")
    void pulses() {
        waiter(USER0, Long.MAX_VALUE);
        test.locked(
                () -> {
                    event.signal(0, USER0);
                    event.signal(USER0, 0);
                });
        test.quiesce();
        assertThat(test.log).containsExactly("0 %x".formatted(USER0));
    }

    @Test
    @DisplayName("W-4: a deadline in the past polls")
    void polling() {
        for (long past : new long[] {0, -1, ZX_TIME_INFINITE_PAST(), test.clock.monotonic()}) {
            assertThat(poll(USER0, past)).isEqualTo(new SignalWait.Result(Refusal.TIMED_OUT, 0));
        }
        change(0, USER0);
        assertThat(poll(USER0, 0)).isEqualTo(new SignalWait.Result(null, USER0));
    }

    @Test
    @DisplayName("W-4: a deadline ends the wait when its time has come, not before")
    void deadlines() {
        waiter(USER0, test.clock.monotonic() + 100);
        test.clock.advance(99);
        test.quiesce();
        assertThat(test.log).isEmpty();
        change(0, USER1);
        test.clock.advance(1);
        test.quiesce();
        assertThat(test.log).containsExactly(ZX_ERR_TIMED_OUT() + " %x".formatted(USER1));
    }

    @Test
    @DisplayName("W-4: watching nothing waits for the deadline, and INFINITE never expires")
    void watchingNothing() {
        change(0, USER0);
        waiter(0, Long.MAX_VALUE);
        test.clock.advance(Long.MAX_VALUE / 2);
        test.quiesce();
        assertThat(test.log).isEmpty();
        test.close(handle);
        test.quiesce();
        assertThat(test.log)
                .containsExactly(
                        ZX_ERR_CANCELED() + " %x".formatted(USER0 | ZX_SIGNAL_HANDLE_CLOSED()));
    }

    @Test
    @DisplayName("W-5: closing the handle before the waiter has run beats the signal")
    void closingBeatsTheSignal() {
        waiter(USER0, Long.MAX_VALUE);
        test.locked(
                () -> {
                    event.signal(0, USER0);
                    test.kernel.handles().close(handle);
                });
        test.quiesce();
        assertThat(test.log)
                .containsExactly(
                        ZX_ERR_CANCELED() + " %x".formatted(USER0 | ZX_SIGNAL_HANDLE_CLOSED()));
    }

    @Test
    @DisplayName("H-9: closing another handle to the same object cancels nothing")
    void otherHandlesDoNotMatter() {
        Handle other = test.handle(event);
        waiter(USER0, Long.MAX_VALUE);
        test.close(other);
        test.quiesce();
        assertThat(test.log).isEmpty();
        change(0, USER0);
        assertThat(test.log).hasSize(1);
    }

    @Test
    @DisplayName("W-7: the observer that came last is told first")
    void newestFirst() {
        List<String> order = new ArrayList<>();
        for (String name : List.of("first", "second", "third")) {
            test.locked(
                    () ->
                            event.signals()
                                    .watch(
                                            handle,
                                            new SignalObserver() {
                                                @Override
                                                public void signalsChanged(int active) {
                                                    order.add(name);
                                                }

                                                @Override
                                                public void handleClosed() {}
                                            }));
        }
        change(0, USER0);
        assertThat(order).containsExactly("third", "second", "first");
    }
}
