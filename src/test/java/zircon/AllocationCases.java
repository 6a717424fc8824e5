package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import zircon.kit.Allocations;

import java.util.List;

/// Calls of numbers alone allocate nothing, whether they succeed or are refused for a documented
/// reason.
final class AllocationCases {
    private static final int WARM_UP = 30_000;
    private static final int CALLS = 50_000;
    // What the measurement itself and the JVM's own odds and ends may take; one object per call
    // would be 16 times CALLS.
    private static final long SLACK = CALLS;

    private AllocationCases() {}

    static void callsOfNumbersAllocateNothing() {
        Port port = Port.adopt(5);
        Job job = Job.adopt(6);
        ZxThread thread = ZxThread.adopt(7);
        Event event = Event.adopt(8);
        Channel channel = Channel.adopt(9);
        for (Status status : List.of(ZxError.ALREADY_BOUND, ZxError.BAD_STATE)) {
            measure("bind", status, () -> job.bindExceptionPort(port, 1));
            measure("unbind", status, () -> job.unbindExceptionPort(ExceptionPortKind.DEBUGGER));
            measure("kill", status, job::kill);
            measure("resume", status, () -> thread.resumeFromException(port, Resume.TRY_NEXT));
            measure("start", status, () -> thread.start(1, 2, 3, 4));
            measure("signal", status, () -> event.signal(Signals.NONE, Signals.EVENT_SIGNALED));
            measure(
                    "signal peer",
                    status,
                    () -> channel.signalPeer(Signals.NONE, Signals.USER_ALL));
            measure(
                    "wait async",
                    status,
                    () -> event.waitAsync(port, 1, Signals.EVENT_SIGNALED, WaitMode.ONCE));
            measure("port cancel", status, () -> port.cancel(event, 1));
            measure("check valid", status, event::checkValid);
            measure("nanosleep", status, () -> Clock.nanosleep(Deadline.PAST));
        }
    }

    static void callsOnClosedHandlesAllocateNothing() {
        Port port = Port.adopt(5);
        port.close();
        Job job = Job.adopt(6);
        try (var buffer = new PacketBuffer()) {
            measure("bind", ZxError.BAD_HANDLE, () -> job.bindExceptionPort(port, 1));
            measure("wait", ZxError.BAD_HANDLE, () -> port.waitFor(Deadline.PAST, buffer));
        }
    }

    static void waitingIntoABufferAllocatesNothing() {
        Port port = Port.adopt(5);
        try (var buffer = new PacketBuffer()) {
            Fake.out(Fake.struct(9L, 0x108, 0, 1L, 2L, 0L, 0L));
            measure("port wait", ZxError.TIMED_OUT, () -> port.waitFor(Deadline.PAST, buffer));
            measure(
                    "koids",
                    ZxError.TIMED_OUT,
                    () -> {
                        long sum = buffer.key() + buffer.word(0) + buffer.word(1);
                        return sum == 12 && buffer.isException() ? Ok.UNIT : ZxError.INTERNAL.err();
                    });
        }
    }

    private interface Call {
        Result<Unit> make();
    }

    private static void measure(String name, Status refusal, Call call) {
        for (int status : new int[] {0, refusal.raw()}) {
            Fake.status(status);
            var _ = repeat(call, WARM_UP);
            long before = Allocations.ofThisThread();
            Result<Unit> last = repeat(call, CALLS);
            long allocated = Allocations.ofThisThread() - before;
            assertThat(allocated).as("bytes for %s, %s", name, last).isLessThan(SLACK);
        }
    }

    private static Result<Unit> repeat(Call call, int times) {
        Result<Unit> last = Ok.UNIT;
        for (int i = 0; i < times; i++) {
            last = call.make();
        }
        return last;
    }
}
