package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The library agrees with the model, whatever a program of some kinds of calls does.
record ProgramProperty(
        String name,
        String statement,
        List<String> rules,
        boolean needsEmulation,
        int defaultTries,
        Set<Move.Kind> kinds,
        int longest)
        implements Property {
    ProgramProperty {
        rules = List.copyOf(rules);
        kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
    }

    @Override
    public Arbitrary<Program> trials() {
        Arbitrary<List<Move>> moves =
                Move.of(kinds)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(longest)
                        .withSizeDistribution(RandomDistribution.uniform());
        Arbitrary<List<Move>> opening =
                Move.opening(kinds).optional(0.8).map(moved -> moved.orElse(List.of()));
        Arbitrary<Draft> drafts =
                Combinators.combine(opening, moves, Arbitraries.of(false, true))
                        .as(
                                (first, then, wrapped) ->
                                        new Draft(plus(first, then), List.of(), wrapped));
        return Draft.trials(drafts, draft -> new Program(draft, needsEmulation));
    }

    static List<Move> plus(List<Move> first, List<Move> then) {
        List<Move> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
