package zircon.misuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Many threads that do the same thing at the same time, and are all gone in the end.
final class Crowd {
    static final int SIZE = 32;

    private Crowd() {}

    /// Runs `work` on each thread, with numbers of its own. What one of them throws is thrown.
    static void run(long seed, Consumer<? super Random> work) {
        var start = new CountDownLatch(SIZE);
        try (ExecutorService threads = Executors.newFixedThreadPool(SIZE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                var random = new Random(seed * SIZE + i);
                all.add(
                        threads.submit(
                                () -> {
                                    start.countDown();
                                    start.await();
                                    work.accept(random);
                                    return null;
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("one of the crowd failed; the seed is " + seed, e);
        }
    }
}
