package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import zircon.Handle;
import zircon.Job;
import zircon.Port;
import zircon.Rights;
import zircon.Task;
import zircon.ZxError;
import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;
import zircon.sys.zircon_h;

import java.util.Map;
import java.util.stream.Stream;

/// The order of the checks of `zx_task_bind_exception_port`, by raw calls: the wrapper passes
/// neither port 0 nor strange options.
class BindOrderTest extends KernelFixture {
    private static final int DEBUGGER = 1;

    // Rows: options and port. Columns: the task, and whether the slot that is meant is taken.
    // none: the number 0. closed: a number that was a handle.
    private static final String BIND_AND_UNBIND =
            """
            options port  |none closed event port job process thread|deadProcess deadThread|takenJob takenProcess takenThread|takenDeadProcess takenDeadThread
            2        port  |IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            2        closed|IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            2        event |IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            2        none  |IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            3        port  |IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            3        none  |IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            80000000 port  |IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            ffffffff none  |IA   IA     IA    IA   IA  IA      IA    |IA          IA        |IA       IA           IA         |IA               IA
            0        closed|BH   BH     BH    BH   BH  BH      BH    |BH          BH        |BH       BH           BH         |BH               BH
            1        closed|BH   BH     BH    BH   BH  BH      BH    |BH          BH        |BH       BH           BH         |BH               BH
            0        event |WT   WT     WT    WT   WT  WT      WT    |WT          WT        |WT       WT           WT         |WT               WT
            1        event |WT   WT     WT    WT   WT  WT      WT    |WT          WT        |WT       WT           WT         |WT               WT
            0        port  |BH   BH     WT    WT   OK  OK      OK    |NF          NF        |AB       AB           AB         |NF               NF
            1        port  |BH   BH     WT    WT   OK  OK      IA    |NF          IA        |AB       AB           IA         |NF               IA
            0        none  |BH   BH     WT    WT   BS  BS      BS    |BS          BS        |OK       OK           OK         |OK               OK
            1        none  |BH   BH     WT    WT   BS  BS      IA    |BS          IA        |OK       OK           IA         |OK               IA
            """;

    static Stream<Arguments> rows() {
        return Tables.rows(BIND_AND_UNBIND);
    }

    @DisplayName("B-2, B-3: the first failing check decides, and a failure changes nothing (B-12)")
    @ParameterizedTest(name = "options {0}, port {1}")
    @MethodSource("rows")
    void order(int options, String port, Map<String, Integer> expected) {
        expected.forEach((task, status) -> check(options, port, task, status, Rights.SAME_RIGHTS));
    }

    @DisplayName("B-4: no right is needed on port or task")
    @ParameterizedTest(name = "options {0}, port {1}")
    @MethodSource("rows")
    void orderWithoutRights(int options, String port, Map<String, Integer> expected) {
        expected.forEach((task, status) -> check(options, port, task, status, Rights.NONE));
    }

    private void check(int options, String portName, String taskName, int expected, Rights rights) {
        Port port = scope.port();
        Port holder = scope.port();
        boolean taken = taskName.startsWith("taken");
        Handle target = target(taskName, options, port, holder);

        int status =
                zircon_h.zx_task_bind_exception_port(
                        number(taskName, target, rights),
                        number(portName, portName.equals("event") ? scope.event() : port, rights),
                        77,
                        options);

        assertThat(status).as("task: %s", taskName).isEqualTo(expected);
        if (target instanceof Task) {
            boolean bind = !portName.equals("none");
            boolean filled = expected == 0 ? bind : taken;
            assertThat(
                            zircon_h.zx_task_bind_exception_port(
                                    target.raw(), 0, 0, slot(options, taskName)))
                    .as("task: %s, unbinding afterwards", taskName)
                    .isEqualTo(filled ? 0 : ZxError.BAD_STATE.raw());
        }
        Packets.requireNone(port);
    }

    /// A closed handle's number, 0, or the number of a handle with these rights.
    private int number(String name, Handle handle, Rights rights) {
        return switch (name) {
            case "none" -> 0;
            case "closed" -> closed();
            default -> scope.own(handle.duplicate(rights).orElseThrow()).raw();
        };
    }

