package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_POL_NEW_EVENT;
import static zircon.sys.zircon_h.ZX_RIGHT_SAME_RIGHTS;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import zircon.emulation.kernel.ChannelDispatcher;
import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.Handle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/// C-3, section 13: what lacks memory answers NO_MEMORY, and has done nothing.
@Timeout(60)
class ExhaustionTest {
    private static final long ENTRY = 0x4000;
    private static final int MAX_HANDLES = 262_144;

    private final TestSyscalls zx = new TestSyscalls();
    private final long out = zx.memory.room(8);
    private final long out2 = zx.memory.room(8);
    private final long name = zx.memory.text("name");
    private final int job = zx.job();
    private final int process = zx.process(job);
    private final int event = zx.event();
    private final int port = zx.port();
    private final int[] channel = zx.channel();

    @AfterEach
    void endGuests() {
        zx.kernel.guests().killAll();
        zx.test.quiesce();
    }

    /// What makes a call, with all that it needs.
    interface Preparation {
        IntSupplier call(ExhaustionTest test, TestSyscalls zx);
    }

    /// A call for which section 13 lists NO_MEMORY.
    ///
    /// @param makesHandle whether it makes a handle, or moves one at most
    /// @param allocations how many it makes
    /// @param consumed how many handles are gone even when it fails
    record Creating(
            String name,
            boolean makesHandle,
            int allocations,
            int consumed,
            Preparation preparation) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Creating> calls() {
        return List.of(
                new Creating(
                        "handle_duplicate",
                        true,
                        1,
                        0,
                        (t, zx) ->
                                () ->
                                        zx.handles.handleDuplicate(
                                                zx.caller, t.event, ZX_RIGHT_SAME_RIGHTS(), t.out)),
                new Creating(
                        "handle_replace",
                        true,
                        1,
                        1,
                        (t, zx) -> {
                            int source = zx.duplicate(t.event, ZX_RIGHT_SAME_RIGHTS());
                            return () ->
                                    zx.handles.handleReplace(
                                            zx.caller, source, ZX_RIGHT_SAME_RIGHTS(), t.out);
                        }),
                new Creating(
                        "get_child_job",
                        true,
                        1,
                        0,
                        (t, zx) ->
                                () ->
                                        zx.objects.objectGetChild(
                                                zx.caller, zx.root(), t.koid(t.job), 0, t.out)),
                new Creating(
                        "get_child_process",
                        true,
                        1,
                        0,
                        (t, zx) ->
                                () ->
                                        zx.objects.objectGetChild(
                                                zx.caller, t.job, t.koid(t.process), 0, t.out)),
                new Creating(
                        "port_create",
                        true,
                        2,
                        0,
                        (t, zx) -> () -> zx.ports.portCreate(zx.caller, 0, t.out)),
                new Creating(
                        "port_queue",
                        false,
                        1,
                        0,
                        (t, zx) -> {
                            long packet = zx.memory.room(48);
                            return () -> zx.ports.portQueue(zx.caller, t.port, packet);
                        }),
                new Creating(
                        "wait_async",
                        false,
                        1,
                        0,
                        (t, zx) ->
                                () ->
                                        zx.waits.objectWaitAsync(
                                                zx.caller, t.event, t.port, 1, 8, 0)),
                new Creating(
                        "task_suspend",
                        true,
                        2,
                        0,
                        (t, zx) -> () -> zx.tasks.taskSuspend(zx.caller, t.process, t.out)),
                new Creating(
                        "job_create",
                        true,
                        2,
                        0,
                        (t, zx) -> () -> zx.jobs.jobCreate(zx.caller, t.job, 0, t.out)),
                new Creating(
                        "job_set_policy",
                        false,
                        1,
                        0,
                        (t, zx) -> {
                            int empty = zx.job();
                            long policy = zx.memory.ints(ZX_POL_NEW_EVENT(), 1);
                            return () -> zx.jobs.jobSetPolicy(zx.caller, empty, 1, 0, policy, 1);
                        }),
                new Creating(
                        "process_create",
                        true,
                        3,
                        0,
                        (t, zx) ->
                                () ->
                                        zx.processes.processCreate(
                                                zx.caller, t.job, t.name, 4, 0, t.out, t.out2)),
                new Creating(
                        "process_start",
                        false,
                        1,
                        1,
                        (t, zx) -> {
                            int own = zx.process(t.job);
                            int thread = zx.thread(own);
                            int argument = zx.duplicate(t.event, ZX_RIGHT_SAME_RIGHTS());
                            return () ->
                                    zx.processes.processStart(
                                            zx.caller, own, thread, ENTRY, 0, argument, 0);
                        }),
                new Creating(
                        "thread_create",
                        true,
                        2,
                        0,
                        (t, zx) ->
                                () ->
                                        zx.threads.threadCreate(
                                                zx.caller, t.process, t.name, 4, 0, t.out)),
                new Creating(
                        "thread_start",
                        false,
                        1,
                        0,
                        (t, zx) -> {
                            int thread = zx.thread(zx.runtime.processSelf(zx.caller));
                            return () -> zx.threads.threadStart(zx.caller, thread, ENTRY, 0, 0, 0);
                        }),
                new Creating(
                        "task_bind_exception_port",
                        false,
                        1,
                        0,
                        (t, zx) ->
                                () ->
                                        zx.tasks.taskBindExceptionPort(
                                                zx.caller, t.process, t.port, 1, 0)),
                new Creating(
                        "channel_create",
                        true,
                        3,
                        0,
                        (t, zx) -> () -> zx.channels.channelCreate(zx.caller, 0, t.out, t.out2)),
                new Creating(
                        "channel_write",
                        false,
                        1,
                        1,
                        (t, zx) -> {
                            long list =
                                    zx.memory.ints(zx.duplicate(t.event, ZX_RIGHT_SAME_RIGHTS()));
                            return () ->
                                    zx.channels.channelWrite(
                                            zx.caller, t.channel[0], 0, t.name, 4, list, 1);
                        }),
                new Creating(
                        "event_create",
                        true,
                        2,
                        0,
                        (t, zx) -> () -> zx.events.eventCreate(zx.caller, 0, t.out)),
                new Creating(
                        "eventpair_create",
                        true,
                        3,
                        0,
                        (t, zx) -> () -> zx.events.eventpairCreate(zx.caller, 0, t.out, t.out2)));
    }

