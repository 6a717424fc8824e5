package zircon.soak;

import org.junit.jupiter.api.Test;

import zircon.Job;
import zircon.emulation.HostEmulation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Random work on many threads for a long time, with a look every now and then at what it has left
/// behind. A test of its own profile: `mvn -Psoak test`, with `-Dsoak.duration=PT3M` for another
/// duration and `-Dsoak.seed=` for the seed that a failed one has printed.
class Soak {
    private static final int WORKERS = 8;
    private static final int LOOKS = 12;
    private static final Duration DURATION =
            Duration.parse(System.getProperty("soak.duration", "PT10M"));
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

    private final Work.Counts counts = new Work.Counts();
    private final List<Footprint> footprints = new ArrayList<>();

    @Test
    void leavesNothingBehindAndGetsNowhereStuck() throws Exception {
        say("%s of seed %d".formatted(DURATION, SEED));
        try (Job root = Job.defaultJob().orElseThrow();
                var crew =
                        new Crew(
                                WORKERS,
                                List.of(new NativeWork(), new JavaWork(root)),
                                new SplittableRandom(SEED),
                                counts)) {
            Instant start = Instant.now();
            look(crew);
            for (int i = 1; i <= LOOKS; i++) {
                crew.workUntil(start.plus(DURATION.multipliedBy(i).dividedBy(LOOKS)));
                look(crew);
            }
        } finally {
            System.out.print(counts);
        }
        // Handles and guests must be gone at every look; the rest may grow until all is warm.
        Footprint warm = mostOf(footprints.subList(1, 1 + LOOKS / 3));
        footprints.getLast().requireNoMoreThan(warm);
    }

    private void look(Crew crew) throws IOException, InterruptedException {
        crew.rest();
        Footprint now = Footprint.take();
        footprints.add(now);
        say(now + " after " + crew.done() + " runs");
        Footprint first = footprints.getFirst();
        if (now.handles() > first.handles() || now.guests() > first.guests()) {
            System.out.println(HostEmulation.instance().snapshot());
            throw new AssertionError("a leak: %s, and at first %s".formatted(now, first));
        }
    }

    private static Footprint mostOf(List<Footprint> footprints) {
        return footprints.stream().reduce(Soak::mostOf).orElseThrow();
    }

    private static Footprint mostOf(Footprint a, Footprint b) {
        return new Footprint(
                Math.max(a.handles(), b.handles()),
                Math.max(a.guests(), b.guests()),
                Math.max(a.quarantined(), b.quarantined()),
                Math.max(a.tasks(), b.tasks()),
                Math.max(a.mappings(), b.mappings()),
                Math.max(a.residentKib(), b.residentKib()));
    }

    private static void say(String line) {
        System.out.println("soak: " + line);
    }
}
