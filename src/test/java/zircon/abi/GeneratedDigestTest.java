package zircon.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Nobody changed the headers, jextract's arguments or generated/ one without the others: the
/// recorded digest, which `scripts/jextract` writes, is that of the files.
class GeneratedDigestTest {
    private static final String DIGEST = "jextract-config/digest.sha256";

    @Test
    void recordedDigestIsThatOfTheFiles() throws Exception {
        Map<String, String> recorded = recorded();
        Map<String, String> actual = actual();
        Map<String, String> differences = new TreeMap<>();
        recorded.forEach(
                (file, digest) -> {
                    if (!actual.containsKey(file)) {
                        differences.put(file, "is gone");
                    } else if (!digest.equals(actual.get(file))) {
                        differences.put(file, "was changed");
                    }
                });
        actual.keySet().stream()
                .filter(file -> !recorded.containsKey(file))
                .forEach(file -> differences.put(file, "is new"));
        assertThat(differences)
                .as(
                        "files that are not as %s records them. generated/ is made from the headers"
                                + " and never edited: run scripts/jextract",
                        DIGEST)
                .isEmpty();
    }

    private static Map<String, String> recorded() throws IOException {
        return Files.readAllLines(CCompiler.project(DIGEST)).stream()
                .map(line -> line.split("  ", 2))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
    }

    private static Map<String, String> actual() throws IOException, NoSuchAlgorithmException {
        Map<String, String> digests = new TreeMap<>();
        put(digests, "generated", "");
        put(digests, "src/main/c/include", "");
        put(digests, "src/main/c/zx_host.h", "");
        put(digests, "jextract-config", ".args");
        return digests;
    }

    private static void put(Map<String, String> digests, String root, String suffix)
            throws IOException, NoSuchAlgorithmException {
        Path base = CCompiler.project("");
        try (Stream<Path> files = Files.walk(base.resolve(root))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(suffix)) {
                    byte[] digest =
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                    digests.put(base.relativize(file).toString(), HexFormat.of().formatHex(digest));
                }
            }
        }
    }
}
