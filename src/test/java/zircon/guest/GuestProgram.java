package zircon.guest;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The native programs of src/test/c, compiled once per build into target/guests.
public final class GuestProgram {
    /// How a program finds Zircon's functions.
    public enum Linkage {
        /// Nothing of ours is linked: the symbols are those that the loading process offers.
        UNLINKED,
        /// Linked against the libzircon.so that was built.
        LINKED
    }

    private static final Path SOURCES = CCompiler.project("src/test/c");

    private static final Map<String, List<String>> OPTIONS =
            Map.of(
                    ".c", List.of("-std=c11", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror"),
                    ".cc",
                            List.of(
                                    "-std=c++17",
                                    "-shared",
                                    "-fPIC",
                                    "-Wall",
                                    "-Wextra",
                                    "-Werror"));

    private GuestProgram() {}

    /// The file names of all programs.
    public static List<String> all() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> OPTIONS.containsKey(extension(name)))
                    .sorted()
                    .toList();
        }
    }

    /// The shared object of a program, compiled if it is not there yet or is older than what it is
    /// made of.
    public static synchronized Path compile(String source, Linkage linkage)
            throws IOException, InterruptedException {
        Path folder = directory("project.build.directory", "target").resolve("guests");
        String name = source.replace('.', '_') + (linkage == Linkage.LINKED ? "_linked" : "");
        Path output = Files.createDirectories(folder).resolve(name + ".so");
        if (!Files.exists(output)
                || Files.getLastModifiedTime(output).compareTo(newestInput()) <= 0) {
            List<String> options =
                    new ArrayList<>(OPTIONS.getOrDefault(extension(source), List.of()));
            if (linkage == Linkage.LINKED) {
                options.add("-Wl,-z,defs");
                options.add("-Wl,--no-as-needed");
                options.add("-L" + directory("native.directory", "native"));
                options.add("-lzircon");
            }
            CCompiler.compile(SOURCES.resolve(source), output, options);
        }
        return output;
    }

    private static Path directory(String property, String otherwise) {
        return CCompiler.project(System.getProperty(property, otherwise));
    }

    private static FileTime newestInput() throws IOException {
        List<FileTime> changes = new ArrayList<>();
        for (Path root : List.of(SOURCES, CCompiler.project("src/main/c/include"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    changes.add(Files.getLastModifiedTime(file));
                }
            }
        }
        return Collections.max(changes);
    }

    private static String extension(String name) {
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }
}
