package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.kit.ForkedJvm;

import java.util.Map;

/// What a program sees when its first call cannot find a libzircon. Each in a JVM of its own.
class LoadingTest {
    private static final String ACCESS = "--enable-native-access=ALL-UNNAMED";
    private static final String DENY = "--illegal-native-access=deny";

    /// Makes one call, and then another.
    static final class Program {
        private Program() {}

        static void main() {
            System.out.println(Zircon.library().origin());
            System.out.println(Port.create().map(Port::raw));
        }
    }

    @Test
    void aNamedLibraryServesTheCalls() throws Exception {
        var jvm = new ForkedJvm(Map.of(), "-Dzircon.library=" + FakeLibrary.libzircon(), ACCESS);
        assertThat(jvm.run(Program.class))
                .isEqualTo(new ForkedJvm.Ended(0, "NAMED\nOk[value=101]\n"));
    }

    @Test
    void aNamedLibraryThatIsNotThereIsAnErrorThatSaysWhatToGive() throws Exception {
        fails(
                new ForkedJvm(Map.of(), "-Dzircon.library=/nowhere/libzircon.so", ACCESS),
                "-Dzircon.library=/nowhere/libzircon.so names no library: give the absolute path");
    }

    @Test
    void aRelativePathIsNotLookedFor() throws Exception {
        fails(
                new ForkedJvm(Map.of(), "-Dzircon.library=libzircon.so", ACCESS),
                "-Dzircon.library=libzircon.so names no library: give the absolute path");
    }

    @Test
    void aMachineWithoutAGateIsAnErrorThatNamesIt() throws Exception {
        fails(
                new ForkedJvm(Map.of(), "-Dos.arch=sparc", ACCESS),
                "no libzircon for os.name=Linux, os.arch=sparc: there is no resource"
                        + " /zircon/internal/linux-sparc/libzircon.so");
    }

    @Test
    void deniedNativeAccessIsAnErrorThatNamesTheFlag() throws Exception {
        fails(
                new ForkedJvm(Map.of(), "-Dzircon.library=" + FakeLibrary.libzircon(), DENY),
                "start it with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void aSecondGateIsAnErrorThatNamesBoth() throws Exception {
        String second = FakeLibrary.libzircon().toString();
        var preloaded = Map.of("LD_PRELOAD", FakeLibrary.gate().toString());
        fails(
                new ForkedJvm(preloaded, "-Dzircon.library=" + second, ACCESS),
                "there is one gate per JVM: /first/libzircon.so was loaded already, so "
                        + second
                        + " cannot be");
    }

    private static void fails(ForkedJvm jvm, String message) throws Exception {
        ForkedJvm.Ended ended = jvm.run(Program.class);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output()).contains("UnsatisfiedLinkError: ").contains(message);
    }
}
