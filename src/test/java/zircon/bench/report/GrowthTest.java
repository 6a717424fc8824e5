package zircon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import zircon.bench.plan.Curve;
import zircon.bench.plan.Effort;
import zircon.bench.plan.GrowthEffort;
import zircon.bench.plan.Thing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What becomes of the sweeps.
class GrowthTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final Curve CURVE =
            new Curve("growth.g", "work & more", "things", List.of(10, 100, 1000));

    /// One JVM; its two sweeps have a ratio of 4 and of 1.
    private static final Grown FEW =
            Grown.of(CURVE, List.of(sweeps(sweep(10, 20, 40), sweep(20, 20, 20))));

    private static final Results RESULTS =
            Results.of(
                            new Machine("now", "one", 2, "an OS", "a JVM", 0.5),
                            Effort.QUICK,
                            List.of(),
                            Map.of())
                    .with(
                            Growth.of(
                                    GrowthEffort.QUICK,
                                    1,
                                    List.of(FEW),
                                    List.of(
                                            new Footprint(Thing.HANDLE, 102.4, null),
                                            new Footprint(Thing.GUEST, 3010, 111_047.1))));

    private static Sweeps sweeps(double[]... nanos) {
        return new Sweeps(
                Arrays.stream(nanos).map(sweep -> Arrays.stream(sweep).boxed().toList()).toList());
    }

    /// The times of one sweep.
    private static double[] sweep(double... nanos) {
        return nanos;
    }

    @Test
    void ofAJvmTheMedianSweepOfEachSizeCounts() {
        assertThat(sweeps(sweep(1, 9), sweep(5, 7), sweep(2, 8)).median())
                .containsExactly(2.0, 8.0);
        assertThat(sweeps(sweep(1), sweep(4), sweep(9), sweep(2)).median()).containsExactly(3.0);
    }

    @Test
    void theSweepsOfAJvmAreTheSample() {
        assertThat(FEW.nanos())
                .containsExactly(Estimate.of(10, 20), Estimate.of(20, 20), Estimate.of(40, 20));
        assertThat(FEW.ratio()).isEqualTo(Estimate.of(4, 1));
        assertThat(FEW.exponent().mean()).isCloseTo(Math.log10(4) / 2 / 2, EXACT);
        assertThat(FEW.exponent().error())
                .isCloseTo(Estimate.of(Math.log10(4) / 2, 0).error(), EXACT);
    }

    @Test
    void ofThreeJvmsEachIsOneSample() {
        Sweeps flat = sweeps(sweep(5, 5, 5), sweep(5, 5, 5));
        Sweeps steep = sweeps(sweep(1, 10, 100));
        Grown grown = Grown.of(CURVE, List.of(flat, steep, steep));
        assertThat(grown.ratio()).isEqualTo(Estimate.of(1, 100, 100));
        assertThat(grown.exponent().mean()).isCloseTo(2 / 3.0, EXACT);
        assertThat(Grown.meaning(3)).endsWith("over the JVMs");
        assertThat(Grown.meaning(2)).contains("over the sweeps");
    }

    @Test
    void theTableShowsTheEndsTheExponentAndTheRatio() {
        assertThat(TextTable.of(RESULTS))
                .containsPattern(
                        "work & more: things +10 … 1,000 +15.0 ± 63.5 ns +30.0 ± 127.1 ns"
                                + " +0.151 ± 1.912 +2.50 ± 19.06\n")
                .containsPattern("open handle +102\n")
                .containsPattern("native guest.* +3,010 +111,047\n")
                .contains("growth: JVMs of each curve: 1, each with 6 sweeps")
                .doesNotContain("forks of each");
    }

    @Test
    void withoutGrowthThereIsNothingOfIt() {
        Results none = RESULTS.with(Growth.NONE);
        assertThat(TextTable.of(none)).doesNotContain("rowth", "Memory");
        assertThat(Page.of(none)).doesNotContain("<section");
    }

    @Test
    void thePageDrawsEachSizeOnAxesOfLogarithms() {
        String page = Page.of(RESULTS);
        assertThat(page)
                .contains("work &amp; more", "exponent 0.151", ">10 … 1,000 things<")
                // The powers of ten of the times, and the sizes.
                .contains(">1 ns<", ">10 ns<", ">100 ns<", ">1k<")
                .contains("111,047")
                .doesNotContain("<script", "http", "url(");
        assertThat(page.split("<circle", -1)).hasSize(1 + 3);
    }

    /// In the middle of a logarithmic axis is the middle power.
    @Test
    void aPowerOfTheSizeIsAStraightLine() {
        Sweeps linear = sweeps(sweep(10, 100, 1000));
        String chart = Chart.of(Grown.of(CURVE, List.of(linear, linear, linear)));
        assertThat(chart).contains("d=\"M62.0 176.0L330.0 8.0\"", "cx=\"196.0\" cy=\"92.0\"");
    }

    @Test
    void whatIsFlatIsDrawnOnTwoDecadesAtLeast() {
        Sweeps flat = sweeps(sweep(300, 300, 300));
        assertThat(Chart.of(Grown.of(CURVE, List.of(flat, flat, flat))))
                .contains(">10 ns<", ">100 ns<", ">1 µs<")
                .doesNotContain(">10 µs<");
    }

    @Test
    void aCurvesLimitIsThatOfItsRatio() {
        assertThat(exceeded("growth.g 1.3 -")).isEmpty(); // 2.5 ± 19
        Sweeps twice = sweeps(sweep(10, 15, 20));
        Growth growth =
                Growth.of(
                        GrowthEffort.QUICK,
                        3,
                        List.of(Grown.of(CURVE, List.of(twice, twice, twice))),
                        List.of());
        assertThat(Limits.of(List.of("growth.g 1.3 -")).exceeded(RESULTS.with(growth)))
                .singleElement()
                .asString()
                .contains("growth.g", "10 … 1,000", "2.00", "1.30");
    }

    private static List<String> exceeded(String line) {
        return Limits.of(List.of(line)).exceeded(RESULTS);
    }
}
