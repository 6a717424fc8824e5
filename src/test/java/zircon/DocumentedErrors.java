package zircon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The errors that the Javadoc of the package lists, as `Type.method ERROR`.
final class DocumentedErrors {
    private static final Path SOURCES =
            Path.of(System.getProperty("project.basedir", "."), "src/main/java/zircon");
    private static final Pattern ERROR = Pattern.compile("    /// - `([A-Z_]+)`:.*");
    private static final Pattern METHOD = Pattern.compile("    public .*?(\\w+)\\(.*");

    private static final Pattern OF_SERVERS =
            Pattern.compile("(ExceptionServer|PendingException)\\..*");

    private DocumentedErrors() {}

    /// Those of the calls that wrap one syscall each.
    static Set<String> ofCalls() {
        Set<String> found = list();
        found.removeIf(OF_SERVERS.asMatchPredicate());
        return found;
    }

    /// Those of what stands upon these calls.
    static Set<String> ofServers() {
        Set<String> found = list();
        found.removeIf(OF_SERVERS.asMatchPredicate().negate());
        return found;
    }

    /// All of them but `BAD_HANDLE`, which is checked for every method.
    private static Set<String> list() {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString();
                read(name.substring(0, name.length() - ".java".length()), file, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.removeIf(entry -> entry.endsWith(" BAD_HANDLE"));
        return found;
    }

    private static void read(String type, Path file, Set<String> found) throws IOException {
        List<String> errors = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher error = ERROR.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (error.matches()) {
                errors.add(error.group(1));
            } else if (method.matches()) {
                errors.forEach(each -> found.add(type + "." + method.group(1) + " " + each));
                errors.clear();
            } else if (!line.startsWith("    ///") && !line.startsWith("    @")) {
                errors.clear();
            }
        }
    }
}
