package zircon;

import zircon.kit.ForkedJvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Compiles the C that the wrapper's tests load.
final class FakeLibrary {
    private static final Path BASE = Path.of(System.getProperty("project.basedir", "."));
    private static final Path SOURCES = BASE.resolve("src/test/c/fake");

    private FakeLibrary() {}

    /// The fake libzircon.
    static Path libzircon() throws IOException, InterruptedException {
        return compile("libzircon.so", "recorder.c", "syscalls.c");
    }

    /// A library that looks like a gate that was loaded already.
    static Path gate() throws IOException, InterruptedException {
        return compile("libgate.so", "gate.c");
    }

    private static Path compile(String name, String... sources)
            throws IOException, InterruptedException {
        Path folder =
                Path.of(System.getProperty("project.build.directory", "target")).resolve("fake");
        Path library = Files.createDirectories(folder).toAbsolutePath().resolve(name);
        var command = new ArrayList<String>();
        command.addAll(List.of("cc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of("-fPIC", "-shared", "-Wl,-soname," + name));
        command.addAll(List.of("-I", BASE.resolve("src/main/c/include").toString()));
        command.addAll(List.of("-o", library.toString()));
        for (String source : sources) {
            command.add(SOURCES.resolve(source).toString());
        }
        ForkedJvm.Ended cc = ForkedJvm.run(command, Map.of());
        if (cc.exit() != 0) {
            throw new AssertionError("cc failed:\n" + cc.output());
        }
        return library;
    }
}
