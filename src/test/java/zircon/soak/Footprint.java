package zircon.soak;

import zircon.emulation.HostEmulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// What this JVM holds at a moment when no work is done.
///
/// @param handles open handles of the host process
/// @param guests live threads of guests
/// @param quarantined dead threads that stay for good, each in a host thread
/// @param tasks threads of this JVM, as Linux counts them
/// @param mappings lines of /proc/self/maps
/// @param residentKib memory in use
record Footprint(
        int handles, int guests, int quarantined, long tasks, long mappings, long residentKib) {
    private static final Path SELF = Path.of("/proc/self");
    private static final String RESIDENT = "VmRSS:";

    /// What may come and go without being a leak: threads of the JVM's compilers and of the
    /// emulation's own; stacks that libc keeps; code that is compiled late.
    private static final long TASKS_SLACK = 12;

    private static final long MAPPINGS_SLACK = 100;

    /// What a thread that stays for good keeps with it: its stacks and its program.
    private static final long MAPPINGS_OF_QUARANTINED = 12;

    private static final long RESIDENT_SLACK_KIB = 48 * 1024;

    static Footprint take() throws IOException {
        System.gc();
        HostEmulation emulation = HostEmulation.instance();
        return new Footprint(
                emulation.openHandles(),
                emulation.liveGuests(),
                emulation.quarantinedThreads(),
                countTasks(),
                countMappings(),
                resident());
    }

    private static long countTasks() throws IOException {
        try (Stream<Path> tasks = Files.list(SELF.resolve("task"))) {
            return tasks.count();
        }
    }

    private static long countMappings() throws IOException {
        try (Stream<String> lines = Files.lines(SELF.resolve("maps"))) {
            return lines.count();
        }
    }

    private static long resident() throws IOException {
        try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    /// Fails if more is held now than before and can be told from noise.
    void requireNoMoreThan(Footprint before) {
        require("open handles", Footprint::handles, before, 0);
        require("live guests", Footprint::guests, before, 0);
        require("threads", own -> own.tasks - own.quarantined, before, TASKS_SLACK);
        require(
                "mappings",
                own -> own.mappings - MAPPINGS_OF_QUARANTINED * own.quarantined,
                before,
                MAPPINGS_SLACK);
        require("KiB of memory", Footprint::residentKib, before, RESIDENT_SLACK_KIB);
    }

    private void require(
            String what, ToLongFunction<Footprint> amount, Footprint before, long slack) {
        long now = amount.applyAsLong(this);
        long then = amount.applyAsLong(before);
        if (now > then + slack) {
            throw new AssertionError(
                    "a leak: %d %s, and before %d (up to %d more are no leak)"
                            .formatted(now, what, then, slack));
        }
    }
}
