package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;

/// Waits for one object, for many, and through a port.
final class WaitCases {
    private static final Signals SIGNALED = Signals.EVENT_SIGNALED;

    private WaitCases() {}

    static void everyEndOfAWaitTellsWhatWasObserved() {
        Event event = Event.adopt(5);
        var observed = new Signals(0x18);
        Fake.out(Fake.struct(0x18));
        assertThat(event.waitFor(SIGNALED, Deadline.INFINITE))
                .isEqualTo(new Wait.Satisfied(observed));
        Fake.status(ZxError.TIMED_OUT);
        assertThat(event.waitFor(SIGNALED, Deadline.PAST)).isEqualTo(new Wait.TimedOut(observed));
        Fake.status(ZxError.CANCELED);
        assertThat(event.waitFor(SIGNALED, new Deadline(7))).isEqualTo(new Wait.Canceled(observed));
        Fake.status(ZxError.ACCESS_DENIED);
        assertThat(event.waitFor(Signals.NONE, new Deadline(7)))
                .isEqualTo(new Wait.Refused(ZxError.ACCESS_DENIED));
        assertThat(Fake.log())
                .containsExactly(
                        "object_wait_one 5 8 9223372036854775807 out",
                        "object_wait_one 5 8 -9223372036854775808 out",
                        "object_wait_one 5 8 7 out",
                        "object_wait_one 5 0 7 out");
    }

    static void everyEndOfAWaitForManyTellsWhatWasObserved() {
        List<WaitItem> items =
                List.of(
                        new WaitItem(Event.adopt(5), SIGNALED),
                        new WaitItem(Job.adopt(6), Signals.JOB_NO_JOBS));
        List<Signals> observed = List.of(new Signals(0x18), new Signals(0x1000010));
        Fake.out(Fake.struct(0x18, 0x1000010));
        assertThat(Handle.waitMany(items, new Deadline(7)))
                .isEqualTo(new WaitMany.Satisfied(observed));
        Fake.status(ZxError.TIMED_OUT);
        assertThat(Handle.waitMany(items, new Deadline(7)))
                .isEqualTo(new WaitMany.TimedOut(observed));
        Fake.status(ZxError.CANCELED);
        assertThat(Handle.waitMany(items, new Deadline(7)))
                .isEqualTo(new WaitMany.Canceled(observed));
        Fake.status(ZxError.OUT_OF_RANGE);
        assertThat(Handle.waitMany(items, new Deadline(7)))
                .isEqualTo(new WaitMany.Refused(ZxError.OUT_OF_RANGE));
        String bytes = HexFormat.of().formatHex(Fake.struct(5, 8, 0, 6, 16, 0));
        assertThat(Fake.log())
                .hasSize(4)
                .allMatch(("object_wait_many <" + bytes + "> 2 7")::equals);
    }

    static void aWaitForNothingWaitsForTheDeadline() {
        Fake.status(ZxError.TIMED_OUT);
        assertThat(Handle.waitMany(List.of(), new Deadline(7)))
                .isEqualTo(new WaitMany.TimedOut(List.of()));
        assertThat(Fake.log()).containsExactly("object_wait_many <> 0 7");
    }

    static void aClosedHandleAmongManyIsBadHandleWithoutACall() {
        Event closed = Event.adopt(6);
        closed.close();
        Fake.reset();
        List<WaitItem> items =
                List.of(new WaitItem(Event.adopt(5), SIGNALED), new WaitItem(closed, SIGNALED));
        assertThat(Handle.waitMany(items, Deadline.PAST))
                .isEqualTo(new WaitMany.Refused(ZxError.BAD_HANDLE));
        assertThat(Fake.log()).isEmpty();
    }

    static void onlyASatisfiedWaitHasSomethingToReturn() {
        List<Signals> observed = List.of(SIGNALED);
        assertThat(new WaitMany.Satisfied(observed).orElseThrow()).isEqualTo(observed);
        assertThatThrownBy(new WaitMany.TimedOut(observed)::orElseThrow)
                .hasMessage("ZX_ERR_TIMED_OUT (-21)");
        assertThatThrownBy(new WaitMany.Canceled(observed)::orElseThrow)
                .hasMessage("ZX_ERR_CANCELED (-23)");
        assertThat(new Wait.Satisfied(SIGNALED).orElseThrow()).isEqualTo(SIGNALED);
        assertThatThrownBy(new Wait.TimedOut(SIGNALED)::orElseThrow)
                .hasMessage("ZX_ERR_TIMED_OUT (-21)");
        assertThatThrownBy(new Wait.Canceled(SIGNALED)::orElseThrow)
                .hasMessage("ZX_ERR_CANCELED (-23)");
    }

    static void waitsThroughAPortAreBegunAndCanceled() {
        Event event = Event.adopt(5);
        Port port = Port.adopt(6);
        assertThat(event.waitAsync(port, -1, SIGNALED, WaitMode.ONCE)).isEqualTo(Ok.UNIT);
        assertThat(event.waitAsync(port, 7, SIGNALED, WaitMode.REPEATING)).isEqualTo(Ok.UNIT);
        assertThat(port.cancel(event, -1)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "object_wait_async 5 6 -1 8 0",
                        "object_wait_async 5 6 7 8 1",
                        "port_cancel 6 5 -1");
    }
}
