package zircon.bench.report;

import org.jspecify.annotations.Nullable;

import zircon.bench.plan.Case;

import java.util.List;
import java.util.function.Function;

/// What a run says about one case.
///
/// @param name the case's
/// @param title the case's
/// @param nanos the time of an operation
/// @param bytes what an operation allocates; NaN where nobody has counted
/// @param beside what the time is divided by
/// @param ratio the quotient; null for what others are divided by
/// @param rounds all samples
public record Measured(
        String name,
        String title,
        Estimate nanos,
        double bytes,
        Case.Beside beside,
        @Nullable Estimate ratio,
        List<Round> rounds) {

    static Measured of(Case one, Function<String, List<Round>> rounds) {
        List<Round> own = rounds.apply(one.name());
        Case.Beside beside = one.beside();
        boolean isFloor = beside.name().equals(one.name());
        return new Measured(
                one.name(),
                one.title(),
                Merge.nanos(own),
                Merge.bytes(own),
                beside,
                isFloor ? null : Merge.ratio(own, rounds.apply(beside.name()), beside.times()),
                own);
    }
}
