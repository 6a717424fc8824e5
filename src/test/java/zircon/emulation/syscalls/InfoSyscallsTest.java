package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.emulation.syscalls.TestSyscalls.status;
import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_BAD_STATE;
import static zircon.sys.zircon_h.ZX_ERR_BUFFER_TOO_SMALL;
import static zircon.sys.zircon_h.ZX_ERR_INVALID_ARGS;
import static zircon.sys.zircon_h.ZX_ERR_NOT_SUPPORTED;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_EXCEPTION_PORT_TYPE_THREAD;
import static zircon.sys.zircon_h.ZX_EXCP_FATAL_PAGE_FAULT;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_BASIC;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_COUNT;
import static zircon.sys.zircon_h.ZX_INFO_HANDLE_VALID;
import static zircon.sys.zircon_h.ZX_INFO_JOB_CHILDREN;
import static zircon.sys.zircon_h.ZX_INFO_JOB_PROCESSES;
import static zircon.sys.zircon_h.ZX_INFO_NONE;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS;
import static zircon.sys.zircon_h.ZX_INFO_PROCESS_HANDLE_STATS;
import static zircon.sys.zircon_h.ZX_INFO_THREAD;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT;
import static zircon.sys.zircon_h.ZX_INFO_THREAD_STATS;
import static zircon.sys.zircon_h.ZX_INFO_VMAR;
import static zircon.sys.zircon_h.ZX_OBJ_PROP_NONE;
import static zircon.sys.zircon_h.ZX_OBJ_PROP_WAITABLE;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_EVENT;
import static zircon.sys.zircon_h.ZX_OBJ_TYPE_PROCESS;
import static zircon.sys.zircon_h.ZX_RIGHT_SAME_RIGHTS;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_BLOCKED_EXCEPTION;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import zircon.emulation.kernel.Dispatcher;
import zircon.emulation.kernel.FakeContext;

import java.lang.foreign.ValueLayout;

@Timeout(60)
class InfoSyscallsTest {
    private static final int BAD = 12345;

    private final TestSyscalls zx = new TestSyscalls();
    private final long buffer = zx.memory.room(256);
    private final long actual = zx.memory.room(8);
    private final long avail = zx.memory.room(8);

    private int get(int handle, int topic, long at, long size) {
        return status(
                () -> zx.info.objectGetInfo(zx.caller, handle, topic, at, size, actual, avail));
    }

    private int get(int handle, int topic) {
        return get(handle, topic, buffer, 256);
    }

    @Test
    @DisplayName("An unknown topic is NOT_SUPPORTED before any handle check")
    void unknownTopics() {
        assertThat(get(BAD, 999)).isEqualTo(ZX_ERR_NOT_SUPPORTED());
        assertThat(get(BAD, ZX_INFO_NONE())).isEqualTo(ZX_ERR_NOT_SUPPORTED());
    }

    @Test
    @DisplayName("Handle, right and type are checked in this order, for every topic")
    void handleChecks() {
        int event = zx.event();
        int process = zx.process();
        int weak = zx.duplicate(process, 0);
        assertThat(get(BAD, ZX_INFO_PROCESS())).isEqualTo(ZX_ERR_BAD_HANDLE());
        assertThat(get(weak, ZX_INFO_THREAD())).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(get(event, ZX_INFO_JOB_CHILDREN())).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(get(event, ZX_INFO_THREAD())).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(get(process, ZX_INFO_JOB_CHILDREN())).isEqualTo(ZX_ERR_WRONG_TYPE());
        assertThat(get(weak, ZX_INFO_HANDLE_COUNT())).isEqualTo(ZX_ERR_ACCESS_DENIED());
        assertThat(get(weak, ZX_INFO_HANDLE_BASIC())).as("I-7").isZero();
        assertThat(get(weak, ZX_INFO_HANDLE_VALID())).isZero();
        assertThat(get(0, ZX_INFO_HANDLE_VALID())).isEqualTo(ZX_ERR_BAD_HANDLE());
    }

