package zircon.soak;

import zircon.abi.CCompiler;
import zircon.emulation.HostEmulation;
import zircon.emulation.ProgramExit;
import zircon.guest.GuestProgram;
import zircon.guest.GuestProgram.Linkage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Runs one of the native programs of src/test/c.
final class NativeWork implements Work {
    /// Those that take all that a kernel has of something, which the others then lack.
    private static final Set<String> GREEDY = Set.of("limits.c", "ports_limits.c");

    /// Those that leave a thread in a library for good, as they are meant to.
    private static final Set<String> QUARANTINED = Set.of("plain_killed.cc");

    /// Those that do not end with 0.
    private static final Map<String, Long> RETURN_CODES = Map.of("unhandled_fault.c", -1L);

    /// Those that do what their arguments say.
    private static final Map<String, List<String>> ARGUMENTS =
            Map.of("exit_code.c", List.of("0"), "plain_exit.c", List.of("exit", "0"));

    /// Those whose return code is not about right and wrong.
    private static final Set<String> OTHERS = Set.of("constructors.c");

    private record Program(String name, Path file) {}

    private final HostEmulation emulation = HostEmulation.instance();
    private final List<Program> programs = new ArrayList<>();

    /// Compiles them all.
    NativeWork() throws IOException, InterruptedException {
        for (String name : GuestProgram.all()) {
            boolean compiled = name.endsWith(".c") || CCompiler.onPath("c++");
            if (compiled
                    && !GREEDY.contains(name)
                    && !QUARANTINED.contains(name)
                    && !OTHERS.contains(name)) {
                programs.add(new Program(name, GuestProgram.compile(name, Linkage.UNLINKED)));
            }
        }
    }

    @Override
    public void run(RandomGenerator random, Counts counts, Told told) {
        Program program = programs.get(random.nextInt(programs.size()));
        told.of(program.name);
        List<String> arguments = ARGUMENTS.getOrDefault(program.name, List.of());
        ProgramExit exit = emulation.runProgram(program.file, arguments);
        long expected = RETURN_CODES.getOrDefault(program.name, 0L);
        if (exit.returnCode() != expected) {
            throw new AssertionError(
                    "%s ended with %d and %s; expected was %d (stderr says why)"
                            .formatted(program.name, exit.returnCode(), exit.fault(), expected));
        }
        counts.count("native program " + program.name);
    }
}
