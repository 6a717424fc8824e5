package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_ALREADY_EXISTS;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_OUT_OF_RANGE;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_BASIC;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_VALID;
import static zircon.sys.zircon_h.ZX_POL_ACTION_ALLOW;
import static zircon.sys.zircon_h.ZX_POL_ACTION_DENY;
import static zircon.sys.zircon_h.ZX_POL_ACTION_EXCEPTION;
import static zircon.sys.zircon_h.ZX_POL_ACTION_KILL;
import static zircon.sys.zircon_h.ZX_POL_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_POL_NEW_ANY;
import static zircon.sys.zircon_h.ZX_POL_NEW_CHANNEL;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENT;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENTPAIR;
import static zircon.sys.zircon_h.ZX_POL_NEW_PORT;
import static zircon.sys.zircon_h.ZX_POL_NEW_PROCESS;
import static zircon.sys.zircon_h.ZX_RIGHT_WAIT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.EventDispatcher;
import zircon.emulation.kernel.Handle;
import zircon.emulation.kernel.JobDispatcher;
import zircon.emulation.kernel.ThreadDispatcher;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/// `zx_job_set_policy`, and what policies do to the syscalls of a process.
@Timeout(60)
class PolicySyscallsTest {
    private static final int BAD = 12345;
    private static final int DENY = ZX_POL_ACTION_DENY();
    private static final int EXCEPTION = ZX_POL_ACTION_EXCEPTION();

    private final TestSyscalls zx = new TestSyscalls();
    private final long out = zx.memory.room(4);
    private final long out2 = zx.memory.room(4);
    private final long name = zx.memory.text("name");

    /// The test makes the calls of its guests: these never run themselves meanwhile.
    @BeforeEach
    void holdGuests() {
        zx.test.machine.hold();
    }

    @AfterEach
    void endGuests() {
        zx.kernel.guests().killAll();
        zx.test.machine.release();
        zx.test.quiesce();
    }

    private int set(int job, int options, int topic, long at, int count) {
        return status(() -> zx.jobs.jobSetPolicy(zx.caller, job, options, topic, at, count));
    }

    private int set(int job, int... conditionsAndActions) {
        long at = zx.memory.ints(conditionsAndActions);
        return set(job, 1, 0, at, conditionsAndActions.length / 2);
    }

    /// The caller that a thread of a process in this job is.
    private Caller in(int job) {
        JobDispatcher object = zx.object(job, JobDispatcher.class);
        return zx.caller(zx.test.spawn(object, zx.test.sleeper()).thread());
    }

    /// The caller in a new job with this policy.
    private Caller under(int... conditionsAndActions) {
        int job = zx.job();
        assertThat(set(job, conditionsAndActions)).isZero();
        return in(job);
    }

    private boolean raised(Caller caller) {
        return zx.test.raised(caller.thread());
    }

    // zx_job_set_policy.

