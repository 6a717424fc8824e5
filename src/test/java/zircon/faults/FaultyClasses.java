package zircon.faults;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Classes with bugs, made by the compiler of the JDK that this runs on. They are to stand before
/// the real ones on a class path.
final class FaultyClasses {
    private FaultyClasses() {}

    /// Compiles the sources with these bugs, of which no two are in the same file.
    ///
    /// @param folder where to; its `classes` are the result
    /// @throws IllegalArgumentException a patch does not fit, or what it makes is no Java
    static Path compile(Path project, List<SeededFault> faults, Path folder) throws IOException {
        Path sources = folder.resolve("sources");
        Path classes = folder.resolve("classes");
        for (SeededFault fault : faults) {
            fault.writePatched(project, sources);
        }
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-proc:none", "-nowarn", "-implicit:none", "-cp", classPath()));
        arguments.addAll(List.of("-d", classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int status = javac().run(writer, writer, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalArgumentException("javac ended with %d%n%s".formatted(status, output));
        }
        return classes;
    }

    private static ToolProvider javac() {
        return ToolProvider.findFirst("javac")
                .orElseThrow(() -> new IllegalStateException("no javac here; run this on a JDK"));
    }

    private static String classPath() {
        return System.getProperty("java.class.path")
                + File.pathSeparator
                + System.getProperty("jdk.module.path", "");
    }
}
