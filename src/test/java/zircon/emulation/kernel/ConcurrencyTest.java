package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_OK;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// Real threads that meet in the kernel, and a look at whether what they saw can be explained.
///
/// Not with Lincheck: the model checker of 3.7 came to no end within minutes on two checks of this
/// size, and all that it could try here is the order in which threads get the kernel's one lock.
@Timeout(60)
class ConcurrencyTest {
    private static final int ROUNDS = 1_500;
    private static final int THREADS = 3;
    private static final int CALLS = 3;
    // Of all threads together fewer than a slot has generations: no value may come back.
    private static final int HANDLES = 1_000;

    private static final Map<String, ToIntFunction<PortCalls>> PORT_CALLS =
            Map.ofEntries(
                    Map.entry("queue 1", port -> port.queue(1)),
                    Map.entry("queue 2", port -> port.queue(2)),
                    Map.entry("read", PortCalls::read),
                    Map.entry("await 3", port -> port.await(3)),
                    Map.entry("await 4", port -> port.await(4)),
                    Map.entry("pulse", PortCalls::pulse),
                    Map.entry("cancel 3", port -> port.cancel(3)),
                    Map.entry("cancel 4", port -> port.cancel(4)),
                    Map.entry("bind", PortCalls::bind),
                    Map.entry("unbind", PortCalls::unbind),
                    Map.entry("close", PortCalls::close));

    private final Together together = new Together();
    private final AtomicLong time = new AtomicLong();

    @AfterEach
    void endThreads() {
        together.close();
    }

    @Test
    @DisplayName("P-1, P-7, P-12, P-15, B-3, B-5: calls to a port take effect one after the other")
    void portsAreLinearizable() {
        List<String> names = PORT_CALLS.keySet().stream().sorted().toList();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            KernelPort port = new KernelPort();
            List<Supplier<List<Observed<PortCalls>>>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                List<String> calls =
                        random.ints(CALLS, 0, names.size()).mapToObj(names::get).toList();
                threads.add(() -> calls.stream().map(name -> observe(name, port)).toList());
            }
            List<Observed<PortCalls>> calls =
                    together.run(threads).stream().flatMap(List::stream).toList();
            assertThat(Observed.areInSomeOrder(calls, PortModel::new))
                    .as("some order explains round %d: %s", round, calls)
                    .isTrue();
        }
    }

    private Observed<PortCalls> observe(String name, PortCalls port) {
        ToIntFunction<PortCalls> call = PORT_CALLS.get(name);
        long began = time.incrementAndGet();
        int result = call.applyAsInt(port);
        return new Observed<>(name, call, result, began, time.incrementAndGet());
    }

    @Test
    @DisplayName("P-1: every packet wakes a reader, whoever else is killed meanwhile")
    void noWakeUpOfAReaderIsLost() {
        TestKernel test = new TestKernel();
        for (int round = 0; round < ROUNDS; round++) {
            PortDispatcher port = test.locked(() -> new PortDispatcher(test.kernel));
            Set<Long> read = Collections.synchronizedSet(new HashSet<>());
            GuestCode reader =
                    thread -> {
                        try (var _ = test.kernel.lock()) {
                            read.add(port.read(thread, Long.MAX_VALUE).key());
                        }
                    };
            var _ = test.spawn(reader);
            var _ = test.spawn(reader);
            ThreadDispatcher killed = test.spawn(test.sleeper()).thread();
            var _ =
                    together.run(
                            List.of(
                                    () -> test.status(() -> port.queue(packet(1))),
                                    () -> test.status(() -> port.queue(packet(2))),
                                    () -> test.status(killed::kill)));
            test.quiesce();
            assertThat(read).as("round %d", round).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    private static PortPacket packet(long key) {
        return new PortPacket.UserPacket(key, 0, 0, 0, 0, 0);
    }

    @Test
    @DisplayName("X-11, X-12, B-9: of answers and an unbind that meet, the first one counts")
    void oneAnswerCounts() {
        TestKernel test = new TestKernel();
        PortDispatcher port = test.port();
        PortDispatcher other = test.port();
        for (int round = 0; round < ROUNDS; round++) {
            test.log.clear();
            test.bind(test.kernel.rootJob(), false, port, round);
            ThreadDispatcher thread = test.spawn(test.faulter()).thread();
            assertThat(test.locked(() -> port.read(test.host, Long.MAX_VALUE)).key())
                    .isEqualTo(round);
            List<Supplier<Integer>> meeting =
                    List.of(
                            () -> test.answer(thread, port, true),
                            () -> test.answer(thread, port, true),
                            () -> test.answer(thread, other, true),
                            () -> {
                                test.unbind(test.kernel.rootJob(), false);
                                return ZX_OK();
                            });
            List<Integer> statuses = together.run(meeting);
            test.quiesce();
            long answered = statuses.subList(0, 2).stream().filter(s -> s == ZX_OK()).count();
            assertThat(answered).as("round %d: %s", round, statuses).isLessThanOrEqualTo(1);
            assertThat(statuses).isSubsetOf(ZX_OK(), ZX_ERR_BAD_STATE(), ZX_ERR_ACCESS_DENIED());
            assertThat(statuses.get(2)).isNotEqualTo(ZX_OK());
            assertThat(test.log).containsExactly(answered == 1 ? "RESUME" : "UNHANDLED");
        }
    }

    @Test
    @DisplayName("H-2: handles that threads make and close at the same time all have other values")
    void handlesNeverShareAValue() {
        TestKernel test = new TestKernel();
        HandleTable table = test.kernel.hostProcess().handles();
        int before = test.liveHandles();
        Set<Integer> values = Collections.synchronizedSet(new HashSet<>());
        Supplier<Boolean> work =
                () ->
                        IntStream.range(0, HANDLES)
                                .allMatch(
                                        _ -> {
                                            Handle handle = test.handle(event(test));
                                            int value = table.valueOf(handle);
                                            boolean fresh = values.add(value);
                                            boolean found =
                                                    test.locked(() -> table.find(value)) == handle;
                                            test.close(handle);
                                            return fresh && found;
                                        });
        assertThat(together.run(Collections.nCopies(THREADS, work))).containsOnly(true);
        assertThat(test.liveHandles()).isEqualTo(before);
    }

    private static EventDispatcher event(TestKernel test) {
        return test.locked(() -> new EventDispatcher(test.kernel));
    }
}
