package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import zircon.kit.ForkedJvm;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /// Loads the library once by itself, and once more by a class loader that knows nothing of
    /// that.
    static final class TwoLoaders {
        private TwoLoaders() {}

        static void main() throws Exception {
            System.out.println(Zircon.library().origin());
            var here = new ArrayList<URL>();
            for (String path : System.getProperty("java.class.path").split(":", -1)) {
                here.add(Path.of(path).toUri().toURL());
            }
            var jdk = ClassLoader.getPlatformClassLoader();
            try (var second = new URLClassLoader(here.toArray(URL[]::new), jdk)) {
                var _ = second.loadClass("zircon.Zircon").getMethod("library").invoke(null);
            } catch (InvocationTargetException e) {
                System.out.println(e.getTargetException().getMessage());
            }
        }
    }

    @Test
    void aSecondClassLoaderIsRefusedAndNothingIsLeftBehind(@TempDir Path folder) throws Exception {
        var jvm = new ForkedJvm(Map.of(), "-Djava.io.tmpdir=" + folder, ACCESS);
        ForkedJvm.Ended ended = jvm.run(TwoLoaders.class);
        assertThat(ended.output())
                .startsWith("BUNDLED\nthere is one gate per JVM: " + folder)
                .contains("/libzircon.so was loaded already");
        assertThat(ended.exit()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    private static void fails(ForkedJvm jvm, String message) throws Exception {
        ForkedJvm.Ended ended = jvm.run(Program.class);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output()).contains("UnsatisfiedLinkError: ").contains(message);
    }
}
