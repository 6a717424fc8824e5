package zircon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import zircon.abi.CCompiler;
import zircon.emulation.HostEmulation;
import zircon.emulation.ProgramExit;
import zircon.guest.GuestProgram.Linkage;
import zircon.junit.ZirconTest;
import zircon.sys.zircon_h;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The native programs of src/test/c, run as `zx run` runs them. Each checks its own results,
/// prints what was wrong to stderr, and returns 0 when nothing was.
@ZirconTest
class GuestProgramsTest {
    /// Those that a test of their own runs, since they are to end otherwise than with 0.
    private static final Set<String> OTHERS =
            Set.of(
                    "hello.c",
                    "exit_code.c",
                    "unhandled_fault.c",
                    "constructors.c",
                    "plain_exit.c",
                    "plain_killed.cc");

    private final HostEmulation emulation = HostEmulation.instance();

    static List<String> programs() throws IOException {
        return GuestProgram.all().stream().filter(program -> !OTHERS.contains(program)).toList();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void findsAllAsItShouldBe(String program) throws Exception {
        assertEndsWith(0, run(program, Linkage.UNLINKED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page_fault_read.c",
                "handler_in_same_program.c",
                "second_process.c",
                "channel_handles.c",
                "static_initialization.cc"
            })
    void findsTheSameWhenLinkedAgainstLibzircon(String program) throws Exception {
        assertEndsWith(0, run(program, Linkage.LINKED));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "255", "256", "2147483647", "-5"})
    void whatMainReturnsIsTheReturnCode(long code) throws Exception {
        assertEndsWith(code, run("exit_code.c", Linkage.UNLINKED, Long.toString(code)));
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "4294967296", "-9223372036854775808"})
    void whatProcessExitIsGivenIsTheReturnCode(long code) throws Exception {
        assertEndsWith(code, run("exit_code.c", Linkage.UNLINKED, "exit", Long.toString(code)));
    }

    @Test
    void eachRunHasFreshStatics() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEndsWith(1, run("constructors.c", Linkage.UNLINKED));
        }
    }

    @Test
    void aFaultThatNobodyHandlesEndsTheProcessWithAReport() throws Exception {
        ProgramExit exit = run("unhandled_fault.c", Linkage.UNLINKED);
        assertThat(exit.returnCode()).isEqualTo(-1);
        assertThat(exit.fault())
                .hasValueSatisfying(
                        fault -> {
                            assertThat(fault.type()).isEqualTo(zircon_h.ZX_EXCP_FATAL_PAGE_FAULT());
                            assertThat(fault.address()).isEqualTo(8);
                            assertThat(fault.registers())
                                    .containsEntry("rax", 8L)
                                    .containsEntry("rbx", 1L);
                        });
    }

    @Test
    void whatItPrintsComesThrough(@TempDir Path scratch) throws Exception {
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        int status =
                RunProgram.inAJvmOfItsOwn(
                        out,
                        err,
                        GuestProgram.compile("hello.c", Linkage.UNLINKED),
                        "one",
                        "two words",
                        "",
                        "v\u00efer");

        assertThat(Files.readString(err)).isEqualTo("argument 1: one\nargument 3: \n");
        assertThat(Files.readString(out))
                .isEqualTo("argument 2: two words\nargument 4: v\u00efer\nhello from a guest\n");
        assertThat(status).isEqualTo(4);
    }

    @Test
    void aFileThatIsNoProgramIsRefused(@TempDir Path scratch) throws Exception {
        Path text = Files.writeString(scratch.resolve("text.so"), "no shared object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emulation.runProgram(text, List.of()))
                .withMessageContaining("text.so");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emulation.runProgram(scratch.resolve("absent.so"), List.of()))
                .withMessageContaining("absent.so");
    }

    @Test
    void anObjectWithoutMainIsRefused(@TempDir Path scratch) throws Exception {
        Path source = Files.writeString(scratch.resolve("library.c"), "int answer = 42;\n");
        Path library = scratch.resolve("library.so");
        CCompiler.compile(source, library, List.of("-shared", "-fPIC"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emulation.runProgram(library, List.of()))
                .withMessageContaining("main");
    }

    private ProgramExit run(String program, Linkage linkage, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(
                program.endsWith(".c") || CCompiler.onPath("c++"),
                "this machine has no C++ compiler");
        return emulation.runProgram(GuestProgram.compile(program, linkage), List.of(arguments));
    }

    private static void assertEndsWith(long code, ProgramExit exit) {
        assertThat(exit.fault()).as("a fault that nobody handled").isEmpty();
        assertThat(exit.returnCode()).as("return code (stderr says why)").isEqualTo(code);
    }
}
