package zircon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import zircon.Deadline;
import zircon.ExceptionPortKind;
import zircon.ExceptionServer;
import zircon.ExceptionType;
import zircon.Job;
import zircon.Ok;
import zircon.Result;
import zircon.Rights;
import zircon.Task;
import zircon.Unit;
import zircon.Verdict;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.emulation.GuestFaults;
import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.ServerFixture;

import java.util.List;

/// What a server says to being bound, unbound and asked after its close.
class BindingTest extends ServerFixture {
    private static final Result<Unit> ACCESS_DENIED = ZxError.ACCESS_DENIED.err();
    private static final Result<Unit> ALREADY_BOUND = ZxError.ALREADY_BOUND.err();
    private static final Result<Unit> BAD_HANDLE = ZxError.BAD_HANDLE.err();
    private static final Result<Unit> BAD_STATE = ZxError.BAD_STATE.err();

    @Test
    void everySlotIsBoundAndUnboundByItself() {
        Guest guest = scope.guest();
        Job job = scope.job();
        ExceptionServer server = server();
        for (Task task : List.of(job, guest.process())) {
            for (ExceptionPortKind kind : ExceptionPortKind.values()) {
                assertThat(server.bind(task, kind)).isEqualTo(Ok.UNIT);
                assertThat(server.bind(task, kind)).isEqualTo(ALREADY_BOUND);
                assertThat(server.unbind(task, kind)).isEqualTo(Ok.UNIT);
                assertThat(server.unbind(task, kind)).isEqualTo(BAD_STATE);
            }
        }
        assertThat(server.bind(guest.thread())).isEqualTo(Ok.UNIT);
        assertThat(server.unbind(guest.thread())).isEqualTo(Ok.UNIT);
        assertThat(server.bind(guest.thread(), ExceptionPortKind.DEBUGGER))
                .isEqualTo(ZxError.INVALID_ARGS.err());
    }

    @Test
    void anothersBindingIsLeftAlone() {
        Job job = scope.job();
        ExceptionServer first = server();
        ExceptionServer second = server();
        var _ = first.bind(job).orElseThrow();
        assertThat(second.bind(job)).isEqualTo(ALREADY_BOUND);
        assertThat(second.unbind(job)).isEqualTo(BAD_STATE);
        second.close();
        assertThat(job.unbindExceptionPort()).isEqualTo(Ok.UNIT);
    }

    @Test
    void anyHandleToTheTaskUnbinds() {
        Job job = scope.job();
        ExceptionServer server = server();
        var _ = server.bind(job).orElseThrow();
        Job other = scope.own(job.duplicate(Rights.NONE).orElseThrow());
        assertThat(server.unbind(other)).isEqualTo(Ok.UNIT);
    }

    @Test
    void theHandleThatWasBoundWithMayBeClosed() {
        Job job = scope.job();
        ExceptionServer server = server().otherwise(_ -> Verdict.HANDLED);
        try (Job other = job.duplicate(Rights.SAME_RIGHTS).orElseThrow()) {
            var _ = server.bind(other).orElseThrow();
        }
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
    }

    @Test
    void withoutTheRightsToKeepAndToFindNothingIsBound() {
        Job job = scope.job();
        Guest guest = scope.guestIn(job);
        ExceptionServer server = server();
        for (Task task : List.of(job, guest.process(), guest.thread())) {
            Task bare = (Task) scope.own(task.duplicate(Rights.NONE).orElseThrow());
            assertThat(server.bind(bare)).isEqualTo(ACCESS_DENIED);
        }
        Job blind = scope.own(job.duplicate(Rights.DUPLICATE).orElseThrow());
        Job unkept = scope.own(job.duplicate(Rights.ENUMERATE).orElseThrow());
        assertThat(server.bind(unkept)).isEqualTo(ACCESS_DENIED);
        ZxProcess blindProcess =
                scope.own(guest.process().duplicate(Rights.DUPLICATE).orElseThrow());
        assertThat(server.bind(blind)).isEqualTo(ACCESS_DENIED);
        assertThat(server.bind(blindProcess)).isEqualTo(ACCESS_DENIED);
        assertThat(job.unbindExceptionPort()).isEqualTo(BAD_STATE);
        assertThat(server.bind(scope.own(guest.thread().duplicate(Rights.DUPLICATE).orElseThrow())))
                .isEqualTo(Ok.UNIT);
    }