    @Test
    @DisplayName("job_set_policy: section 13's order, and J-8 for what has children")
    void orderOfChecks() {
        int job = zx.job();
        long policy = zx.memory.ints(new int[28]);
        assertThat(set(BAD, 2, 1, 0, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(BAD, 0, 0, 0, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(BAD, 0, 0, policy, 0)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(BAD, 0, 1, policy, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        zx.test.locked(() -> zx.kernel.faults().failAllocation(1));
        assertThat(set(BAD, 0, 0, FakeMemory.WILD, 1)).isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(set(BAD, 0, 0, policy, -1)).as("too much to copy").isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(set(BAD, 0, 0, FakeMemory.WILD, 1)).isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(BAD, 0, 0, FakeMemory.WILD, 1 << 20))
                .as("just not too much")
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(BAD, 0, 0, FakeMemory.lastBytes(800), 101))
                .as("all must be readable")
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(set(BAD, 0, 0, FakeMemory.lastBytes(800), 100)).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(set(zx.event(), 0, 0, policy, 14)).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(set(zx.duplicate(job, ZX_RIGHT_WAIT()), 0, 0, policy, 1))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        Handle odd =
                zx.test.locked(
                        () -> {
                            EventDispatcher event = new EventDispatcher(zx.kernel);
                            return zx.caller.own(zx.kernel.handles().make(event, -1 >>> 1));
                        });
        assertThat(set(zx.caller.table().valueOf(odd), 0, 0, policy, 14))
                .isEqualTo(ZX_ERR_WRONG_TYPE());
        int child = zx.made(at -> zx.jobs.jobCreate(zx.caller, job, 0, at));
        assertThat(set(job, 0, 0, policy, 14)).as("J-8").isEqualTo(ZX_ERR_BAD_STATE());
        zx.close(child);
        int process = zx.process(job);
        assertThat(set(job, 0, 0, policy, 1)).as("J-8").isEqualTo(ZX_ERR_BAD_STATE());
        zx.close(process);
        assertThat(set(job, 0, 0, policy, 14)).as("J-9").isEqualTo(ZX_ERR_OUT_OF_RANGE());
        assertThat(set(job, 0, 0, policy, 13)).isZero();
    }

    @Test
    @DisplayName("J-8: child jobs copy the policy when they are made, processes as well")
    void policiesAreCopied() {
        int job = zx.job();
        assertThat(set(job, ZX_POL_NEW_EVENT(), DENY)).isZero();
        int child = zx.made(at -> zx.jobs.jobCreate(zx.caller, job, 0, at));
        assertThat(set(child, ZX_POL_NEW_EVENT(), ZX_POL_ACTION_ALLOW()))
                .isEqualTo(ZX_ERR_ALREADY_EXISTS());
        assertThat(set(child, ZX_POL_NEW_PORT(), DENY)).isZero();
        Caller below = in(child);
        assertThat(status(() -> zx.events.eventCreate(below, 0, out)))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(status(() -> zx.ports.portCreate(below, 0, out)))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        Caller beside = in(job);
        assertThat(status(() -> zx.ports.portCreate(beside, 0, out)))
                .as("the child's policy is the child's")
                .isZero();
    }

    @Test
    @DisplayName("J-8: a job that was killed and is empty still takes a policy")
    void killedJobs() {
        int job = zx.job();
        assertThat(status(() -> zx.tasks.taskKill(zx.caller, job))).isZero();
        assertThat(set(job, ZX_POL_NEW_EVENT(), DENY)).isZero();
    }

    // NEW_*.

    private interface Create {
        int call(Caller caller);
    }

    private void check(int condition, Create create) {
        Caller denied = under(condition, DENY);
        assertThat(status(() -> create.call(denied))).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(raised(denied)).isFalse();
        Caller killed = under(condition, ZX_POL_ACTION_KILL());
        assertThat(status(() -> create.call(killed))).as("KILL").isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(killed.thread().state()).isEqualTo(ThreadDispatcher.State.RUNNING);
        Caller both = under(condition, DENY | EXCEPTION);
        assertThat(status(() -> create.call(both))).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(raised(both)).isTrue();
        Caller told = under(condition, EXCEPTION);
        assertThat(status(() -> create.call(told))).as("made all the same").isZero();
        assertThat(raised(told)).isTrue();
        assertThat(status(() -> create.call(in(zx.job())))).isZero();
        Caller other = under(ZX_POL_NEW_ANY(), DENY, condition, ZX_POL_ACTION_ALLOW());
        assertThat(status(() -> create.call(other))).as("the others are denied").isZero();
        assertThat(raised(other)).isFalse();
    }

    @Test
    @DisplayName("J-10, J-11: NEW_CHANNEL, NEW_EVENT, NEW_EVENTPAIR, NEW_PORT")
    void newObjects() {
        check(ZX_POL_NEW_CHANNEL(), caller -> zx.channels.channelCreate(caller, 0, out, out2));
        check(ZX_POL_NEW_EVENT(), caller -> zx.events.eventCreate(caller, 0, out));
        check(ZX_POL_NEW_EVENTPAIR(), caller -> zx.events.eventpairCreate(caller, 0, out, out2));
        check(ZX_POL_NEW_PORT(), caller -> zx.ports.portCreate(caller, 0, out));
    }

    @Test
    @DisplayName("J-10, J-11: NEW_PROCESS; jobs and threads have no condition")
    void newProcesses() {
        check(
                ZX_POL_NEW_PROCESS(),
                caller -> {
                    int job = jobOf(caller);
                    return zx.processes.processCreate(caller, job, name, 4, 0, out, out2);
                });
        Caller denied = under(ZX_POL_NEW_ANY(), DENY, ZX_POL_NEW_PROCESS(), DENY);
        int job = jobOf(denied);
        assertThat(status(() -> zx.jobs.jobCreate(denied, job, 0, out))).isZero();
        int self = zx.runtime.processSelf(denied);
        assertThat(status(() -> zx.threads.threadCreate(denied, self, name, 4, 0, out))).isZero();
    }

    private int jobOf(Caller caller) {
        return zx.runtime.jobDefault(caller);
    }

    @Test
    @DisplayName("Section 13, P-16: where the policy stands among the other checks")
    void policyAmongTheChecks() {
        Caller caller = under(ZX_POL_NEW_ANY(), DENY | EXCEPTION, ZX_POL_NEW_PROCESS(), DENY);
        assertThat(status(() -> zx.ports.portCreate(caller, 99, 0)))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(raised(caller)).isTrue();
        assertThat(status(() -> zx.events.eventCreate(caller, 99, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(status(() -> zx.channels.channelCreate(caller, 99, 0, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
        assertThat(raised(caller)).as("nobody asked the policy").isFalse();
        zx.test.locked(() -> zx.kernel.faults().failAllocation(1));
        assertThat(status(() -> zx.events.eventCreate(caller, 0, 0)))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        zx.test.locked(() -> zx.kernel.faults().failAllocation(0));
        assertThat(status(() -> zx.processes.processCreate(caller, BAD, 0, 0, 0, 0, 0)))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(status(() -> zx.processes.processCreate(caller, BAD, 0, 0, 1, 0, 0)))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("J-10: the policy is that of the calling process, not of the job it makes it in")
    void policyOfTheCaller() {
        int job = zx.job();
        assertThat(set(job, ZX_POL_NEW_PROCESS(), DENY)).isZero();
        assertThat(zx.isOpen(zx.process(job))).isTrue();
    }

    // Bad handles.

    private record Lookup(String what, IntSupplier call) {}

    @Test
    @DisplayName("H-12, H-13: every call's failed lookup counts, and the call answers as ever")
    void failedLookups() {
        Caller caller = under(ZX_POL_BAD_HANDLE(), EXCEPTION);
        int event = eventOf(caller);
        assertThat(status(() -> zx.ports.portCreate(caller, 0, out))).isZero();
        int port = zx.memory.intAt(out);
        long bad = zx.memory.ints(BAD);
        List<Lookup> lookups = new ArrayList<>();
        for (int value : new int[] {BAD, 0}) {
            String is = value == 0 ? " of 0" : " of a bad value";
            lookups.add(
                    new Lookup(
                            "duplicate" + is,
                            () -> zx.handles.handleDuplicate(caller, value, 0, out)));
            lookups.add(
                    new Lookup(
                            "replace" + is, () -> zx.handles.handleReplace(caller, value, 0, out)));
            lookups.add(
                    new Lookup(
                            "info" + is,
                            () ->
                                    zx.info.objectGetInfo(
                                            caller, value, ZX_INFO_HANDLE_BASIC(), 0, 0, 0, 0)));
            lookups.add(
                    new Lookup(
                            "get_property" + is,
                            () -> zx.properties.objectGetProperty(caller, value, 3, out, 32)));
            lookups.add(
                    new Lookup(
                            "set_property" + is,
                            () -> zx.properties.objectSetProperty(caller, value, 3, out, 1)));
            lookups.add(
                    new Lookup(
                            "get_child" + is,
                            () -> zx.objects.objectGetChild(caller, value, 1, 0, out)));
            lookups.add(
                    new Lookup("signal" + is, () -> zx.objects.objectSignal(caller, value, 0, 0)));
            lookups.add(
                    new Lookup(
                            "signal_peer" + is,
                            () -> zx.objects.objectSignalPeer(caller, value, 0, 0)));
            lookups.add(
                    new Lookup(
                            "wait_one" + is, () -> zx.waits.objectWaitOne(caller, value, 0, 0, 0)));
            long item = zx.memory.ints(value, 0, 0);
            lookups.add(
                    new Lookup(
                            "wait_many" + is, () -> zx.waits.objectWaitMany(caller, item, 1, 0)));
            lookups.add(
                    new Lookup(
                            "wait_async" + is,
                            () -> zx.waits.objectWaitAsync(caller, event, value, 0, 0, 0)));
            lookups.add(
                    new Lookup(
                            "wait_async, source" + is,
                            () -> zx.waits.objectWaitAsync(caller, value, port, 0, 0, 0)));
            lookups.add(
                    new Lookup("cancel" + is, () -> zx.waits.portCancel(caller, value, event, 0)));
            lookups.add(
                    new Lookup(
                            "cancel, source" + is,
                            () -> zx.waits.portCancel(caller, port, value, 0)));
            lookups.add(new Lookup("suspend" + is, () -> zx.tasks.taskSuspend(caller, value, out)));
            lookups.add(
                    new Lookup("port_queue" + is, () -> zx.ports.portQueue(caller, value, out)));
            lookups.add(
                    new Lookup("port_wait" + is, () -> zx.ports.portWait(caller, value, 0, out)));
            lookups.add(
                    new Lookup("job_create" + is, () -> zx.jobs.jobCreate(caller, value, 0, out)));
            lookups.add(
                    new Lookup(
                            "process_create" + is,
                            () ->
                                    zx.processes.processCreate(
                                            caller, value, name, 1, 0, out, out2)));
            lookups.add(
                    new Lookup(
                            "thread_create" + is,
                            () -> zx.threads.threadCreate(caller, value, name, 1, 0, out)));
            lookups.add(
                    new Lookup(
                            "thread_start" + is,
                            () -> zx.threads.threadStart(caller, value, 0, 0, 0, 0)));
            lookups.add(
                    new Lookup(
                            "process_start" + is,
                            () -> zx.processes.processStart(caller, value, value, 0, 0, value, 0)));
            lookups.add(
                    new Lookup(
                            "read_state" + is,
                            () -> zx.threadStates.threadReadState(caller, value, 0, out, 8)));
            lookups.add(
                    new Lookup(
                            "write_state" + is,
                            () -> zx.threadStates.threadWriteState(caller, value, 0, out, 8)));
            lookups.add(
                    new Lookup(
                            "bind" + is,
                            () -> zx.tasks.taskBindExceptionPort(caller, value, BAD, 0, 0)));
            lookups.add(
                    new Lookup(
                            "unbind" + is,
                            () -> zx.tasks.taskBindExceptionPort(caller, value, 0, 0, 0)));
            lookups.add(
                    new Lookup(
                            "resume" + is,
                            () -> zx.tasks.taskResumeFromException(caller, value, value, 0)));
            lookups.add(new Lookup("kill" + is, () -> zx.tasks.taskKill(caller, value)));
            lookups.add(
                    new Lookup(
                            "channel_read" + is,
                            () -> zx.channels.channelRead(caller, value, 0, 0, 0, 0, 0, 0, 0)));
            lookups.add(
                    new Lookup(
                            "channel_write" + is,
                            () -> zx.channels.channelWrite(caller, value, 0, 0, 0, 0, 0)));
            lookups.add(
                    new Lookup(
                            "read_memory" + is,
                            () ->
                                    zx.processMemory.processReadMemory(
                                            caller, value, 0, out, 1, out)));
            lookups.add(
                    new Lookup(
                            "write_memory" + is,
                            () ->
                                    zx.processMemory.processWriteMemory(
                                            caller, value, 0, out, 1, out)));
            lookups.add(
                    new Lookup(
                            "set_policy" + is,
                            () -> zx.jobs.jobSetPolicy(caller, value, 0, 0, bad, 1)));
        }
        lookups.add(new Lookup("close", () -> zx.handles.handleClose(caller, BAD)));
        lookups.add(new Lookup("close_many", () -> zx.handles.handleCloseMany(caller, bad, 1)));
        for (Lookup lookup : lookups) {
            assertThat(status(lookup.call())).as(lookup.what()).isEqualTo(ZX_ERR_BAD_HANDLE());
            assertThat(raised(caller)).as(lookup.what()).isTrue();
        }
        assertThat(status(() -> zx.handles.handleDuplicate(caller, event, 0, out))).isZero();
        assertThat(raised(caller)).isFalse();
    }

    private int eventOf(Caller caller) {
        assertThat(status(() -> zx.events.eventCreate(caller, 0, out))).isZero();
        return zx.memory.intAt(out);
    }

    @Test
    @DisplayName("H-13: lookups whose result is ignored count, too")
    void ignoredLookups() {
        Caller caller = under(ZX_POL_BAD_HANDLE(), EXCEPTION);
        for (int entry : new int[] {BAD, 0}) {
            long list = zx.memory.ints(entry);
            // The options are bad, but the entries are looked up to be closed; H-12: 0 is a bad
            // one.
            assertThat(status(() -> zx.channels.channelWrite(caller, 1, 99, 0, 0, list, 1)))
                    .isEqualTo(ZX_ERR_INVALID_ARGS());
            assertThat(raised(caller)).as("an entry %d of channel_write", entry).isTrue();
            assertThat(status(() -> zx.jobs.jobCreate(caller, entry, 99, out)))
                    .as("no lookup before the options are checked")
                    .isEqualTo(ZX_ERR_INVALID_ARGS());
            assertThat(raised(caller)).isFalse();
        }
        int self = zx.runtime.processSelf(caller);
        int thread = zx.runtime.threadSelf(caller);
        assertThat(status(() -> zx.processes.processStart(caller, self, thread, 0, 0, 0, 0)))
                .isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(raised(caller)).as("the argument of process_start").isTrue();
        assertThat(status(() -> zx.processes.processStart(caller, thread, thread, 0, 0, BAD, 0)))
                .isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(raised(caller)).as("the argument that is only to be closed").isTrue();
    }

    @Test
    @DisplayName("H-11, H-12, H-13: what is no failed lookup")
    void noFailedLookups() {
        Caller caller = under(ZX_POL_BAD_HANDLE(), EXCEPTION);
        int event = eventOf(caller);
        assertThat(status(() -> zx.handles.handleDuplicate(caller, event, 0, out))).isZero();
        int weak = zx.memory.intAt(out);
        int self = zx.runtime.processSelf(caller);
        int valid = ZX_INFO_HANDLE_VALID();
        assertThat(status(() -> zx.info.objectGetInfo(caller, BAD, valid, 0, 0, 0, 0)))
                .isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(raised(caller)).as("H-11").isFalse();
        assertThat(status(() -> zx.handles.handleClose(caller, 0))).isZero();
        assertThat(status(() -> zx.handles.handleCloseMany(caller, zx.memory.ints(0, 0), 2)))
                .isZero();
        assertThat(status(() -> zx.tasks.taskBindExceptionPort(caller, self, 0, 0, 0)))
                .isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(raised(caller)).as("H-12").isFalse();
        assertThat(status(() -> zx.handles.handleDuplicate(caller, weak, 0, out)))
                .isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(status(() -> zx.jobs.jobCreate(caller, self, 0, out)))
                .isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(raised(caller)).as("a wrong right or type").isFalse();
    }

    @Test
    @DisplayName("H-13: ALLOW, DENY and KILL make no difference to a bad handle")
    void otherActions() {
        for (int action : new int[] {0, 1, 4, 5}) {
            Caller caller = under(ZX_POL_BAD_HANDLE(), action);
            assertThat(status(() -> zx.handles.handleClose(caller, BAD)))
                    .isEqualTo(ZX_ERR_BAD_HANDLE());
            assertThat(raised(caller)).isFalse();
        }
        for (int action : new int[] {2, 3, 6, 7}) {
            Caller caller = under(ZX_POL_BAD_HANDLE(), action);
            assertThat(status(() -> zx.handles.handleClose(caller, BAD)))
                    .isEqualTo(ZX_ERR_BAD_HANDLE());
            assertThat(raised(caller)).isTrue();
        }
    }
}
