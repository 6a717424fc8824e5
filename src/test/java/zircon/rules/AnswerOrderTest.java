package zircon.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import zircon.ExceptionPortType;
import zircon.Handle;
import zircon.Port;
import zircon.Rights;
import zircon.ZxThread;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;
import zircon.sys.zircon_h;

import java.util.Map;
import java.util.stream.Stream;

/// The order of the checks of `zx_task_resume_from_exception`, by raw calls: the wrapper passes no
/// strange options and no handles of wrong types.
class AnswerOrderTest extends KernelFixture {
    // Rows: options and port. Columns: the thread. asking: it waits in an exception for the answer
    // of
    // `right`. none: the number 0. closed: a number that was a handle.
    private static final String ANSWER =
            """
            options  port  |none closed event port job process|new sleeping dead|asking
            0        none  |BH   BH     WT    WT   WT  WT     |BH  BH       BH  |BH
            0        closed|BH   BH     WT    WT   WT  WT     |BH  BH       BH  |BH
            0        event |BH   BH     WT    WT   WT  WT     |WT  WT       WT  |WT
            0        wrong |BH   BH     WT    WT   WT  WT     |BS  BS       BS  |AD
            0        right |BH   BH     WT    WT   WT  WT     |BS  BS       BS  |OK
            2        none  |BH   BH     WT    WT   WT  WT     |BH  BH       BH  |BH
            2        closed|BH   BH     WT    WT   WT  WT     |BH  BH       BH  |BH
            2        event |BH   BH     WT    WT   WT  WT     |WT  WT       WT  |WT
            2        wrong |BH   BH     WT    WT   WT  WT     |BS  BS       BS  |AD
            2        right |BH   BH     WT    WT   WT  WT     |BS  BS       BS  |OK
            1        none  |BH   BH     WT    WT   WT  WT     |BH  BH       BH  |BH
            1        event |BH   BH     WT    WT   WT  WT     |WT  WT       WT  |WT
            1        wrong |BH   BH     WT    WT   WT  WT     |IA  IA       IA  |IA
            1        right |BH   BH     WT    WT   WT  WT     |IA  IA       IA  |IA
            3        right |BH   BH     WT    WT   WT  WT     |IA  IA       IA  |IA
            4        right |BH   BH     WT    WT   WT  WT     |IA  IA       IA  |IA
            80000000 right |BH   BH     WT    WT   WT  WT     |IA  IA       IA  |IA
            ffffffff none  |BH   BH     WT    WT   WT  WT     |BH  BH       BH  |BH
            """;

    static Stream<Arguments> rows() {
        return Tables.rows(ANSWER);
    }

    @DisplayName("X-9, X-13: the first failing check decides, and a failure changes nothing (X-12)")
    @ParameterizedTest(name = "options {0}, port {1}")
    @MethodSource("rows")
    void order(int options, String port, Map<String, Integer> expected) {
        expected.forEach(
                (thread, status) -> check(options, port, thread, status, Rights.SAME_RIGHTS));
    }

    @DisplayName("X-10: no right is needed on port or thread")
    @ParameterizedTest(name = "options {0}, port {1}")
    @MethodSource("rows")
    void orderWithoutRights(int options, String port, Map<String, Integer> expected) {
        expected.forEach((thread, status) -> check(options, port, thread, status, Rights.NONE));
    }

    private void check(int options, String portName, String name, int expected, Rights rights) {
        Port right = scope.port();
        Handle target = target(name, right);

        int status =
                zircon_h.zx_task_resume_from_exception(
                        number(name, target, rights),
                        number(portName, port(portName, right), rights),
                        options);

        assertThat(status).as("thread: %s", name).isEqualTo(expected);
        if (name.equals("asking")) {
            requireFollows((ZxThread) target, right, expected == 0, options);
        }
    }

    /// "Handled" was said of a fault that is still there, so it comes again; "try next" was
    /// said with no next.
    private static void requireFollows(ZxThread asking, Port port, boolean answered, int options) {
        if (answered && options != 0) {
            Guest.awaitEnd(asking);
        } else {
            if (answered) {
                var _ = Packets.exception(port);
            }
            requireWaiting(asking, ExceptionPortType.Known.THREAD);
        }
        Packets.requireNone(port);
    }

    /// A closed handle's number, 0, or the number of a handle with these rights.
    private int number(String name, Handle handle, Rights rights) {
        return switch (name) {
            case "none" -> 0;
            case "closed" -> {
                Handle closed = scope.event();
                int number = closed.raw();
                closed.close();
                yield number;
            }
            default -> scope.own(handle.duplicate(rights).orElseThrow()).raw();
        };
    }

    private Handle port(String name, Port right) {
        return switch (name) {
            case "right" -> right;
            case "wrong" -> scope.port();
            default -> scope.event();
        };
    }

    private Handle target(String name, Port right) {
        return switch (name) {
            case "none", "closed", "event" -> scope.event();
            case "port" -> right;
            case "job" -> scope.job();
            case "process" -> asking(right).process();
            case "new" -> bound(right).thread();
            case "sleeping" -> {
                Guest guest = scope.guest();
                guest.sleep();
                yield guest.thread();
            }
            case "dead" -> {
                Guest guest = asking(right);
                var _ = guest.process().kill().orElseThrow();
                Guest.awaitEnd(guest.thread());
                yield guest.thread();
            }
            case "asking" -> asking(right).thread();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Guest bound(Port right) {
        Guest guest = scope.guest();
        var _ = guest.thread().bindExceptionPort(right, 1).orElseThrow();
        return guest;
    }

    private Guest asking(Port right) {
        Guest guest = bound(right);
        guest.fault();
        var _ = Packets.exception(right);
        return guest;
    }
}
