package zircon.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/// Something that a thread of the soak does over and over. It leaves nothing behind, and everything
/// in it ends: what does not within the soak's limit is stuck.
interface Work {
    /// Does it once.
    ///
    /// @throws AssertionError what came out of it is wrong
    void run(RandomGenerator random, Counts counts, Told told) throws Exception;

    /// Gets to know what is being done, for a report of what is stuck.
    interface Told {
        void of(String what);
    }

    /// How often what was done, by all threads.
    final class Counts {
        private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

        void count(String what) {
            counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            counts.forEach(
                    (what, count) -> text.append("  %8d  %s%n".formatted(count.sum(), what)));
            return text.toString();
        }
    }
}
