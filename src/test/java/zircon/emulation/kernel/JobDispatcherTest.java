package zircon.emulation.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_JOB_NO_JOBS;
import static zircon.sys.zircon_h.ZX_JOB_NO_PROCESSES;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

@Timeout(60)
class JobDispatcherTest {
    private final TestKernel test = new TestKernel();
    private final JobDispatcher root = test.kernel.rootJob();
    private final JobDispatcher job = test.job(root);

    private boolean has(Dispatcher object, int signal) {
        return (test.signals(object) & signal) != 0;
    }

    private void closeAll(Dispatcher object) {
        test.locked(
                () -> {
                    for (Handle handle : List.copyOf(collect())) {
                        if (handle.object() == object) {
                            test.kernel.handles().close(handle);
                        }
                    }
                });
    }

    private List<Handle> collect() {
        List<Handle> handles = new ArrayList<>();
        test.kernel.handles().all().forEach(handles::add);
        return handles;
    }

    @Test
    @DisplayName("J-1: 31 nested jobs fit below the first visible one, a 32nd is OUT_OF_RANGE")
    void theTreeHasAHeight() {
        JobDispatcher deepest = root;
        for (int i = 0; i < 31; i++) {
            deepest = test.job(deepest);
        }
        JobDispatcher last = deepest;
        assertThat(test.status(() -> last.createJob("too deep"))).isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(test.status(() -> last.createProcess("fits"))).isZero();
    }

    @Test
    @DisplayName("J-1, J-3: too high a tree is noticed before the parent's state")
    void heightIsCheckedFirst() {
        JobDispatcher deepest = root;
        for (int i = 0; i < 31; i++) {
            deepest = test.job(deepest);
        }
        JobDispatcher last = deepest;
        test.locked(last::kill);
        assertThat(test.status(() -> last.createJob(""))).isEqualTo(ZX_ERR_OUT_OF_RANGE());
    }

    @Test
    @DisplayName("J-2: killing kills child jobs newest first, then processes newest first")
    void killingGoesNewestFirst() {
        List<Long> order = new ArrayList<>();
        JobDispatcher older = test.job(job);
        JobDispatcher newer = test.job(job);
        List<ProcessDispatcher> expected =
                List.of(
                        test.process(job),
                        test.process(job),
                        test.process(older),
                        test.process(newer));
        for (ProcessDispatcher process : expected) {
            Handle handle = test.handle(process);
            test.locked(
                    () ->
                            process.signals()
                                    .watch(
                                            handle,
                                            new SignalObserver() {
                                                @Override
                                                public void signalsChanged(int active) {
                                                    order.add(process.koid());
                                                }

                                                @Override
                                                public void handleClosed() {}
                                            }));
        }
        test.locked(job::kill);
        assertThat(order)
                .containsExactly(
                        expected.get(3).koid(),
                        expected.get(2).koid(),
                        expected.get(1).koid(),
                        expected.get(0).koid());
        assertThat(older.state()).isNotEqualTo(JobDispatcher.State.READY);
    }

    @Test
    @DisplayName(
            "J-2, J-3: a second kill does nothing; a killed job takes nothing new, also when empty")
    void aKilledJobStaysKilled() {
        assertThat(test.status(job::kill)).isZero();
        assertThat(job.state()).isEqualTo(JobDispatcher.State.DEAD);
        assertThat(test.status(job::kill)).isZero();
        assertThat(test.status(() -> job.createJob(""))).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(test.status(() -> job.createProcess(""))).isEqualTo(ZX_ERR_BAD_STATE());
    }

    @Test
    @DisplayName("J-2: a job with a live process is killing, and dead once it is gone")
    void aJobDiesWithItsLastProcess() {
        test.machine.hold();
        Spawned spawned = test.spawn(job, test.sleeper());
        test.locked(job::kill);
        assertThat(job.state()).isEqualTo(JobDispatcher.State.KILLING);
        assertThat(spawned.process().state()).isEqualTo(ProcessDispatcher.State.DYING);
        test.machine.release();
        test.quiesce();
        assertThat(job.state()).isEqualTo(JobDispatcher.State.DEAD);
        assertThat(test.log).as("no user code ran").isEmpty();
    }

    @Test
    @DisplayName("J-2, J-5: a killed job is killing while it has a child that handles keep")
    void aJobDiesWithItsLastChild() {
        Handle child = test.handle(test.locked(() -> job.createJob("child")));
        test.locked(job::kill);
        assertThat(job.state()).isEqualTo(JobDispatcher.State.KILLING);
        test.close(child);
        assertThat(job.state()).isEqualTo(JobDispatcher.State.DEAD);
    }

    @Test
    @DisplayName("J-4: NO_PROCESSES goes with the first process and comes back when it dies")
    void noProcessesFollowsTheCount() {
        assertThat(has(job, ZX_JOB_NO_PROCESSES())).isTrue();
        ProcessDispatcher process = test.process(job);
        assertThat(has(job, ZX_JOB_NO_PROCESSES())).isFalse();
        ProcessDispatcher other = test.process(job);
        test.locked(process::kill);
        assertThat(has(job, ZX_JOB_NO_PROCESSES())).isFalse();
        test.locked(other::kill);
        assertThat(has(job, ZX_JOB_NO_PROCESSES())).as("in spite of open handles").isTrue();
    }

    @Test
    @DisplayName("J-5: a child job leaves when its last handle is closed")
    void aChildLeavesWithItsLastHandle() {
        assertThat(has(root, ZX_JOB_NO_JOBS())).isFalse();
        Handle second = test.handle(job);
        test.close(second);
        assertThat(root.jobs()).containsExactly(job);
        closeAll(job);
        assertThat(root.jobs()).isEmpty();
        assertThat(has(root, ZX_JOB_NO_JOBS())).isTrue();
    }

