package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import java.util.List;

/// The end of a guest that is written in Java.
final class UnwindCases {
    private static final int KILLED = -502;

    private UnwindCases() {}

    static void everyCallOfAKilledThreadLeavesItsCode() {
        Port port = Port.adopt(5);
        List<ThrowingCallable> calls =
                List.of(
                        () -> Job.adopt(6).kill(),
                        () -> Job.adopt(6).createJob(),
                        () -> Job.adopt(6).createProcess("p"),
                        () -> Job.adopt(6).processes(),
                        () -> Job.adopt(6).name(),
                        () -> Job.adopt(6).setName("n"),
                        () -> Job.adopt(6).bindExceptionPort(port, 1),
                        () -> ZxProcess.adopt(6).info(),
                        () -> ZxThread.adopt(6).readGeneralRegisters(),
                        () -> ZxThread.adopt(6).resumeFromException(port, Resume.HANDLED),
                        () -> port.waitFor(Deadline.INFINITE),
                        () -> port.waitFor(Signals.NONE, Deadline.INFINITE),
                        () -> port.duplicate(Rights.IO),
                        () -> Port.adopt(7).replace(Rights.IO),
                        () -> Channel.adopt(6).read(),
                        () -> Channel.adopt(6).write(new byte[0]),
                        () -> Channel.create(),
                        () -> EventPair.create(),
                        () -> Clock.nanosleep(Deadline.PAST),
                        () -> Clock.utc(),
                        () -> Zircon.systemVersion(),
                        () -> Port.adopt(7).close());
        Fake.status(KILLED);
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(GuestUnwind.class);
        }
        assertThat(Fake.log()).hasSize(calls.size());
    }

    static void handlesThatAreClosedOnTheWayOutDoNotHideTheEnd() {
        assertThatThrownBy(
                        () -> {
                            try (Port port = Port.adopt(5)) {
                                Fake.status(KILLED);
                                var _ = port.queue(UserPacket.of(1));
                            }
                        })
                .isInstanceOf(GuestUnwind.class);
        assertThat(Fake.log()).hasSize(2).contains("handle_close 5");
    }

    static void theNumberItselfIsAStatusLikeAnyOther() {
        assertThat(Status.of(KILLED)).isEqualTo(new OtherStatus(KILLED));
        assertThat(Result.of(KILLED)).isEqualTo(new Err<>(new OtherStatus(KILLED)));
    }

    static void exitNeverReturns() {
        assertThatThrownBy(ZxThread::exit).isInstanceOf(GuestUnwind.class);
        assertThatThrownBy(() -> ZxProcess.exit(-3)).isInstanceOf(GuestUnwind.class);
        assertThat(Fake.log()).containsExactly("thread_exit", "process_exit -3");
    }

    static void theEndHasNoStackTrace() {
        assertThat(new GuestUnwind().getStackTrace()).isEmpty();
    }
}
