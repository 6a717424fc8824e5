package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Calls and threads that meet in any order have one of the outcomes of section 11.
record RaceProperty() implements Property {
    private static final int MOST_BEFORE = 6;
    private static final int MOST_HURRIED = 5;
    private static final int TRIES = 4000;

    @Override
    public String name() {
        return "exceptions.races";
    }

    @Override
    public String statement() {
        return "Calls that follow each other before threads have come to rest end as in one of the"
                + " orders that section 11 allows.";
    }

    @Override
    public List<String> rules() {
        return List.of(
                "X-5", "X-9", "X-11", "X-12", "X-18", "X-19", "B-9", "S-4", "Q-1", "Q-2", "Q-3",
                "Q-4", "Q-5", "Q-7", "Q-8");
    }

    @Override
    public boolean needsEmulation() {
        return true;
    }

    @Override
    public int defaultTries() {
        return TRIES;
    }

    @Override
    public Arbitrary<Race> trials() {
        Arbitrary<List<Move>> before = Move.of(Move.EXCEPTIONS).list().ofMaxSize(MOST_BEFORE);
        Arbitrary<List<Hurry>> hurries =
                Arbitraries.frequencyOf(
                        Tuple.of(3, Hurry.any().list().ofMinSize(1).ofMaxSize(MOST_HURRIED)),
                        Tuple.of(1, Hurry.afterAnswer()));
        Arbitrary<Draft> drafts =
                Combinators.combine(
                                Move.opening(Move.EXCEPTIONS),
                                Move.of(Set.of(Move.Kind.PORT)).optional(),
                                before,
                                hurries)
                        .as(
                                (first, port, then, last) -> {
                                    List<Move> moves = new ArrayList<>(first);
                                    port.ifPresent(moves::add);
                                    moves.addAll(then);
                                    return new Draft(moves, last, false);
                                });
        return Draft.trials(drafts, draft -> new Race(new Program(draft, true), draft.hurries()));
    }
}