    private int closed() {
        Handle handle = scope.event();
        int number = handle.raw();
        handle.close();
        return number;
    }

    /// The slot that the call is about, if it is about one.
    private static int slot(int options, String task) {
        return options == DEBUGGER && !task.endsWith("Thread") && !task.equals("thread")
                ? DEBUGGER
                : 0;
    }

    private Handle target(String name, int options, Port port, Port holder) {
        return switch (name) {
            case "port" -> port;
            case "none", "closed", "event" -> scope.event();
            case "job" -> scope.job();
            case "process" -> scope.guest().process();
            case "thread" -> scope.guest().thread();
            case "deadProcess" -> dead(scope.guest()).process();
            case "deadThread" -> dead(faulted(scope.guest())).thread();
            case "takenJob" -> take(scope.job(), options, name, holder);
            case "takenProcess" -> take(scope.guest().process(), options, name, holder);
            case "takenThread" -> take(scope.guest().thread(), options, name, holder);
            case "takenDeadProcess" -> {
                Guest guest = scope.guest();
                Task process = take(guest.process(), options, name, holder);
                var _ = dead(guest);
                yield process;
            }
            case "takenDeadThread" -> {
                Guest guest = scope.guest();
                Task thread = take(guest.thread(), options, name, holder);
                var _ = dead(faulted(guest));
                yield thread;
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Task take(Task task, int options, String name, Port holder) {
        assertThat(
                        zircon_h.zx_task_bind_exception_port(
                                task.raw(), holder.raw(), 1, slot(options, name)))
                .isZero();
        return task;
    }

    private static Guest faulted(Guest guest) {
        guest.fault();
        Packets.settle();
        return guest;
    }

    private static Guest dead(Guest guest) {
        var _ = guest.process().kill().orElseThrow();
        Guest.awaitEnd(guest.process());
        return guest;
    }

    @DisplayName("B-2: NO_MEMORY comes after the task's type and before its death and its binding")
    @ParameterizedTest(name = "task {0}, options {1}: {2}")
    @CsvSource({
        "job,              0, NO_MEMORY",
        "thread,           0, NO_MEMORY",
        "deadProcess,      1, NO_MEMORY",
        "deadThread,       0, NO_MEMORY",
        "takenJob,         1, NO_MEMORY",
        "takenThread,      0, NO_MEMORY",
        "takenDeadProcess, 0, NO_MEMORY",
        "thread,           1, INVALID_ARGS",
        "event,            0, WRONG_TYPE",
        "closed,           0, BAD_HANDLE",
        "process,          2, INVALID_ARGS"
    })
    void memory(String taskName, int options, ZxError expected) {
        Port port = scope.port();
        Handle target = target(taskName, options, port, scope.port());
        int task = taskName.equals("closed") ? closed() : target.raw();

        HostEmulation.instance().failAllocation(1);
        int status = zircon_h.zx_task_bind_exception_port(task, port.raw(), 1, options);
        HostEmulation.instance().failAllocation(0);

        assertThat(status).isEqualTo(expected.raw());
        if (target instanceof Task) {
            assertThat(
                            zircon_h.zx_task_bind_exception_port(
                                    target.raw(), 0, 0, slot(options, taskName)))
                    .isEqualTo(taskName.startsWith("taken") ? 0 : ZxError.BAD_STATE.raw());
        }
    }

    @Test
    @DisplayName("B-3: no memory is needed to unbind, and a second unbind is BAD_STATE")
    void unbindTwice() {
        Job job = scope.job();
        var _ = job.bindExceptionPort(scope.port(), 1).orElseThrow();

        HostEmulation.instance().failAllocation(1);
        int first = zircon_h.zx_task_bind_exception_port(job.raw(), 0, /* key= */ -1, 0);
        HostEmulation.instance().failAllocation(0);

        assertThat(first).isZero();
        assertThat(zircon_h.zx_task_bind_exception_port(job.raw(), 0, 0, 0))
                .isEqualTo(ZxError.BAD_STATE.raw());
    }
}
