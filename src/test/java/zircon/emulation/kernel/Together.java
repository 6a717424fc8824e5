package zircon.emulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Threads that begin at the same moment, as near as the machine can.
final class Together implements AutoCloseable {
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    /// What each returns, in the order of the list.
    <T> List<T> run(List<Supplier<T>> work) {
        CyclicBarrier start = new CyclicBarrier(work.size());
        List<CompletableFuture<T>> results = new ArrayList<>();
        for (Supplier<T> each : work) {
            results.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                await(start);
                                return each.get();
                            },
                            threads));
        }
        return results.stream().map(CompletableFuture::join).toList();
    }

    private static void await(CyclicBarrier start) {
        try {
            var _ = start.await();
        } catch (Exception e) {
            throw new AssertionError("the threads did not begin together", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
