package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_USER_SIGNAL_0;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.KernelSnapshot;
import zircon.emulation.KernelSnapshot.Binding;
import zircon.emulation.KernelSnapshot.JobNode;
import zircon.emulation.KernelSnapshot.PortNode;
import zircon.emulation.KernelSnapshot.ProcessNode;
import zircon.emulation.KernelSnapshot.ThreadNode;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// What a snapshot tells of each kind of object in each state.
@Timeout(60)
class SnapshotTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher job = test.job(test.kernel.rootJob());

    private JobNode root() {
        return test.kernel.snapshot().root().jobs().getFirst();
    }

    private ProcessNode processOf(Spawned spawned) {
        return root().jobs().getFirst().processes().stream()
                .filter(process -> process.koid() == spawned.process().koid())
                .findFirst()
                .orElseThrow();
    }

    private ThreadNode threadOf(Spawned spawned) {
        return processOf(spawned).threads().getFirst();
    }

    private ThreadNode asleep(GuestCode code) {
        Spawned spawned = test.spawn(job, code);
        test.quiesce();
        return threadOf(spawned);
    }

    private interface Sleep {
        void on(ThreadDispatcher thread);
    }

    private GuestCode sleeper(Sleep sleep) {
        return thread -> {
            try (var _ = test.kernel.lock()) {
                sleep.on(thread);
            } catch (Refusal refusal) {
                test.log.add("left with " + refusal);
            }
            var _ = thread.returnToUser(FakeContext.ofSyscall());
        };
    }

    private static void requireSleeping(ThreadNode thread, String state, Dispatcher... on) {
        assertThat(thread.state()).isEqualTo(state);
        assertThat(thread.asks()).isEqualTo("NONE");
        assertThat(thread.waitsOn())
                .containsExactlyElementsOf(List.of(on).stream().map(Dispatcher::koid).toList());
    }

    @Test
    void aThreadThatRunsWaitsOnNothing() throws InterruptedException {
        var running = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Spawned spawned =
                test.spawn(
                        job,
                        _ -> {
                            running.countDown();
                            awaitQuietly(end);
                        });
        running.await();
        requireSleeping(threadOf(spawned), "RUNNING");
        test.locked(() -> spawned.thread().kill());
        requireSleeping(threadOf(spawned), "DYING");
        end.countDown();
        test.quiesce();
        assertThat(root().jobs().getFirst().processes()).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a guest", e);
        }
    }

    @Test
    void aThreadThatSleepsSaysWhatItSleepsOn() {
        PortDispatcher port = test.port();
        Handle event = test.handle(test.locked(() -> new EventDispatcher(test.kernel)));
        Handle process = test.handle(test.process(job));
        requireSleeping(
                asleep(sleeper(thread -> thread.sleepUntil(Long.MAX_VALUE))), "BLOCKED_SLEEPING");
        requireSleeping(
                asleep(sleeper(thread -> port.read(thread, Long.MAX_VALUE))), "BLOCKED_PORT", port);
        requireSleeping(
                asleep(
                        sleeper(
                                thread -> {
                                    var _ =
                                            SignalWait.waitOne(
                                                    thread,
                                                    event,
                                                    ZX_USER_SIGNAL_0(),
                                                    Long.MAX_VALUE);
                                })),
                "BLOCKED_WAIT_ONE",
                event.object());
        ThreadNode waitsForTwo =
                asleep(
                        sleeper(
                                thread -> {
                                    var _ =
                                            SignalWait.waitMany(
                                                    thread,
                                                    List.of(
                                                            item(thread, process),
                                                            item(thread, event)),
                                                    Long.MAX_VALUE);
                                }));
        requireSleeping(waitsForTwo, "BLOCKED_WAIT_MANY", process.object(), event.object());
        assertThat(test.kernel.snapshot().toString())
                .contains(
                        "BLOCKED_WAIT_MANY on %d, %d\n"
                                .formatted(process.object().koid(), event.object().koid()));
    }

    private static WaitItem item(ThreadDispatcher thread, Handle handle) {
        return new WaitItem(thread, handle, ZX_USER_SIGNAL_0());
    }

    @Test
    void aThreadThatIsSuspendedWaitsOnNothing() {
        Spawned spawned = test.spawn(job, sleeper(thread -> thread.sleepUntil(Long.MAX_VALUE)));
        test.quiesce();
        test.locked(() -> spawned.thread().suspend(test.host));
        test.quiesce();
        requireSleeping(threadOf(spawned), "SUSPENDED");
    }

    @Test
    void everySlotInUseIsShown() {
        PortDispatcher port = test.port();
        Spawned spawned = test.spawn(job, test.sleeper());
        test.quiesce();
        test.bind(job, true, port, 1);
        test.bind(job, false, port, 2);
        test.bind(spawned.process(), true, port, 3);
        test.bind(spawned.process(), false, port, 4);
        test.bind(spawned.thread(), false, port, -5);
        assertThat(root().jobs().getFirst().bindings())
                .containsExactly(
                        new Binding("JOB_DEBUGGER", port.koid(), 1),
                        new Binding("JOB", port.koid(), 2));
        assertThat(processOf(spawned).bindings())
                .containsExactly(
                        new Binding("DEBUGGER", port.koid(), 3),
                        new Binding("PROCESS", port.koid(), 4));
        assertThat(threadOf(spawned).bindings())
                .containsExactly(new Binding("THREAD", port.koid(), -5));
        assertThat(test.kernel.snapshot().ports()).containsExactly(new PortNode(port.koid(), 0, 5));
        assertThat(test.kernel.snapshot().toString())
                .contains(
                        " [DEBUGGER -> port %1$d key 3] [PROCESS -> port %1$d key 4]\n"
                                .formatted(port.koid()));
    }

    @Test
    void tasksThatBeginOrEndSaySo() throws InterruptedException {
        ProcessDispatcher fresh = test.process(job);
        var running = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Spawned spawned =
                test.spawn(
                        job,
                        _ -> {
                            running.countDown();
                            awaitQuietly(end);
                        });
        running.await();
        assertThat(root().jobs().getFirst().state()).isEqualTo("READY");
        assertThat(root().jobs().getFirst().processes())
                .extracting(ProcessNode::state)
                .containsExactly("INITIAL", "RUNNING");
        test.locked(job::kill); // the thread does not know yet
        assertThat(root().jobs().getFirst().state()).isEqualTo("KILLING");
        assertThat(processOf(spawned).state()).isEqualTo("DYING");
        requireSleeping(threadOf(spawned), "DYING");
        assertThat(fresh.isDead()).isTrue();
        assertThat(test.kernel.snapshot().toString())
                .contains("\"job\" killing\n", "\"process\" dying, 0 handles\n");
        end.countDown();
        test.quiesce();
        assertThat(root().jobs().getFirst().processes()).isEmpty();
    }

    @Test
    void handlesAreCountedWhereTheyAre() {
        Spawned spawned = test.spawn(job, test.sleeper());
        test.quiesce();
        KernelSnapshot before = test.kernel.snapshot();
        assertThat(processOf(spawned).openHandles()).isZero();
        test.locked(
                () -> {
                    var event = new EventDispatcher(test.kernel);
                    spawned.process()
                            .handles()
                            .add(test.kernel.handles().make(event, event.type().defaultRights()));
                });
        assertThat(processOf(spawned).openHandles()).isEqualTo(1);
        assertThat(test.kernel.snapshot().handles()).isEqualTo(before.handles() + 1);
    }

    @Test
    void threadsThatCannotEndAreCountedAndGoneFromTheTree() {
        Spawned spawned =
                test.spawn(
                        job,
                        thread -> {
                            try (var _ = test.kernel.lock()) {
                                thread.kill();
                            }
                            thread.quarantine(FakeContext.pageFault());
                            while (true) {
                                LockSupport.park();
                            }
                        });
        test.quiesce();
        KernelSnapshot snapshot = test.kernel.snapshot();
        assertThat(snapshot.quarantinedThreads()).isEqualTo(1);
        assertThat(spawned.process().isDead()).isTrue();
        assertThat(root().jobs().getFirst().processes()).isEmpty();
        assertThat(snapshot.toString()).endsWith("threads that cannot end 1\n");
        assertThat(test.kernel.guests().hasQuarantined(job)).isTrue();
        assertThat(test.kernel.guests().hasQuarantined(test.job(job))).isFalse();
    }
}
