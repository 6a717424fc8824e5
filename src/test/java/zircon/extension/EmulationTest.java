package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.Clock;
import zircon.Deadline;
import zircon.Event;
import zircon.Job;
import zircon.Rights;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.HandleOrigin;
import zircon.emulation.HostEmulation;
import zircon.emulation.OpenHandle;
import zircon.kit.Guest;
import zircon.kit.Packets;
import zircon.sys.zircon_h;

import java.util.List;

/// What the test support asks of the emulation.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmulationTest {
    private final HostEmulation emulation = HostEmulation.instance();

    @BeforeEach
    void startAfresh() {
        emulation.reset();
    }

    @AfterEach
    void forgetOrigins() {
        emulation.recordHandleOrigins(false);
        emulation.reset();
    }

    private OpenHandle only() {
        List<OpenHandle> handles = emulation.listHandles();
        assertThat(handles).hasSize(1);
        return handles.getFirst();
    }

    @Test
    void anOpenHandleIsListedWithoutItsOriginUnlessAskedFor() {
        try (Event event = Event.create().orElseThrow()) {
            OpenHandle handle = only();
            assertThat(handle.host()).isTrue();
            assertThat(handle.value()).isEqualTo(event.raw());
            assertThat(handle.koid()).isEqualTo(event.koid().orElseThrow().value());
            assertThat(handle.type()).isEqualTo(zircon_h.ZX_OBJ_TYPE_EVENT());
            assertThat(handle.rights()).isEqualTo(zircon_h.ZX_DEFAULT_EVENT_RIGHTS());
            assertThat(handle.origin()).isEmpty();
        }
        assertThat(emulation.listHandles()).isEmpty();
    }

    @Test
    void anOriginIsTheCallersStackFromTheWrapperOn() {
        emulation.recordHandleOrigins(true);
        emulation.reset(); // it is asked for once, not of each kernel
        try (Event _ = Event.create().orElseThrow()) {
            HandleOrigin origin = only().origin().orElseThrow();
            assertThat(origin.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(origin.frames().get(0).getClassName()).isEqualTo("zircon.Event");
            assertThat(origin.frames())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("anOriginIsTheCallersStackFromTheWrapperOn");
        }
    }

    @Test
    void theStackOfAGuestEndsWithItsOwnCode() {
        emulation.recordHandleOrigins(true);
        int process =
                emulation.spawnProcess(
                        "maker",
                        0,
                        _ -> {
                            Event event = Event.create().orElseThrow();
                            var _ = Clock.nanosleep(Deadline.INFINITE);
                            event.close();
                        });
        Packets.settle();
        HandleOrigin origin =
                emulation.listHandles().stream()
                        .filter(handle -> !handle.host())
                        .findFirst()
                        .flatMap(OpenHandle::origin)
                        .orElseThrow();
        assertThat(origin.thread()).isEqualTo("zircon maker/maker");
        assertThat(origin.frames().getLast().getClassName())
                .isEqualTo(EmulationTest.class.getName());
        ZxProcess.adopt(process).close();
    }

    @Test
    void aResetKillsGuestsInTheProcessOfThisJvm() throws InterruptedException {
        Thread[] guest = new Thread[1];
        try (ZxProcess self = ZxProcess.self().orElseThrow();
                ZxThread _ =
                        ZxThread.adopt(
                                emulation.spawnThread(
                                        self.raw(),
                                        "sleeper",
                                        () -> {
                                            guest[0] = Thread.currentThread();
                                            var _ = Clock.nanosleep(Deadline.INFINITE);
                                        }))) {
            Packets.settle();
            assertThat(emulation.liveGuests()).isEqualTo(1);
        }
        emulation.reset();
        guest[0].join();
    }

    @Test
    @DisplayName("R-3, R-4: what startProcess refuses, and that it consumes the arguments then")
    void aProcessThatCannotBeStarted() {
        try (Job root = Job.defaultJob().orElseThrow();
                Guest one = Guest.in(root);
                Guest other = Guest.in(root)) {
            int process = one.process().raw();
            Event first = Event.create().orElseThrow();
            Event last = Event.create().orElseThrow();
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    emulation.startProcess(
                                            process,
                                            other.thread().raw(),
                                            new int[] {first.raw(), last.raw()},
                                            _ -> {}))
                    .withMessageContaining("ZX_ERR_ACCESS_DENIED");
            assertThat(List.of(first.koid(), last.koid())).containsOnly(ZxError.BAD_HANDLE.err());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> emulation.startProcess(process, process, new int[0], _ -> {}))
                    .withMessageContaining("ZX_ERR_WRONG_TYPE");
            Event kept = Event.create().orElseThrow();
            Event given = kept.duplicate(Rights.SAME_RIGHTS).orElseThrow();
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    emulation.startProcess(
                                            process,
                                            one.thread().raw(),
                                            new int[] {first.raw(), given.raw()},
                                            _ -> {}))
                    .withMessageContaining("ZX_ERR_BAD_HANDLE");
            assertThat(given.koid()).isEqualTo(ZxError.BAD_HANDLE.err());
            assertThat(kept.handleCount().orElseThrow()).isEqualTo(1);
            kept.close();
            assertThat(one.process().info().orElseThrow().started()).isFalse();
        }
    }

    @Test
    @DisplayName("R-3: what startThread refuses")
    void aThreadThatCannotBeStarted() {
        try (Job root = Job.defaultJob().orElseThrow();
                Guest guest = Guest.in(root)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> emulation.startThread(guest.thread().raw(), () -> {}))
                    .withMessageContaining("ZX_ERR_BAD_STATE");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> emulation.startThread(root.raw(), () -> {}))
                    .withMessageContaining("ZX_ERR_WRONG_TYPE");
        }
    }
}
