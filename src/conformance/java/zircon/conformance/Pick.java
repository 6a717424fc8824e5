package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import zircon.conformance.model.Model;
import zircon.conformance.model.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// Chooses a handle of a program, whatever there is at that point, so that what is left of a
/// program when steps are taken away is a program still.
///
/// @param kind whether it should be a good choice
/// @param index which of them, counted from the newest; there may be fewer
record Pick(Kind kind, int index) {
    private static final int MOST = 12;

    enum Kind {
        /// An open handle that fits.
        FITTING,
        /// Any open handle.
        OPEN,
        /// One that is closed, or was never made.
        CLOSED,
        /// ZX_HANDLE_INVALID.
        NONE,
        /// A number that is no handle's.
        JUNK
    }

    static Arbitrary<Pick> any() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequency(
                        Tuple.of(60, Kind.FITTING),
                        Tuple.of(2, Kind.OPEN),
                        Tuple.of(1, Kind.CLOSED),
                        Tuple.of(1, Kind.NONE),
                        Tuple.of(1, Kind.JUNK));
        // Mostly the newest ones.
        Arbitrary<Integer> indexes =
                Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.integers().between(0, 1)),
                        Tuple.of(2, Arbitraries.integers().between(0, MOST)));
        return Combinators.combine(kinds, indexes).as(Pick::new);
    }

    int weight() {
        return (kind == Kind.FITTING ? 0 : MOST) + index;
    }

    /// Others, nearer to the newest one that fits.
    Stream<Pick> simpler() {
        Stream<Pick> fitting =
                kind == Kind.FITTING ? Stream.of() : Stream.of(new Pick(Kind.FITTING, index));
        return index == 0
                ? fitting
                : Stream.concat(
                        fitting,
                        Stream.of(new Pick(kind, 0), new Pick(kind, index - 1)).distinct());
    }

    /// Says that there is nothing that fits.
    static final class NothingFits extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NothingFits() {
            super("nothing fits", null, false, false);
        }
    }

    /// The variable, or [Step#NONE] or [Step#JUNK].
    ///
    /// @throws NothingFits the choice should be a good one, but there is none
    int in(Model model, IntPredicate fits) {
        int variable = orNone(model, fits);
        if (variable == Step.NONE && kind == Kind.FITTING) {
            throw new NothingFits();
        }
        return variable;
    }

    /// Like [#in], with [Step#NONE] for want of a good choice.
    int orNone(Model model, IntPredicate fits) {
        return switch (kind) {
            case FITTING -> newest(model, v -> model.isLive(v) && fits.test(v), Step.NONE);
            case OPEN -> newest(model, model::isLive, Step.NONE);
            case CLOSED -> newest(model, variable -> !model.isLive(variable), Step.JUNK);
            case NONE -> Step.NONE;
            case JUNK -> Step.JUNK;
        };
    }

    private int newest(Model model, IntPredicate fits, int otherwise) {
        List<Integer> all = new ArrayList<>();
        for (int variable = model.variables() - 1; variable >= 0; variable--) {
            if (fits.test(variable)) {
                all.add(variable);
            }
        }
        // Not modulo: what an index means should stay when programs get smaller.
        return all.isEmpty() ? otherwise : all.get(Math.min(index, all.size() - 1));
    }
}
