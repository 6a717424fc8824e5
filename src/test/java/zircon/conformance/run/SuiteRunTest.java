package zircon.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import net.jqwik.api.Arbitrary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.conformance.Property;
import zircon.conformance.Trial;
import zircon.conformance.report.Failure;
import zircon.conformance.report.Outcome;
import zircon.conformance.report.PropertyReport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(120)
class SuiteRunTest {
    @Test
    void aPropertyThatHoldsIsTriedAsOftenAsItSays() {
        PropertyReport report = Runs.of(Runs.PLAN, FakeCatalog.SOUND).getFirst();
        assertThat(report.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.tried()).isEqualTo(60);
        assertThat(report.planned()).isEqualTo(60);
        assertThat(report.reason()).isEmpty();
        assertThat(report.failures()).isEmpty();
        assertThat(report.features().stream().mapToLong(f -> f.count()).sum()).isEqualTo(60);
        assertThat(report.calls().stream().mapToLong(c -> c.count()).sum()).isEqualTo(60);
    }

    @Test
    void theSameSeedGivesTheSameReportAndAnotherAnother() {
        Property[] both = {FakeCatalog.SOUND, FakeCatalog.TOO_MANY};
        List<PropertyReport> once = Runs.of(Runs.seed(1), both);
        assertThat(Runs.of(Runs.seed(1), both)).isEqualTo(once);
        assertThat(Runs.of(Runs.seed(2), both)).isNotEqualTo(once);
    }

    @Test
    void aTrialDoesNotDependOnWhichOthersRan() {
        List<PropertyReport> alone = Runs.of(Runs.PLAN, FakeCatalog.TOO_MANY);
        assertThat(Runs.of(Runs.PLAN, FakeCatalog.SOUND, FakeCatalog.TOO_MANY))
                .endsWith(alone.getFirst());
    }

