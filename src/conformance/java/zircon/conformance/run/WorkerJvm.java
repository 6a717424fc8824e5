package zircon.conformance.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a worker is started.
///
/// @param classPath what it needs
/// @param options more options of the JVM
record WorkerJvm(String classPath, List<String> options) {
    /// With the class path of this JVM.
    ///
    /// @param library another libzircon, or nothing
    static WorkerJvm of(String library) {
        List<String> options =
                library.isEmpty() ? List.of() : List.of("-Dzircon.library=" + library);
        return new WorkerJvm(System.getProperty("java.class.path"), options);
    }

    Process start(Workplace workplace) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + workplace.crash(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--illegal-native-access=deny"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Worker.class.getName()));
        command.addAll(
                List.of(
                        workplace.folder().toString(),
                        Long.toString(ProcessHandle.current().pid())));
        File output = workplace.output().toFile();
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }
}
