package zircon.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The gate alone: each test of the C harness in `src/test/c/gate` as a process of its own, and the
/// names that the gate shows.
class GateTest {
    private static final Path SOURCES = CCompiler.project("src/test/c/gate");
    private static final List<String> WARNINGS = List.of("-Wall", "-Wextra", "-Werror", "-O1");

    /// The sanitizers that the gate was built with, as in `-fsanitize`: the profile `sanitizers`
    /// names some. The guests are the harness's own code, and have none.
    private static final String SANITIZERS = System.getProperty("gate.sanitizers", "");

    /// The signals are the gate's, and a guest that leaves gives back no memory.
    private static final String SANITIZER_OPTIONS =
            "ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigill=0:handle_sigfpe=0"
                    + ":handle_sigtrap=0:use_sigaltstack=0:detect_leaks=0";

    @TempDir static Path folder = Path.of("");

    private static Path gate() {
        return Path.of(System.getProperty("native.directory", "")).resolve("libzircon.so");
    }

    private static Path harness() {
        return folder.resolve("harness");
    }

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cc", "-std=gnu11", "-D_GNU_SOURCE"));
        command.addAll(WARNINGS);
        command.add(CCompiler.include());
        command.add("-I" + CCompiler.project("src/main/c"));
        try (Stream<Path> sources = Files.list(SOURCES)) {
            sources.filter(source -> source.toString().endsWith(".c"))
                    .sorted()
                    .forEach(source -> command.add(source.toString()));
        }
        command.addAll(List.of("-o", harness().toString()));
        if (!SANITIZERS.isEmpty()) {
            command.addAll(List.of("-Wl,--no-as-needed", "-lasan", "-lubsan"));
        }
        command.add(gate().toString());
        command.addAll(List.of("-Wl,-rpath," + gate().getParent(), "-lpthread", "-ldl"));
        assertEquals("", CCompiler.run(command));

        for (String name :
                List.of(
                        "order",
                        "faulting",
                        "faulting-constructor",
                        "interrupted",
                        "no-main",
                        "undefined")) {
            program(name + ".c", name + ".so", List.of());
        }
        program("plain.c", "plain.so", List.of("-Wl,-z,nodelete", "-Wl,-z,now"));
        program("init-fini.c", "init-fini.so", List.of("-Wl,-init,begin,-fini,end"));
        program(
                "order.c",
                "order-linked.so",
                List.of("-Wl,--no-as-needed", "-L" + gate().getParent(), "-lzircon"));
        CCompiler.compile(
                SOURCES.resolve("programs/order.c"),
                folder.resolve("executable"),
                List.of("-fPIE", "-pie", "-Wl,--unresolved-symbols=ignore-all"));
        Files.copy(SOURCES.resolve("programs/order.c"), folder.resolve("order.c"));
        if (CCompiler.onPath("c++")) {
            program("objects.cc", "objects.so", List.of());
        }
    }

    private static void program(String source, String output, List<String> more)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-shared", "-fPIC"));
        options.addAll(WARNINGS);
        options.addAll(more);
        CCompiler.compile(
                SOURCES.resolve("programs").resolve(source), folder.resolve(output), options);
    }

    @TestFactory
    Stream<DynamicTest> harnessTests() throws IOException, InterruptedException {
        List<String> names =
                CCompiler.run(List.of(harness().toString(), "--list")).lines().sorted().toList();
        assertFalse(names.isEmpty(), "the harness lists no test");
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> runTest(name)));
    }

    private static void runTest(String name) throws IOException, InterruptedException {
        assumeTrue(
                !name.contains("CPlusPlus") || CCompiler.onPath("c++"),
                "this machine has no C++ compiler");
        String programs = "GATE_PROGRAMS=" + folder;
        String said =
                CCompiler.run(
                        List.of("env", programs, SANITIZER_OPTIONS, harness().toString(), name));
        assertFalse(said.contains("Sanitizer"), said);
    }

    @Test
    void theGateShowsTheFunctionsOfItsHeadersAndNothingElse()
            throws IOException, InterruptedException {
        assumeTrue(SANITIZERS.isEmpty(), "sanitizers have names of their own");
        Set<String> declared = new TreeSet<>();
        for (String name :
                names("include/zircon/syscalls.h", "^ZX_SYSCALL_DECL\\(\\w+, (\\w+),\\s")) {
            declared.add("zx_" + name);
            declared.add("_zx_" + name);
        }
        declared.addAll(names("include/zircon/process.h", "^zx_handle_t (\\w+)\\("));
        declared.addAll(names("include/zircon/status.h", "^const char\\* (\\w+)\\("));
        declared.addAll(names("zx_host.h", "^[\\w* ]+[ *](zx_host_\\w+)\\("));

        String listing =
                CCompiler.run(List.of("nm", "-D", "--defined-only", "-j", gate().toString()));
        assertEquals(
                String.join("\n", declared),
                listing.lines().sorted().collect(Collectors.joining("\n")));
    }

    @Test
    void aProgramFindsAGateThatWasLoadedForItsLoaderAlone()
            throws IOException, InterruptedException {
        assumeTrue(SANITIZERS.isEmpty(), "a sanitizer has to be there from the beginning");
        CCompiler.compile(
                SOURCES.resolve("programs/local_loader.c"),
                folder.resolve("local-loader"),
                List.of("-I" + CCompiler.project("src/main/c"), "-ldl"));
        String said =
                CCompiler.run(
                        List.of(
                                folder.resolve("local-loader").toString(),
                                gate().toString(),
                                folder.resolve("faulting.so").toString()));
        assertEquals("", said);
    }

    private static List<String> names(String header, String declaration) throws IOException {
        String text = Files.readString(CCompiler.project("src/main/c").resolve(header));
        List<String> names =
                Pattern.compile(declaration, Pattern.MULTILINE)
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertFalse(names.isEmpty(), () -> "no declaration found in " + header);
        return names;
    }
}
