package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;
import zircon.kit.ForkedJvm.Ended;
import zircon.kit.JavaSnippets;
import zircon.kit.Markdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whatever Java the README and the Javadoc show compiles.
@Timeout(300)
class SnippetsTest {
    private static final Pattern EXPORTS = Pattern.compile("^ *exports (\\S+);", Pattern.MULTILINE);

    @TempDir private Path scratch;

    @Test
    void theJavaOfTheReadmeCompiles() throws Exception {
        JavaSnippets snippets = snippets();
        for (String block : Markdown.blocks(text(CCompiler.project("README.md")), "java")) {
            snippets.add("README", block);
        }
        assertThat(snippets.count()).isPositive();
        assertThat(snippets.compile()).isEqualTo(new Ended(0, ""));
    }

    @Test
    void theJavaOfTheJavadocCompiles() throws Exception {
        JavaSnippets snippets = snippets();
        try (Stream<Path> files = Files.walk(CCompiler.project("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                for (String block : Markdown.blocks(documentation(file), "java")) {
                    snippets.add(file.getFileName().toString(), block);
                }
            }
        }
        assertThat(snippets.count()).isPositive();
        assertThat(snippets.compile()).isEqualTo(new Ended(0, ""));
    }

    private JavaSnippets snippets() throws IOException {
        List<String> exported =
                EXPORTS.matcher(text(CCompiler.project("src/main/java/module-info.java")))
                        .results()
                        .map(export -> export.group(1))
                        .toList();
        return new JavaSnippets(scratch, exported);
    }

    /// The documentation comments of a source, without what makes comments of them.
    private static String documentation(Path source) throws IOException {
        return text(source)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("///"))
                .map(line -> line.replaceFirst("/// ?", ""))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
