package zircon.internal;

import zircon.sys.zircon_h;

import java.lang.foreign.MemorySegment;

/// Every function of Zircon's headers, one line each, in the headers' order: numbers and segments
/// in, the raw status out. What they mean is the wrapper's business.
public final class Syscalls {
    static {
        // The generated classes look a function up once, on its first use, and remember a failure
        // for ever.
        NativeLibrary.load();
    }

    private Syscalls() {}

    // Handles.

    public static int handleClose(int handle) {
        return zircon_h.zx_handle_close(handle);
    }

    public static int handleCloseMany(MemorySegment handles, long numHandles) {
        return zircon_h.zx_handle_close_many(handles, numHandles);
    }

    public static int handleDuplicate(int handle, int rights, MemorySegment out) {
        return zircon_h.zx_handle_duplicate(handle, rights, out);
    }

    public static int handleReplace(int handle, int rights, MemorySegment out) {
        return zircon_h.zx_handle_replace(handle, rights, out);
    }

    // Objects.

    public static int objectGetInfo(
            int handle,
            int topic,
            MemorySegment buffer,
            long bufferSize,
            MemorySegment actual,
            MemorySegment avail) {
        return zircon_h.zx_object_get_info(handle, topic, buffer, bufferSize, actual, avail);
    }

    public static int objectGetProperty(
            int handle, int property, MemorySegment value, long valueSize) {
        return zircon_h.zx_object_get_property(handle, property, value, valueSize);
    }

    public static int objectSetProperty(
            int handle, int property, MemorySegment value, long valueSize) {
        return zircon_h.zx_object_set_property(handle, property, value, valueSize);
    }

    public static int objectGetChild(int handle, long koid, int rights, MemorySegment out) {
        return zircon_h.zx_object_get_child(handle, koid, rights, out);
    }

    public static int objectSignal(int handle, int clearMask, int setMask) {
        return zircon_h.zx_object_signal(handle, clearMask, setMask);
    }

    public static int objectSignalPeer(int handle, int clearMask, int setMask) {
        return zircon_h.zx_object_signal_peer(handle, clearMask, setMask);
    }

    public static int objectWaitOne(
            int handle, int signals, long deadline, MemorySegment observed) {
        return zircon_h.zx_object_wait_one(handle, signals, deadline, observed);
    }

    public static int objectWaitMany(MemorySegment items, long count, long deadline) {
        return zircon_h.zx_object_wait_many(items, count, deadline);
    }

    public static int objectWaitAsync(int handle, int port, long key, int signals, int options) {
        return zircon_h.zx_object_wait_async(handle, port, key, signals, options);
    }

    // Ports.

    public static int portCreate(int options, MemorySegment out) {
        return zircon_h.zx_port_create(options, out);
    }

    public static int portQueue(int handle, MemorySegment packet) {
        return zircon_h.zx_port_queue(handle, packet);
    }

    public static int portWait(int handle, long deadline, MemorySegment packet) {
        return zircon_h.zx_port_wait(handle, deadline, packet);
    }

    public static int portCancel(int handle, int source, long key) {
        return zircon_h.zx_port_cancel(handle, source, key);
    }

    // Jobs.

    public static int jobCreate(int parentJob, int options, MemorySegment out) {
        return zircon_h.zx_job_create(parentJob, options, out);
    }

    public static int jobSetPolicy(
            int handle, int options, int topic, MemorySegment policy, int count) {
        return zircon_h.zx_job_set_policy(handle, options, topic, policy, count);
    }

    // Processes.

    public static int processCreate(
            int job,
            MemorySegment name,
            long nameSize,
            int options,
            MemorySegment procHandle,
            MemorySegment vmarHandle) {
        return zircon_h.zx_process_create(job, name, nameSize, options, procHandle, vmarHandle);
    }

    public static int processStart(
            int handle, int thread, long entry, long stack, int arg1, long arg2) {
        return zircon_h.zx_process_start(handle, thread, entry, stack, arg1, arg2);
    }

    public static void processExit(long retcode) {
        zircon_h.zx_process_exit(retcode);
    }

    public static int processReadMemory(
            int handle, long vaddr, MemorySegment buffer, long bufferSize, MemorySegment actual) {
        return zircon_h.zx_process_read_memory(handle, vaddr, buffer, bufferSize, actual);
    }

    public static int processWriteMemory(
            int handle, long vaddr, MemorySegment buffer, long bufferSize, MemorySegment actual) {
        return zircon_h.zx_process_write_memory(handle, vaddr, buffer, bufferSize, actual);
    }

