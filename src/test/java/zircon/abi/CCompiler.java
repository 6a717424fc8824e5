package zircon.abi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The machine's C and C++ compilers, for tests that ask them something. Every run has a time
/// limit.
public final class CCompiler {
    private static final long SECONDS = 120;

    private CCompiler() {}

    /// A file of the project, whatever folder the tests were started in.
    public static Path project(String path) {
        return Path.of(System.getProperty("project.basedir", "")).toAbsolutePath().resolve(path);
    }

    /// The option that finds Zircon's headers.
    public static String include() {
        return "-I" + project("src/main/c/include");
    }

    /// Whether a program can be found in one of the folders of PATH.
    public static boolean onPath(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /// Compiles `source`, which may be C or C++ by its name, to the shared object or program
    /// `output`.
    public static void compile(Path source, Path output, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(source.toString().endsWith(".cc") ? "c++" : "cc");
        command.addAll(options);
        command.add(include());
        command.add("-o");
        command.add(output.toString());
        command.add(source.toString());
        String said = run(command);
        if (!said.isBlank()) {
            throw new AssertionError(String.join(" ", command) + " said:\n" + said);
        }
    }

    /// Runs a command to its end, which must be a good one, and returns all that it printed.
    public static String run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("zircon-test", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("%s ran for more than %d s".formatted(command, SECONDS));
            }
            String text = Files.readString(said);
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        "%s ended with %d:%n%s"
                                .formatted(String.join(" ", command), process.exitValue(), text));
            }
            return text;
        } finally {
            Files.deleteIfExists(said);
        }
    }
}
