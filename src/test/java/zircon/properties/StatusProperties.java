package zircon.properties;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import zircon.Channel;
import zircon.Handle;
import zircon.Port;
import zircon.Rights;
import zircon.Task;
import zircon.Vmar;
import zircon.ZxError;
import zircon.jqwik.ZirconTries;
import zircon.kit.Guest;
import zircon.kit.Packets;
import zircon.kit.Scope;
import zircon.properties.Prediction.Named;
import zircon.sys.zircon_h;

/// The statuses of binding, unbinding and answering against [Prediction], for arguments of all
/// kinds.
@ZirconTries
class StatusProperties {
    private static final int DEBUGGER = 1;

    enum Life {
        NEW,
        SLEEPING,
        ASKING
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 800, edgeCases = EdgeCasesMode.NONE)
    @Label(
            "B-2, B-3, B-4, B-12: the status of every bind and unbind is the one of section 8's"
                    + " order")
    void bindAndUnbind(
            @ForAll("targets") Named target,
            @ForAll Life life,
            @ForAll boolean killed,
            @ForAll("ports") Named port,
            @ForAll("bindOptions") int options,
            @ForAll boolean generalTaken,
            @ForAll boolean debuggerTaken,
            @ForAll boolean allRights) {
        try (var scope = new Scope()) {
            Port holder = scope.port();
            Handle handle = make(scope, target, life, holder);
            boolean mayDebug = target == Named.JOB || target == Named.PROCESS;
            boolean general = target.isTask() && (generalTaken || asks(target, life));
            prepare(handle, holder, general && !asks(target, life), 0);
            prepare(handle, holder, mayDebug && debuggerTaken, DEBUGGER);
            boolean dead = killed && kill(target, life, handle);
            boolean taken = options == DEBUGGER ? mayDebug && debuggerTaken : general;
            var call = new Prediction.Binding(target, dead, port, options, taken);

            int status =
                    zircon_h.zx_task_bind_exception_port(
                            number(scope, handle, target, allRights),
                            number(scope, other(scope, port), port, allRights),
                            7,
                            options);

            assertThat(status).isEqualTo(call.status());
            if (target.isTask() && (options == 0 || (options == DEBUGGER && mayDebug))) {
                assertThat(zircon_h.zx_task_bind_exception_port(handle.raw(), 0, 0, options))
                        .isEqualTo(call.slotTakenAfterwards() ? 0 : ZxError.BAD_STATE.raw());
            }
            boolean unbind = port == Named.NOTHING;
            Statistics.label(unbind ? "unbind" : "bind").collect(Prediction.name(status));
            Statistics.label("target").collect(target, target.isTask() ? life : "-", dead);
            requireAll("bind", "OK", "INVALID_ARGS", "BAD_HANDLE", "WRONG_TYPE");
            requireAll("bind", "NOT_FOUND", "ALREADY_BOUND");
            requireAll("unbind", "OK", "INVALID_ARGS", "BAD_HANDLE", "WRONG_TYPE", "BAD_STATE");
        }
    }

    private static void requireAll(String label, String... statuses) {
        Statistics.label(label)
                .coverage(
                        coverage -> {
                            for (String status : statuses) {
                                coverage.check(status).count(count -> count > 0);
                            }
                        });
    }

    /// Kills what is a task, and says whether that ended it: new threads do not end (T-3), and jobs
    /// are never dead to a binding (B-6).
    private static boolean kill(Named target, Life life, Handle handle) {
        if (handle instanceof Task task) {
            var _ = task.kill().orElseThrow();
            if (target == Named.PROCESS || (target == Named.THREAD && life != Life.NEW)) {
                Guest.awaitEnd(task);
                return true;
            }
        }
        return false;
    }

    /// A thread that asks does so through its own general slot.
    private static boolean asks(Named target, Life life) {
        return target == Named.THREAD && life == Life.ASKING;
    }

