package zircon.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.Deadline;
import zircon.ExceptionType;
import zircon.Port;
import zircon.ProcessInfo;
import zircon.Result;
import zircon.Resume;
import zircon.ThreadState;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.emulation.GuestFaults;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;
import zircon.sys.zircon_h;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// How guests that are written in Java end.
class EndingGuestTest extends KernelFixture {
    private static final int KILLED = -502;

    @Test
    void aKilledGuestSeesMinus502FromEveryFurtherCall() throws InterruptedException {
        List<Integer> statuses = new ArrayList<>();
        var running = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        Guest guest =
                scope.javaGuest(
                        () -> {
                            running.countDown();
                            awaitInJava(killed);
                            statuses.add(zircon_h.zx_handle_close(0));
                            statuses.add(zircon_h.zx_nanosleep(Long.MAX_VALUE));
                            statuses.add(zircon_h.zx_task_kill(zircon_h.zx_process_self()));
                            zircon_h.zx_thread_exit();
                            statuses.add(zircon_h.zx_handle_close(0));
                        });
        guest.go();
        running.await();
        var _ = guest.thread().kill().orElseThrow();
        assertThat(guest.thread().info().orElseThrow().state()).isEqualTo(ThreadState.Known.DYING);
        killed.countDown();
        Guest.awaitEnd(guest.thread());
        Packets.settle();
        assertThat(statuses).containsExactly(KILLED, KILLED, KILLED, KILLED);
    }

    @Test
    void theWrapperUnwindsAKilledGuestAndRunsItsFinallyBlocks() throws InterruptedException {
        List<String> steps = new ArrayList<>();
        var left = new CountDownLatch(1);
        Guest guest =
                scope.javaGuest(
                        () -> {
                            try (Port port = Port.create().orElseThrow()) {
                                steps.add("waits");
                                var _ = port.waitFor(Deadline.INFINITE);
                                steps.add("came back");
                            } catch (RuntimeException e) {
                                steps.add("an exception: " + e);
                            } finally {
                                steps.add("finally");
                                left.countDown();
                            }
                        });
        guest.go();
        Packets.settle();
        var _ = guest.process().kill().orElseThrow();
        Guest.awaitEnd(guest.process());
        left.await();
        assertThat(steps).containsExactly("waits", "finally");
    }

    @Test
    void exitLeavesTheCodeOfAGuestAtOnce() {
        List<String> steps = new ArrayList<>();
        Guest guest =
                scope.javaGuest(
                        () -> {
                            steps.add("first");
                            ZxProcess.exit(77);
                            steps.add("second");
                        });
        guest.go();
        Guest.awaitEnd(guest.process());
        Packets.settle();
        assertThat(guest.process().info().orElseThrow().returnCode()).isEqualTo(77);
        assertThat(steps).containsExactly("first");
    }

    @Test
    void threadExitEndsOneThreadAndTheLastOneItsProcess() {
        Guest guest = scope.javaGuest(ZxThread::exit);
        ZxThread other = guest.javaThread(ZxThread::exit);
        guest.go();
        Guest.awaitEnd(guest.thread());
        assertThat(guest.process().info().orElseThrow().exited()).isFalse();
        Guest.go(other);
        Guest.awaitEnd(guest.process());
        assertThat(guest.process().info().orElseThrow())
                .isEqualTo(new ProcessInfo(0, true, true, false));
    }

    @Test
    void anUncaughtExceptionIsReportedAndBecomesAnUndefinedInstruction() {
        var port = scope.port();
        var uncaught = new AtomicReference<Throwable>();
        var thrown = new IllegalStateException("on purpose");
        Guest guest =
                scope.javaGuest(
                        () -> {
                            Thread.currentThread()
                                    .setUncaughtExceptionHandler((_, what) -> uncaught.set(what));
                            throw thrown;
                        });
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        guest.go();
        assertThat(Packets.exception(port).type())
                .isEqualTo(ExceptionType.Known.UNDEFINED_INSTRUCTION);
        assertThat(uncaught).hasValue(thrown);
        // Like abort(): it is raised again for as long as it is resumed.
        Result<?> resumed = guest.thread().resumeFromException(port, Resume.HANDLED);
        assertThat(resumed.isOk()).isTrue();
        assertThat(Packets.exception(port).type())
                .isEqualTo(ExceptionType.Known.UNDEFINED_INSTRUCTION);
        var _ = guest.thread().resumeFromException(port, Resume.TRY_NEXT).orElseThrow();
        Guest.awaitEnd(guest.process());
        assertThat(guest.process().info().orElseThrow().returnCode()).isEqualTo(-1);
    }

    @Test
    void aGuestThatIsKilledInAFaultDoesNotComeBackFromIt() {
        List<String> steps = new ArrayList<>();
        var port = scope.port();
        Guest guest =
                scope.javaGuest(
                        () -> {
                            try {
                                GuestFaults.undefinedInstruction();
                                steps.add("came back");
                            } finally {
                                steps.add("finally");
                            }
                        });
        var _ = guest.thread().bindExceptionPort(port, 1).orElseThrow();
        guest.go();
        var _ = Packets.exception(port);
        var _ = guest.process().kill().orElseThrow();
        Guest.awaitEnd(guest.process());
        Packets.settle();
        assertThat(steps).containsExactly("finally");
    }

    private static void awaitInJava(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a guest", e);
        }
    }
}