    private long koid(int handle) {
        return zx.find(handle).object().koid();
    }

    /// All that a failed call must leave as it is, but for the handles that it consumes.
    private String world() {
        String tree = zx.kernel.snapshot().toString().replaceAll("\\d+ handles|handles \\d+", "");
        List<String> signals = new ArrayList<>();
        for (int handle : new int[] {zx.root(), job, process, event, channel[0], channel[1]}) {
            Dispatcher object = zx.find(handle).object();
            signals.add(Integer.toHexString(zx.test.signals(object)));
        }
        return tree + signals + zx.memory.intAt(out) + zx.memory.intAt(out2);
    }

    private void failAllocation(int count) {
        zx.test.locked(() -> zx.kernel.faults().failAllocation(count));
    }

    @ParameterizedTest
    @MethodSource("calls")
    @DisplayName("C-3, section 13: an allocation that fails is NO_MEMORY, and nothing half done")
    void everyAllocationMayFail(Creating creating) {
        zx.test.machine.put(ENTRY, (_, _, _) -> {});
        int failures = 0;
        int result = ZX_ERR_NO_MEMORY();
        while (result == ZX_ERR_NO_MEMORY()) {
            IntSupplier call = creating.preparation.call(this, zx);
            String world = world();
            int open = zx.open();
            int live = zx.test.liveHandles();
            failAllocation(failures + 1);
            result = status(call);
            failAllocation(0);
            if (result == ZX_ERR_NO_MEMORY()) {
                failures++;
                assertThat(world()).isEqualTo(world);
                assertThat(zx.open()).isEqualTo(open - creating.consumed);
                assertThat(zx.test.liveHandles()).isEqualTo(live - creating.consumed);
            }
        }
        assertThat(result).isZero();
        assertThat(failures).isEqualTo(creating.allocations);
        zx.test.quiesce();
    }

    // The table of handles.

    /// Makes handles to the event until this many slots are left.
    private void leaveSlots(int left) {
        Dispatcher object = zx.find(event).object();
        int missing = MAX_HANDLES - zx.test.liveHandles() - left;
        zx.test.locked(
                () -> {
                    for (int i = 0; i < missing; i++) {
                        var _ = zx.caller.own(zx.kernel.handles().make(object, 0));
                    }
                });
    }

    @Test
    @DisplayName("Limit, C-3: with the table of handles full, nothing that makes a handle is made")
    void theTableIsFull() {
        zx.test.machine.put(ENTRY, (_, _, _) -> {});
        Map<Creating, IntSupplier> calls = new LinkedHashMap<>();
        calls().forEach(each -> calls.put(each, each.preparation.call(this, zx)));
        calls.forEach(
                (creating, call) -> {
                    zx.test.quiesce();
                    leaveSlots(0);
                    String world = world();
                    int result = status(call);
                    if (creating.makesHandle) {
                        assertThat(result).as("%s", creating).isEqualTo(ZX_ERR_NO_MEMORY());
                        assertThat(world()).as("%s", creating).isEqualTo(world);
                        assertThat(zx.test.liveHandles())
                                .as("%s", creating)
                                .isEqualTo(MAX_HANDLES - creating.consumed);
                    } else {
                        assertThat(result).as("%s makes none", creating).isZero();
                    }
                });
        zx.test.quiesce();
    }

    @Test
    @DisplayName("Limit: a handle in an unread message counts; a pair wants two slots or gets none")
    void handlesInFlightCount() {
        long list = zx.memory.ints(zx.duplicate(event, ZX_RIGHT_SAME_RIGHTS()));
        leaveSlots(1);
        assertThat(status(() -> zx.channels.channelWrite(zx.caller, channel[0], 0, 0, 0, list, 1)))
                .isZero();
        assertThat(zx.test.liveHandles()).isEqualTo(MAX_HANDLES - 1);
        assertThat(status(() -> zx.channels.channelCreate(zx.caller, 0, out, out2)))
                .isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(status(() -> zx.events.eventpairCreate(zx.caller, 0, out, out2)))
                .isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(status(() -> zx.processes.processCreate(zx.caller, job, name, 4, 0, out, out2)))
                .isEqualTo(ZX_ERR_NO_MEMORY());
        assertThat(zx.test.liveHandles()).as("the one slot is free").isEqualTo(MAX_HANDLES - 1);
        int last = zx.event();
        assertThat(status(() -> zx.events.eventCreate(zx.caller, 0, out)))
                .isEqualTo(ZX_ERR_NO_MEMORY());
        Handle sent =
                zx.test.locked(
                        () ->
                                zx.object(channel[1], ChannelDispatcher.class)
                                        .peek()
                                        .handles()
                                        .getFirst());
        assertThat(
                        status(
                                () ->
                                        zx.channels.channelRead(
                                                zx.caller, channel[1], 0, 0, out, 0, 1, 0, 0)))
                .as("a read makes no handle")
                .isZero();
        assertThat(zx.find(zx.memory.intAt(out))).isSameAs(sent);
        zx.close(last);
        assertThat(status(() -> zx.events.eventCreate(zx.caller, 0, out))).isZero();
    }
}
