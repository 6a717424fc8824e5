package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.KernelSnapshot;

import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class KernelTest {
    private final TestKernel test = new TestKernel();

    @Test
    @DisplayName("Koids start at 1024, count up and are never used again")
    void koids() {
        long hidden = test.kernel.rootJob().relatedKoid();
        assertThat(hidden).isEqualTo(1024);
        assertThat(test.kernel.rootJob().koid()).isEqualTo(1025);
        Handle event = test.handle(test.locked(() -> new EventDispatcher(test.kernel)));
        test.close(event);
        EventDispatcher next = test.locked(() -> new EventDispatcher(test.kernel));
        assertThat(next.koid()).isEqualTo(event.object().koid() + 1);
    }

    @Test
    @DisplayName("Two kernels are two worlds")
    void twoKernels() {
        TestKernel other = new TestKernel();
        assertThat(other.kernel.rootJob().koid()).isEqualTo(test.kernel.rootJob().koid());
        var _ = test.job(test.kernel.rootJob());
        assertThat(other.kernel.rootJob().jobs()).isEmpty();
    }

    @Test
    @DisplayName(
            "A spawned process knows its job and what it was given, and counts none of that as"
                    + " open")
    void spawning() {
        EventDispatcher event = test.locked(() -> new EventDispatcher(test.kernel));
        Handle given = test.locked(() -> test.kernel.handles().make(event, 1));
        JobDispatcher job = test.job(test.kernel.rootJob());
        Spawned spawned =
                test.kernel.spawn(
                        job,
                        "program",
                        "main",
                        thread -> {
                            RuntimeHandles handles = thread.process().runtimeHandles();
                            HandleTable table = thread.process().handles();
                            test.locked(
                                    () -> {
                                        log(table.get(handles.processSelf()).object());
                                        log(table.get(handles.jobDefault()).object());
                                        log(table.get(handles.rootVmar()).object());
                                        log(table.get(thread.self()).object());
                                        test.log.add("open " + table.openCount());
                                        log(table.get(handles.take(0xf0)).object());
                                        test.log.add("open " + table.openCount());
                                        test.log.add("again " + handles.take(0xf0));
                                        assertThat(handles.processSelf())
                                                .isEqualTo(handles.processSelf());
                                    });
                            test.sleeper().run(thread);
                        },
                        List.of(new StartupHandle(0xf0, given)));
        test.quiesce();
        assertThat(test.log)
                .containsExactly(
                        "PROCESS " + spawned.process().koid(),
                        "JOB " + job.koid(),
                        "VMAR " + spawned.process().rootVmar().koid(),
                        "THREAD " + spawned.thread().koid(),
                        "open 0",
                        "EVENT " + event.koid(),
                        "open 1",
                        "again 0");
        assertThat(test.kernel.hostProcess().handles().get(spawned.handle()).object())
                .isSameAs(spawned.process());
        test.locked(spawned.process()::kill);
        test.quiesce();
        assertThat(event.handleCount()).as("closed at its death").isZero();
    }

    private void log(Dispatcher object) {
        test.log.add(object.type() + " " + object.koid());
    }

    @Test
    @DisplayName("I-11: startup handles of equal words are handed out one after the other, once")
    void equalStartupHandles() {
        EventDispatcher first = test.locked(() -> new EventDispatcher(test.kernel));
        EventDispatcher second = test.locked(() -> new EventDispatcher(test.kernel));
        List<StartupHandle> given =
                List.of(
                        new StartupHandle(
                                0xf0, test.locked(() -> test.kernel.handles().make(first, 0))),
                        new StartupHandle(
                                0xf0, test.locked(() -> test.kernel.handles().make(second, 0))));
        var _ =
                test.kernel.spawn(
                        test.kernel.rootJob(),
                        "process",
                        "first",
                        thread ->
                                test.locked(
                                        () -> {
                                            RuntimeHandles handles =
                                                    thread.process().runtimeHandles();
                                            HandleTable table = thread.process().handles();
                                            log(table.get(handles.take(0xf0)).object());
                                            test.log.add("another word " + handles.take(0xf1));
                                            log(table.get(handles.take(0xf0)).object());
                                            test.log.add("again " + handles.take(0xf0));
                                        }),
                        given);
        test.quiesce();
        assertThat(test.log)
                .containsExactly(
                        "EVENT " + first.koid(),
                        "another word 0",
                        "EVENT " + second.koid(),
                        "again 0");
    }

    @Test
    @DisplayName("I-11: a process that nobody gave a job has no default job")
    void noDefaultJob() {
        assertThat(
                        test.locked(
                                () ->
                                        test.process(test.kernel.rootJob())
                                                .runtimeHandles()
                                                .jobDefault()))
                .isZero();
    }

    @Test
    @DisplayName("A spawn that fails leaves nothing behind")
    void failedSpawns() {
        JobDispatcher job = test.job(test.kernel.rootJob());
        int open = test.kernel.hostProcess().handles().openCount();
        for (int allocation = 1; allocation <= 4; allocation++) {
            int failing = allocation;
            test.locked(() -> test.kernel.faults().failAllocation(failing));
            assertThatThrownBy(() -> test.spawn(job, test.sleeper())).isSameAs(Refusal.NO_MEMORY);
        }
        test.machine.setFailing(true);
        assertThatThrownBy(() -> test.spawn(job, test.sleeper())).isSameAs(Refusal.NO_MEMORY);
        assertThat(job.processes()).isEmpty();
        assertThat(test.kernel.hostProcess().handles().openCount()).isEqualTo(open);
        assertThat(test.log).isEmpty();
    }

    @Test
    @DisplayName("A host thread's self handle is in no leak check; its end makes it dead")
    void hostThreads() {
        ThreadDispatcher thread = test.kernel.attachHostThread("visitor");
        HandleTable table = test.kernel.hostProcess().handles();
        int open = table.openCount();
        assertThat(table.get(test.locked(thread::self)).object()).isSameAs(thread);
        assertThat(table.openCount()).isEqualTo(open);
        assertThat(test.kernel.hostProcess().threads()).contains(thread);
        thread.hostThreadEnded();
        assertThat(thread.isDead()).isTrue();
        assertThat(thread.handleCount()).isZero();
        assertThat(test.kernel.hostProcess().threads()).doesNotContain(thread);
        test.host.hostThreadEnded();
        assertThat(test.kernel.hostProcess().threads()).isEmpty();
        assertThat(test.kernel.hostProcess().state()).isEqualTo(ProcessDispatcher.State.RUNNING);
    }

    @Test
    @DisplayName("Quiescence waits for a guest that runs user code")
    void quiescence() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        var _ =
                test.spawn(
                        _ -> {
                            await(latch);
                            test.log.add("done");
                        });
        assertThat(test.kernel.guests().awaitQuiescence(1)).isFalse();
        latch.countDown();
        test.quiesce();
        assertThat(test.log).containsExactly("done");
    }

    @Test
    @DisplayName("The end of all guests does not wait for one in Java that makes no syscall")
    void endOfAllWithJava() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        ThreadDispatcher guest =
                test.spawn(
                                _ -> {
                                    begun.countDown();
                                    await(latch);
                                })
                        .thread();
        await(begun);
        assertThat(test.kernel.guests().endAll(1)).containsExactly(guest);
        latch.countDown();
        test.quiesce();
    }

    @Test
    @DisplayName("The end of all guests waits for native code, however long that takes")
    void endOfAllWithNativeCode() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        ThreadDispatcher guest = test.spawn(new LongNativeCode(begun)).thread();
        await(begun);
        assertThat(test.kernel.guests().endAll(1)).isEmpty();
        assertThat(guest.isDead()).isTrue();
    }

    /// Runs on for a while after it was told to end.
    private record LongNativeCode(CountDownLatch begun) implements GuestCode {
        private static final int ROUNDS = 1_000_000;

        @Override
        public void run(ThreadDispatcher thread) {
            begun.countDown();
            int rounds = 0;
            while (rounds < ROUNDS) {
                rounds += thread.mustLeave() ? 1 : 0;
                Thread.onSpinWait();
            }
        }

        @Override
        public boolean entersWithRegisters() {
            return true;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("The clock wakes exactly those whose deadline has passed")
    void theClockWakes() {
        for (int i = 1; i <= 3; i++) {
            int number = i;
            var _ =
                    test.spawn(
                            thread -> {
                                test.locked(() -> thread.sleepUntil(1_000 + number * 10L));
                                test.log.add("woke " + number);
                            });
        }
        test.quiesce();
        test.clock.advance(9);
        test.quiesce();
        assertThat(test.log).isEmpty();
        test.clock.advance(11);
        test.quiesce();
        assertThat(test.log).containsExactlyInAnyOrder("woke 1", "woke 2");
        test.clock.advance(10);
        test.quiesce();
        assertThat(test.log).hasSize(3);
    }

    @Test
    @DisplayName("A thread's time is what it did not sleep")
    void runtime() {
        Spawned spawned = test.spawn(test.sleeper(100));
        test.quiesce();
        test.clock.advance(60);
        assertThat(test.locked(spawned.thread()::runtime)).isZero();
        test.clock.advance(5_000);
        test.quiesce();
        assertThat(test.locked(spawned.thread()::runtime)).isZero();
    }

    @Test
    @DisplayName("A snapshot shows the tree, who is bound and who waits")
    void snapshots() {
        JobDispatcher job = test.job(test.kernel.rootJob());
        PortDispatcher port = test.port();
        test.bind(job, false, port, 7);
        Spawned spawned = test.spawn(job, test.faulter());
        test.quiesce();
        KernelSnapshot snapshot = test.kernel.snapshot();
        KernelSnapshot.JobNode root = snapshot.root().jobs().getFirst();
        KernelSnapshot.JobNode node = root.jobs().getFirst();
        assertThat(node.bindings())
                .containsExactly(new KernelSnapshot.Binding("JOB", port.koid(), 7));
        KernelSnapshot.ProcessNode process = node.processes().getFirst();
        assertThat(process.koid()).isEqualTo(spawned.process().koid());
        KernelSnapshot.ThreadNode thread = process.threads().getFirst();
        assertThat(thread.state()).isEqualTo("BLOCKED_EXCEPTION");
        assertThat(thread.asks()).isEqualTo("JOB");
        assertThat(thread.waitsOn()).containsExactly(port.koid());
        assertThat(snapshot.ports())
                .containsExactly(new KernelSnapshot.PortNode(port.koid(), 1, 1));
        assertThat(root.processes().getFirst().host()).isTrue();
        assertThat(snapshot.handles()).isEqualTo(3); // of the job, the port and the process
        assertThat(snapshot.toString())
                .isEqualToNormalizingNewlines(
                        """
                        job 1024
                          job 1025 "root"
                            process 1026 "host" running, 3 handles (this JVM)
                              thread 1028 "test" RUNNING
                            job 1029 "job" [JOB -> port 1030 key 7]
                              process 1031 "process" running, 0 handles
                                thread 1033 "first" BLOCKED_EXCEPTION on 1030, asks JOB
                        port 1030 1 packets, bound 1 times
                        handles 3
                        """);
    }

    @Test
    @DisplayName("Names are cut at a NUL and at 31 bytes, and keep every byte")
    void names() {
        assertThat(Names.of(new byte[] {'a', 0, 'b'})).isEqualTo("a");
        assertThat(Names.of("x".repeat(40))).hasSize(31);
        byte[] odd = {(byte) 0xff, (byte) 0x80, 1};
        assertThat(Names.bytes(Names.of(odd))).isEqualTo(odd);
        assertThat(Names.text(Names.of("Zürich"))).isEqualTo("Zürich");
    }
}
