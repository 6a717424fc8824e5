package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// scripts/zx, before it runs: what is built, and when.
@Timeout(300)
class ZxScriptTest {
    @TempDir private Path scratch;

    private ScriptProject zx;

    @BeforeEach
    void makeProject() throws IOException {
        zx = new ScriptProject(scratch);
    }

    @Test
    void theFirstRunBuildsAndSaysSo() throws Exception {
        Zx ran = zx("run", "a b", "--");
        assertThat(ran.err()).startsWith("zx: building").hasLineCount(1);
        assertThat(ran.out())
                .startsWith("java\n")
                .contains("[%1$s/target/classes:%1$s/target/lib/*]\n".formatted(zx.project()))
                .endsWith("[zircon.cli.Main]\n[run]\n[a b]\n[--]\n");
        assertThat(ran.status()).isZero();
        assertThat(Files.readString(zx.bin().resolve("mvn.calls")))
                .contains("[%s/pom.xml]\n[process-classes]\n".formatted(zx.project()));
    }

    @Test
    void thenThereIsNothingToBuild() throws Exception {
        zx();
        Files.delete(zx.bin().resolve("mvn.calls"));
        assertThat(zx().err()).isEmpty();
        assertThat(zx.bin().resolve("mvn.calls")).doesNotExist();
    }

    @Test
    void aBuildByHandCounts() throws Exception {
        Files.createDirectories(zx.project().resolve("target/classes"));
        Files.createDirectories(zx.project().resolve("target/lib"));
        Files.writeString(zx.project().resolve("target/classes/module-info.class"), "");
        assertThat(zx().err()).isEmpty();
    }

    @Test
    void anEditedSourceIsBuiltAgain() throws Exception {
        zx();
        Path built = zx.project().resolve("target/classes/module-info.class");
        Files.setLastModifiedTime(built, ScriptProject.LONG_AGO);
        Files.writeString(zx.project().resolve("src/main/Edited.java"), "");
        assertThat(zx().err()).startsWith("zx: building");
        assertThat(zx().err()).isEmpty();
    }

    @Test
    void aBuildThatFailsIsShownAndNothingRuns() throws Exception {
        Files.writeString(zx.bin().resolve("mvn.broken"), "");
        Zx ran = zx();
        assertThat(ran.err()).contains("will not do\n", "zx: the build failed");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.status()).isEqualTo(2);
        Files.delete(zx.bin().resolve("mvn.broken"));
        assertThat(zx().err()).as("it is tried again").startsWith("zx: building");
    }

    @Test
    void whatIsMissingForTheBuildIsNamed() throws Exception {
        for (String tool : List.of("mvn", "cc")) {
            Path away = Files.move(zx.bin().resolve(tool), zx.bin().resolve("away"));
            Zx ran = zx();
            assertThat(ran.err()).contains(tool + " is not on PATH").hasLineCount(1);
            assertThat(ran.status()).isEqualTo(2);
            Files.move(away, zx.bin().resolve(tool));
        }
    }

    private Zx zx(String... arguments) throws IOException, InterruptedException {
        return zx.run(Map.of("ZIRCON_CACHE", "off"), arguments);
    }
}
