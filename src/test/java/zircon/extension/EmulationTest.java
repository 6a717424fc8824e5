package zircon.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.Clock;
import zircon.Deadline;
import zircon.Event;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.HandleOrigin;
import zircon.emulation.HostEmulation;
import zircon.emulation.OpenHandle;
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
            assertThat(origin.frames().get(1).getMethodName())
                    .isEqualTo("anOriginIsTheCallersStackFromTheWrapperOn");
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
}
