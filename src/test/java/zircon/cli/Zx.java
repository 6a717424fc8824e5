package zircon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One run of the command, to its end or to the end of its time.
///
/// @param status its exit status
/// @param out what it wrote to stdout
/// @param err what it wrote to stderr
record Zx(int status, String out, String err) {
    private static final long SECONDS = 120;
    private static final Path TARGET =
            Path.of(System.getProperty("project.build.directory", "target"));
    private static final List<String> NATIVE_ACCESS =
            List.of("--enable-native-access=ALL-UNNAMED", "--illegal-native-access=deny");

    /// Runs zx in this JVM, for commands that end before any program runs.
    static Zx inThisJvm(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, UTF_8));
            System.setErr(new PrintStream(complained, true, UTF_8));
            int status = Main.execute(arguments);
            return new Zx(status, said.toString(UTF_8), complained.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /// Runs zx with the build's classes, as scripts/zx does.
    static Zx run(String... arguments) throws IOException, InterruptedException {
        return run(NATIVE_ACCESS, List.of(), arguments);
    }

    /// Runs zx in another JVM than usual.
    ///
    /// @param options the JVM's
    /// @param before what comes on the class path before the build's classes
    static Zx run(List<String> options, List<Path> before, String... arguments)
            throws IOException, InterruptedException {
        return start(command(options, before, arguments), Path.of(""), Map.of());
    }

    /// The command that runs zx with the build's classes.
    static List<String> command(String... arguments) {
        return command(NATIVE_ACCESS, List.of(), arguments);
    }

    private static List<String> command(
            List<String> options, List<Path> before, String... arguments) {
        List<String> classPath = new ArrayList<>(before.stream().map(Path::toString).toList());
        classPath.add(TARGET.resolve("classes").toString());
        classPath.add(TARGET.resolve("lib").resolve("*").toString());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /// Runs any command.
    static Zx start(List<String> command, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("zx", ".out");
        Path err = Files.createTempFile("zx", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(directory.toAbsolutePath().toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "still running after %d s: %s".formatted(SECONDS, command));
            }
            return new Zx(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
