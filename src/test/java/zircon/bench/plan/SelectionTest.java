package zircon.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// What a run has: cases by name, and rounds by time.
class SelectionTest {
    private static List<String> chosen(Predicate<Case> wanted) {
        return Selection.of(Catalog.groups(), wanted).stream()
                .flatMap(group -> group.cases().stream())
                .map(Case::name)
                .toList();
    }

    @Test
    void aPatternChoosesWhatMatchesAndWhatItIsComparedWith() {
        assertThat(chosen(Selection.matching("null.ok.j{ni,nr}")))
                .containsExactly("null.ok.jni", "null.ok.generated", "null.ok.jnr");
    }

    @Test
    void whatMatchesNothingChoosesNoGroup() {
        assertThat(Selection.of(Catalog.groups(), Selection.matching("nonesuch"))).isEmpty();
    }

    @Test
    void aRoundBeginsOnlyIfItWouldEndInTimeAndTheFirstAlways() {
        var tick = Duration.ofMillis(1);
        var effort = new Effort(3, 1, 1, tick, 2, tick, Duration.ofSeconds(10));
        assertThat(effort.hasRoom(0, Duration.ZERO)).isTrue();
        assertThat(effort.hasRoom(1, Duration.ofSeconds(5))).isTrue();
        assertThat(effort.hasRoom(1, Duration.ofSeconds(6))).isFalse();
        assertThat(effort.hasRoom(3, Duration.ofSeconds(1))).isFalse();
    }
}
