package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.internal.Syscalls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every function of the headers is somewhere in the public API.
class CompletenessTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("project.basedir", "."), "src/main/java/zircon");
    private static final Map<String, String> SAID_BY_OTHERS =
            Map.of(
                    "channelRead", "channelReadEtc tells the types of the handles, too",
                    "clockGet", "clockGetNew tells an unknown clock from the time 0",
                    "taskSuspendToken", "taskSuspend under a second name");

    @Test
    void everySyscallIsCalledByTheWrapper() {
        String sources = wrapper();
        List<String> missing =
                Arrays.stream(Syscalls.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .filter(name -> !sources.contains("Syscalls." + name + "("))
                        .toList();
        assertThat(missing).containsExactlyInAnyOrderElementsOf(SAID_BY_OTHERS.keySet());
    }

    private static String wrapper() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(CompletenessTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
