package zircon.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.kit.ForkedJvm;

import java.util.Map;

/// While nobody listens, the kernel's voice costs nothing.
class QuietTest {
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    private static final String EVENTS = "zircon.emulation.trace.FlightEvents ";

    @Test
    void aSyscallAllocatesNothingBeforeATraceAndAfterIt() throws Exception {
        var jvm = new ForkedJvm(Map.of(), NATIVE_ACCESS);
        assertThat(jvm.run(QuietProgram.class).output())
                .isEqualTo(
                        """
                        traced 40000 calls of 40000
                        before nothing
                        during something
                        after nothing
                        """);
    }

    @Test
    void eventsAreNotEvenLoadedBeforeThereIsAFlightRecorder() throws Exception {
        var jvm = new ForkedJvm(Map.of(), NATIVE_ACCESS, "-Xlog:class+load");
        assertThat(jvm.run(QuietProgram.class).output())
                .contains("zircon.emulation.trace.Watch ")
                .doesNotContain(EVENTS);
        var recording =
                new ForkedJvm(
                        Map.of(),
                        NATIVE_ACCESS,
                        "-Xlog:class+load",
                        "-XX:StartFlightRecording:filename=/dev/null");
        assertThat(recording.run(QuietProgram.class).output()).contains(EVENTS);
    }
}
