package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import zircon.conformance.model.Model;
import zircon.conformance.model.Step;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A step, or some that belong together, before it is known what handles there are.
///
/// @param x a number, whose meaning the kind knows
/// @param y another one
record Move(Kind kind, Pick a, Pick b, Pick c, int x, int y) {
    /// Of the numbers.
    static final int MOST = 15;

    /// What is done, and how often.
    enum Kind {
        PORT(3),
        EVENT(4),
        EVENT_PAIR(3),
        CHANNEL(3),
        CLOSE(4),
        CLOSE_MANY(1),
        DUPLICATE(5),
        REPLACE(2),
        SIGNAL(14),
        SIGNAL_PEER(6),
        WAIT_ONE(2),
        WAIT_MANY(2),
        WAIT_ASYNC(16),
        QUEUE(3),
        FILL(1),
        READ_PORT(5),
        CANCEL(4),
        WRITE(9),
        READ(6),
        JOB(3),
        NEST(1),
        POLICY(3),
        PROCESS(3),
        THREAD(3),
        CHILD(3),
        NAME(2),
        SUSPEND(3),
        KILL(2),
        BIND(9),
        UNBIND(3),
        ANSWER(10),
        VICTIM(5),
        OFFENDER(2),
        START_PROCESS(2),
        START_THREAD(4),
        REDIRECT(4);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static final Set<Kind> OBJECTS = EnumSet.range(Kind.PORT, Kind.READ);
    static final Set<Kind> TASKS =
            EnumSet.of(
                    Kind.JOB,
                    Kind.NEST,
                    Kind.POLICY,
                    Kind.PROCESS,
                    Kind.THREAD,
                    Kind.CHILD,
                    Kind.NAME,
                    Kind.SUSPEND,
                    Kind.KILL,
                    Kind.BIND,
                    Kind.UNBIND,
                    Kind.PORT,
                    Kind.CLOSE,
                    Kind.DUPLICATE,
                    Kind.WAIT_ASYNC,
                    Kind.READ_PORT,
                    Kind.WRITE,
                    Kind.READ,
                    Kind.CHANNEL);
    static final Set<Kind> EXCEPTIONS =
            EnumSet.of(
                    Kind.VICTIM,
                    Kind.OFFENDER,
                    Kind.PORT,
                    Kind.FILL,
                    Kind.BIND,
                    Kind.UNBIND,
                    Kind.ANSWER,
                    Kind.READ_PORT,
                    Kind.SUSPEND,
                    Kind.KILL,
                    Kind.CLOSE,
                    Kind.DUPLICATE,
                    Kind.JOB,
                    Kind.POLICY,
                    Kind.QUEUE,
                    Kind.THREAD,
                    Kind.PROCESS,
                    Kind.START_PROCESS,
                    Kind.START_THREAD,
                    Kind.REDIRECT);

    static Arbitrary<Move> of(Set<Kind> kinds) {
        List<Tuple.Tuple2<Integer, Kind>> weighted = new ArrayList<>();
        kinds.forEach(kind -> weighted.add(Tuple.of(kind.weight, kind)));
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, MOST);
        return Combinators.combine(
                        Arbitraries.frequency(weighted),
                        Pick.any(),
                        Pick.any(),
                        Pick.any(),
                        numbers,
                        numbers)
                .as(Move::new);
    }

    long weight() {
        return (long) a.weight() + b.weight() + c.weight() + x + y;
    }

    /// Moves of the same kind that are simpler in one respect.
    Stream<Move> simpler() {
        return Stream.of(
                        a.simpler().map(pick -> new Move(kind, pick, b, c, x, y)),
                        b.simpler().map(pick -> new Move(kind, a, pick, c, x, y)),
                        c.simpler().map(pick -> new Move(kind, a, b, pick, x, y)),
                        lower(x).mapToObj(number -> new Move(kind, a, b, c, number, y)),
                        lower(y).mapToObj(number -> new Move(kind, a, b, c, x, number)))
                .flatMap(all -> all);
    }

    private static IntStream lower(int number) {
        return number == 0 ? IntStream.empty() : IntStream.of(0, number / 2, number - 1).distinct();
    }

    /// The steps, in this state; none if there is nothing to take them with.
    List<Step> in(Model model) {
        try {
            return new Meaning(this, model).steps();
        } catch (Pick.NothingFits _) {
            return List.of();
        }
    }

    /// What most programs begin with: a port, and something that it can hear of.
    static Arbitrary<List<Move>> opening(Set<Kind> kinds) {
        Kind[] second = {Kind.EVENT, Kind.EVENT_PAIR, Kind.CHANNEL};
        boolean guests = kinds.contains(Kind.VICTIM);
        return Arbitraries.integers()
                .between(0, MOST)
                .tuple2()
                .map(
                        numbers -> {
                            Pick pick = new Pick(Pick.Kind.FITTING, 0);
                            int x = numbers.get1();
                            int y = numbers.get2();
                            return List.of(
                                    new Move(Kind.PORT, pick, pick, pick, 0, 0),
                                    new Move(
                                            guests ? Kind.VICTIM : second[x % 3],
                                            pick,
                                            pick,
                                            pick,
                                            guests ? x : 0,
                                            y));
                        });
    }
}