    @Test
    @DisplayName("B-2: a dead process cannot be bound")
    void theDeadAreNotBound() {
        Guest guest = scope.javaGuest(() -> {});
        guest.go();
        Guest.awaitEnd(guest.process());
        ExceptionServer server = server();
        assertThat(server.bind(guest.process())).isEqualTo(ZxError.NOT_FOUND.err());
        assertThat(server.bind(guest.thread())).isEqualTo(ZxError.NOT_FOUND.err());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aBindThatFailsForWantOfMemoryLeavesNothing(int allocation) {
        Job job = scope.job();
        ExceptionServer server = server();
        HostEmulation.instance().failAllocation(allocation);
        assertThat(server.bind(job)).isEqualTo(ZxError.NO_MEMORY.err());
        assertThat(server.bind(job)).isEqualTo(Ok.UNIT);
    }

    @Test
    void aServerWithoutMemoryForItsPortIsNotMade() {
        HostEmulation.instance().failAllocation(1);
        assertThat(ExceptionServer.create()).isEqualTo(ZxError.NO_MEMORY.err());
    }

    @Test
    void aClosedTaskIsBadHandle() {
        Job job = scope.job();
        ExceptionServer server = server();
        var _ = server.bind(job).orElseThrow();
        Job closed = job.duplicate(Rights.SAME_RIGHTS).orElseThrow();
        closed.close();
        assertThat(server.bind(closed)).isEqualTo(BAD_HANDLE);
        assertThat(server.unbind(closed)).isEqualTo(BAD_HANDLE);
        assertThat(server.unbind(job)).isEqualTo(Ok.UNIT);
    }

    @Test
    void aClosedServerIsBadHandle() {
        Job job = scope.job();
        ExceptionServer server = server();
        var _ = server.bind(job).orElseThrow();
        assertThat(server.isClosed()).isFalse();
        assertThat(server.toString())
                .matches("ExceptionServer\\[Port\\[handle=0x[0-9a-f]+, koid=\\d+], bindings=1]");
        server.close();
        server.close();
        assertThat(server.isClosed()).isTrue();
        assertThat(server.toString()).isEqualTo("ExceptionServer[closed]");
        assertThat(server.bind(job)).isEqualTo(BAD_HANDLE);
        assertThat(server.unbind(job)).isEqualTo(BAD_HANDLE);
        assertThat(server.start()).isEqualTo(BAD_HANDLE);
        assertThat(server.serve(Deadline.INFINITE)).isEqualTo(BAD_HANDLE);
        assertThat(server.otherwise(_ -> Verdict.HANDLED)).isSameAs(server);
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is shown
    void nullIsRefused() {
        Job job = scope.job();
        ExceptionServer server = server();
        ExceptionType type = ExceptionType.Known.GENERAL;
        assertThatNullPointerException().isThrownBy(() -> server.on(null, _ -> Verdict.HANDLED));
        assertThatNullPointerException().isThrownBy(() -> server.on(type, null));
        assertThatNullPointerException().isThrownBy(() -> server.otherwise(null));
        assertThatNullPointerException().isThrownBy(() -> server.onFailure(null));
        assertThatNullPointerException().isThrownBy(() -> server.bind(null));
        assertThatNullPointerException().isThrownBy(() -> server.bind(job, null));
        assertThatNullPointerException().isThrownBy(() -> server.unbind(null));
        assertThatNullPointerException().isThrownBy(() -> server.unbind(job, null));
        assertThatNullPointerException().isThrownBy(() -> server.serve(null));
        server.otherwise(
                exception -> {
                    assertThatNullPointerException()
                            .isThrownBy(() -> exception.writeRegisters(null));
                    assertThatNullPointerException()
                            .isThrownBy(() -> exception.writeRegister(null, 0));
                    return Verdict.HANDLED;
                });
        var _ = server.bind(job).orElseThrow();
        var _ = server.start().orElseThrow();
        assertThat(returnCode(spawn(job, GuestFaults::breakpoint))).isZero();
    }
}
