package zircon.bench.plan;

import zircon.bench.plan.Case.Beside;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// All that is measured.
public final class Catalog {
    private static final String GENERATED = "generated";
    private static final String GUARDED = "guarded";
    private static final Set<String> OURS = Set.of(GENERATED, GUARDED, "wrapper");

    /// A way to a C function: its method in the benchmarks, and what it is called.
    private record Peer(String method, String title) {}

    private static final List<Peer> PEERS =
            List.of(
                    new Peer("loopInC", "loop in C"),
                    new Peer("jni", "hand-written JNI"),
                    new Peer(GENERATED, "generated call"),
                    new Peer(GUARDED, "generated call, if nothing is closed"),
                    new Peer("wrapper", "wrapper"),
                    new Peer("jnr", "JNR-FFI"),
                    new Peer("jnaDirect", "JNA, direct mapping"),
                    new Peer("jnaInterface", "JNA, interface mapping"));

    private Catalog() {}

    /// The groups, in the order in which they are shown.
    public static List<Group> groups() {
        return List.of(
                peers(Library.NULL, "OK", "Bind, null libzircon: ZX_OK"),
                peers(Library.NULL, "ALREADY_BOUND", "Bind, null libzircon: ZX_ERR_ALREADY_BOUND"),
                peers(Library.NULL, "BAD_HANDLE", "Bind, null libzircon: ZX_ERR_BAD_HANDLE"),
                peers(Library.GATE, "OK", "Bind + unbind, the whole way: ZX_OK"),
                peers(Library.GATE, "ALREADY_BOUND", "Bind, the whole way: ZX_ERR_ALREADY_BOUND"),
                peers(Library.GATE, "BAD_HANDLE", "Bind, the whole way: ZX_ERR_BAD_HANDLE"),
                kernel(),
                faults(),
                startUp());
    }

    // The binding: each peer beside the generated call.

    private static Group peers(Library library, String answer, String title) {
        // A task is bound but once, so what succeeds for ever is a pair of calls.
        boolean pair = library == Library.GATE && answer.equals("OK");
        String benchmark = pair ? "BindUnbindBenchmark" : "BindBenchmark";
        Map<String, String> parameters = pair ? Map.of() : Map.of("answer", answer);
        String name = name(library.name()) + "." + name(answer);
        List<Case> cases = new ArrayList<>();
        for (Peer peer : PEERS) {
            // What can be seen at all is seen beside a call that costs next to nothing.
            if (library == Library.GATE && peer.method.equals(GUARDED)) {
                continue;
            }
            // Other peers differ in what a call costs them, wherever it leads.
            boolean quick =
                    OURS.contains(peer.method)
                            ? library == Library.NULL || pair
                            : library == Library.NULL && answer.equals("OK");
            cases.add(
                    new Case(
                            name + "." + peer.method,
                            peer.title,
                            benchmark + "." + peer.method,
                            parameters,
                            library,
                            new Beside(name + "." + GENERATED, 1),
                            quick));
        }
        return new Group(name, title, cases);
    }

    private static String name(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    // The kernel: each piece of work beside what as many calls cost that do nothing.

    private static Group kernel() {
        return new Group(
                "kernel",
                "The kernel's work, the whole way, beside trips that do nothing",
                List.of(
                        kernel("downcall", "empty downcall", "FloorBenchmark", 1),
                        kernel("trip", "empty trip through the gate", "FloorBenchmark", 1),
                        kernel("closeNothing", "close handle 0", 1),
                        kernel("bindUnbind", "bind + unbind", 2),
                        kernel("queueWait", "port: queue + wait", 2),
                        kernel("duplicateClose", "handle: duplicate + close", 2),
                        kernel("basicInfo", "get_info: handle, basic", 1),
                        kernel("waitOne", "wait_one, satisfied", 1),
                        kernel("channelRoundTrip", "channel: there and back", 4)));
    }

    private static Case kernel(String method, String title, int trips) {
        return kernel(method, title, "KernelBenchmark", trips);
    }

    private static Case kernel(String method, String title, String benchmark, int trips) {
        return whole("kernel", method, title, benchmark, new Beside("kernel.trip", trips));
    }

    // An exception: beside what it takes to wake another thread, and to be woken by it.

    private static Group faults() {
        return new Group(
                "fault",
                "Exceptions of a native guest, beside a bare hand-off",
                List.of(
                        fault("handOff", "hand-off, there and back", "FloorBenchmark"),
                        fault("signal", "fault and its handler in C", "FloorBenchmark"),
                        fault(
                                "faultResume",
                                "fault, packet, resume, guest runs",
                                "FaultBenchmark")));
    }

    private static Case fault(String method, String title, String benchmark) {
        return whole("fault", method, title, benchmark, new Beside("fault.handOff", 1));
    }

    // Whole processes: beside a JVM that does next to nothing.

    private static Group startUp() {
        return new Group(
                "start-up",
                "Start-up: whole processes, beside a JVM that prints one line",
                List.of(
                        start("line", "JVM that prints one line", "off", true),
                        start("linking", "JVM that links what zx demo calls in C", "off", false),
                        start("demo", "zx demo", "off", true),
                        start("demo", "zx demo, with its cache", "on", false),
                        start("run", "zx run of an empty program", "off", false),
                        start("run", "zx run of an empty program, with its cache", "on", false),
                        start("plainJshell", "the JDK's own jshell, /exit", "off", false),
                        start("jshell", "scripts/jshell, /exit", "off", false),
                        start("jshell", "scripts/jshell, /exit, with its cache", "on", false)));
    }

    private static Case start(String command, String title, String cache, boolean quick) {
        return new Case(
                "start-up." + command + (cache.equals("on") ? ".cached" : ""),
                title,
                "StartUp." + command,
                Map.of("cache", cache),
                Library.GATE,
                new Beside("start-up.line", 1),
                quick);
    }

    private static Case whole(
            String group, String method, String title, String benchmark, Beside beside) {
        return new Case(
                group + "." + method,
                title,
                benchmark + "." + method,
                Map.of(),
                Library.GATE,
                beside,
                true);
    }
}
