package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import zircon.abi.CCompiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Every rule has a test that cites it, and `target/rules.md` says which.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuleTableTest {
    /// Where the behavior reference lies, which is no part of the project.
    private static final String SPECIFICATION = "zircon.specification";

    private final RuleList list = RuleList.read();
    private final RuleTable table = RuleTable.read(list);

    RuleTableTest() throws IOException {
        String build = System.getProperty("project.build.directory");
        Path folder = build != null ? Path.of(build) : CCompiler.project("target");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("rules.md"), table.markdown());
    }

    @Test
    void everyRuleHasATestOrAReasonWhyItHasNone() {
        List<String> without =
                list.rules().stream()
                        .filter(rule -> table.testsOf(rule).isEmpty())
                        .filter(rule -> !list.unobservable().containsKey(rule))
                        .toList();
        assertThat(without).as("rules that no test cites").isEmpty();
    }

    @Test
    void whatCannotBeObservedIsARuleAndHasNoTest() {
        assertThat(list.rules()).containsAll(list.unobservable().keySet());
        for (String rule : list.unobservable().keySet()) {
            assertThat(table.testsOf(rule)).as("tests of %s", rule).isEmpty();
        }
    }

    @Test
    void everyCitationIsOfARule() throws IOException {
        var citations = new Citations(list.rules());
        List<String> unknown = new ArrayList<>();
        for (Path file : RuleTable.sources("src", ".java", ".c", ".cc", ".h", ".S")) {
            for (String rule : citations.in(Files.readString(file))) {
                if (!list.rules().contains(rule)) {
                    unknown.add(file.getFileName() + " cites " + rule);
                }
            }
        }
        assertThat(unknown).as("citations of rules that do not exist").isEmpty();
    }

    @Test
    void noTestCitesARange() {
        List<String> ranges = new ArrayList<>();
        for (TestText test : table.tests()) {
            for (String range : Citations.rangesIn(test.text())) {
                ranges.add(test.name() + " cites " + range);
            }
        }
        assertThat(ranges).as("ranges; name each rule that the test shows").isEmpty();
    }

    @Test
    void theListIsTheSpecifications() throws IOException {
        String place = System.getProperty(SPECIFICATION);
        Path file =
                place != null
                        ? Path.of(place)
                        : CCompiler.project("../shared/spec/semantics.md").normalize();
        assumeTrue(
                Files.exists(file),
                file + " is not there; say where it is with -D" + SPECIFICATION);
        assertThat(SpecificationRules.differences(Files.readString(file), list.rules())).isEmpty();
    }
}
