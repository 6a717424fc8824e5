package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;
import zircon.kit.ForkedJvm;
import zircon.kit.Markdown;
import zircon.kit.Markdown.Block;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the README shows is what happens.
@Timeout(300)
class ReadmeTest {
    private static final Path TARGET =
            Path.of(System.getProperty("project.build.directory", "target"));

    @TempDir private Path scratch;

    /// A program and what it prints stand one below the other.
    @TestFactory
    Stream<DynamicTest> eachProgramPrintsWhatStandsBelowIt() throws Exception {
        List<Block> blocks = Markdown.blocks(readme());
        List<DynamicTest> programs = new ArrayList<>();
        for (int i = 0; i < blocks.size() - 1; i++) {
            Block program = blocks.get(i);
            Block below = blocks.get(i + 1);
            if (program.text().contains("void main(") && below.language().equals("text")) {
                String firstLine = below.text().lines().findFirst().orElseThrow();
                programs.add(
                        DynamicTest.dynamicTest(
                                firstLine, () -> assertPrints(program.text(), below.text())));
            }
        }
        assertThat(programs).hasSizeGreaterThanOrEqualTo(2);
        return programs.stream();
    }

    private void assertPrints(String program, String text) throws Exception {
        Path source = Files.createTempDirectory(scratch, "").resolve("Example.java");
        Files.writeString(source, program);
        ForkedJvm.Ended ended =
                java("-cp", TARGET.resolve("classes").toString(), source.toString());
        assertThat(withoutAddresses(ended.output())).isEqualTo(withoutAddresses(text));
        assertThat(ended.exit()).isZero();
    }

    @Test
    void theDemoPrintsWhatItSays() throws Exception {
        ForkedJvm.Ended ended = zx("demo");
        assertThat(ended.exit()).isZero();
        assertShows(ended.output(), textWith("DEBUGGER"));
    }

    @Test
    void theProgramDiesAsItSays() throws Exception {
        Path program = scratch.resolve("guest.so");
        CCompiler.compile(
                CCompiler.project("src/main/c/demo/guest.c"), program, List.of("-shared", "-fPIC"));
        ForkedJvm.Ended ended = zx("run", program.toString());
        assertThat(ended.exit()).isEqualTo(1);
        assertShows(ended.output(), textWith("nobody handled"));
    }

    @Test
    void theTraceShowsWhatItSays() throws Exception {
        ForkedJvm.Ended ended = zx("run", "--trace", self().toString());
        assertThat(ended.exit()).isZero();
        assertShows(ended.output(), textWith("zx_port_create"));
    }

    @Test
    void theFlightRecordingShowsWhatItSays() throws Exception {
        Path recording = scratch.resolve("self.jfr");
        Map<String, String> options =
                Map.of("JDK_JAVA_OPTIONS", "-XX:StartFlightRecording:filename=" + recording);
        assertThat(zx(options, "run", self().toString()).exit()).isZero();
        Path jfr = Path.of(System.getProperty("java.home"), "bin", "jfr");
        ForkedJvm.Ended printed =
                ForkedJvm.run(
                        List.of(
                                jfr.toString(),
                                "print",
                                "--events",
                                "zircon.Exception*",
                                recording.toString()),
                        Map.of());
        assertShows(printed.output(), textWith("zircon.ExceptionAnswered {"));
    }

    /// A program that answers its own exceptions.
    private Path self() throws Exception {
        Path program = scratch.resolve("self.so");
        CCompiler.compile(
                CCompiler.project("src/test/c/handler_in_same_program.c"),
                program,
                List.of("-shared", "-fPIC"));
        return program;
    }

    /// The lines of `sample` are lines of `output` in the same order, but for numbers that each run
    /// has anew. A line of dots stands for lines that are left out.
    private static void assertShows(String output, String sample) {
        List<String> expected =
                sample.lines()
                        .filter(line -> !line.strip().equals("..."))
                        .map(ReadmeTest::shape)
                        .toList();
        assertThat(output.lines().map(ReadmeTest::shape)).containsSubsequence(expected);
    }

    private static String shape(String line) {
        return withoutAddresses(line)
                .replaceAll("=(\\{?)0x[0-9a-f]{5,8}\\b", "=$1handle")
                .replaceAll("^ *\\d+\\.\\d{6} ", "time ")
                .replaceAll("\\b\\d+\\.\\d{6}s", "time")
                .replaceAll("\\b1\\d{3}\\b", "koid");
    }

    private static String withoutAddresses(String text) {
        return text.replaceAll("0x[0-9a-f]{12,16}\\b", "0x...");
    }

    private static ForkedJvm.Ended zx(String... arguments) throws Exception {
        return zx(Map.of(), arguments);
    }

    private static ForkedJvm.Ended zx(Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add("-cp");
        command.add(TARGET.resolve("classes") + ":" + TARGET.resolve("lib") + "/*");
        command.add("zircon.cli.Main");
        command.addAll(List.of(arguments));
        return java(environment, command);
    }

    private static ForkedJvm.Ended java(String... arguments) throws Exception {
        return java(Map.of(), List.of(arguments));
    }

    private static ForkedJvm.Ended java(Map<String, String> environment, List<String> arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(arguments);
        return ForkedJvm.run(command, environment);
    }

    /// The one block of text that says `words`.
    private static String textWith(String words) throws Exception {
        List<String> texts =
                Markdown.blocks(readme(), "text").stream()
                        .filter(text -> text.contains(words))
                        .toList();
        assertThat(texts).as("blocks with " + words).hasSize(1);
        return texts.getFirst();
    }

    private static String readme() throws Exception {
        return Files.readString(CCompiler.project("README.md"));
    }
}
