package zircon.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What grows, and how far.
class CurvesTest {
    @Test
    void everyCurveHasANameOfItsOwnInTheGroup() {
        assertThat(Curves.all())
                .extracting(Curve::name)
                .doesNotHaveDuplicates()
                .doesNotContain(Curves.MEMORY)
                .allMatch(Selection.names("growth.*"));
    }

    @Test
    void aLookHasSomeOfThem() {
        assertThat(Curves.all()).extracting(Curve::name).anyMatch(Curves::isQuick);
        assertThat(Curves.all()).extracting(Curve::name).anyMatch(name -> !Curves.isQuick(name));
        assertThat(Curves.isQuick(Curves.MEMORY)).isTrue();
    }

    @Test
    void theSizesOfEveryCurveRise() {
        assertThat(Curves.all())
                .extracting(Curve::sizes)
                .allSatisfy(
                        sizes ->
                                assertThat(sizes)
                                        .hasSizeGreaterThan(2)
                                        .isSorted()
                                        .doesNotHaveDuplicates());
    }

    @Test
    void aLookTakesTheEnds() {
        Curve curve = new Curve("growth.c", "work", "things", List.of(1, 2, 3));
        assertThat(GrowthEffort.QUICK.of(curve).sizes()).containsExactly(1, 3);
        assertThat(GrowthEffort.FULL.of(curve)).isEqualTo(curve);
    }
}
