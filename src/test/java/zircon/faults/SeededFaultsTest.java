package zircon.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Whether the seeded faults are still what they say. What finds them is not run here.
final class SeededFaultsTest {
    private static final int COUNT = 30;
    private static final Path PROJECT = Path.of(System.getProperty("project.basedir", "."));

    @Test
    void thereAreThirtyAndEachHasItsNumber() throws IOException {
        assertThat(SeededFault.all(PROJECT))
                .extracting(fault -> fault.name().substring(0, 3))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, COUNT).mapToObj("%02d-"::formatted).toList());
    }

    @Test
    void eachFitsAndCompiles(@TempDir Path folder) throws IOException {
        List<List<SeededFault>> rounds = rounds(SeededFault.all(PROJECT));
        for (int i = 0; i < rounds.size(); i++) {
            List<SeededFault> round = rounds.get(i);
            Path classes =
                    FaultyClasses.compile(PROJECT, round, folder.resolve(Integer.toString(i)));
            assertThat(round)
                    .extracting(fault -> fault.patch().path())
                    .allSatisfy(path -> assertThat(classes.resolve(classOf(path))).exists());
        }
    }

    /// As few compilations as there may be: each file has one fault at a time.
    private static List<List<SeededFault>> rounds(List<SeededFault> faults) {
        List<List<SeededFault>> rounds = new ArrayList<>();
        Map<String, Integer> before = new HashMap<>();
        for (SeededFault fault : faults) {
            int round = before.merge(fault.patch().path(), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(fault);
        }
        return rounds;
    }

    private static String classOf(String source) {
        return source.replace("src/main/java/", "").replace(".java", ".class");
    }

    @Test
    void whatDoesNotCompileIsToldWithTheCompilersWords(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("src/main/java/Sound.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Sound {\n}\n");
        SeededFault fault =
                new SeededFault("01-a", "C-1", "", patch("Sound.java", "-class Sound {\n+clas {"));
        assertThatThrownBy(
                        () -> FaultyClasses.compile(folder, List.of(fault), folder.resolve("made")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Sound.java:1: error:");
    }

    @Test
    void aPatchFitsWhereverItsLinesStandOnce() {
        Patch patch = patch("A.java", " b\n-c\n+d");
        assertThat(patch.appliedTo("a\nb\nc\ne\n")).isEqualTo("a\nb\nd\ne\n");
        assertThat(patch.appliedTo("b\nc\n")).isEqualTo("b\nd\n");
        assertThatThrownBy(() -> patch.appliedTo("a\nb\nx\n")).hasMessageContaining("and do not:");
        assertThatThrownBy(() -> patch.appliedTo("b\nc\nb\nc\n"))
                .hasMessageContaining("more than once");
    }

    private static Patch patch(String name, String hunk) {
        String path = "src/main/java/" + name;
        return Patch.of("--- a/%s\n+++ b/%s\n@@ -1 +1 @@\n%s\n".formatted(path, path, hunk));
    }
}
