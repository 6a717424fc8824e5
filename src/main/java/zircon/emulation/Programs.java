package zircon.emulation;

import zircon.emulation.host.HostKernel;
import zircon.emulation.host.LoadedProgram;
import zircon.emulation.kernel.Guests;
import zircon.emulation.kernel.ProcessDispatcher;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.Spawned;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The native programs that run, and their code in memory.
final class Programs {
    private final List<Running> running = new ArrayList<>();

    /// A program in memory, and the first process that uses it.
    private record Running(LoadedProgram program, ProcessDispatcher process) {}

    Programs() {}

    /// Runs a program in `host` and waits for its end.
    ///
    /// @throws IllegalArgumentException it cannot be loaded
    ProgramExit run(HostKernel host, Path file, List<String> arguments) {
        List<String> argv = new ArrayList<>();
        argv.add(file.toString());
        argv.addAll(List.copyOf(arguments)); // no null gets further
        LoadedProgram program = LoadedProgram.load(file);
        Spawned spawned = start(host.kernel().guests(), program, argv);
        host.kernel().guests().awaitDeath(spawned.handle());
        unloadDead();
        ProcessDispatcher process = spawned.process();
        return new ProgramExit(process.returnCode(), host.unhandledFaults().of(process));
    }

    private Spawned start(Guests guests, LoadedProgram program, List<String> argv) {
        String name = Path.of(argv.getFirst()).getFileName().toString();
        try {
            Spawned spawned = guests.spawnAlone(name, program.main(argv));
            synchronized (this) {
                running.add(new Running(program, spawned.process()));
            }
            return spawned;
        } catch (Refusal refusal) {
            program.unload();
            throw new IllegalStateException(
                    "The program could not be started: " + RefusalText.of(refusal));
        }
    }

    /// A program's code stays for as long as its job has a process: one that the first one started
    /// may still be in it. It stays for good when a thread of it does.
    synchronized void unloadDead() {
        running.removeIf(
                entry -> {
                    ProcessDispatcher process = entry.process();
                    Guests guests = process.kernel().guests();
                    boolean dead = guests.isEmpty(process.job());
                    if (dead && !guests.hasQuarantined(process.job())) {
                        entry.program().unload();
                    }
                    return dead;
                });
    }
}
