package zircon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class BundledGateTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, x86_64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Linux, riscv64, linux-riscv64",
        "Mac OS X, aarch64, macos-aarch64",
        "Mac OS X, x86_64, macos-x86_64",
        "Windows Server 2022, amd64, windows-x86_64",
        "Free BSD, ../x, freebsd-x"
    })
    void everyMachineHasAFolder(String osName, String osArch, String folder) {
        assertThat(BundledGate.platform(osName, osArch)).isEqualTo(folder);
    }

    @Test
    void aMachineWithoutAGateIsToldWhatWasLookedFor() throws IOException {
        Path folder = BundledGate.newFolder();
        try {
            assertThatThrownBy(() -> new BundledGate("Plan 9", "sparc").copyInto(folder))
                    .isInstanceOf(UnsatisfiedLinkError.class)
                    .hasMessageContaining("os.name=Plan 9, os.arch=sparc")
                    .hasMessageContaining("/zircon/internal/plan9-sparc/libzircon.so")
                    .hasMessageContaining("-Dzircon.library=");
        } finally {
            BundledGate.remove(folder);
        }
    }

    @Test
    void theFolderIsItsOwnersAloneAndGoesAway() throws IOException {
        Path folder = BundledGate.newFolder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        Files.createFile(folder.resolve("libzircon.so"));
        BundledGate.remove(folder);
        assertThat(folder).doesNotExist();
    }
}
