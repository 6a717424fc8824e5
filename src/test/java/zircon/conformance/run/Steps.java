package zircon.conformance.run;

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

/// Lists of steps that shrink as programs should: first any run of steps is taken away, long ones
/// before short ones, and then single steps become simpler. jqwik's own lists lose steps at their
/// ends alone.
final class Steps {
    private static final int GENERATION_SIZE = 1000;

    private Steps() {}

    /// Lists whose lengths are all equally likely.
    ///
    /// @param step what is in them
    /// @param least the length of the shortest
    /// @param most the length of the longest
    /// @return all of them
    static <T> Arbitrary<List<T>> listOf(Arbitrary<T> step, int least, int most) {
        return Arbitraries.fromGenerator(
                new RandomGenerator<>() {
                    @Override
                    public Shrinkable<List<T>> next(Random random) {
                        RandomGenerator<T> generator = step.generator(GENERATION_SIZE);
                        int length = random.nextInt(least, most + 1);
                        return new Shrinking<>(
                                Stream.generate(() -> generator.next(random))
                                        .limit(length)
                                        .toList(),
                                least,
                                new Point(true, length / 2, length));
                    }
                });
    }

    /// Where the search for a smaller list is: whoever succeeds there goes on there, since what was
    /// needed before is mostly needed still. All else is tried after that.
    ///
    /// @param cuts whether steps are taken away; else they become simpler
    /// @param length how many at once
    /// @param at which
    private record Point(boolean cuts, int length, int at) {}

    private record Shrinking<T>(List<Shrinkable<T>> steps, int least, Point point)
            implements Shrinkable<List<T>> {
        @Override
        public List<T> value() {
            return steps.stream().map(Shrinkable::value).toList();
        }

        @Override
        public Stream<Shrinkable<List<T>>> shrink() {
            return point.cuts
                    ? Stream.of(
                                    cut(point.length, point.at),
                                    shorter(point.length / 2),
                                    shorter(steps.size() / 2),
                                    simpler(0))
                            .flatMap(Function.identity())
                    : Stream.of(simpler(point.at), simpler(0), shorter(steps.size() / 2))
                            .flatMap(Function.identity());
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.forCollection(List.copyOf(steps));
        }

        private Stream<Shrinkable<List<T>>> shorter(int most) {
            return IntStream.iterate(Math.max(most, 1), length -> length > 0, length -> length / 2)
                    .boxed()
                    .flatMap(length -> cut(length, steps.size() - length));
        }

        /// From the end: what comes late depends on what was before, not the other way round.
        private Stream<Shrinkable<List<T>>> cut(int length, int last) {
            return steps.size() - length < least || length < 1
                    ? Stream.empty()
                    : IntStream.iterate(
                                    Math.min(last, steps.size() - length),
                                    at -> at >= 0,
                                    at -> at - length)
                            .mapToObj(at -> without(at, length));
        }

        private Shrinkable<List<T>> without(int at, int length) {
            List<Shrinkable<T>> left = new ArrayList<>(steps);
            left.subList(at, at + length).clear();
            return new Shrinking<>(left, least, new Point(true, length, at - length));
        }

        private Stream<Shrinkable<List<T>>> simpler(int from) {
            return IntStream.range(from, steps.size())
                    .boxed()
                    .flatMap(at -> steps.get(at).shrink().map(step -> with(at, step)));
        }

        private Shrinkable<List<T>> with(int at, Shrinkable<T> step) {
            List<Shrinkable<T>> changed = new ArrayList<>(steps);
            changed.set(at, step);
            return new Shrinking<>(changed, least, new Point(false, 1, at));
        }
    }
}
