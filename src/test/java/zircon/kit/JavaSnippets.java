package zircon.kit;

import zircon.kit.ForkedJvm.Ended;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compiles the Java that documents show, all of it at once: whole programs, which begin with a
/// package or imports, members of a class, and statements.
///
/// Members and statements know everything that this library exports, and statements the variables
/// of [#GIVEN], unless they declare their own.
public final class JavaSnippets {
    private static final Map<String, String> GIVEN =
            Map.of(
                    "job", "Job",
                    "process", "ZxProcess",
                    "thread", "ZxThread",
                    "port", "Port",
                    "channel", "Channel",
                    "guests", "Guests");

    private static final List<String> BESIDE =
            List.of(
                    "java.util",
                    "org.junit.jupiter.api",
                    "static org.junit.jupiter.api.Assertions");

    private static final Pattern MEMBERS =
            Pattern.compile(
                    "^(@\\w+\\s+)*(public |private |static |final"
                            + " )*(class|record|interface|enum|void) ",
                    Pattern.MULTILINE);

    private final Path folder;
    private final String imports;
    private final List<String> command = new ArrayList<>();
    private int count;

    /// @param folder where the compiler may work, empty
    /// @param exported the packages that members and statements know
    public JavaSnippets(Path folder, List<String> exported) {
        this.folder = folder;
        this.imports =
                Stream.concat(BESIDE.stream(), exported.stream())
                        .map("import %s.*; "::formatted)
                        .collect(Collectors.joining());
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-proc:none", "-Xmaxerrs", "1000"));
        command.addAll(List.of("-cp", classPath(), "-d", folder.toString()));
    }

    /// Adds a snippet.
    ///
    /// @param where it stands; a name for the compiler's messages
    public void add(String where, String snippet) throws IOException {
        count++;
        String name = "%s_%d".formatted(where.replaceAll("\\W", "_"), count);
        Path file = Files.createDirectory(folder.resolve("at" + count)).resolve(name + ".java");
        command.add(Files.writeString(file, source(name, snippet)).toString());
    }

    /// How many snippets there are.
    public int count() {
        return count;
    }

    /// Compiles them all; the output is what the compiler has to say.
    public Ended compile() throws IOException, InterruptedException {
        return ForkedJvm.run(command, Map.of());
    }

    private String source(String name, String snippet) {
        if (snippet.startsWith("import ") || snippet.startsWith("package ")) {
            return snippet;
        }
        String members =
                MEMBERS.matcher(snippet).find()
                        ? snippet
                        : "void statements(%s) throws Exception {%n%s%n}"
                                .formatted(parameters(snippet), snippet);
        return "%s class %s {%n%s%n}%n".formatted(imports, name, members);
    }

    private static String parameters(String snippet) {
        return GIVEN.entrySet().stream()
                .filter(given -> !declares(snippet, given.getKey()))
                .map(given -> given.getValue() + " " + given.getKey())
                .collect(Collectors.joining(", "));
    }

    private static boolean declares(String snippet, String variable) {
        return Pattern.compile("\\w " + variable + "( =|\\)|;| :)").matcher(snippet).find();
    }

    private static String classPath() {
        return System.getProperty("java.class.path")
                + File.pathSeparator
                + System.getProperty("jdk.module.path", "");
    }
}
