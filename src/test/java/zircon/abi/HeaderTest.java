package zircon.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Each header stands on its own, as C11 and as C++17, with every warning an error.
@Timeout(300)
class HeaderTest {
    @TempDir private Path scratch;

    static List<String> headers() throws IOException {
        Path include = CCompiler.project("src/main/c/include");
        try (Stream<Path> files = Files.walk(include)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> include.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("headers")
    void compilesAsC(String header) throws Exception {
        check(header, "cc", "-std=c11", "c");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void compilesAsCplusplus(String header) throws Exception {
        assumeTrue(CCompiler.onPath("c++"), "this machine has no C++ compiler");
        check(header, "c++", "-std=c++17", "c++");
    }

    /// Compiles the header itself, and a file that holds nothing but its `#include`.
    private void check(String header, String compiler, String standard, String language)
            throws IOException, InterruptedException {
        Path including =
                Files.writeString(scratch.resolve("alone.c"), "#include <%s>\n".formatted(header));
        for (Path source :
                List.of(CCompiler.project("src/main/c/include").resolve(header), including)) {
            String said =
                    CCompiler.run(
                            List.of(
                                    compiler,
                                    standard,
                                    "-Wall",
                                    "-Wextra",
                                    "-Werror",
                                    "-pedantic",
                                    "-fsyntax-only",
                                    CCompiler.include(),
                                    "-x",
                                    language,
                                    source.toString()));
            assertThat(said).isEmpty();
        }
    }
}
