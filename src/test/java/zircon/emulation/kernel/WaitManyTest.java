package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_CANCELED;
import static zircon.sys.zircon_h.ZX_ERR_TIMED_OUT;
import static zircon.sys.zircon_h.ZX_OK;
import static zircon.sys.zircon_h.ZX_SIGNAL_HANDLE_CLOSED;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_WAIT_MANY;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.List;

@Timeout(60)
class WaitManyTest {
    private static final int USER0 = 1 << 24;
    private static final int USER1 = 1 << 25;
    private static final int USER2 = 1 << 26;

    private final TestKernel test = new TestKernel();
    private final EventDispatcher first = test.locked(() -> new EventDispatcher(test.kernel));
    private final EventDispatcher second = test.locked(() -> new EventDispatcher(test.kernel));
    private final Handle toFirst = test.handle(first);
    private final Handle toSecond = test.handle(second);

    /// What one item waits for.
    private record Wanted(Handle handle, int signals) {}

    private Spawned waiter(long deadline, Wanted... wanted) {
        Spawned spawned = test.spawn(thread -> test.log.add(wait(thread, deadline, wanted)));
        test.quiesce();
        return spawned;
    }

    private String poll(Wanted... wanted) {
        return wait(test.host, 0, wanted);
    }

    private String wait(ThreadDispatcher caller, long deadline, Wanted... wanted) {
        try (var _ = test.kernel.lock()) {
            List<WaitItem> items =
                    Arrays.stream(wanted)
                            .map(one -> new WaitItem(caller, one.handle, one.signals))
                            .toList();
            Refusal refusal = SignalWait.waitMany(caller, items, deadline);
            int status = refusal == null ? ZX_OK() : refusal.status();
            return ended(status, items.stream().mapToInt(WaitItem::observed).toArray());
        } catch (Refusal refusal) {
            return "refused " + refusal.status();
        }
    }

    private static String ended(int status, int... observed) {
        return status + " " + Arrays.toString(observed);
    }

    private void change(EventDispatcher event, int clear, int set) {
        test.locked(() -> event.signal(clear, set));
        test.quiesce();
    }

    @Test
    @DisplayName("W-4, W-6: a deadline in the past polls all items")
    void polling() {
        change(first, 0, USER0);
        assertThat(poll(new Wanted(toFirst, USER1), new Wanted(toSecond, USER1)))
                .isEqualTo(ended(ZX_ERR_TIMED_OUT(), USER0, 0));
        change(second, 0, USER1 | USER2);
        assertThat(poll(new Wanted(toFirst, USER1), new Wanted(toSecond, USER1)))
                .isEqualTo(ended(ZX_OK(), USER0, USER1 | USER2));
    }

    @Test
    @DisplayName("W-6, W-3: one item ends the wait; all tell every state that they saw")
    void anyItemEndsIt() {
        Spawned spawned =
                waiter(Long.MAX_VALUE, new Wanted(toFirst, USER0), new Wanted(toSecond, USER0));
        assertThat(test.locked(() -> spawned.thread().reportedState()))
                .isEqualTo(ZX_THREAD_STATE_BLOCKED_WAIT_MANY());
        change(first, 0, USER1);
        change(first, USER1, USER2);
        assertThat(test.log).isEmpty();
        change(second, 0, USER0);
        assertThat(test.log).containsExactly(ended(ZX_OK(), USER1 | USER2, USER0));
    }

    @Test
    @DisplayName("W-3: what comes after the waking and before the waiter runs is told, too")
    void untilItRuns() {
        var _ = waiter(Long.MAX_VALUE, new Wanted(toFirst, USER0), new Wanted(toSecond, 0));
        test.locked(
                () -> {
                    first.signal(0, USER0);
                    first.signal(USER0, 0);
                    second.signal(0, USER2);
                });
        test.quiesce();
        assertThat(test.log).containsExactly(ended(ZX_OK(), USER0, USER2));
    }

    @Test
    @DisplayName("W-6: TIMED_OUT tells what was observed")
    void timeOut() {
        var _ =
                waiter(
                        test.clock.monotonic() + 10,
                        new Wanted(toFirst, USER0),
                        new Wanted(toSecond, USER0));
        change(second, 0, USER1);
        change(second, USER1, 0);
        test.clock.advance(9);
        test.quiesce();
        assertThat(test.log).isEmpty();
        test.clock.advance(1);
        test.quiesce();
        assertThat(test.log).containsExactly(ended(ZX_ERR_TIMED_OUT(), 0, USER1));
    }

    @Test
    @DisplayName("W-6, W-5: any closed handle cancels it all, even if an item was satisfied first")
    void closing() {
        var _ = waiter(Long.MAX_VALUE, new Wanted(toFirst, USER0), new Wanted(toSecond, USER0));
        test.locked(
                () -> {
                    first.signal(0, USER0);
                    test.kernel.handles().close(toSecond);
                });
        test.quiesce();
        assertThat(test.log)
                .containsExactly(ended(ZX_ERR_CANCELED(), USER0, ZX_SIGNAL_HANDLE_CLOSED()));
    }

    @Test
    @DisplayName("W-6: a handle may be there twice; closing it is told by both items")
    void twice() {
        var _ = waiter(Long.MAX_VALUE, new Wanted(toFirst, USER0), new Wanted(toFirst, USER1));
        change(first, 0, USER1);
        assertThat(test.log).containsExactly(ended(ZX_OK(), USER1, USER1));
        test.log.clear();
        var _ = waiter(Long.MAX_VALUE, new Wanted(toFirst, USER0), new Wanted(toFirst, USER2));
        test.close(toFirst);
        test.quiesce();
        int observed = USER1 | ZX_SIGNAL_HANDLE_CLOSED();
        assertThat(test.log).containsExactly(ended(ZX_ERR_CANCELED(), observed, observed));
    }

    @Test
    @DisplayName("H-9: closing another handle to a watched object cancels nothing")
    void otherHandles() {
        Handle copy = test.handle(first);
        var _ = waiter(Long.MAX_VALUE, new Wanted(toFirst, USER0));
        test.close(copy);
        test.quiesce();
        assertThat(test.log).isEmpty();
        change(first, 0, USER0);
        assertThat(test.log).containsExactly(ended(ZX_OK(), USER0));
    }

    @Test
    @DisplayName("C-5: a killed waiter leaves no watch behind")
    void killed() {
        Spawned spawned = waiter(Long.MAX_VALUE, new Wanted(toFirst, USER0));
        test.locked(() -> spawned.thread().kill());
        test.quiesce();
        assertThat(test.log).containsExactly("refused -502");
        assertThat(test.locked(() -> first.signals().unwatchAll(_ -> true))).isZero();
    }

    @Test
    @DisplayName("W-3: a wait that has ended leaves no watch behind")
    void nothingIsLeft() {
        change(first, 0, USER0);
        var _ = poll(new Wanted(toFirst, USER0), new Wanted(toSecond, USER0));
        var _ = poll(new Wanted(toFirst, USER1), new Wanted(toSecond, USER0));
        assertThat(test.locked(() -> first.signals().unwatchAll(_ -> true))).isZero();
        assertThat(test.locked(() -> second.signals().unwatchAll(_ -> true))).isZero();
    }
}
