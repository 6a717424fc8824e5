package zircon.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.kit.ForkedJvm.Ended;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The jar of the command line needs no other file and no option: its manifest allows native
/// access.
@Timeout(300)
class RunnableJarIT {
    @TempDir private Path scratch;

    @Test
    void theDoctorFindsNothing() throws Exception {
        Ended ended = run("doctor");
        assertThat(ended.output()).doesNotContain("WARNING");
        assertThat(ended.exit()).as(ended.output()).isZero();
    }

    @Test
    void theDemoRunsAndItsFactsAreJson() throws Exception {
        Ended ended = run("demo", "--json");
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).startsWith("{").endsWith("}\n");
    }

    @Test
    void theLibrariesOfTheCommandLineAreInside() throws Exception {
        assertThat(Packed.files("all"))
                .contains("picocli/CommandLine.class", "com/google/gson/Gson.class")
                .noneMatch(file -> file.endsWith("module-info.class"));
    }

    private Ended run(String... arguments) throws Exception {
        Path alone =
                Files.copy(
                        Packed.jar("all"),
                        Files.createTempDirectory(scratch, "").resolve("zx.jar"));
        List<String> command = new ArrayList<>();
        command.addAll(List.of("--illegal-native-access=deny", "-jar", alone.toString()));
        command.addAll(List.of(arguments));
        return Packed.tool("java", command);
    }
}
