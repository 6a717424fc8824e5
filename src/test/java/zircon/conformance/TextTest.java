package zircon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import zircon.Result;
import zircon.emulation.HostEmulation;
import zircon.kit.ForkedJvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What is printed of a program does what the program does.
@Timeout(300)
class TextTest {
    private static final long SEED = 5;
    private static final int PROGRAMS = 1;

    @TempDir Path folder;

    private static List<Trial> trials() throws Exception {
        List<Trial> trials = new ArrayList<>();
        JqwikSession.run(
                () -> {
                    var random = new Random(SEED);
                    for (Property property : Suite.properties()) {
                        RandomGenerator<? extends Trial> generator =
                                property.trials().generator(PROGRAMS);
                        for (int i = 0; i < PROGRAMS; i++) {
                            trials.add(generator.next(random).value());
                        }
                    }
                });
        return trials;
    }

    @Test
    @DisplayName("programs in C compile, and return 0 where the library does what is specified")
    void inC() throws Exception {
        for (Trial trial : trials()) {
            Path program = folder.resolve("program" + System.nanoTime() + ".so");
            compile(trial.asC(), program);
            assertThat(HostEmulation.instance().runProgram(program, List.of()).returnCode())
                    .as(trial.listing())
                    .isZero();
        }
    }

    private void compile(String text, Path program) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("program.c"), text);
        List<String> command =
                List.of(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-Isrc/main/c/include",
                        source.toString(),
                        "-o",
                        program.toString());
        ForkedJvm.Ended compiled = ForkedJvm.run(command, Map.of());
        assertThat(compiled.output()).isEmpty();
        assertThat(compiled.exit()).isZero();
    }

    @Test
    @DisplayName("a program for jshell finds no difference")
    void inJShell() throws Exception {
        String classes =
                Path.of(Result.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                        .toString();
        // One is enough: a jshell takes long to read what stands before the calls.
        Trial trial = trials().getLast();
        Path text = Files.writeString(folder.resolve("program.jsh"), trial.asJShell() + "/exit\n");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                        "-J-XX:+UseSerialGC",
                        "-R-XX:+UseSerialGC",
                        "-R--enable-native-access=ALL-UNNAMED",
                        "--class-path",
                        classes,
                        "--startup",
                        "DEFAULT",
                        text.toString());
        ForkedJvm.Ended ended = ForkedJvm.run(command, Map.of());
        assertThat(ended.output())
                .as(trial.listing())
                .isEqualToIgnoringNewLines("as the specification says");
    }
}
