package zircon.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import zircon.guest.GuestProgram;
import zircon.guest.GuestProgram.Linkage;
import zircon.kit.ForkedJvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Native guests that are killed or suspended while they run leave no thread, no handle, no lock
/// and no mapping behind; or, when that cannot be, nothing that anybody waits for.
@Timeout(300)
class InterruptedTest {
    private static final int THREADS = 4;

    private static String left(int returned, int quarantined) {
        return """
        returned %d
        live 0
        handles 0
        quarantined %d
        threads 0
        mapped %s
        hello from a guest
        another 0
        reset
        """
                .formatted(returned, quarantined, quarantined > 0);
    }

    private static ForkedJvm.Ended run(String source, String... arguments) throws Exception {
        List<String> all = new ArrayList<>();
        all.add(GuestProgram.compile(source, Linkage.UNLINKED).toString());
        all.add(GuestProgram.compile("hello.c", Linkage.UNLINKED).toString());
        all.addAll(List.of(arguments));
        return new ForkedJvm(Map.of(), "--enable-native-access=ALL-UNNAMED")
                .run(InterruptedProgram.class, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"spin, 1000", "sleep, 2000", "syscalls, 1000", "malloc, 1000", "print, 60"})
    void thousandsOfKillsLeaveNothingBehind(String doing, String times) throws Exception {
        assertThat(run("interrupted.c", doing, "kill", times))
                .isEqualTo(new ForkedJvm.Ended(0, left(0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"spin, 1000", "sleep, 2000", "syscalls, 1000", "malloc, 600", "print, 40"})
    void thousandsOfSuspensionsLeaveNothingBehind(String doing, String times) throws Exception {
        assertThat(run("interrupted.c", doing, "suspend", times))
                .isEqualTo(new ForkedJvm.Ended(0, left(0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"condition", "read", "pause"})
    void whoWaitsInALibraryIsSuspendedThere(String doing) throws Exception {
        assertThat(run("interrupted.c", doing, "suspend", "40"))
                .isEqualTo(new ForkedJvm.Ended(0, left(0, THREADS)));
    }

    @ParameterizedTest
    @CsvSource({"condition", "read", "pause", "libc"})
    void whoNeverLeavesALibraryIsDeadAndStays(String doing) throws Exception {
        assertThat(run("interrupted.c", doing, "kill", "8"))
                .isEqualTo(new ForkedJvm.Ended(0, left(0, 8)));
    }

    @ParameterizedTest
    @CsvSource({"spin", "sleep", "syscalls", "malloc"})
    void aNewKernelEndsGuestsThatRun(String doing) throws Exception {
        assertThat(run("interrupted.c", doing, "stay"))
                .isEqualTo(new ForkedJvm.Ended(0, left(-1, 0)));
    }

    @ParameterizedTest
    @CsvSource({"pause", "libc"})
    void aNewKernelDoesNotWaitForWhoNeverLeavesALibrary(String doing) throws Exception {
        // Some of the threads may not be there yet.
        assertThat(run("interrupted.c", doing, "stay"))
                .isIn(
                        IntStream.rangeClosed(0, THREADS + 1)
                                .mapToObj(n -> new ForkedJvm.Ended(0, left(-1, n)))
                                .toList());
    }

    @Test
    void aHandlerRepairsAFaultInsideALibrary() throws Exception {
        assertThat(run("faults_in_libc.c")).isEqualTo(new ForkedJvm.Ended(0, left(0, 0)));
    }

    @Test
    void aFaultInsideALibraryThatNobodyHandlesIsReported() throws Exception {
        assertThat(run("faults_in_libc.c", "main"))
                .isEqualTo(new ForkedJvm.Ended(0, "died of 264\n" + left(-1, 1)));
    }

    /// It may hold its locks when it complains.
    @Test
    void anAbortOfLibcItselfIsOneInsideALibrary() throws Exception {
        assertThat(run("plain_abort.c", "in-libc"))
                .isEqualTo(
                        new ForkedJvm.Ended(
                                0,
                                "*** buffer overflow detected ***: terminated\ndied of 520\n"
                                        + left(-1, 1)));
    }

    @Test
    void aProcessThatDiesOfOneLeavesTheOthersAlone() throws Exception {
        assertThat(run("faults_in_libc.c", "process"))
                .isEqualTo(new ForkedJvm.Ended(0, left(0, 1)));
    }
}
