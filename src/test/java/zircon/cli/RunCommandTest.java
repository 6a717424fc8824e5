package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import zircon.GeneralRegisters.Register;
import zircon.abi.CCompiler;
import zircon.guest.GuestProgram;
import zircon.guest.GuestProgram.Linkage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

@Timeout(300)
class RunCommandTest {
    @Test
    void argumentsAndOutputGoThroughUnharmed(@TempDir Path scratch) throws Exception {
        String file = "@" + Files.writeString(scratch.resolve("file"), "what @file may stand for");
        String program = GuestProgram.compile("hello.c", Linkage.UNLINKED).toString();
        Zx zx = Zx.run("run", program, "-x", "--help", "--", file, "", "a b", "--json=${x},y");
        assertThat(zx)
                .isEqualTo(
                        new Zx(
                                7,
                                """
                                argument 2: --help
                                argument 4: %s
                                argument 6: a b
                                hello from a guest
                                """
                                        .formatted(file),
                                """
                                argument 1: -x
                                argument 3: --
                                argument 5:\s
                                argument 7: --json=${x},y
                                """));
    }

    @ParameterizedTest
    @CsvSource({"511, 255", "-2, 254"})
    void theStatusIsTheLowByteOfTheReturnCode(String code, int status) throws Exception {
        String program = GuestProgram.compile("exit_code.c", Linkage.UNLINKED).toString();
        assertThat(Zx.run("run", program, "exit", code)).isEqualTo(new Zx(status, "", ""));
    }

    @Test
    void anUnhandledFaultIsReported() throws Exception {
        Path program = GuestProgram.compile("unhandled_fault.c", Linkage.UNLINKED);
        Zx zx = Zx.run("run", program.toString());
        assertThat(zx.status()).isEqualTo(1);
        assertThat(zx.out()).isEmpty();
        assertThat(zx.err())
                .contains("  fault    FATAL_PAGE_FAULT (0x108)\n")
                .contains("  address  0x8 (write)\n")
                .containsPattern("  pc       0x[0-9a-f]+\n")
                .containsPattern("  process  " + program.getFileName() + " \\(koid \\d+\\)\n")
                .containsPattern("  thread   \\S+ \\(koid \\d+\\)\n")
                .containsPattern("rax +0x0000000000000008 ")
                .containsPattern("rbx +0x0000000000000001 ");
        for (Register register : Register.values()) {
            assertThat(zx.err()).containsPattern(register + " +0x[0-9a-f]{16}");
        }
    }

    @Test
    void aFaultThatHasNoAddressIsReportedWithoutOne(@TempDir Path scratch) throws Exception {
        Path source = scratch.resolve("undefined.c");
        Files.writeString(source, "int main(void) { __builtin_trap(); }\n");
        Path program = scratch.resolve("undefined.so");
        CCompiler.compile(source, program, List.of("-shared", "-fPIC"));
        Zx zx = Zx.run("run", program.toString());
        assertThat(zx.status()).isEqualTo(1);
        assertThat(zx.err())
                .contains("  fault    UNDEFINED_INSTRUCTION (0x208)\n")
                .doesNotContain("address");
    }

    @Test
    void aFileThatIsNoProgramIsBadUsage(@TempDir Path scratch) throws Exception {
        Path text = Files.writeString(scratch.resolve("text.so"), "no shared object");
        for (Path file : List.of(text, scratch.resolve("absent.so"), scratch)) {
            Zx zx = Zx.inThisJvm("run", file.toString());
            assertThat(zx.err())
                    .startsWith("zx run: ")
                    .contains(file.getFileName().toString())
                    .hasLineCount(1);
            assertThat(zx.out()).isEmpty();
            assertThat(zx.status()).isEqualTo(2);
        }
    }

    @Test
    void anExecutableIsToBeMadeASharedObject(@TempDir Path scratch) throws Exception {
        Path source = Files.writeString(scratch.resolve("exe.c"), "int main(void) { return 0; }\n");
        Path program = scratch.resolve("exe");
        CCompiler.compile(source, program, List.of("-fPIE", "-pie"));
        assertThat(Zx.inThisJvm("run", program.toString()))
                .isEqualTo(
                        new Zx(
                                2,
                                "",
                                "zx run: %s: an executable, not a shared object; make it by cc -shared -fPIC\n"
                                        .formatted(program)));
    }

    @Test
    void anEmptyNameIsBadUsage() {
        assertThat(Zx.inThisJvm("run", ""))
                .isEqualTo(new Zx(2, "", "zx run: the program's name is empty\n"));
    }
}
