package zircon.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import zircon.Event;
import zircon.Job;
import zircon.Rights;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.sys.zircon_h;
import zircon.sys.zx_policy_basic;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Processes that the emulation starts in a job of the caller's choice.
class SpawnInJobTest extends KernelFixture {
    private final HostEmulation emulation = HostEmulation.instance();

    private static int refusingEvents(Job job) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment policy = zx_policy_basic.allocate(arena);
            zx_policy_basic.condition(policy, zircon_h.ZX_POL_NEW_EVENT());
            zx_policy_basic.policy(policy, zircon_h.ZX_POL_ACTION_DENY());
            return zircon_h.zx_job_set_policy(
                    job.raw(),
                    zircon_h.ZX_JOB_POL_ABSOLUTE(),
                    zircon_h.ZX_JOB_POL_BASIC(),
                    policy,
                    1);
        }
    }

    @Test
    @DisplayName("J-8: a guest in a job has the job's policy, and knows the job as its default")
    void theGuestIsInThatJob() {
        Job job = scope.job();
        assertThat(refusingEvents(job)).isZero();
        List<Object> seen = new CopyOnWriteArrayList<>();
        Event event = scope.event();
        int argument = event.duplicate(Rights.SAME_RIGHTS).orElseThrow().raw();
        ZxProcess process =
                scope.own(
                        ZxProcess.adopt(
                                emulation.spawnProcess(
                                        job.raw(),
                                        "inside",
                                        argument,
                                        number -> {
                                            try (Event given = Event.adopt(number);
                                                    Job own = Job.defaultJob().orElseThrow()) {
                                                seen.add(given.koid().orElseThrow());
                                                seen.add(own.koid().orElseThrow());
                                                seen.add(Event.create());
                                            }
                                        })));
        Guest.awaitEnd(process);
        assertThat(seen)
                .containsExactly(
                        event.koid().orElseThrow(),
                        job.koid().orElseThrow(),
                        ZxError.ACCESS_DENIED.err());
    }

    @Test
    void whatIsNoJobIsRefusedAndTheArgumentIsGone() {
        Event event = scope.event();
        int argument = event.duplicate(Rights.SAME_RIGHTS).orElseThrow().raw();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emulation.spawnProcess(event.raw(), "x", argument, _ -> {}))
                .withMessageContaining("the job's handle %#x ".formatted(event.raw()))
                .withMessageContaining("ZX_ERR_WRONG_TYPE");
        assertThat(event.handleCount().orElseThrow()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emulation.spawnProcess(0, "x", 0, _ -> {}))
                .withMessageContaining("the job's handle is 0: the Job is closed")
                .withMessageContaining("ZX_ERR_BAD_HANDLE");
    }

    @Test
    void anArgumentThatCannotBeHandedOverIsNamed() {
        Job job = scope.job();
        int mute = Event.create().orElseThrow().replace(Rights.of(Rights.WAIT)).orElseThrow().raw();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emulation.spawnProcess(job.raw(), "x", mute, _ -> {}))
                .withMessageContaining("the handle to hand over, %#x,".formatted(mute));
    }

    @Test
    void aKilledJobTakesNobody() {
        Job job = scope.job();
        var _ = job.kill().orElseThrow();
        assertThatIllegalStateException()
                .isThrownBy(() -> emulation.spawnProcess(job.raw(), "x", 0, _ -> {}))
                .withMessageContaining("the job was killed (ZX_ERR_BAD_STATE)");
    }
}
