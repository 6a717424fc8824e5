package zircon.guest;

import zircon.emulation.HostEmulation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one native program in a JVM of its own: the file, then its arguments. What the program
/// prints goes to this JVM's streams, and its return code is the exit status.
final class RunProgram {
    private RunProgram() {}

    public static void main(String[] args) {
        var arguments = Arrays.asList(args).subList(1, args.length);
        var exit = HostEmulation.instance().runProgram(Path.of(args[0]), arguments);
        System.exit((int) exit.returnCode());
    }

    /// Starts that JVM and waits for its end.
    ///
    /// @return its exit status
    static int inAJvmOfItsOwn(Path out, Path err, Path program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(classPath());
        command.add(RunProgram.class.getName());
        command.add(program.toString());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end");
        }
        return process.exitValue();
    }

    /// A JVM of its own runs on the class path, where the emulation must work as well.
    private static String classPath() {
        Path target = Path.of(System.getProperty("project.build.directory", "target"));
        return target.resolve("classes") + File.pathSeparator + target.resolve("test-classes");
    }
}
