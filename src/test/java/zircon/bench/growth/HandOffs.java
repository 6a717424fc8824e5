package zircon.bench.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Parked threads without any kernel of ours: one after the other is woken, and says so. What
/// [Readers] takes no less than.
final class HandOffs implements Load {
    private static final class Partner {
        private final Thread thread;
        private volatile boolean called;
        private volatile boolean over;

        Partner(HandOffs all) {
            thread = Thread.ofPlatform().daemon().start(() -> answer(all));
        }

        private void answer(HandOffs all) {
            while (true) {
                while (!called) {
                    LockSupport.park(this);
                }
                if (over) {
                    return;
                }
                called = false;
                all.answered = true;
                LockSupport.unpark(all.owner);
            }
        }

        private void call() {
            called = true;
            LockSupport.unpark(thread);
        }
    }

    private final Thread owner = Thread.currentThread();
    private final List<Partner> partners = new ArrayList<>();
    private int turn;
    private volatile boolean answered;

    @Override
    public void resize(int size) {
        while (partners.size() < size) {
            partners.add(new Partner(this));
        }
        while (partners.size() > size) {
            Partner last = partners.removeLast();
            last.over = true;
            last.call();
        }
    }

    @Override
    public void run(int operations) {
        for (int i = 0; i < operations; i++) {
            turn = (turn + 1) % partners.size();
            answered = false;
            partners.get(turn).call();
            while (!answered) {
                LockSupport.park(this);
            }
        }
    }

    @Override
    public void close() {
        resize(0);
    }
}
