package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.cli.Finding.Level;

import java.util.List;

@Timeout(300)
class DoctorCommandTest {
    @Test
    void aHealthyMachineIsWell() throws Exception {
        Zx zx = Zx.run("doctor");
        assertThat(zx.err()).isEmpty();
        assertThat(zx.out())
                .containsPattern("(?m)^ok     JDK            25")
                .contains("ok     machine        Linux amd64\n")
                .contains("ok     native access  allowed\n")
                .contains("ok     libzircon      bundled: /zircon/internal/linux-x86_64/")
                .contains("ok     syscall        zx_system_get_version says ")
                .contains("ok     emulation      running behind libzircon\n")
                .contains("ok     a real fault   caught, repaired and answered\n")
                .doesNotContain("WRONG")
                .endsWith("\nAll is well.\n");
        assertThat(zx.status()).isZero();
    }

    @Test
    void aLibraryThatIsNotThereIsWrong() throws Exception {
        Zx zx = Zx.run(List.of("-Dzircon.library=/nowhere/libzircon.so"), List.of(), "doctor");
        assertThat(zx.err()).isEmpty();
        assertThat(zx.out())
                .contains("WRONG  libzircon      -Dzircon.library=/nowhere/libzircon.so")
                .contains(" -> ")
                .endsWith("\nWrong: 1; see the arrows.\n");
        assertThat(zx.status()).isEqualTo(1);
    }

    @Test
    void anOldJdkIsWrong() {
        assertThat(Doctor.jdk(Runtime.Version.parse("21.0.2"), "/old").level())
                .isEqualTo(Level.WRONG);
    }

    @Test
    void anotherMachineIsWrong() {
        assertThat(Doctor.machine("Linux", "aarch64").level()).isEqualTo(Level.WRONG);
        assertThat(Doctor.machine("Mac OS X", "amd64").level()).isEqualTo(Level.WRONG);
    }

    @Test
    void noCompilerIsANote() {
        assertThat(Doctor.compiler("/nowhere").level()).isEqualTo(Level.NOTE);
    }

    @Test
    void longFindingsAreWrapped() {
        Finding finding = Finding.note("words", "word ".repeat(50).strip(), "read on");
        assertThat(finding.toString().lines()).hasSizeGreaterThan(3);
        assertThat(finding.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    }
}
