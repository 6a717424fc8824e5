package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import zircon.conformance.model.Bits;
import zircon.conformance.model.Model;
import zircon.conformance.model.Step;
import zircon.conformance.model.Type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// A call that follows another one at once, before threads have come to rest.
///
/// @param which of those that it could mean, from the newest
/// @param pause how long to spin before it, in no unit
record Hurry(Kind kind, int which, int pause) {
    private static final int MOST = 3;
    private static final int LONGEST = 2000;
    // Answers, since much depends on them, and looks, since they tell what could not be seen else.
    private static final List<Tuple.Tuple2<Integer, Kind>> WEIGHTED =
            Arrays.stream(Kind.values())
                    .map(
                            kind ->
                                    switch (kind) {
                                        case HANDLED, TRY_NEXT -> Tuple.of(3, kind);
                                        case LOOK -> Tuple.of(5, kind);
                                        default -> Tuple.of(1, kind);
                                    })
                    .toList();

    enum Kind {
        HANDLED,
        TRY_NEXT,
        OTHER_PORT,
        UNBIND,
        KILL_THREAD,
        KILL_PROCESS,
        SUSPEND,
        CLOSE_TOKEN,
        CLOSE_PORT,
        LOOK
    }

    /// What follows an answer at once, and a look at what has come of both.
    static Arbitrary<List<Hurry>> afterAnswer() {
        return Combinators.combine(
                        Arbitraries.of(Kind.HANDLED, Kind.TRY_NEXT),
                        Arbitraries.of(Kind.HANDLED, Kind.OTHER_PORT, Kind.UNBIND),
                        Arbitraries.integers().between(0, MOST))
                .as(
                        (answer, then, which) ->
                                List.of(
                                        new Hurry(answer, 0, 0),
                                        new Hurry(then, which, 0),
                                        new Hurry(Kind.LOOK, 0, 0)));
    }

    static Arbitrary<Hurry> any() {
        return Combinators.combine(
                        Arbitraries.frequency(WEIGHTED),
                        Arbitraries.integers().between(0, MOST),
                        Arbitraries.integers().between(0, LONGEST))
                .as(Hurry::new);
    }

    /// The call, in a state in which all were at rest.
    Optional<Step> in(Model m) {
        Optional<Integer> thread = newest(m, v -> m.type(v) == Type.THREAD && m.asks(v) != 0, 0);
        if (thread.isEmpty()) {
            return Optional.empty();
        }
        int asked = m.asks(thread.get());
        return switch (kind) {
            case HANDLED, TRY_NEXT ->
                    newest(m, v -> m.object(v) == asked, which)
                            .map(
                                    port ->
                                            new Step.Resume(
                                                    thread.get(),
                                                    port,
                                                    kind == Kind.HANDLED ? 0 : Bits.TRY_NEXT));
            case OTHER_PORT ->
                    newest(m, v -> m.type(v) == Type.PORT && m.object(v) != asked, which)
                            .map(port -> new Step.Resume(thread.get(), port, 0));
            case UNBIND ->
                    newest(m, v -> m.type(v).isTask() && m.slots(v).contains(asked), which)
                            .map(
                                    task ->
                                            new Step.Bind(
                                                    task,
                                                    Step.NONE,
                                                    0,
                                                    m.slots(task).indexOf(asked)));
            case KILL_THREAD -> Optional.of(new Step.Kill(thread.get()));
            case KILL_PROCESS ->
                    newest(m, v -> m.object(v) == m.related(thread.get()), 0).map(Step.Kill::new);
            case SUSPEND -> Optional.of(new Step.Suspend(thread.get()));
            case CLOSE_TOKEN ->
                    newest(m, v -> m.type(v) == Type.SUSPEND_TOKEN, which).map(Step.Close::new);
            case CLOSE_PORT -> newest(m, v -> m.object(v) == asked, which).map(Step.Close::new);
            case LOOK -> Optional.of(new Step.ThreadInfo(thread.get()));
        };
    }

    private static Optional<Integer> newest(Model m, IntPredicate fits, int index) {
        List<Integer> all = new ArrayList<>();
        for (int variable = m.variables() - 1; variable >= 0; variable--) {
            if (m.isLive(variable) && fits.test(variable)) {
                all.add(variable);
            }
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(Math.min(index, all.size() - 1)));
    }

    Hurry atOnce() {
        return new Hurry(kind, which, 0);
    }

    void await() {
        for (int i = 0; i < pause; i++) {
            Thread.onSpinWait();
        }
    }
}
