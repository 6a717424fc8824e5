package zircon.kit;

import org.assertj.core.api.Assertions;

import zircon.Result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Runs a class of the tests in a JVM of its own. It compiles fast code badly and collects simply,
/// for a quick start; options may say otherwise.
public final class ForkedJvm {
    private static final long TIME_LIMIT_SECONDS = 120;

    /// How a process ended.
    ///
    /// @param exit its exit status
    /// @param output what it wrote to stdout and stderr
    public record Ended(int exit, String output) {}

    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment;

    /// A JVM to come.
    ///
    /// @param environment what is added to this process' environment
    public ForkedJvm(Map<String, String> environment, String... options) {
        this.environment = environment;
        this.options.addAll(List.of(options));
    }

    /// Runs `main` on the class path: Zircon for Java, the tests, and AssertJ.
    public Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        var classPath = String.join(":", folder(Result.class), folder(main), jar(Assertions.class));
        return run(List.of("-cp", classPath, main.getName()), arguments);
    }

    /// Runs `main` inside the module `zircon`, with nothing but the JDK beside it.
    public Ended runInModule(Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        return run(
                List.of(
                        "--module-path=" + folder(Result.class),
                        "--patch-module=zircon=" + folder(main),
                        "--module=zircon/" + main.getName()),
                arguments);
    }

    private Ended run(List<String> paths, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(options);
        command.addAll(paths);
        command.addAll(List.of(arguments));
        return run(command, environment);
    }

    /// Runs any program.
    public static Ended run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        return run(command, environment, ProcessBuilder.Redirect.PIPE);
    }

    /// Runs any program that reads something.
    public static Ended run(
            List<String> command, Map<String, String> environment, ProcessBuilder.Redirect input)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            var builder =
                    new ProcessBuilder(command)
                            .redirectInput(input)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "still running after " + TIME_LIMIT_SECONDS + " s: " + command);
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    // The code source of a patched module's class is the module, not the folder with the tests.
    private static String folder(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        String path = Objects.requireNonNull(type.getResource("/" + file)).getPath();
        return path.substring(0, path.length() - file.length());
    }

    private static String jar(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