    @Test
    void eachWayToFailIsReportedByItsFirstTrialInItsSmallestForm() {
        PropertyReport report = Runs.of(Runs.PLAN, FakeCatalog.TOO_MANY).getFirst();
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.tried()).isEqualTo(60);
        assertThat(report.failures())
                .extracting(Failure::kind, Failure::listing)
                .containsExactlyInAnyOrder(
                        tuple("X-5", "numbers [51, 51, 51]"),
                        tuple("B-4", "numbers [51, 51, 51, 51, 51]"));
        assertThat(report.failures()).extracting(Failure::trial).isSorted();
        assertThat(report.failures()).extracting(Failure::again).containsOnly(Failure.RERUNS);
        assertThat(report.failures().stream().mapToLong(Failure::count).sum())
                .isEqualTo(report.failing())
                .isGreaterThan(2);
    }

    @Test
    void whateverATrialThrowsIsAFailureWithItsStack() {
        Failure failure = Runs.of(Runs.PLAN, FakeCatalog.STRANGE).getFirst().failures().getFirst();
        assertThat(failure.kind()).isEqualTo(UnsupportedOperationException.class.getName());
        assertThat(failure.steps()).isEqualTo(5);
        assertThat(failure.details()).contains("at ", "FakeCatalog.throwUp");
    }

    @Test
    void aFailureThatDoesNotComeAgainIsToldAndNotShrunk() {
        AtomicInteger runs = new AtomicInteger();
        Property once =
                new FakeProperty(
                        "fake.once",
                        (numbers, _) -> {
                            if (runs.incrementAndGet() == 10) {
                                throw new IllegalStateException("once");
                            }
                        });
        Failure failure = Runs.of(Runs.PLAN, once).getFirst().failures().getFirst();
        assertThat(failure.again()).isZero();
        assertThat(failure.attempts()).isZero();
        assertThat(failure.steps()).isEqualTo(failure.firstSteps());
    }

    @Test
    void failingFastEndsWithTheFirstFailure() {
        Plan plan = Runs.plan(true, 42, Shard.WHOLE, Long.MAX_VALUE, 60_000, true);
        PropertyReport report = Runs.of(plan, FakeCatalog.STRANGE).getFirst();
        assertThat(report.failing()).isEqualTo(1);
        assertThat(report.tried()).isEqualTo(report.failures().getFirst().trial() + 1);
    }

    @Test
    void withoutTheEmulationAPropertyThatNeedsItIsNotRun() {
        Plan plan = Runs.plan(false, 42, Shard.WHOLE, Long.MAX_VALUE, 60_000, false);
        List<PropertyReport> reports = Runs.of(plan, FakeCatalog.OURS, FakeCatalog.SOUND);
        assertThat(reports)
                .extracting(PropertyReport::outcome)
                .containsExactly(Outcome.NOT_RUN, Outcome.PASSED);
        assertThat(reports.getFirst().reason()).contains("needs the emulation");
        assertThat(reports.getFirst().tried()).isZero();
    }

    @Test
    void aTrialThatDoesNotEndFailsWithTheStacksAndEndsTheRunInThisJvm() {
        List<PropertyReport> reports = new ArrayList<>();
        SuiteRun run =
                new SuiteRun(
                        List.of(FakeCatalog.HANGING, FakeCatalog.SOUND),
                        Runs.plan(true, 42, Shard.WHOLE, Long.MAX_VALUE, 1000, false),
                        Runs.NEVER);
        assertThat(run.run((_, _, _, _) -> {}, reports::add)).isFalse();
        assertThat(reports).hasSize(1);
        Failure failure = reports.getFirst().failures().getFirst();
        assertThat(failure.kind()).isEqualTo(Failure.HANG);
        assertThat(failure.message()).isEqualTo("no end after 1000 ms, in step 3");
        assertThat(failure.steps()).isEqualTo(7);
        assertThat(failure.listing()).startsWith("numbers [");
        assertThat(failure.details()).contains("\"fake.hanging\" WAITING", "FakeCatalog.hang");
        assertThat(reports.getFirst().tried()).isEqualTo(failure.trial() + 1);
    }

    @Test
    void whenItIsStoppedItReportsWhatItHas() {
        AtomicInteger runs = new AtomicInteger();
        Property counting = new FakeProperty("fake.counting", (_, _) -> runs.incrementAndGet());
        List<PropertyReport> reports =
                Runs.of(Runs.PLAN, () -> runs.get() >= 10, counting, FakeCatalog.SOUND);
        assertThat(reports)
                .extracting(PropertyReport::outcome)
                .containsExactly(Outcome.PASSED, Outcome.NOT_RUN);
        assertThat(reports.getFirst().tried()).isEqualTo(10);
        assertThat(reports.getFirst().reason()).isEqualTo("interrupted");
        assertThat(reports.getLast().reason()).startsWith("interrupted");
    }

    @Test
    void whenItsTimeIsOverItReportsWhatItHas() {
        Plan plan = Runs.plan(true, 42, Shard.WHOLE, 0, 60_000, false);
        PropertyReport report = Runs.of(plan, FakeCatalog.SOUND).getFirst();
        assertThat(report.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(report.reason()).isEqualTo(SuiteRun.NO_TIME);
    }

    @Test
    void aGeneratorThatThrowsIsAFailure() {
        Property broken = new Broken(new FakeProperty("fake.broken", (_, _) -> {}));
        PropertyReport report = Runs.of(Runs.PLAN, broken).getFirst();
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.failures().getFirst().message()).contains("no trials today");
    }

    /// Cannot make trials.
    private record Broken(FakeProperty fake) implements Property {
        @Override
        public String name() {
            return fake.name();
        }

        @Override
        public String statement() {
            return fake.statement();
        }

        @Override
        public List<String> rules() {
            return fake.rules();
        }

        @Override
        public boolean needsEmulation() {
            return false;
        }

        @Override
        public int defaultTries() {
            return 10;
        }

        @Override
        public Arbitrary<? extends Trial> trials() {
            throw new IllegalStateException("no trials today");
        }
    }
}
