package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a trial is made of, and how it gets smaller: first moves are taken away, as many at once as
/// possible; then what is left of them becomes simpler.
record Draft(List<Move> moves, List<Hurry> hurries, boolean wrapped) {
    Draft {
        moves = List.copyOf(moves);
        hurries = List.copyOf(hurries);
    }

    /// Trials that shrink as drafts do.
    static <T> Arbitrary<T> trials(Arbitrary<Draft> drafts, Function<Draft, T> trial) {
        return Arbitraries.fromGenerator(
                new RandomGenerator<>() {
                    // Made on first use, for then jqwik is at work.
                    private final List<RandomGenerator<Draft>> inner = new ArrayList<>();

                    @Override
                    public Shrinkable<T> next(Random random) {
                        if (inner.isEmpty()) {
                            inner.add(drafts.generator(1000));
                        }
                        return new Shrinking<>(inner.getFirst().next(random).value(), trial);
                    }
                });
    }

    private record Shrinking<T>(Draft draft, Function<Draft, T> trial) implements Shrinkable<T> {
        @Override
        public T value() {
            return trial.apply(draft);
        }

        @Override
        public Stream<Shrinkable<T>> shrink() {
            return draft.smaller().map(smaller -> new Shrinking<>(smaller, trial));
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(draft.moves.size() + draft.hurries.size(), draft.weight());
        }
    }

    private long weight() {
        return moves.stream().mapToLong(Move::weight).sum()
                + hurries.stream().mapToLong(hurry -> hurry.which() + hurry.pause()).sum()
                + (wrapped ? 1 : 0);
    }

    private Stream<Draft> smaller() {
        int size = moves.size();
        Stream<Draft> fewer =
                IntStream.iterate(Math.max(1, size / 2), chunk -> chunk > 0, chunk -> chunk / 2)
                        .boxed()
                        .flatMap(
                                chunk ->
                                        IntStream.iterate(
                                                        0,
                                                        from -> from < size,
                                                        from -> from + chunk)
                                                .mapToObj(from -> without(moves, from, chunk)))
                        .map(left -> new Draft(left, hurries, wrapped));
        Stream<Draft> lessHurried =
                IntStream.range(0, hurries.size())
                        .mapToObj(i -> new Draft(moves, without(hurries, i, 1), wrapped));
        Stream<Draft> simpler =
                IntStream.range(0, size)
                        .boxed()
                        .flatMap(
                                i ->
                                        moves.get(i)
                                                .simpler()
                                                .map(
                                                        move ->
                                                                new Draft(
                                                                        with(moves, i, move),
                                                                        hurries,
                                                                        wrapped)));
        Stream<Draft> calmer =
                IntStream.range(0, hurries.size())
                        .filter(i -> hurries.get(i).pause() > 0)
                        .mapToObj(
                                i ->
                                        new Draft(
                                                moves,
                                                with(hurries, i, hurries.get(i).atOnce()),
                                                wrapped));
        Stream<Draft> raw = wrapped ? Stream.of(new Draft(moves, hurries, false)) : Stream.of();
        return Stream.of(fewer, lessHurried, raw, simpler, calmer).flatMap(all -> all);
    }

    private static <E> List<E> without(List<E> list, int from, int count) {
        List<E> left = new ArrayList<>(list.subList(0, from));
        left.addAll(list.subList(Math.min(list.size(), from + count), list.size()));
        return left;
    }

    private static <E> List<E> with(List<E> list, int index, E element) {
        List<E> other = new ArrayList<>(list);
        other.set(index, element);
        return other;
    }
}
