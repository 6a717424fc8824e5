package zircon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.abi.CCompiler;
import zircon.kit.ForkedJvm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the examples print: as classes on the class path, and as sources beside nothing but this
/// library.
@Timeout(300)
class ExamplesTest {
    private static final Path TARGET =
            Path.of(System.getProperty("project.build.directory", "target"));

    private static final String CRASHES =
            """
            FATAL_PAGE_FAULT in thread \\d+ of process \\d+ \\(reader\\), pc 0x[0-9a-f]+, address 0xdead0000
            reader died with return code -1
            UNDEFINED_INSTRUCTION in thread \\d+ of process \\d+ \\(thinker\\), pc 0x[0-9a-f]+, address 0x0
            thinker died with return code -1
            """;

    private static final String CONTINUES =
            """
            rdi is 0xdead0000
            the guest has read 42
            the guest goes on
            """;

    @Test
    void theCrashReporterReportsAndLetsDie() throws Exception {
        requireOutput(compiled(CrashReporter.class), CRASHES);
    }

    @Test
    void theCrashReporterStartsFromItsSource() throws Exception {
        requireOutput(source(CrashReporter.class), CRASHES);
    }

    @Test
    void fixAndContinueRepairsAndGoesOn() throws Exception {
        requireOutput(compiled(FixAndContinue.class), CONTINUES);
    }

    @Test
    void fixAndContinueStartsFromItsSource() throws Exception {
        requireOutput(source(FixAndContinue.class), CONTINUES);
    }

    private static void requireOutput(ForkedJvm.Ended ended, String pattern) {
        assertThat(ended.output()).matches(pattern);
        assertThat(ended.exit()).isZero();
    }

    private static ForkedJvm.Ended compiled(Class<?> example) throws Exception {
        return new ForkedJvm(Map.of(), "--enable-native-access=ALL-UNNAMED").run(example);
    }

    private static ForkedJvm.Ended source(Class<?> example) throws Exception {
        String file = "src/test/java/" + example.getName().replace('.', '/') + ".java";
        return ForkedJvm.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        TARGET.resolve("classes").toString(),
                        CCompiler.project(file).toString()),
                Map.of());
    }
}
