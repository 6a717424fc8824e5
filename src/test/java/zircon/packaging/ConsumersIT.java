package zircon.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;
import zircon.kit.ForkedJvm.Ended;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Two programs of other people (`src/test/consumers`) are compiled and run with nothing but the
/// library's jar: what is optional is not needed, and what is public is enough.
@Timeout(300)
class ConsumersIT {
    private static final String JAR = Packed.jar("").toString();

    @TempDir private static Path scratch;

    @BeforeAll
    static void theJarStandsAlone() {
        assertThat(Packed.jar("")).isRegularFile();
    }

    @Test
    void aProgramOnTheModulePathRuns() throws Exception {
        Path classes = compile("module-path", "--module-path", JAR);
        Ended ended =
                java(
                        "--enable-native-access=zircon",
                        "--module-path",
                        JAR + ":" + classes,
                        "--module",
                        "consumer/consumer.CrashReporter");
        assertThat(ended)
                .isEqualTo(
                        new Ended(
                                0,
                                """
                                in module zircon
                                GENERAL, key 7
                                return code -1
                                """));
    }

    @Test
    void aProgramOnTheClassPathRuns() throws Exception {
        Path classes = compile("class-path", "--class-path", JAR);
        Ended ended =
                java(
                        "--enable-native-access=ALL-UNNAMED",
                        "--class-path",
                        JAR + ":" + classes,
                        "Refusals");
        assertThat(ended)
                .isEqualTo(
                        new Ended(
                                0,
                                """
                                named module: false
                                ok: UNIT
                                ok: 7
                                refused: TIMED_OUT
                                refused: BAD_HANDLE
                                """));
    }

    @Test
    void aModuleSeesNothingThatIsNotExported() throws Exception {
        Path source = Files.createDirectory(scratch.resolve("curious"));
        Files.writeString(
                source.resolve("module-info.java"), "module curious { requires zircon; }");
        Files.writeString(
                source.resolve("Curious.java"),
                """
                package curious;
                class Curious {
                    zircon.internal.NativeLibrary internal;
                    zircon.spi.KernelBoot boot;
                    zircon.sys.zircon_h bindings;
                    zircon.emulation.kernel.Kernel kernel;
                    zircon.cli.Main main;
                }
                """);
        Ended ended = javac(source, scratch.resolve("nothing"), "--module-path", JAR);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output().lines().filter(line -> line.contains("does not export it")))
                .hasSize(5);
    }

    private static Path compile(String consumer, String... options) throws Exception {
        Path classes = scratch.resolve(consumer);
        Path sources = CCompiler.project("src/test/consumers").resolve(consumer);
        assertThat(javac(sources, classes, options)).isEqualTo(new Ended(0, ""));
        return classes;
    }

    private static Ended javac(Path sources, Path classes, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-Xlint:all", "-Werror", "-d", classes.toString()));
        arguments.addAll(javaFiles(sources));
        return Packed.tool("javac", arguments);
    }

    private static List<String> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).filter(file -> file.endsWith(".java")).toList();
        }
    }

    private static Ended java(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--illegal-native-access=deny"));
        arguments.addAll(List.of(options));
        return Packed.tool("java", arguments);
    }
}