    @Test
    @DisplayName(
            "I-5: a short buffer is BUFFER_TOO_SMALL with 0 and 1; excess stays untouched; NULLs"
                    + " are fine")
    void fixedTopics() {
        int process = zx.process();
        assertThat(get(process, ZX_INFO_PROCESS(), buffer, 15))
                .isEqualTo(ZX_ERR_BUFFER_TOO_SMALL());
        assertThat(zx.memory.longAt(actual)).isZero();
        assertThat(zx.memory.longAt(avail)).isEqualTo(1);
        assertThat(get(process, ZX_INFO_PROCESS(), buffer, 256)).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(1);
        assertThat(zx.memory.longAt(buffer + 16)).isEqualTo(0xaaaa_aaaa_aaaa_aaaaL);
        assertThat(
                        status(
                                () ->
                                        zx.info.objectGetInfo(
                                                zx.caller,
                                                process,
                                                ZX_INFO_PROCESS(),
                                                buffer,
                                                16,
                                                0,
                                                0)))
                .isZero();
        assertThat(get(process, ZX_INFO_PROCESS(), 0, 16)).isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("I-6: lists are cut to the buffer; the buffer may be NULL when nothing fits")
    void listTopics() {
        int job = zx.job();
        int first = zx.process(job);
        int second = zx.process(job);
        long firstKoid = zx.find(first).object().koid();
        assertThat(get(job, ZX_INFO_JOB_PROCESSES())).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(2);
        assertThat(zx.memory.longAt(buffer)).isEqualTo(firstKoid);
        assertThat(zx.memory.longAt(buffer + 8)).isEqualTo(zx.find(second).object().koid());
        assertThat(get(job, ZX_INFO_JOB_PROCESSES(), buffer, 15)).isZero();
        assertThat(zx.memory.longAt(actual)).isEqualTo(1);
        assertThat(zx.memory.longAt(avail)).isEqualTo(2);
        assertThat(get(job, ZX_INFO_JOB_PROCESSES(), 0, 7)).isZero();
        assertThat(get(job, ZX_INFO_JOB_CHILDREN(), 0, 0)).isZero();
        assertThat(get(job, ZX_INFO_JOB_PROCESSES(), FakeMemory.readOnly(), -1))
                .isEqualTo(ZX_ERR_INVALID_ARGS());
    }

    @Test
    @DisplayName("HANDLE_BASIC: koid, rights, type, related koid, waitable")
    void handleBasic() {
        int process = zx.process();
        Dispatcher object = zx.find(process).object();
        assertThat(get(process, ZX_INFO_HANDLE_BASIC())).isZero();
        assertThat(zx.memory.longAt(buffer)).isEqualTo(object.koid());
        assertThat(zx.memory.intAt(buffer + 8)).isEqualTo(0x6d3cf);
        assertThat(zx.memory.intAt(buffer + 12)).isEqualTo(ZX_OBJ_TYPE_PROCESS());
        assertThat(zx.memory.longAt(buffer + 16)).isEqualTo(zx.kernel.rootJob().koid());
        assertThat(zx.memory.intAt(buffer + 24)).isEqualTo(ZX_OBJ_PROP_WAITABLE());
        assertThat(get(zx.port(), ZX_INFO_HANDLE_BASIC())).isZero();
        assertThat(zx.memory.intAt(buffer + 24)).isEqualTo(ZX_OBJ_PROP_NONE());
    }

    @Test
    @DisplayName("R-1: PROCESS says started, exited and debugger_attached")
    void processInfo() {
        int process = zx.process();
        assertThat(get(process, ZX_INFO_PROCESS())).isZero();
        assertThat(zx.memory.at(buffer + 8, 3).toArray(ValueLayout.JAVA_BYTE))
                .containsExactly(0, 0, 0);
        int port = zx.port();
        var _ = zx.tasks.taskBindExceptionPort(zx.caller, process, port, 1, 1);
        var _ = zx.tasks.taskKill(zx.caller, process);
        assertThat(get(process, ZX_INFO_PROCESS())).isZero();
        assertThat(zx.memory.longAt(buffer)).isEqualTo(-1);
        assertThat(zx.memory.at(buffer + 8, 3).toArray(ValueLayout.JAVA_BYTE))
                .containsExactly(1, 1, 1);
    }

    @Test
    @DisplayName("Section 10, X-21: THREAD and THREAD_EXCEPTION_REPORT of a faulted thread")
    void threadInfo() {
        int fresh = zx.thread(zx.process());
        assertThat(get(fresh, ZX_INFO_THREAD_EXCEPTION_REPORT())).isEqualTo(ZX_ERR_BAD_STATE());
        assertThat(get(fresh, ZX_INFO_THREAD_EXCEPTION_REPORT(), buffer, 0))
                .as("state before buffer")
                .isEqualTo(ZX_ERR_BAD_STATE());
        int thread = zx.faulted(zx.port(), FakeContext.pageFault());
        assertThat(get(thread, ZX_INFO_THREAD())).isZero();
        assertThat(zx.memory.intAt(buffer)).isEqualTo(ZX_THREAD_STATE_BLOCKED_EXCEPTION());
        assertThat(zx.memory.intAt(buffer + 4)).isEqualTo(ZX_EXCEPTION_PORT_TYPE_THREAD());
        assertThat(get(thread, ZX_INFO_THREAD_EXCEPTION_REPORT())).isZero();
        assertThat(zx.memory.intAt(buffer)).isEqualTo(32);
        assertThat(zx.memory.intAt(buffer + 4)).isEqualTo(ZX_EXCP_FATAL_PAGE_FAULT());
        assertThat(zx.memory.longAt(buffer + 8)).isEqualTo(14);
        assertThat(zx.memory.longAt(buffer + 16)).isEqualTo(6);
        assertThat(zx.memory.longAt(buffer + 24)).isEqualTo(0x1234);
    }

    @Test
    @DisplayName("I-7: HANDLE_COUNT counts handles in all processes and in flight")
    void handleCount() {
        int event = zx.event();
        int copy = zx.duplicate(event, ZX_RIGHT_SAME_RIGHTS());
        int[] channel = zx.channel();
        long list = zx.memory.ints(copy);
        assertThat(zx.channels.channelWrite(zx.caller, channel[0], 0, 0, 0, list, 1)).isZero();
        assertThat(get(event, ZX_INFO_HANDLE_COUNT())).isZero();
        assertThat(zx.memory.intAt(buffer)).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "PROCESS_HANDLE_STATS counts by type; VMAR has a base and a length; THREAD_STATS a"
                    + " time")
    void otherTopics() {
        var _ = zx.event();
        var _ = zx.event();
        int self = zx.runtime.processSelf(zx.caller);
        assertThat(get(self, ZX_INFO_PROCESS_HANDLE_STATS())).isZero();
        assertThat(zx.memory.intAt(buffer + 4L * ZX_OBJ_TYPE_EVENT())).isEqualTo(2);
        assertThat(zx.memory.intAt(buffer + 4L * ZX_OBJ_TYPE_PROCESS())).isEqualTo(1);
        assertThat(get(zx.runtime.vmarRootSelf(zx.caller), ZX_INFO_VMAR())).isZero();
        assertThat(zx.memory.longAt(buffer)).isPositive();
        assertThat(zx.memory.longAt(buffer + 8)).isPositive();
        assertThat(get(zx.runtime.threadSelf(zx.caller), ZX_INFO_THREAD_STATS())).isZero();
        assertThat(zx.memory.longAt(buffer)).isZero();
    }
}
