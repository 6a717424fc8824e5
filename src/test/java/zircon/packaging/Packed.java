package zircon.packaging;

import zircon.kit.ForkedJvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/// What `mvn package` has left in `target`.
final class Packed {
    private Packed() {}

    /// One of the jars.
    ///
    /// @param classifier "" for the library itself
    static Path jar(String classifier) {
        String name = System.getProperty("project.build.finalName");
        String suffix = classifier.isEmpty() ? "" : "-" + classifier;
        return Path.of(System.getProperty("project.build.directory"), name + suffix + ".jar");
    }

    /// The names of the files in a jar.
    static Set<String> files(String classifier) throws IOException {
        try (JarFile jar = new JarFile(jar(classifier).toFile())) {
            Set<String> names = new TreeSet<>();
            jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .forEach(entry -> names.add(entry.getName()));
            return names;
        }
    }

    /// One text file of a jar.
    static String text(String classifier, String file) throws IOException {
        try (JarFile jar = new JarFile(jar(classifier).toFile());
                InputStream in =
                        jar.getInputStream(Objects.requireNonNull(jar.getJarEntry(file), file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Runs a tool of the JDK that runs the tests.
    static ForkedJvm.Ended tool(String name, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        command.addAll(arguments);
        return ForkedJvm.run(command, Map.of());
    }
}
