package zircon.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.kit.ForkedJvm.Ended;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The jar of the conformance suite runs beside the jar of the command line and the libraries that
/// its manifest names.
@Timeout(300)
class ConformanceJarIT {
    private static final String LIBRARIES = "conformance-lib";

    @TempDir private Path scratch;

    @Test
    void itRunsAndTwoHalvesMergedAreTheWhole() throws Exception {
        List<String> small = List.of("--only", "{tasks,calls}.*", "--tries", "31", "--seed", "5");
        Path whole = scratch.resolve("whole");
        Path first = scratch.resolve("first");
        Path second = scratch.resolve("second");
        Path merged = scratch.resolve("merged");
        assertHolds(run(small, "--report", whole));
        assertHolds(run(small, "--shard", "1/2", "--report", first));
        assertHolds(run(small, "--shard", "2/2", "--report", second));
        assertHolds(run(List.of(), "--merge", first, second, "--report", merged));
        assertThat(properties(merged)).isEqualTo(properties(whole));
        assertThat(merged.resolve("index.html")).isNotEmptyFile();
        assertThat(merged.resolve("junit.xml")).isNotEmptyFile();
    }

    @Test
    void aWrongOptionIsAMistakeOfUse() throws Exception {
        Ended ended = run(List.of(), "--tries", "many");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.output()).contains("--tries", "many");
    }

    private static void assertHolds(Ended ended) {
        assertThat(ended.output()).contains("2 held, 0 failed").doesNotContain("WARNING");
        assertThat(ended.exit()).isZero();
    }

    /// What was tried and seen, without the time that it took.
    private JsonArray properties(Path report) throws IOException {
        String text = Files.readString(report.resolve("report.json"));
        JsonArray properties =
                JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("properties");
        for (JsonElement property : properties) {
            JsonObject fields = property.getAsJsonObject();
            fields.remove("seconds");
            assertThat(fields.get("tried").getAsInt()).isEqualTo(31);
        }
        return properties;
    }

    /// @param more words and paths
    private Ended run(List<String> options, Object... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("--illegal-native-access=deny", "-jar", suite().toString()));
        command.add("conformance");
        command.addAll(options);
        Stream.of(more).map(Object::toString).forEach(command::add);
        return Packed.tool("java", command);
    }

    /// As somebody would carry it to another machine.
    private Path suite() throws IOException {
        Path libraries = scratch.resolve(LIBRARIES);
        Path jar = scratch.resolve(Packed.jar("conformance").getFileName());
        if (!Files.exists(libraries)) {
            Files.createDirectory(libraries);
            Path built = Packed.jar("").resolveSibling(LIBRARIES);
            try (Stream<Path> files = Files.list(built)) {
                for (Path file : files.toList()) {
                    Files.copy(file, libraries.resolve(file.getFileName()));
                }
            }
            Files.copy(Packed.jar("all"), scratch.resolve(Packed.jar("all").getFileName()));
            Files.copy(Packed.jar("conformance"), jar);
        }
        return jar;
    }
}
