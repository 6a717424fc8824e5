package zircon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import java.util.stream.Stream;

/// What libc's functions mean in a guest: its exit is the end of its process, its threads are the
/// kernel's, and its run leaves nothing behind.
@ZirconTest
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlainProgramsTest {
    private static final int RUNS = 100;

    private final HostEmulation emulation = HostEmulation.instance();

    @ParameterizedTest
    @CsvSource({
        "exit, 3",
        "exit, 0",
        "exit, -7",
        "exit, 256",
        "_exit, 4",
        "_Exit, 5",
        "quick_exit, 6",
        "again, 7",
        "thread, 8",
        "raw-thread, 9",
        "all, 10",
        "last-thread, 11",
        "child, 12"
    })
    void eachWayToExitEndsTheProcessWithItsCode(String way, int code) throws Exception {
        ProgramExit exit = run("plain_exit.c", way, Integer.toString(code));
        assertThat(exit.fault()).isEmpty();
        assertThat(exit.returnCode()).isEqualTo(code);
    }

    @Test
    void anAbortThatNobodyHandlesIsAnUndefinedInstruction() throws Exception {
        assertThat(run("plain_abort.c", "fail").fault())
                .hasValueSatisfying(
                        fault ->
                                assertThat(fault.type())
                                        .isEqualTo(zircon_h.ZX_EXCP_UNDEFINED_INSTRUCTION()));
    }

    /// They would be the end of the JVM, if the heap were the host's.
    @ParameterizedTest
    @ValueSource(strings = {"twice", "inside", "none", "beyond"})
    void misuseOfTheHeapIsAnAbort(String mistake) throws Exception {
        assertThat(run("plain_memory.c", mistake).fault())
                .hasValueSatisfying(
                        fault ->
                                assertThat(fault.type())
                                        .isEqualTo(zircon_h.ZX_EXCP_UNDEFINED_INSTRUCTION()));
    }

    /// C++ ends by an abort() inside its library when nobody catches.
    @Test
    void anAbortInsideALibraryIsOneOfTheGuest() throws Exception {
        assertThat(run("plain_killed.cc", "throw").fault())
                .hasValueSatisfying(
                        fault ->
                                assertThat(fault.type())
                                        .isEqualTo(zircon_h.ZX_EXCP_UNDEFINED_INSTRUCTION()));
    }

    @Test
    void aFailedAssertionSaysWhere(@TempDir Path scratch) throws Exception {
        Path program = GuestProgram.compile("plain_abort.c", Linkage.UNLINKED);
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        RunProgram.inAJvmOfItsOwn(out, err, program, "fail");
        assertThat(Files.readString(out)).isEqualTo("said before");
        assertThat(Files.readString(err))
                .matches(
                        "plain_abort_c\\.so: [^\n]*plain_abort\\.c:\\d+: fail_an_assertion:"
                                + " Assertion `unused != NULL' failed\\.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain_atexit.c",
                "plain_threads.c",
                "plain_abort.c",
                "plain_statics.cc",
                "plain_threads_cpp.cc",
                "static_initialization.cc",
                "second_process.c"
            })
    void aHundredRunsStartFreshAndLeaveNothingMapped(String program) throws Exception {
        Path file = compile(program);
        for (int i = 0; i < RUNS; i++) {
            assertThat(emulation.runProgram(file, List.of()).returnCode()).isZero();
        }
        assertThat(mappings(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plain_killed.cc, ",
        "plain_killed.cc, throw",
        "plain_exit.c, thread",
        "plain_memory.c, beyond"
    })
    void programsThatEndMidwayLeaveNothingMapped(String program, String argument) throws Exception {
        Path file = compile(program);
        List<String> arguments = argument == null ? List.of() : List.of(argument, "1");
        long heaps = heaps();
        for (int i = 0; i < RUNS; i++) {
            var _ = emulation.runProgram(file, arguments);
        }
        assertThat(mappings(file)).isEmpty();
        // The child of a program that has ended may have been there before.
        assertThat(heaps()).isLessThanOrEqualTo(heaps);
    }

    private ProgramExit run(String program, String... arguments)
            throws IOException, InterruptedException {
        return emulation.runProgram(compile(program), List.of(arguments));
    }

    private static Path compile(String program) throws IOException, InterruptedException {
        assumeTrue(
                program.endsWith(".c") || CCompiler.onPath("c++"),
                "this machine has no C++ compiler");
        return GuestProgram.compile(program, Linkage.UNLINKED);
    }

    /// Where copies of a program still lie in this JVM's memory.
    private static List<String> mappings(Path program) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("/" + program.getFileName())).toList();
        }
    }

    /// How many addresses the heaps of programs have: nothing else has as many.
    private static long heaps() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.mapToLong(PlainProgramsTest::size).filter(size -> size > 1L << 35).sum();
        }
    }

    private static long size(String mapping) {
        String[] ends = mapping.split("[- ]", 3);
        return Long.parseUnsignedLong(ends[1], 16) - Long.parseUnsignedLong(ends[0], 16);
    }
}