    @Test
    @DisplayName("J-5: a handle to a dead process, or to its dead thread, keeps the job listed")
    void deadDescendantsKeepTheJob() {
        Spawned spawned = test.spawn(job, test.sleeper());
        Handle thread = test.handle(spawned.thread());
        test.locked(job::kill);
        test.quiesce();
        assertThat(spawned.process().isDead()).isTrue();
        closeAll(job);
        assertThat(root.job(job.koid())).as("held by the process").isSameAs(job);
        closeAll(spawned.process());
        assertThat(root.job(job.koid())).as("held by the thread").isSameAs(job);
        test.close(thread);
        assertThat(root.job(job.koid())).isNull();
    }

    @Test
    @DisplayName("J-5: a live descendant keeps the job, through jobs without handles")
    void liveDescendantsKeepTheJob() {
        JobDispatcher inner = test.job(job);
        Spawned spawned = test.spawn(inner, test.sleeper());
        closeAll(job);
        closeAll(inner);
        closeAll(spawned.process());
        test.quiesce();
        assertThat(root.jobs()).containsExactly(job);
        assertThat(job.jobs()).containsExactly(inner);
        test.locked(spawned.process()::kill);
        test.quiesce();
        assertThat(root.jobs()).isEmpty();
    }

    @Test
    @DisplayName(
            "J-5, 17.3: an exception binding on the job, or on a thread in it, keeps it listed")
    void bindingsKeepTheJob() {
        PortDispatcher port = test.port();
        ThreadDispatcher thread = test.thread(test.process(job));
        test.bind(job, true, port, 1);
        test.bind(thread, false, port, 2);
        closeAll(thread);
        closeAll(thread.process());
        closeAll(job);
        test.unbind(job, true);
        assertThat(root.jobs()).containsExactly(job);
        test.unbind(thread, false);
        assertThat(root.jobs()).isEmpty();
    }

    @Test
    @DisplayName("C-6, J-5: a suspension keeps its thread, and that its job, without any handle")
    void suspensionsKeepTheJob() {
        ThreadDispatcher thread = test.thread(test.process(job));
        Handle token =
                test.handle(test.locked(() -> SuspendTokenDispatcher.suspend(thread, test.host)));
        closeAll(thread);
        closeAll(thread.process());
        closeAll(job);
        assertThat(root.jobs()).containsExactly(job);
        test.close(token);
        assertThat(root.jobs()).isEmpty();
    }

    @Test
    @DisplayName("C-6, J-5: a handle in a message that nobody has read keeps its job listed")
    void messagesKeepTheJob() {
        ChannelDispatcher.Pair pair = test.locked(() -> ChannelDispatcher.create(test.kernel));
        var _ = test.handle(pair.first());
        Handle reader = test.handle(pair.second());
        JobDispatcher sent = test.locked(() -> root.createJob("sent"));
        test.locked(
                () -> {
                    Handle handle = test.kernel.handles().make(sent, 0);
                    pair.first().write(new ChannelMessage(new byte[0], List.of(handle)));
                });
        assertThat(root.job(sent.koid())).isSameAs(sent);
        test.close(reader);
        assertThat(root.job(sent.koid())).isNull();
    }

    @Test
    @DisplayName("J-5: a job without handles is obtainable again, and lives on through that handle")
    void aJobCanGetHandlesAgain() {
        Spawned spawned = test.spawn(job, test.sleeper());
        closeAll(job);
        Handle again = test.handle(job);
        test.locked(spawned.process()::kill);
        test.quiesce();
        closeAll(spawned.process());
        assertThat(root.jobs()).containsExactly(job);
        test.close(again);
        assertThat(root.jobs()).isEmpty();
    }

    @Test
    @DisplayName("J-6: closing the last handle of a job kills nothing")
    void closingAJobKillsNothing() {
        Spawned spawned = test.spawn(job, test.sleeper());
        closeAll(job);
        test.quiesce();
        assertThat(spawned.process().state()).isEqualTo(ProcessDispatcher.State.RUNNING);
    }

    @Test
    @DisplayName("J-7: lists go in creation order, with processes that were never started")
    void listsGoInCreationOrder() {
        ProcessDispatcher first = test.process(job);
        ProcessDispatcher second = test.process(job);
        assertThat(job.processes()).containsExactly(first, second);
        test.locked(first::kill);
        assertThat(job.processes()).containsExactly(second);
        JobDispatcher a = test.job(job);
        JobDispatcher b = test.job(job);
        assertThat(job.jobs()).containsExactly(a, b);
    }

    @Test
    @DisplayName("J-4, J-7: a process that is dying is listed and counted still")
    void dyingProcessesAreListed() {
        test.machine.hold();
        Spawned spawned = test.spawn(job, test.sleeper());
        test.locked(job::kill);
        assertThat(spawned.process().state()).isEqualTo(ProcessDispatcher.State.DYING);
        assertThat(job.processes()).containsExactly(spawned.process());
        assertThat(has(job, ZX_JOB_NO_PROCESSES())).isFalse();
        test.machine.release();
        test.quiesce();
        assertThat(job.processes()).isEmpty();
        assertThat(has(job, ZX_JOB_NO_PROCESSES())).isTrue();
    }

    @Test
    @DisplayName("The host process survives the death of the root job")
    void theHostProcessSurvives() {
        Spawned spawned = test.spawn(test.sleeper());
        test.locked(root::kill);
        test.quiesce();
        assertThat(spawned.process().isDead()).isTrue();
        assertThat(test.kernel.hostProcess().state()).isEqualTo(ProcessDispatcher.State.RUNNING);
        assertThat(test.status(test.kernel.hostProcess()::kill)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(test.status(test.host::kill)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
    }
}
