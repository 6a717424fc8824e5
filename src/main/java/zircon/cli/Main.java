package zircon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// The command `zx`, of which all others are parts.
@Command(
        name = "zx",
        version = "zx " + Main.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        description = "Zircon for Java: its exception ports on this machine.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            DoctorCommand.class,
            ConformanceCommand.class
        })
public final class Main implements Runnable {
    /// The version of this library; a test compares it with the pom's.
    static final String VERSION = "0.1.0-SNAPSHOT";

    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this and exit.")
    @SuppressWarnings("UnusedVariable") // picocli itself does what it asks for
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli itself does what it asks for
    private boolean version;

    /// Made by picocli, which fills in the rest.
    @SuppressWarnings("NullAway.Init")
    Main() {}

    /// Runs one command and ends the JVM with its exit status.
    ///
    /// @param args the command line
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // numbers look the same everywhere
        // exit, not return: threads of guests may still be there. It also flushes what C programs
        // have printed.
        System.exit(execute(args));
    }

    /// Runs one command.
    static int execute(String... args) {
        try {
            return new CommandLine(new Main())
                    .setExpandAtFiles(false) // a program's argument that starts with @ is its own
                    .setParameterExceptionHandler((e, _) -> misused(e))
                    .setExecutionExceptionHandler((e, command, _) -> failed(e, command))
                    .execute(args);
        } catch (UnsatisfiedLinkError e) {
            return complain("zx", oneLine(e), ExitStatus.FAILED);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }

    private static int misused(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return complain(
                command, "%s (see %s --help)".formatted(mistake(e), command), ExitStatus.USAGE);
    }

    private static String mistake(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched) || unmatched.isUnknownOption()) {
            return oneLine(e);
        }
        String argument = unmatched.getUnmatched().getFirst();
        Set<String> commands = e.getCommandLine().getSubcommands().keySet();
        if (commands.isEmpty()) {
            return "takes no argument '" + argument + "'";
        }
        String guess =
                unmatched.getSuggestions().stream()
                        .filter(commands::contains)
                        .findFirst()
                        .map(command -> "; did you mean %s?".formatted(command))
                        .orElse(".");
        return "there is no command '%s'%s The commands are %s"
                .formatted(argument, guess, String.join(", ", commands));
    }

    private static int failed(Exception e, CommandLine command) throws Exception {
        if (e instanceof CommandFailure failure) {
            return complain(
                    command.getCommandSpec().qualifiedName(), oneLine(e), failure.exitStatus());
        }
        throw e;
    }

    private static int complain(String who, String what, int exitStatus) {
        System.err.println(who + ": " + what);
        return exitStatus;
    }

    static String oneLine(Throwable e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
