package zircon.bench.growth;

import zircon.Job;
import zircon.Port;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Threads that bind and unbind at once, each a task and a port of its own.
///
/// An operation is one of all: its time is how long all of them took, by how much they did.
final class Binders implements Load {
    private record Target(Job task, Port port) {}

    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final List<Target> targets = new ArrayList<>();
    private int count;

    @Override
    public void resize(int size) {
        while (targets.size() < size) {
            targets.add(new Target(Tasks.newJob(), Port.create().orElseThrow()));
        }
        count = size;
    }

    @Override
    public void run(int operations) {
        List<Callable<Boolean>> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Target target = targets.get(i);
            int share = (operations + count - 1 - i) / count; // as even as can be
            shares.add(() -> bindAndUnbind(target, share));
        }
        try {
            for (Future<Boolean> share : threads.invokeAll(shares)) {
                var _ = share.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a thread could not bind", e);
        }
    }

    private static boolean bindAndUnbind(Target target, int times) {
        for (int i = 0; i < times; i++) {
            Tasks.bindAndUnbind(target.task, target.port);
        }
        return true;
    }

    @Override
    public void close() {
        threads.close();
        for (Target target : targets) {
            target.task.close();
            target.port.close();
        }
    }
}
