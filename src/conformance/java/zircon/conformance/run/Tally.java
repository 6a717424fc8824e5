package zircon.conformance.run;

import zircon.conformance.Evidence;
import zircon.conformance.report.Asked;
import zircon.conformance.report.Call;
import zircon.conformance.report.Exchange;
import zircon.conformance.report.Feature;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/// Counts what the trials of a property show.
final class Tally implements Evidence {
    private final Map<Call.Key, Long> calls = new ConcurrentHashMap<>();
    private final Map<Exchange.Key, Long> exchanges = new ConcurrentHashMap<>();
    private final Map<Asked.Key, Long> asked = new ConcurrentHashMap<>();
    private final Map<Feature.Key, Long> features = new ConcurrentHashMap<>();
    private final IntConsumer steps;

    /// @param steps gets the number of each step that begins
    Tally(IntConsumer steps) {
        this.steps = steps;
    }

    @Override
    public void begins(int number) {
        steps.accept(number);
    }

    @Override
    public void call(String call, String condition, String expected, String actual) {
        count(calls, new Call.Key(call, condition, expected, actual));
    }

    @Override
    public void exchange(String from, String event, String to) {
        count(exchanges, new Exchange.Key(from, event, to));
    }

    @Override
    public void asked(int place, String level) {
        count(asked, new Asked.Key(place, level));
    }

    @Override
    public void classify(String what, String value) {
        count(features, new Feature.Key(what, value));
    }

    List<Call> calls() {
        return counted(calls, Call::new);
    }

    List<Exchange> exchanges() {
        return counted(exchanges, Exchange::new);
    }

    List<Asked> asked() {
        return counted(asked, Asked::new);
    }

    List<Feature> features() {
        return counted(features, Feature::new);
    }

    private static <K> void count(Map<K, Long> counts, K key) {
        counts.merge(key, 1L, Long::sum);
    }

    /// In order, so that equal runs have equal reports.
    private static <K extends Comparable<K>, T> List<T> counted(
            Map<K, Long> counts, BiFunction<K, Long, T> make) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> make.apply(entry.getKey(), entry.getValue()))
                .toList();
    }
}
