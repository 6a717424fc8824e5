package zircon.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;
import zircon.kit.ForkedJvm;
import zircon.kit.ForkedJvm.Ended;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The cache that the scripts keep, with a real JVM: it is used, and when it is damaged it does no
/// harm.
@Timeout(300)
class CacheIT {
    @TempDir private Path home;

    private Ended run(Map<String, String> more, String script, String... arguments)
            throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("XDG_CACHE_HOME", home.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("ZIRCON_CACHE", "");
        String path = CCompiler.project("scripts").resolve(script).toString();
        return ForkedJvm.run(
                Stream.concat(Stream.of(path), Stream.of(arguments)).toList(), environment);
    }

    /// Runs it, and waits until it has made what it makes in the background.
    private Ended runAndMake(String script, String... arguments) throws Exception {
        Ended ended = run(Map.of(), script, arguments);
        String lock = home.resolve("zircon-ffm/lock").toString();
        var _ = ForkedJvm.run(List.of("flock", lock, "true"), Map.of());
        return ended;
    }

    private Path cache() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.endsWith("jvm.aot")).findFirst().orElseThrow();
        }
    }

    @Test
    void zxTakesItsClassesFromThere() throws Exception {
        assertThat(runAndMake("zx", "--version").output()).startsWith("zx ").hasLineCount(1);
        Path log = home.resolve("log");
        Ended second =
                run(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), "zx", "demo");
        assertThat(second.exit()).isZero();
        assertThat(Files.readString(log)).contains("zircon.Port source: shared objects file");
    }

    @Test
    void jshellTakesItsClassesFromThere() throws Exception {
        // A file: of what jshell reads from no terminal it repeats as much as happens to have come.
        String snippets = Files.writeString(home.resolve("snippets"), "tree()\n/exit\n").toString();
        Ended first = runAndMake("jshell", snippets);
        assertThat(first.output()).startsWith("job ");
        Path log = home.resolve("log");
        assertThat(run(Map.of(), "jshell", "-J-Xlog:class+load:file=" + log, snippets))
                .isEqualTo(first);
        assertThat(Files.readString(log)).contains("jdk.jshell.JShell source: shared objects file");
    }

    @Test
    void aDamagedOneIsNotUsedAndNobodyHearsOfIt() throws Exception {
        Ended whole = runAndMake("zx", "--version");
        Path cache = cache();
        byte[] made = Files.readAllBytes(cache);
        byte[] overwritten = made.clone();
        Arrays.fill(overwritten, made.length / 2, made.length / 2 + 1_000_000, (byte) 0x5a);
        byte[] cut = Arrays.copyOf(made, made.length / 2);
        for (byte[] damaged : List.of(overwritten, cut, new byte[0], new byte[] {1, 2, 3})) {
            Files.write(cache, damaged);
            assertThat(run(Map.of(), "zx", "--version")).isEqualTo(whole);
        }
    }
}
