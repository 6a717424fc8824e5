package zircon.guest;

import zircon.emulation.HostEmulation;

import java.nio.file.Path;
import java.util.Arrays;

/// Runs one native program in a JVM of its own: the file, then its arguments. What the program
/// prints goes to this JVM's streams, and its return code is the exit status.
final class RunProgram {
    private RunProgram() {}

    public static void main(String[] args) {
        var arguments = Arrays.asList(args).subList(1, args.length);
        var exit = HostEmulation.instance().runProgram(Path.of(args[0]), arguments);
        System.exit((int) exit.returnCode());
    }
}
