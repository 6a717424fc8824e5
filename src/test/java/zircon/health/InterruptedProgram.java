package zircon.health;

import zircon.emulation.HostEmulation;
import zircon.emulation.ProgramExit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Runs a native program, and tells what it has left behind when its kernel is gone as well.
final class InterruptedProgram {
    private static final int THREADS = 5;
    private static final String GUEST = "zircon ";
    private static final List<String> OWN = List.of("zircon reaper", "zircon interrupter");

    private InterruptedProgram() {}

    /// The program, another that must work afterwards, and the arguments of the first.
    public static void main(String[] arguments) throws Exception {
        HostEmulation emulation = HostEmulation.instance();
        Path program = Path.of(arguments[0]);
        List<String> others = Arrays.asList(arguments).subList(2, arguments.length);
        ProgramExit exit =
                others.contains("stay")
                        ? resetMeanwhile(emulation, program, others)
                        : emulation.runProgram(program, others);
        exit.fault().ifPresent(fault -> System.out.println("died of " + fault.type()));
        System.out.println("returned " + exit.returnCode());
        System.out.println("live " + emulation.liveGuests());
        System.out.println("handles " + emulation.snapshot().handles());
        int quarantined = emulation.quarantinedThreads();
        System.out.println("quarantined " + quarantined);
        awaitEndOfThreads(quarantined);
        System.out.println("mapped " + isMapped(program));
        System.out.println(
                "another " + emulation.runProgram(Path.of(arguments[1]), List.of()).returnCode());
        emulation.reset();
        System.out.println("reset");
        if (quarantined > 0) {
            emulation.halt(0);
        }
    }

    /// Starts a new kernel while the program runs.
    private static ProgramExit resetMeanwhile(
            HostEmulation emulation, Path program, List<String> arguments) throws Exception {
        var exit = new FutureTask<>(() -> emulation.runProgram(program, arguments));
        Thread.ofPlatform().start(exit);
        while (emulation.liveGuests() < THREADS) {
            Thread.onSpinWait();
        }
        emulation.reset();
        return exit.get();
    }

    /// A guest is dead a little before its Java thread.
    private static void awaitEndOfThreads(int left) throws InterruptedException {
        for (Thread thread : guests()) {
            if (guests().size() > left) {
                thread.join(20_000 / Math.max(1, guests().size()));
            }
        }
        System.out.println("threads " + (guests().size() - left));
    }

    private static List<Thread> guests() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(GUEST))
                .filter(thread -> !OWN.contains(thread.getName()))
                .toList();
    }

    private static boolean isMapped(Path program) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.anyMatch(line -> line.contains("/" + program.getFileName()));
        }
    }
}
