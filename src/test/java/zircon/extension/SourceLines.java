package zircon.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The sources of the tests.
final class SourceLines {
    private SourceLines() {}

    static String of(String file, int line) {
        Path path = Path.of(System.getProperty("project.basedir"), "src/test/java", file);
        try {
            return Files.readAllLines(path).get(line - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
