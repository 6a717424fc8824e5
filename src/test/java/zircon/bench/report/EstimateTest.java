package zircon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// The arithmetic of means and their errors.
class EstimateTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /// Half of the samples are 1 and half -1, so that the error is t / sqrt(n - 1): the textbook's
    /// t for 97.5 %.
    @ParameterizedTest
    @CsvSource({"2, 12.706", "4, 3.182", "6, 2.571", "10, 2.262", "30, 2.045", "1000, 1.962"})
    void theErrorIsStudents(int samples, double t) {
        double[] halves = IntStream.range(0, samples).mapToDouble(i -> i % 2 * 2 - 1).toArray();
        Estimate estimate = Estimate.of(halves);
        assertThat(estimate.mean()).isCloseTo(0, EXACT);
        assertThat(estimate.error() * Math.sqrt(samples - 1)).isCloseTo(t, within(2e-3));
    }

    @Test
    void oneSampleHasNoError() {
        assertThatIllegalArgumentException().isThrownBy(() -> Estimate.of(1));
    }

    @Test
    void relativeErrorsOfARatioAddAsSquares() {
        Estimate ratio = new Estimate(30, 0.9).over(new Estimate(10, 0.4));
        assertThat(ratio.mean()).isCloseTo(3, EXACT);
        assertThat(ratio.error()).isCloseTo(3 * 0.05, EXACT);
    }

    @Test
    void asManyOperationsHaveAsMuchOfBoth() {
        assertThat(new Estimate(5, 0.5).times(2)).isEqualTo(new Estimate(10, 1));
    }

    /// Of 2000 ratios of noisy means, about 95 in 100 are within their error of the true one.
    @Test
    void theErrorHoldsWhatItPromises() {
        var random = new SplittableRandom(6);
        long held =
                IntStream.range(0, 2000)
                        .mapToObj(_ -> noisy(random, 30).over(noisy(random, 10)))
                        .filter(ratio -> Math.abs(ratio.mean() - 3) <= ratio.error())
                        .count();
        assertThat(held / 2000.0).isBetween(0.93, 0.98);
    }

    private static Estimate noisy(SplittableRandom random, double truth) {
        return Estimate.of(
                DoubleStream.generate(() -> truth * random.nextGaussian(1, 0.1))
                        .limit(10)
                        .toArray());
    }
}
