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
import java.util.stream.Stream;

/// The cache that scripts/zx keeps: when it is made, used and forgotten. No JVM is in it.
@Timeout(300)
class ZxCacheTest {
    @TempDir private Path scratch;

    private ScriptProject zx;
    private Path xdg;
    private Path home;

    @BeforeEach
    void build() throws Exception {
        zx = new ScriptProject(scratch);
        xdg = scratch.resolve("a home");
        home = xdg.resolve("zircon-ffm");
        assertThat(zx(Map.of("ZIRCON_CACHE", "off")).err()).startsWith("zx: building");
        Files.writeString(target().resolve("classes/Some.class"), "");
        Files.delete(calls());
    }

    private Zx zx(Map<String, String> environment) throws IOException, InterruptedException {
        return zx.run(environment, "demo");
    }

    /// Runs it, and waits until it has made what it makes in the background.
    private Zx zx() throws IOException, InterruptedException {
        Zx ran = begin();
        zx.awaitAll();
        return ran;
    }

    /// Runs it, and leaves alone what it makes in the background.
    private Zx begin() throws IOException, InterruptedException {
        Zx ran = zx(Map.of("XDG_CACHE_HOME", xdg.toString()));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isZero();
        return ran;
    }

    private Path calls() {
        return zx.java().resolveSibling("java.calls");
    }

    /// What the JVM is told to use.
    private static List<String> used(Zx ran) {
        return ran.out().lines().filter(line -> line.startsWith("[-XX:AOTCache=")).toList();
    }

    private List<Path> kept(String file) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(path -> path.getFileName().toString().equals(file)).toList();
        }
    }

    @Test
    void theFirstRunMakesItAndTheSecondUsesIt() throws Exception {
        assertThat(used(zx())).isEmpty();
        List<Path> made = kept("jvm.aot");
        assertThat(made).hasSize(1);
        Files.delete(calls());
        Zx second = zx();
        assertThat(used(second)).containsExactly("[-XX:AOTCache=" + made.getFirst() + "]");
        String jar = made.getFirst().resolveSibling("zircon.jar").toString();
        assertThat(second.out())
                .contains("[%1$s:%2$s/lib/*:%2$s/classes:".formatted(jar, target()));
        assertThat(Files.readString(calls())).hasLineCount(1);
    }

    private Path target() {
        return zx.project().resolve("target");
    }

    @Test
    void anotherOneIsMadeForOtherClassesAndTheFirstIsForgotten() throws Exception {
        zx();
        Path first = kept("jvm.aot").getFirst();
        Files.writeString(target().resolve("classes/Some.class"), "other");
        assertThat(used(zx())).isEmpty();
        assertThat(kept("jvm.aot")).hasSize(1).doesNotContain(first);
        assertThat(used(zx())).hasSize(1);
    }

    @Test
    void switchedOffItIsNeitherMadeNorUsed() throws Exception {
        Map<String, String> off = Map.of("ZIRCON_CACHE", "off", "XDG_CACHE_HOME", xdg.toString());
        assertThat(zx(off).status()).isZero();
        assertThat(home).doesNotExist();
        zx();
        assertThat(used(zx(off))).isEmpty();
    }

    @Test
    void whereNoFolderCanBeMadeThereIsNone() throws Exception {
        Path file = Files.writeString(scratch.resolve("file"), "");
        for (String place : List.of(file.toString(), "relative")) {
            Zx ran = zx(Map.of("XDG_CACHE_HOME", place));
            assertThat(ran.err()).isEmpty();
            assertThat(used(ran)).isEmpty();
            assertThat(ran.status()).isZero();
        }
        Zx homeless = zx(Map.of("XDG_CACHE_HOME", "", "HOME", ""));
        assertThat(Path.of("/zircon-ffm")).doesNotExist();
        assertThat(homeless.err()).isEmpty();
        assertThat(homeless.status()).isZero();
        assertThat(Files.readString(calls())).hasLineCount(3);
    }

    @Test
    void whatCannotBeMadeIsTriedOnce() throws Exception {
        Path broken = Files.writeString(zx.java().resolveSibling("java.broken"), "");
        zx();
        assertThat(kept("failed")).hasSize(1);
        Files.delete(calls());
        assertThat(used(zx())).isEmpty();
        assertThat(Files.readString(calls())).hasLineCount(1);
        Files.delete(broken);
        Files.writeString(target().resolve("classes/Other.class"), "");
        zx();
        assertThat(used(zx())).hasSize(1);
    }

    @Test
    void whatWasBegunAndNotEndedIsBegunAgain() throws Exception {
        zx();
        Path made = kept("jvm.aot").getFirst();
        Files.move(made, made.resolveSibling("new.aot"));
        assertThat(used(zx())).isEmpty();
        assertThat(kept("jvm.aot")).containsExactly(made);
    }

    @Test
    void ofTwoFirstRunsAtOnceOneMakesIt() throws Exception {
        Path held = zx.java().resolveSibling("java.held");
        Process holder =
                new ProcessBuilder("flock", held.toString(), "sh", "-c", "echo held; read -r _")
                        .start();
        try (var said = holder.inputReader();
                var release = holder.outputWriter()) {
            assertThat(said.readLine()).isEqualTo("held");
            begin();
            begin();
            release.newLine();
        }
        zx.awaitAll();
        assertThat(Files.readAllLines(calls()))
                .filteredOn(call -> call.contains("AOTMode=record"))
                .hasSize(1);
        assertThat(used(zx())).hasSize(1);
    }
}
