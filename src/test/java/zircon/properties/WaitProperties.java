package zircon.properties;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import net.jqwik.api.statistics.StatisticsReport;

import zircon.PortPacket;
import zircon.SignalPacket;
import zircon.UserPacket;
import zircon.ZxError;
import zircon.jqwik.ZirconTries;

import java.util.List;
import java.util.Optional;

/// Random sequences of waits through a port and of what they wait for, against [WaitModel].
@ZirconTries
class WaitProperties {
    private static final int HANDLES = 2;
    private static final int KEYS = 2;
    private static final UserPacket FILLER = UserPacket.of(99);

    /// What is done to the event, its handles and the port.
    sealed interface Step {
        record Wait(int slot, long key, int trigger, boolean repeating) implements Step {}

        record Signal(int clear, int set) implements Step {}

        record Cancel(int slot, long key) implements Step {}

        /// Makes a handle, or replaces the one that is there.
        record Open(int slot) implements Step {}

        record Close(int slot) implements Step {}

        record Queue(long key) implements Step {}

        /// Queues until the port is full.
        record Fill() implements Step {}

        record Read() implements Step {}

        record ReadAll() implements Step {}

        /// Closes the port and makes another.
        record RenewPort() implements Step {}
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 400)
    @Label(
            "W-1, W-7, H-6, P-1, P-3, P-5, P-6, P-7, P-8, P-10, P-11, P-12, P-13, P-15: waits"
                    + " through a port agree with a model")
    void agreesWithTheModel(@ForAll("steps") List<Step> steps) {
        try (var system = new WaitSystem()) {
            var model = new WaitModel();
            for (Step step : steps) {
                int status = take(step, system, model);
                Statistics.label("step")
                        .collect(step.getClass().getSimpleName() + " " + Prediction.name(status));
            }
            readAll(system, model);
            Statistics.label("step").coverage(WaitProperties::requireAll);
            Statistics.label("packet").coverage(WaitProperties::requireAllPackets);
        }
    }

    private static void requireAll(StatisticsCoverage coverage) {
        for (String met :
                List.of(
                        "Wait OK",
                        "Wait BAD_HANDLE",
                        "Signal OK",
                        "Cancel OK",
                        "Cancel NOT_FOUND",
                        "Cancel BAD_HANDLE",
                        "Close OK",
                        "Queue SHOULD_WAIT",
                        "Fill SHOULD_WAIT",
                        "RenewPort OK")) {
            coverage.check(met).count(count -> count > 0);
        }
    }

    private static void requireAllPackets(StatisticsCoverage coverage) {
        coverage.check("once").count(count -> count > 0);
        coverage.check("repeating").count(count -> count > 0);
    }

    /// Takes a step on both sides; returns the status that both agree on.
    private static int take(Step step, WaitSystem system, WaitModel model) {
        return switch (step) {
            case Step.Wait(int slot, long key, int trigger, boolean repeating) ->
                    agree(
                            step,
                            model.waitAsync(slot, key, trigger, repeating),
                            system.waitAsync(slot, key, trigger, repeating));
            case Step.Signal(int clear, int set) ->
                    agree(step, model.signal(clear, set), system.signal(clear, set));
            case Step.Cancel(int slot, long key) ->
                    agree(step, model.cancel(slot, key), system.cancel(slot, key));
            case Step.Open(int slot) -> agree(step, model.open(slot), system.open(slot));
            case Step.Close(int slot) -> agree(step, model.close(slot), system.close(slot));
            case Step.Queue(long key) -> {
                UserPacket packet = UserPacket.of(key);
                yield agree(step, model.queue(packet), system.queue(packet));
            }
            case Step.Fill _ -> {
                int status = 0;
                while (status == 0) {
                    status = agree(step, model.queue(FILLER), system.queue(FILLER));
                }
                yield status;
            }
            case Step.Read _ -> read(system, model).isPresent() ? 0 : ZxError.TIMED_OUT.raw();
            case Step.ReadAll _ -> readAll(system, model);
            case Step.RenewPort _ -> agree(step, model.renewPort(), system.renewPort());
        };
    }

    private static int agree(Step step, int expected, int actual) {
        assertThat(actual).as("%s", step).isEqualTo(expected);
        return actual;
    }

    private static Optional<PortPacket> read(WaitSystem system, WaitModel model) {
        Optional<PortPacket> packet = system.read();
        assertThat(packet).isEqualTo(model.read());
        packet.ifPresent(WaitProperties::collect);
        return packet;
    }

    private static int readAll(WaitSystem system, WaitModel model) {
        Optional<PortPacket> packet = read(system, model);
        while (packet.isPresent()) {
            packet = read(system, model);
        }
        return 0;
    }

    private static void collect(PortPacket packet) {
        if (packet instanceof SignalPacket signals) {
            Statistics.label("packet").collect(signals.repeating() ? "repeating" : "once");
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> slots = Arbitraries.integers().between(0, HANDLES - 1);
        Arbitrary<Long> keys = Arbitraries.longs().between(0, KEYS - 1);
        // Three signals: two of the user's and the event's own.
        Arbitrary<Integer> masks =
                Arbitraries.integers()
                        .between(0, 7)
                        .map(bits -> (bits & 1) << 3 | (bits & 2) << 23 | (bits & 4) << 23);
        Arbitrary<Step> step =
                Arbitraries.frequencyOf(
                        Tuple.of(
                                10,
                                Combinators.combine(slots, keys, masks, Arbitraries.of(true, false))
                                        .as(Step.Wait::new)),
                        Tuple.of(16, Combinators.combine(masks, masks).as(Step.Signal::new)),
                        Tuple.of(6, Combinators.combine(slots, keys).as(Step.Cancel::new)),
                        Tuple.of(6, slots.map(Step.Open::new)),
                        Tuple.of(2, slots.map(Step.Close::new)),
                        Tuple.of(4, keys.map(Step.Queue::new)),
                        Tuple.of(1, Arbitraries.create(Step.Fill::new)),
                        Tuple.of(8, Arbitraries.create(Step.Read::new)),
                        Tuple.of(2, Arbitraries.create(Step.ReadAll::new)),
                        Tuple.of(1, Arbitraries.create(Step.RenewPort::new)));
        return step.list().ofMinSize(10).ofMaxSize(80);
    }
}
