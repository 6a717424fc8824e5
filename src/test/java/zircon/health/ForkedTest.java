package zircon.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import zircon.PacketBuffer;
import zircon.kit.ForkedJvm;

import java.util.Map;

/// What could end a JVM, each in a JVM of its own. (How loading fails is in `zircon.LoadingTest`.)
class ForkedTest {
    private static final String ACCESS = "--enable-native-access=ALL-UNNAMED";
    private static final String DENY = "--illegal-native-access=deny";

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void javaCodeGoesOnUnharmedBesideGuestsThatFault(String collector) throws Exception {
        ForkedJvm.Ended ended =
                new ForkedJvm(
                                Map.of(),
                                ACCESS,
                                "-XX:TieredStopAtLevel=4",
                                "-XX:-UseSerialGC",
                                collector,
                                "-Xlog:gc",
                                "-XX:CompileCommand=PrintCompilation,zircon.health.*::*",
                                "-Xmx64m",
                                "-Xss512k")
                        .run(BesideFaultsProgram.class);
        assertThat(ended.output())
                .endsWith("well\n")
                .contains("Pause Full (System.gc())")
                .containsPattern(" 4 +zircon\\.health\\.BesideFaultsProgram::checkNulls")
                .contains("BesideFaultsProgram$Fresh");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void stackOverflowsInTheMidstOfSyscallsAreSurvived() throws Exception {
        ForkedJvm.Ended ended = new ForkedJvm(Map.of(), ACCESS).run(DeepProgram.class);
        assertThat(ended.output()).endsWith("alive\n");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void blockedGuestsDoNotKeepTheJvmFromExiting() throws Exception {
        requireSays(new ForkedJvm(Map.of(), ACCESS), LeavingProgram.class, "main returns\n");
    }

    @Test
    void itWorksOnTheClassPath() throws Exception {
        requireSays(new ForkedJvm(Map.of(), ACCESS, DENY), SmokeProgram.class, SmokeProgram.SAID);
    }

    @Test
    void itWorksAsAModule() throws Exception {
        ForkedJvm.Ended ended =
                new ForkedJvm(Map.of(), "--enable-native-access=zircon", DENY)
                        .runInModule(SmokeProgram.class);
        assertThat(ended).isEqualTo(new ForkedJvm.Ended(0, SmokeProgram.SAID));
    }

    @Test
    void deniedNativeAccessNamesTheFlagOfTheClassPath() throws Exception {
        ForkedJvm.Ended ended = new ForkedJvm(Map.of(), DENY).run(SmokeProgram.class);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output()).contains("start it with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void deniedNativeAccessNamesTheFlagOfTheModule() throws Exception {
        ForkedJvm.Ended ended = new ForkedJvm(Map.of(), DENY).runInModule(SmokeProgram.class);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output()).contains("start it with --enable-native-access=zircon");
    }

    /// Needs a generated layout before it makes a call.
    static final class LayoutProgram {
        private LayoutProgram() {}

        public static void main(String[] arguments) {
            try (var buffer = new PacketBuffer()) {
                System.out.println(buffer.key());
            }
        }
    }

    @Test
    void deniedNativeAccessNamesTheFlagAlsoForALayout() throws Exception {
        ForkedJvm.Ended ended = new ForkedJvm(Map.of(), DENY).run(LayoutProgram.class);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output()).contains("start it with --enable-native-access=ALL-UNNAMED");
    }

    private static void requireSays(ForkedJvm jvm, Class<?> main, String said) throws Exception {
        assertThat(jvm.run(main)).isEqualTo(new ForkedJvm.Ended(0, said));
    }
}
