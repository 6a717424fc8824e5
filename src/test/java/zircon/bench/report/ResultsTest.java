package zircon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import static java.util.Objects.requireNonNull;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import zircon.abi.CCompiler;
import zircon.bench.plan.Case;
import zircon.bench.plan.Case.Beside;
import zircon.bench.plan.Catalog;
import zircon.bench.plan.Curve;
import zircon.bench.plan.Curves;
import zircon.bench.plan.Effort;
import zircon.bench.plan.Group;
import zircon.bench.plan.Library;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What becomes of the rounds.
class ResultsTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static final Results RESULTS =
            Results.of(
                    new Machine("now", "a <fast> one", 2, "an OS", "a JVM", 0.5),
                    Effort.QUICK,
                    List.of(
                            new Group(
                                    "g",
                                    "Group",
                                    List.of(
                                            one("g.floor", "floor", 1),
                                            one("g.work", "work & more", 2)))),
                    Map.of(
                            "g.floor", List.of(round(0, 9, 11), round(0, 10, 10)),
                            "g.work", List.of(round(32.2, 58, 62), round(32, 60, 60))));

    private static Case one(String name, String title, int times) {
        return new Case(
                name, title, "", Map.of(), Library.GATE, new Beside("g.floor", times), true);
    }

    private static Round round(double bytes, double first, double second) {
        return new Round(List.of(first, second), List.of(bytes, bytes));
    }

    private static Measured measured(String name) {
        return RESULTS.cases().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void theIterationsOfTwoRoundsAreOneSample() {
        assertThat(measured("g.work").nanos()).isEqualTo(Estimate.of(58, 62, 60, 60));
    }

    @Test
    void threeRoundsAreThreeSamplesEachWithItsFastest() {
        List<Round> rounds = List.of(round(0, 1, 3), round(0, 4, 4), round(0, 0, 10));
        assertThat(Merge.nanos(rounds)).isEqualTo(Estimate.of(1, 4, 0));
        assertThat(Merge.meaning(3)).contains("over the forks");
        assertThat(Merge.meaning(2)).contains("over the iterations", "too few forks");
    }

    @Test
    void ofThreeRoundsEachHasAQuotientOfItsOwn() {
        List<Round> floor = List.of(round(0, 1, 3), round(0, 2, 2), round(0, 12, 10));
        List<Round> work = List.of(round(0, 6, 9), round(0, 12, 13), round(0, 60, 62));
        assertThat(Merge.ratio(work, floor, 2)).isEqualTo(new Estimate(3, 0));
    }

    @Test
    void aCaseIsDividedByAsManyOfWhatItIsComparedWith() {
        Estimate ratio = requireNonNull(measured("g.work").ratio());
        assertThat(ratio.mean()).isCloseTo(60.0 / (2 * 10), EXACT);
        assertThat(measured("g.floor").ratio()).isNull();
    }

    @Test
    void anOperationAllocatesWhatItDoesInTheQuietestRound() {
        assertThat(measured("g.work").bytes()).isCloseTo(32, EXACT);
    }

    @Test
    void theTableShowsTimeAllocationAndRatio() {
        assertThat(TextTable.of(RESULTS))
                .contains("Group ")
                .containsPattern("work & more +60\\.0 ± 2\\.6 ns +32 +3\\.00 ± 0\\.41 +2 × floor\n")
                .containsPattern("floor +10\\.0 ± 1\\.3 ns +0\n")
                .contains("forks of each: 2", "too few forks");
    }

    @Test
    void whatNobodyHasCountedIsNotShown() {
        Results processes =
                Results.of(
                        new Machine("now", "a machine", 2, "an OS", "a JVM", 0.5),
                        Effort.QUICK,
                        List.of(new Group("g", "Group", List.of(one("g.floor", "floor", 1)))),
                        Map.of("g.floor", List.of(new Round(List.of(9.0, 11.0), List.of()))));
        assertThat(TextTable.of(processes)).containsPattern("floor +10\\.0 ± \\S+ ns *\n");
        assertThat(Page.of(processes)).doesNotContain("NaN");
        assertThat(Json.of(processes)).contains("10.0").doesNotContain("NaN");
    }

    @Test
    void thePageNeedsNothingElseAndTakesTextForText() {
        assertThat(Page.of(RESULTS))
                .contains("a &lt;fast> one", "work &amp; more")
                .containsPattern("<i style=\"width:9\\d\\.\\d\\d%\"></i>")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("<script", "http", "url(");
    }

    @Test
    void aLimitIsExceededWhereTheErrorIsNoExcuse() {
        assertThat(exceeded("g.work 3.2 32 # a comment", "", "# another")).isEmpty();
        assertThat(exceeded("g.work 2.9 -")).isEmpty(); // 3.00 ± 0.41
        assertThat(exceeded("g.work 2.5 16"))
                .satisfiesExactly(
                        ratio -> assertThat(ratio).contains("g.work", "3.00", "2.50"),
                        bytes -> assertThat(bytes).contains("g.work", "32.0 bytes", "16"));
    }

    private static List<String> exceeded(String... lines) {
        return Limits.of(List.of(lines)).exceeded(RESULTS);
    }

    @Test
    void whatIsNoLimitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.of(List.of("g.work fast -")))
                .withMessageContaining("g.work fast -");
    }

    @Test
    void everyLimitIsOneOfACaseOrACurveThatIsMeasured() throws Exception {
        assertThat(Limits.read(CCompiler.project("src/test/resources/bench/limits.txt")).names())
                .isNotEmpty()
                .isSubsetOf(
                        Stream.concat(
                                        Catalog.groups().stream()
                                                .flatMap(group -> group.cases().stream())
                                                .map(Case::name),
                                        Curves.all().stream().map(Curve::name))
                                .toList());
    }
}
