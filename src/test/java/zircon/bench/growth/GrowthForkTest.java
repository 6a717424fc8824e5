package zircon.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import zircon.abi.CCompiler;
import zircon.bench.plan.Curve;
import zircon.bench.plan.Curves;
import zircon.kit.KernelFixture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Every curve can be measured, and leaves nothing behind.
class GrowthForkTest extends KernelFixture {
    @TempDir private Path folder;

    static Stream<Curve> curves() {
        return Curves.all().stream();
    }

    @ParameterizedTest
    @MethodSource("curves")
    void aSweepHasATimeForEachSize(Curve curve) throws Exception {
        Path guest = folder.resolve("guest.so");
        CCompiler.compile(
                CCompiler.project("src/test/c/bench/guest.c"), guest, List.of("-shared", "-fPIC"));
        List<Integer> numbers = new ArrayList<>(List.of(1, 1, 2)); // as short as can be
        numbers.addAll(curve.sizes().subList(0, 2));
        for (double[] nanos : GrowthFork.curve(guest, curve.name(), numbers)) {
            assertThat(nanos).hasSize(2);
            assertThat(Arrays.stream(nanos).min().orElse(0)).isPositive();
        }
    }
}
