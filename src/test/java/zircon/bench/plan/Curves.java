package zircon.bench.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// All growth that is measured: how time grows with a size, and what a thing takes in memory.
public final class Curves {
    /// The name of what is measured of memory, all of it together.
    public static final String MEMORY = "growth.memory";

    private static final Set<String> QUICK =
            Set.of("growth.handles-bind", "growth.bindings", "growth.packets", MEMORY);
    private static final List<Integer> HANDLES = List.of(10, 100, 1_000, 10_000, 50_000, 250_000);
    private static final List<Integer> THREADS = List.of(1, 2, 4, 8);

    private Curves() {}

    /// The curves, in the order in which they are shown.
    public static List<Curve> all() {
        return List.of(
                curve("handles-bind", "bind + unbind", "open handles", HANDLES),
                curve("handles-duplicate", "duplicate + close", "open handles", HANDLES),
                curve("bindings", "bind + unbind", "tasks bound to one port", tens(4)),
                curve(
                        "levels",
                        "fault, packet, resume",
                        "levels of jobs above",
                        List.of(1, 2, 4, 8, 16, 31)),
                // The floor of the one below: woken in turn, a thread finds the less in the caches
                // the more there are of them.
                curve("hand-offs", "bare hand-off", "parked threads, in turn", tens(3)),
                curve("readers", "queue, one reader has it", "threads in port_wait", tens(3)),
                curve("binders", "bind + unbind", "threads that bind at once", THREADS),
                curve("faulters", "fault, packet, resume", "guests that fault at once", THREADS),
                // As many as fit in one port and in the system (P-3).
                curve("packets", "queue + take", "packets in one port", List.of(1, 16, 256, 2049)),
                curve(
                        "packets-overall",
                        "queue + take",
                        "packets in eight ports",
                        List.of(8, 128, 2048, 16384)));
    }

    /// Whether a quick run has it: a curve, or memory, by its name.
    public static boolean isQuick(String name) {
        return QUICK.contains(name);
    }

    private static Curve curve(String name, String title, String unit, List<Integer> sizes) {
        return new Curve("growth." + name, title, unit, sizes);
    }

    /// The powers of ten up to one of them.
    private static List<Integer> tens(int last) {
        return IntStream.rangeClosed(0, last).mapToObj(power -> (int) Math.pow(10, power)).toList();
    }
}
