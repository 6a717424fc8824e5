package zircon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import zircon.guest.GuestProgram;
import zircon.guest.GuestProgram.Linkage;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;

/// `zx run` with a look at the kernel: --trace and --tree.
@Timeout(300)
class WatchedRunTest {
    private static final String TIME = " *\\d+\\.\\d{6} ";

    private static String program(String source) throws Exception {
        return GuestProgram.compile(source, Linkage.UNLINKED).toString();
    }

    @Test
    void aTraceIsOnStderrAndChangesNothingElse() throws Exception {
        Zx zx = Zx.run("run", "--trace", program("exit_code.c"), "exit", "511");
        assertThat(zx.status()).isEqualTo(255);
        assertThat(zx.out()).isEmpty();
        assertThat(zx.err())
                .matches(
                        TIME
                                + "exit_code_c\\.so\\(\\d+\\)/initial-thread\\(\\d+\\)"
                                + " zx_process_exit\\(code=511\\) = ended\n");
    }

    @Test
    void theTraceOfAFaultComesBeforeItsReport() throws Exception {
        Zx zx = Zx.run("run", "--trace", program("unhandled_fault.c"));
        assertThat(zx.status()).isEqualTo(1);
        assertThat(zx.err())
                .containsPattern("^" + TIME + ".* -- FATAL_PAGE_FAULT: unhandled\n")
                .contains("\nzx run: the program died");
    }

    @Test
    void aTreeIsPrintedAtTheEnd() throws Exception {
        Zx zx = Zx.run("run", "--tree", program("exit_code.c"), "exit", "3");
        assertThat(zx.status()).isEqualTo(3);
        assertThat(zx.out()).isEmpty();
        assertThat(zx.err())
                .matches(
                        """
                        zx run: kill -USR1 \\d+ prints the tree
                        job 1024
                          job 1025 "root"
                            process 1026 "host" running, 0 handles \\(this JVM\\)
                        handles 0
                        """);
    }

    @Test
    void bothAtOnce() throws Exception {
        Zx zx = Zx.run("run", "--tree", "--trace", program("exit_code.c"), "exit", "3");
        assertThat(zx.status()).isEqualTo(3);
        assertThat(zx.err()).containsSubsequence("zx_process_exit(code=3) = ended", "job 1024");
    }

    @Test
    void aTreeIsPrintedAtEachSignal() throws Exception {
        List<String> command = new ArrayList<>(Zx.command("run", "--tree"));
        command.addAll(List.of(program("interrupted.c"), "sleep", "stay"));
        Process zx =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader err = zx.errorReader()) {
            assertThat(err.readLine())
                    .isEqualTo("zx run: kill -USR1 " + zx.pid() + " prints the tree");
            // The first may come before the program has started its threads.
            List<String> tree = List.of();
            while (tree.stream().filter(line -> line.contains("BLOCKED_SLEEPING")).count() < 5) {
                tree = treeOf(zx, err);
            }
            assertThat(tree.getFirst()).isEqualTo("job 1024");
            assertThat(tree)
                    .anyMatch(
                            line -> line.matches(" +process \\d+ \"interrupted_c.so\" running, .*"))
                    .anyMatch(line -> line.matches(" +thread \\d+ \"sleep\" BLOCKED_SLEEPING"));
            assertThat(treeOf(zx, err)).isEqualTo(tree);
            assertThat(zx.isAlive()).isTrue();
        } finally {
            zx.destroyForcibly().waitFor();
        }
    }

    private static List<String> treeOf(Process zx, BufferedReader err) throws Exception {
        List<String> kill = List.of("kill", "-USR1", Long.toString(zx.pid()));
        assertThat(new ProcessBuilder(kill).inheritIO().start().waitFor()).isZero();
        List<String> tree = new ArrayList<>();
        do {
            tree.add(err.readLine());
        } while (!tree.getLast().startsWith("handles "));
        return tree;
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition", "read", "pause", "libc"})
    void aProgramEndsThoughItsThreadsCannot(String doing) throws Exception {
        assertThat(Zx.run("run", program("interrupted.c"), doing, "leave"))
                .isEqualTo(new Zx(0, "", ""));
        Zx zx = Zx.run("run", "--tree", program("interrupted.c"), doing, "leave");
        assertThat(zx.err()).endsWith("\nthreads that cannot end 4\n");
    }

    @Test
    void helpTellsOfBoth() {
        Zx zx = Zx.inThisJvm("run", "--help");
        assertThat(zx.out()).contains("--trace ", "--tree ", "kill -USR1 PID", "PROGRAM.so");
    }

    @Test
    void behindTheProgramTheyAreItsOwn() throws Exception {
        Zx zx = Zx.run("run", program("hello.c"), "--trace", "--tree");
        assertThat(zx)
                .isEqualTo(
                        new Zx(
                                2,
                                "argument 2: --tree\nhello from a guest\n",
                                "argument 1: --trace\n"));
    }
}