    private static void prepare(Handle task, Port holder, boolean taken, int options) {
        if (taken) {
            assertThat(zircon_h.zx_task_bind_exception_port(task.raw(), holder.raw(), 0, options))
                    .isZero();
        }
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label("X-9, X-10, X-13: the status of every answer is the one of section 9.3's order")
    void answer(
            @ForAll("threads") Named target,
            @ForAll Life life,
            @ForAll boolean killed,
            @ForAll("answeringPorts") Named port,
            @ForAll boolean rightPort,
            @ForAll("resumeOptions") int options,
            @ForAll boolean allRights) {
        try (var scope = new Scope()) {
            Port asked = scope.port();
            Handle handle = make(scope, target, life, asked);
            boolean dead = killed && kill(target, life, handle);
            boolean asking = asks(target, life) && !dead;
            var call = new Prediction.Answer(target, asking, port, rightPort, options);
            Handle from = port == Named.PORT && rightPort ? asked : other(scope, port);

            int status =
                    zircon_h.zx_task_resume_from_exception(
                            number(scope, handle, target, allRights),
                            number(scope, from, port, allRights),
                            options);

            assertThat(status).isEqualTo(call.status());
            Statistics.label("answer").collect(Prediction.name(status));
            Statistics.label("target").collect(target, target.isTask() ? life : "-", dead);
            requireAll("answer", "OK", "INVALID_ARGS", "BAD_HANDLE", "WRONG_TYPE");
            requireAll("answer", "BAD_STATE", "ACCESS_DENIED");
        }
    }

    /// A closed handle's number, 0, or a number of the handle with all rights or none.
    private static int number(Scope scope, Handle handle, Named named, boolean allRights) {
        if (named == Named.NOTHING) {
            return 0;
        }
        if (named == Named.CLOSED) {
            int number = handle.raw();
            handle.close();
            return number;
        }
        if (handle instanceof Channel) { // cannot be duplicated
            return handle.raw();
        }
        Rights rights = allRights ? Rights.SAME_RIGHTS : Rights.NONE;
        return scope.own(handle.duplicate(rights).orElseThrow()).raw();
    }

    /// What a port argument names, which is another object than everything else here.
    private static Handle other(Scope scope, Named named) {
        return make(scope, named, Life.NEW, scope.port());
    }

    private static Handle make(Scope scope, Named named, Life life, Port asked) {
        return switch (named) {
            case NOTHING, CLOSED, EVENT -> scope.event();
            case CHANNEL -> scope.own(Channel.create().orElseThrow()).first();
            case VMAR -> scope.own(Vmar.rootSelf().orElseThrow());
            case PORT -> scope.port();
            case JOB -> scope.job();
            case PROCESS -> guest(scope, life, asked).process();
            case THREAD -> guest(scope, life, asked).thread();
        };
    }

    private static Guest guest(Scope scope, Life life, Port asked) {
        Guest guest = scope.guest();
        switch (life) {
            case NEW -> {}
            case SLEEPING -> guest.sleep();
            case ASKING -> {
                var _ = guest.thread().bindExceptionPort(asked, 1).orElseThrow();
                guest.fault();
                Packets.settle();
            }
        }
        return guest;
    }

    @Provide
    Arbitrary<Named> targets() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(Named.JOB, Named.PROCESS, Named.THREAD)),
                Tuple.of(1, Arbitraries.of(Named.class)));
    }

    @Provide
    Arbitrary<Named> ports() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(Named.PORT, Named.NOTHING)),
                Tuple.of(1, Arbitraries.of(Named.class)));
    }

    @Provide
    Arbitrary<Named> threads() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Named.THREAD)),
                Tuple.of(1, Arbitraries.of(Named.class)));
    }

    @Provide
    Arbitrary<Named> answeringPorts() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Named.PORT)),
                Tuple.of(1, Arbitraries.of(Named.class)));
    }

    @Provide
    Arbitrary<Integer> bindOptions() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.of(0, DEBUGGER)),
                Tuple.of(1, Arbitraries.of(2, 3, -1, Integer.MIN_VALUE)),
                Tuple.of(1, Arbitraries.integers()));
    }

    @Provide
    Arbitrary<Integer> resumeOptions() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.of(0, 2)),
                Tuple.of(1, Arbitraries.of(1, 3, 4, -1, Integer.MIN_VALUE)),
                Tuple.of(1, Arbitraries.integers()));
    }
}
