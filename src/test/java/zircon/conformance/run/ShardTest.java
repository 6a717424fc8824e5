package zircon.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import zircon.conformance.Property;
import zircon.conformance.report.Merge;
import zircon.conformance.report.PropertyReport;
import zircon.conformance.report.Report;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

@Timeout(120)
class ShardTest {
    private static final Property[] PROPERTIES = {
        FakeCatalog.SOUND, FakeCatalog.TOO_MANY, FakeCatalog.STRANGE
    };

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 100})
    void mergedShardsAreTheRunOfTheWhole(int of) {
        List<Report> shards =
                IntStream.rangeClosed(1, of)
                        .mapToObj(i -> Runs.report(Runs.shard(new Shard(i, of)), PROPERTIES))
                        .toList();
        Report whole = Runs.report(Runs.PLAN, PROPERTIES);
        assertThat(Merge.of(shards)).isEqualTo(whole);
        assertThat(Merge.of(shards.reversed())).isEqualTo(whole);
    }

    @Test
    void shardsMakeDisjointTrials() {
        Set<List<Integer>> seen =
                new ConcurrentSkipListSet<>((a, b) -> a.toString().compareTo(b.toString()));
        Property property = new FakeProperty("fake.seen", (numbers, _) -> seen.add(numbers));
        var _ = Runs.of(Runs.PLAN, property);
        Set<List<Integer>> whole = Set.copyOf(seen);
        seen.clear();
        var _ = Runs.of(Runs.shard(new Shard(1, 2)), property);
        Set<List<Integer>> first = Set.copyOf(seen);
        seen.clear();
        var _ = Runs.of(Runs.shard(new Shard(2, 2)), property);
        assertThat(whole).containsAll(first).containsAll(seen);
        assertThat(first.stream().filter(numbers -> numbers.size() > 2))
                .isNotEmpty()
                .noneMatch(seen::contains);
    }

    @Test
    void aPartOfTheShardsIsSaidToBeOne() {
        Report merged =
                Merge.of(
                        List.of(
                                Runs.report(Runs.shard(new Shard(3, 3)), FakeCatalog.SOUND),
                                Runs.report(Runs.shard(new Shard(1, 3)), FakeCatalog.SOUND)));
        assertThat(merged.ended()).isEqualTo("without shard 2/3");
        assertThat(merged.shards()).containsExactly("1/3", "3/3");
        assertThat(merged.sum(PropertyReport::tried)).isEqualTo(40);
    }

    @Test
    void reportsThatDoNotBelongTogetherAreNotMerged() {
        Report one = Runs.report(Runs.shard(new Shard(1, 2)), FakeCatalog.SOUND);
        assertThatThrownBy(() -> Merge.of(Collections.nCopies(2, one)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1/2, 1/2");
        assertThatThrownBy(
                        () -> Merge.of(List.of(one, Runs.report(Runs.seed(7), FakeCatalog.SOUND))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed 42 and 7");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2, 1", "1, 0", "-1, 3"})
    void aShardIsOneOfThem(int index, int of) {
        assertThatThrownBy(() -> new Shard(index, of)).isInstanceOf(IllegalArgumentException.class);
    }
}
