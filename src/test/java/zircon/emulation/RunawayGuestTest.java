package zircon.emulation;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

import zircon.ZxProcess;
import zircon.kit.KernelFixture;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// A guest in Java that makes no syscall.
class RunawayGuestTest extends KernelFixture {
    @Test
    void aGuestThatDoesNotEndIsNamed() {
        HostEmulation emulation = HostEmulation.instance();
        var end = new CountDownLatch(1);
        ZxProcess process =
                scope.own(ZxProcess.adopt(emulation.spawnProcess("runaway", 0, _ -> await(end))));
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> emulation.endGuests(Duration.ofNanos(1)))
                    .withMessageContaining("which an earlier test may have left")
                    .withMessageMatching(
                            "(?s).* thread \\d+ \"runaway\" of process %d \"runaway\"\\. .*"
                                    .formatted(process.koid().orElseThrow().value()))
                    .withMessageContaining("make a syscall in each of its loops");
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a guest", e);
        }
    }
}
