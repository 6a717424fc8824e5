package zircon.bench;

import zircon.bench.growth.OneProcessor;

import java.util.concurrent.locks.LockSupport;

/// Two threads of one processor, of which one at a time is awake: what the kernel's waits are made
/// of.
final class HandOff implements AutoCloseable {
    private enum Turn {
        OWNER,
        PARTNER,
        OVER
    }

    private final Thread owner = Thread.currentThread();
    private final Thread partner = Thread.ofPlatform().daemon().unstarted(this::answer);
    private volatile Turn turn = Turn.OWNER;

    HandOff() {
        OneProcessor.stay();
        partner.start();
    }

    /// Wakes the partner, and returns when it has woken this thread.
    void thereAndBack() {
        turn = Turn.PARTNER;
        LockSupport.unpark(partner);
        while (turn == Turn.PARTNER) {
            LockSupport.park(this);
        }
    }

    private void answer() {
        while (turn != Turn.OVER) {
            if (turn == Turn.PARTNER) {
                turn = Turn.OWNER;
                LockSupport.unpark(owner);
            }
            LockSupport.park(this);
        }
    }

    @Override
    public void close() {
        turn = Turn.OVER;
        LockSupport.unpark(partner);
    }
}
