package zircon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who may use what, by the sources of the wrapper.
class ImportRuleTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("project.basedir", "."), "src/main/java/zircon");
    private static final Set<String> MAY_USE_GENERATED =
            Set.of("Syscalls.java", "Structs.java", "InfoStructs.java");

    @Test
    void onlySyscallsAndStructsUseTheGeneratedBindings() {
        assertThat(using("zircon\\.sys\\b", wrapper()))
                .containsExactlyInAnyOrderElementsOf(MAY_USE_GENERATED);
    }

    @Test
    void theWrapperKnowsNothingOfTheEmulation() {
        assertThat(using("zircon\\.emulation", wrapper())).isEmpty();
    }

    @Test
    void theEmulationKnowsNothingOfTheWrapper() {
        assertThat(using("import (static )?zircon\\.([A-Z]|internal)", below("emulation")))
                .isEmpty();
    }

    @Test
    void theCommandLineUsesNothingThatIsNotExported() {
        assertThat(
                        using(
                                "zircon\\.(sys|internal|emulation\\.(kernel|syscalls|host))\\b",
                                below("cli")))
                .isEmpty();
    }

    private static List<Path> wrapper() {
        return Stream.of(files(SOURCES, 1), below("internal"), below("spi"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Path> below(String folder) {
        return files(SOURCES.resolve(folder), Integer.MAX_VALUE);
    }

    private static List<Path> files(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> using(String expression, List<Path> files) {
        Pattern pattern = Pattern.compile(expression);
        return files.stream()
                .filter(file -> pattern.matcher(read(file)).find())
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
