package zircon.conformance.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `zx conformance` with what the build has left, as scripts/zx runs it.
final class BuiltZx {
    /// What every command of zx needs, in the build's folder.
    static final List<String> COMMANDS = List.of("classes", "lib/*");

    /// The same and the suite.
    static final List<String> SUITE =
            List.of("classes", "lib/*", "conformance-classes", "conformance-lib/*");

    /// The build's folder.
    static final Path TARGET =
            Path.of(System.getProperty("project.build.directory", "target")).toAbsolutePath();

    private BuiltZx() {}

    /// The class path of some entries of the build's folder.
    static String classPath(List<String> entries, String... more) {
        return Stream.concat(entries.stream(), Stream.of(more))
                .map(entry -> TARGET + "/" + entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// The command.
    ///
    /// @param options more options of the JVM
    static List<String> command(String classPath, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, "zircon.cli.Main", "conformance"));
        command.addAll(List.of(arguments));
        return command;
    }
}
