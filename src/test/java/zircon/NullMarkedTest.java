package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The compiler checks nullness in packages that ask for it, and every package does, the tests'
/// too. A package of both needs to say so once.
class NullMarkedTest {
    private static final List<Path> ROOTS =
            List.of(
                    CCompiler.project("src/main/java"),
                    CCompiler.project("src/conformance/java"),
                    CCompiler.project("src/test/java"));

    @Test
    void everyPackageIsNullMarked() throws Exception {
        assertThat(packages()).hasSizeGreaterThan(10).allMatch(NullMarkedTest::isNullMarked);
    }

    private static Set<Path> packages() throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> root.relativize(file.getParent()))
                        .filter(folder -> !folder.toString().isEmpty()) // module-info
                        .forEach(packages::add);
            }
        }
        return packages;
    }

    private static boolean isNullMarked(Path folder) {
        return ROOTS.stream()
                .map(root -> root.resolve(folder).resolve("package-info.java"))
                .filter(Files::exists)
                .anyMatch(NullMarkedTest::saysSo);
    }

    private static boolean saysSo(Path file) {
        try {
            return Files.readString(file).contains("@NullMarked\npackage ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
