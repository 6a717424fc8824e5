package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// scripts/zx in a project of its own, whose name has a space. Its java and mvn only tell how they
/// were called; it is called through a symbolic link, from outside.
@Timeout(300)
class ZxScriptTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    private static final String JAVA =
            """
            #!/bin/sh
            echo java
            for argument; do echo "[$argument]"; done
            """;

    private static final String MVN =
            """
            #!/bin/sh
            for argument; do
                echo "[$argument]" >>"$0.calls"
                case $argument in */pom.xml) target=${argument%/pom.xml}/target ;; esac
            done
            if [ -e "$0.broken" ]; then echo "will not do"; exit 1; fi
            mkdir -p "$target/classes" "$target/lib"
            echo >"$target/classes/module-info.class"
            """;

    /// What it needs of the system, and nothing more.
    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "cat",
                    "dirname",
                    "find",
                    "flock",
                    "mkdir",
                    "mktemp",
                    "readlink",
                    "rm",
                    "sed",
                    "sh",
                    "touch");

    @TempDir private Path scratch;

    private Path project;
    private Path bin;

    @BeforeEach
    void makeProject() throws IOException {
        project = scratch.resolve("a project");
        Files.createDirectories(project.resolve("src/main"));
        Files.createDirectories(project.resolve("src/conformance"));
        Files.createDirectories(project.resolve("generated"));
        command(project.resolve("scripts/zx"), Files.readString(CCompiler.project("scripts/zx")));
        Files.copy(CCompiler.project("scripts/built"), project.resolve("scripts/built"));
        Files.writeString(project.resolve("pom.xml"), "");
        Files.createSymbolicLink(scratch.resolve("zx"), project.resolve("scripts/zx"));

        command(scratch.resolve("a jdk/bin/java"), JAVA);
        Files.writeString(scratch.resolve("a jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");

        bin = scratch.resolve("bin");
        command(bin.resolve("mvn"), MVN);
        command(bin.resolve("cc"), "#!/bin/sh\n");
        for (String tool : TOOLS) {
            command(bin.resolve(tool), "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(tool));
        }
        for (String source : List.of("pom.xml", "src/main", "src/conformance", "generated")) {
            Files.setLastModifiedTime(project.resolve(source), LONG_AGO);
        }
    }

    @Test
    void theFirstRunBuildsAndSaysSo() throws Exception {
        Zx zx = zx("run", "a b", "--");
        assertThat(zx.err()).startsWith("zx: building").hasLineCount(1);
        assertThat(zx.out())
                .startsWith("java\n")
                .contains("[%1$s/target/classes:%1$s/target/lib/*]\n".formatted(project))
                .endsWith("[zircon.cli.Main]\n[run]\n[a b]\n[--]\n");
        assertThat(zx.status()).isZero();
        assertThat(Files.readString(bin.resolve("mvn.calls")))
                .contains("[%s/pom.xml]\n[process-classes]\n".formatted(project));
    }

    @Test
    void thenThereIsNothingToBuild() throws Exception {
        zx();
        Files.delete(bin.resolve("mvn.calls"));
        assertThat(zx().err()).isEmpty();
        assertThat(bin.resolve("mvn.calls")).doesNotExist();
    }

    @Test
    void aBuildByHandCounts() throws Exception {
        Files.createDirectories(project.resolve("target/classes"));
        Files.createDirectories(project.resolve("target/lib"));
        Files.writeString(project.resolve("target/classes/module-info.class"), "");
        assertThat(zx().err()).isEmpty();
    }

    @Test
    void anEditedSourceIsBuiltAgain() throws Exception {
        zx();
        Path built = project.resolve("target/classes/module-info.class");
        Files.setLastModifiedTime(built, LONG_AGO);
        Files.writeString(project.resolve("src/main/Edited.java"), "");
        assertThat(zx().err()).startsWith("zx: building");
        assertThat(zx().err()).isEmpty();
    }

    @Test
    void aBuildThatFailsIsShownAndNothingRuns() throws Exception {
        Files.writeString(bin.resolve("mvn.broken"), "");
        Zx zx = zx();
        assertThat(zx.err()).contains("will not do\n", "zx: the build failed");
        assertThat(zx.out()).isEmpty();
        assertThat(zx.status()).isEqualTo(2);
        Files.delete(bin.resolve("mvn.broken"));
        assertThat(zx().err()).as("it is tried again").startsWith("zx: building");
    }

    @Test
    void whatIsMissingForTheBuildIsNamed() throws Exception {
        for (String tool : List.of("mvn", "cc")) {
            Path away = Files.move(bin.resolve(tool), bin.resolve("away"));
            Zx zx = zx();
            assertThat(zx.err()).contains(tool + " is not on PATH").hasLineCount(1);
            assertThat(zx.status()).isEqualTo(2);
            Files.move(away, bin.resolve(tool));
        }
    }

    private Zx zx(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(scratch.resolve("zx").toString());
        command.addAll(List.of(arguments));
        String jdk = scratch.resolve("a jdk").toString();
        return Zx.start(command, scratch, Map.of("PATH", bin.toString(), "JAVA_HOME", jdk));
    }

    private static void command(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