    // Threads.

    public static int threadCreate(
            int process, MemorySegment name, long nameSize, int options, MemorySegment out) {
        return zircon_h.zx_thread_create(process, name, nameSize, options, out);
    }

    public static int threadStart(int handle, long threadEntry, long stack, long arg1, long arg2) {
        return zircon_h.zx_thread_start(handle, threadEntry, stack, arg1, arg2);
    }

    public static void threadExit() {
        zircon_h.zx_thread_exit();
    }

    public static int threadReadState(int handle, int kind, MemorySegment buffer, long bufferSize) {
        return zircon_h.zx_thread_read_state(handle, kind, buffer, bufferSize);
    }

    public static int threadWriteState(
            int handle, int kind, MemorySegment buffer, long bufferSize) {
        return zircon_h.zx_thread_write_state(handle, kind, buffer, bufferSize);
    }

    // Tasks.

    public static int taskBindExceptionPort(int handle, int port, long key, int options) {
        return zircon_h.zx_task_bind_exception_port(handle, port, key, options);
    }

    public static int taskResumeFromException(int handle, int port, int options) {
        return zircon_h.zx_task_resume_from_exception(handle, port, options);
    }

    public static int taskSuspend(int handle, MemorySegment token) {
        return zircon_h.zx_task_suspend(handle, token);
    }

    public static int taskSuspendToken(int handle, MemorySegment token) {
        return zircon_h.zx_task_suspend_token(handle, token);
    }

    public static int taskKill(int handle) {
        return zircon_h.zx_task_kill(handle);
    }

    // Channels and events.

    public static int channelCreate(int options, MemorySegment out0, MemorySegment out1) {
        return zircon_h.zx_channel_create(options, out0, out1);
    }

    public static int channelRead(
            int handle,
            int options,
            MemorySegment bytes,
            MemorySegment handles,
            int numBytes,
            int numHandles,
            MemorySegment actualBytes,
            MemorySegment actualHandles) {
        return zircon_h.zx_channel_read(
                handle, options, bytes, handles, numBytes, numHandles, actualBytes, actualHandles);
    }

    public static int channelReadEtc(
            int handle,
            int options,
            MemorySegment bytes,
            MemorySegment handles,
            int numBytes,
            int numHandles,
            MemorySegment actualBytes,
            MemorySegment actualHandles) {
        return zircon_h.zx_channel_read_etc(
                handle, options, bytes, handles, numBytes, numHandles, actualBytes, actualHandles);
    }

    public static int channelWrite(
            int handle,
            int options,
            MemorySegment bytes,
            int numBytes,
            MemorySegment handles,
            int numHandles) {
        return zircon_h.zx_channel_write(handle, options, bytes, numBytes, handles, numHandles);
    }

    public static int eventCreate(int options, MemorySegment out) {
        return zircon_h.zx_event_create(options, out);
    }

    public static int eventpairCreate(int options, MemorySegment out0, MemorySegment out1) {
        return zircon_h.zx_eventpair_create(options, out0, out1);
    }

    // Time and system.

    public static long clockGet(int clockId) {
        return zircon_h.zx_clock_get(clockId);
    }

    public static int clockGetNew(int clockId, MemorySegment out) {
        return zircon_h.zx_clock_get_new(clockId, out);
    }

    public static long clockGetMonotonic() {
        return zircon_h.zx_clock_get_monotonic();
    }

    public static long deadlineAfter(long nanoseconds) {
        return zircon_h.zx_deadline_after(nanoseconds);
    }

    public static int nanosleep(long deadline) {
        return zircon_h.zx_nanosleep(deadline);
    }

    public static int systemGetVersion(MemorySegment version, long versionSize) {
        return zircon_h.zx_system_get_version(version, versionSize);
    }

    // The run-time functions of zircon/process.h.

    public static int takeStartupHandle(int hndInfo) {
        return zircon_h.zx_take_startup_handle(hndInfo);
    }

    public static int processSelf() {
        return zircon_h.zx_process_self();
    }

    public static int threadSelf() {
        return zircon_h.zx_thread_self();
    }

    public static int vmarRootSelf() {
        return zircon_h.zx_vmar_root_self();
    }

    public static int jobDefault() {
        return zircon_h.zx_job_default();
    }

    // zircon/status.h.

    public static MemorySegment statusGetString(int status) {
        return zircon_h.zx_status_get_string(status);
    }
}
