package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import zircon.kit.ForkedJvm;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs all [WrapperCases] in one JVM with the fake libzircon, and tells of each.
class WrapperTest {
    private static final Pattern OUTCOME =
            Pattern.compile(
                    "^case (\\S+): (passed|failed)\\n((?:.*\\n)*?)(?=case |end\\n)",
                    Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> everyCaseOfTheWrapperHolds() throws Exception {
        var jvm =
                new ForkedJvm(
                        Map.of(),
                        "-Dzircon.library=" + FakeLibrary.libzircon(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--illegal-native-access=deny");
        ForkedJvm.Ended ended = jvm.run(WrapperCases.class);
        assertThat(ended.output()).endsWith("end\n");
        return OUTCOME.matcher(ended.output())
                .results()
                .map(
                        outcome ->
                                DynamicTest.dynamicTest(
                                        outcome.group(1),
                                        () ->
                                                assertThat(outcome.group(2))
                                                        .as(outcome.group(3))
                                                        .isEqualTo("passed")));
    }
}
