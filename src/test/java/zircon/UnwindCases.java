package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The end of a guest that is written in Java.
final class UnwindCases {
    private static final int KILLED = -502;

    private UnwindCases() {}

    static void closingByAKilledThreadLeavesItsCode() {
        Port port = Port.adopt(5);
        Fake.status(KILLED);
        assertThatThrownBy(port::close).isInstanceOf(GuestUnwind.class);
        assertThat(Fake.log()).containsExactly("handle_close 5");
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
