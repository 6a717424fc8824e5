package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What counts as a citation, by two sources that are samples of it.
class RuleScanTest {
    private static String sample(String name) throws IOException {
        return Files.readString(CCompiler.project("src/test/resources/rules/sample." + name));
    }

    private static Map<String, Set<String>> citations(List<TestText> tests) {
        var citations = new Citations(Set.of("10 " + "dead"));
        Map<String, Set<String>> found = new TreeMap<>();
        for (TestText test : tests) {
            found.put(test.name(), citations.in(test.text()));
        }
        return found;
    }

    @Test
    void inJavaTheyStandInTestMethodsOrRightAboveThem() throws IOException {
        assertThat(citations(JavaTests.of("SampleTest", sample("java.txt"))))
                .hasToString(
                        "{SampleTest.first=[%s4, 13 %s, %s1], ".formatted("B-", "nanosleep", "Q-")
                                + "SampleTest.second=[%s6, %s99], ".formatted("X-", "X-")
                                + "SampleTest.third=[10 %s, %s2]}".formatted("dead", "R-"));
    }

    @Test
    void inCTheyStandAtChecks() throws IOException {
        String p = "P-";
        assertThat(citations(CChecks.of("sample.c", sample("c.txt"))))
                .hasToString(
                        "{sample.c:11=[%s3], sample.c:12=[%s4], sample.c:8=[%s1, %s2]}"
                                .formatted(p, p, p, p));
    }

    @Test
    void rangesAreFound() {
        String x = "X-";
        assertThat(
                        Citations.rangesIn(
                                "%s1 to %s4; %s5\u20267; %s8 (4) to (7)".formatted(x, x, x, x)))
                .hasToString("[%s1 to %s4, %s5\u20267]".formatted(x, x, x));
        assertThat(Citations.rangesIn("%s1, %s4 over %s7".formatted(x, x, x))).isEmpty();
    }
}
