package zircon.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import zircon.kit.ForkedJvm;

import java.io.IOException;
import java.util.Map;

/// What [FailingProgram] does and says.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailingTest {
    private ForkedJvm.Ended ended = new ForkedJvm.Ended(-1, "");

    @BeforeAll
    void run() throws IOException, InterruptedException {
        ended =
                new ForkedJvm(Map.of(), "--enable-native-access=ALL-UNNAMED")
                        .run(FailingProgram.class);
    }

    @Test
    void whatNobodyListensToIsLogged() {
        assertThat(ended.output())
                .contains("SW_BREAKPOINT in thread", "IllegalStateException: the handler's");
    }

    @Test
    void whatAListenerThrowsIsLoggedAfterWhatItWasToldOf() {
        assertThat(ended.output())
                .contains("The listener that was told", "IllegalStateException: the listener's");
    }

    @Test
    void failuresKillTheGuestsAndNothingElse() {
        assertThat(ended.output())
                .contains(
                        "nobody listens: -1 -1",
                        "the listener throws: -1 -1",
                        "the listener throws what it was told of: -1 -1");
    }

    @Test
    void aServerOfAKernelThatWasResetIsClosedWithoutWaiting() {
        assertThat(ended.output()).contains("closed\n");
        assertThat(ended.exit()).isZero();
    }
}
