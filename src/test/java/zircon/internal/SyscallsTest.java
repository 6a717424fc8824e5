package zircon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

class SyscallsTest {
    private static final Path BASE = Path.of(System.getProperty("project.basedir", "."));
    private static final Path HEADERS = BASE.resolve("src/main/c/include/zircon");

    @Test
    void everySyscallOfTheHeaderHasItsLineInTheHeadersOrder() throws IOException {
        List<String> declared =
                find("ZX_SYSCALL_DECL\\(\\w+, (\\w+),\\s*\\(", HEADERS.resolve("syscalls.h"));
        assertThat(declared).hasSizeGreaterThan(40);
        assertThat(called()).startsWith(declared.toArray(String[]::new));
    }

    @Test
    void everyRunTimeFunctionHasItsLineInTheHeadersOrder() throws IOException {
        List<String> declared = find("(?m)^\\w+ zx_(\\w+)\\(", HEADERS.resolve("process.h"));
        declared.addAll(find("\\bzx_(status_get_string)\\(", HEADERS.resolve("status.h")));
        assertThat(declared).hasSize(6);
        assertThat(called()).endsWith(declared.toArray(String[]::new));
    }

    private static List<String> called() throws IOException {
        return find(
                "zircon_h\\.zx_(\\w+)\\(",
                BASE.resolve("src/main/java/zircon/internal/Syscalls.java"));
    }

    private static List<String> find(String expression, Path file) throws IOException {
        return new ArrayList<>(
                Pattern.compile(expression)
                        .matcher(Files.readString(file))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .toList());
    }
}
