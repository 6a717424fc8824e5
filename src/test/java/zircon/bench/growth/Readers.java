package zircon.bench.growth;

import zircon.Deadline;
import zircon.PacketBuffer;
import zircon.Port;
import zircon.UserPacket;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// Threads that wait at one port. A packet is queued, and one of them gets it and says so.
final class Readers implements Load {
    private static final UserPacket WORK = UserPacket.of(1);
    private static final UserPacket END = UserPacket.of(2);
    private static final long STACK = 1 << 20; // bytes; a syscall asks for more than 256 Ki

    private final Thread owner = Thread.currentThread();
    private final Port port = Port.create().orElseThrow();
    private final LinkedBlockingQueue<Thread> ended = new LinkedBlockingQueue<>();
    private int count;
    private volatile boolean taken;

    @Override
    public void resize(int size) {
        try {
            CountDownLatch begun = new CountDownLatch(Math.max(0, size - count));
            for (; count < size; count++) {
                Thread.Builder thread = Thread.ofPlatform().daemon().stackSize(STACK);
                thread.start(() -> read(begun));
            }
            begun.await();
            for (; count > size; count--) {
                queue(END);
                ended.take().join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void queue(UserPacket packet) {
        var _ = port.queue(packet).orElseThrow();
    }

    private void read(CountDownLatch begun) {
        try (PacketBuffer buffer = new PacketBuffer()) {
            begun.countDown();
            while (true) {
                var _ = port.waitFor(Deadline.INFINITE, buffer).orElseThrow();
                if (buffer.key() == END.key()) {
                    ended.add(Thread.currentThread());
                    return;
                }
                taken = true;
                LockSupport.unpark(owner);
            }
        }
    }

    @Override
    public void run(int operations) {
        for (int i = 0; i < operations; i++) {
            taken = false;
            queue(WORK);
            while (!taken) {
                LockSupport.park(this);
            }
        }
    }

    @Override
    public void close() {
        resize(0);
        port.close();
    }
}
