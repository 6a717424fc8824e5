package zircon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// The arithmetic of exponents.
class SlopeTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final List<Integer> SIZES = List.of(1, 10, 100, 2500);

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0.5, 1, 2})
    void aPowerHasItsExponent(double exponent) {
        Slope slope = Slope.of(SIZES, times(exponent));
        assertThat(slope.exponent()).isCloseTo(exponent, EXACT);
        assertThat(slope.at(7)).isCloseTo(30 * Math.pow(7, exponent), EXACT);
    }

    private static List<Double> times(double exponent) {
        return SIZES.stream().map(size -> 30 * Math.pow(size, exponent)).toList();
    }

    @Test
    void twoSizesAreEnough() {
        assertThat(Slope.of(List.of(10, 1000), List.of(5.0, 50.0)).exponent())
                .isCloseTo(0.5, EXACT);
    }

    /// With x = -1, 0, 1 and y = 0, 2, 1, in decades, the least squares are 1/2 x + 1.
    @Test
    void whatFitsNoPowerGetsTheLeastSquares() {
        Slope slope = Slope.of(List.of(1, 10, 100), List.of(1.0, 100.0, 10.0));
        assertThat(slope.exponent()).isCloseTo(0.5, EXACT);
        assertThat(Math.log10(slope.at(10))).isCloseTo(1, EXACT);
    }
}
