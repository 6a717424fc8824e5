package zircon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import zircon.emulation.HostEmulation;
import zircon.emulation.KernelTrace;
import zircon.emulation.ProgramExit;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `zx run`: a native program as an emulated process. All of stdout is the program's.
@Command(
        name = "run",
        description = "Runs a native Zircon program and exits as it does.",
        footer = "A program is a shared object with a main: cc -shared -fPIC -Isrc/main/c/include",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "*:the low 8 bits of the program's return code",
            "1:(also) it died of a fault that nobody handled; stderr tells more",
            "2:(also) bad usage, or a file that is no program"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PROGRAM.so", description = "the program")
    private Path program;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ARGS",
            description = "what its main gets, as it stands here")
    private List<String> arguments = List.of();

    @Option(
            names = "--trace",
            description = {
                "Print every syscall and every step of an exception to",
                "stderr, a line each: seconds, process, thread, what."
            })
    private boolean trace;

    @Option(
            names = "--tree",
            description = {
                "Print the kernel's jobs, processes, threads and ports",
                "to stderr when the program has ended, and each time",
                "that zx gets the signal USR1: kill -USR1 PID."
            })
    private boolean tree;

    @SuppressWarnings("NullAway.Init")
    RunCommand() {}

    /// From the program's name on, everything belongs to the program.
    @Spec
    void stopAtProgram(CommandSpec spec) {
        var _ = spec.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() {
        HostEmulation emulation = Emulation.instance();
        ProgramExit exit = tree ? runWithTree(emulation) : runWithTrace(emulation);
        exit.fault().ifPresent(fault -> System.err.print(FaultReport.of(fault)));
        int status = exit.fault().isPresent() ? ExitStatus.FAILED : (int) exit.returnCode() & 0xff;
        if (emulation.quarantinedThreads() > 0) {
            emulation.halt(status);
        }
        return status;
    }

    private ProgramExit runWithTree(HostEmulation emulation) {
        UserSignal.onUsr1(() -> System.err.print(emulation.snapshot()));
        System.err.println(
                "zx run: kill -USR1 " + ProcessHandle.current().pid() + " prints the tree");
        ProgramExit exit = runWithTrace(emulation);
        System.err.print(emulation.snapshot());
        return exit;
    }

    private ProgramExit runWithTrace(HostEmulation emulation) {
        if (!trace) {
            return run(emulation);
        }
        try (KernelTrace _ = emulation.trace(line -> System.err.println(line))) {
            return run(emulation);
        }
    }

    private ProgramExit run(HostEmulation emulation) {
        try {
            return emulation.runProgram(program, arguments);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.USAGE, Main.oneLine(e), e);
        }
    }
}
