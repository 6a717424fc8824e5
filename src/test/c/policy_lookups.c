// Policy exceptions: raised as a syscall returns, whatever it returns, and once for each.
#include "guest.h"

enum { KEY = 5, FAILED = 0x40 };

// The syscalls of the process under test, and what they are to return there.
enum call {
    CLOSE_BAD,
    CLOSE_NOTHING,
    VALID,
    NO_RIGHT,
    CLOSE_MANY,
    WRITE,
    UNBIND,
    WAIT_MANY,
    READ_MEMORY,
    NEW_EVENT,
    NEW_PORT,
    NEW_CHANNEL,
    CALLS,
};

static const struct {
    zx_status_t status;
    int raises;
} expected[CALLS] = {
    [CLOSE_BAD] = {ZX_ERR_BAD_HANDLE, 1},
    // H-12, H-11: no failed lookup, or one that nobody hears of; a missing right is none.
    [CLOSE_NOTHING] = {ZX_OK, 0},
    [VALID] = {ZX_ERR_BAD_HANDLE, 0},
    [NO_RIGHT] = {ZX_ERR_ACCESS_DENIED, 0},
    // one exception for however many.
    [CLOSE_MANY] = {ZX_ERR_BAD_HANDLE, 1},
    // H-13: the entry is bad, but it is the options that the caller is told of.
    [WRITE] = {ZX_ERR_INVALID_ARGS, 1},
    [UNBIND] = {ZX_ERR_BAD_STATE, 0},
    [WAIT_MANY] = {ZX_ERR_BAD_HANDLE, 1},
    [READ_MEMORY] = {ZX_ERR_BAD_HANDLE, 1},
    // J-11: allowed and told; denied and told; denied.
    [NEW_EVENT] = {ZX_OK, 1},
    [NEW_PORT] = {ZX_ERR_ACCESS_DENIED, 1},
    [NEW_CHANNEL] = {ZX_ERR_ACCESS_DENIED, 0},
};

static zx_status_t make(enum call call) {
    const zx_handle_t bad[] = {0x7ffffff1, 0x7ffffff3, 0x7ffffff5};
    zx_handle_t out[2];
    zx_wait_item_t item = {bad[0], 0, 0};
    size_t actual;
    char byte;
    switch (call) {
    case CLOSE_BAD:
        return zx_handle_close(bad[0]);
    case CLOSE_NOTHING:
        return zx_handle_close(ZX_HANDLE_INVALID);
    case VALID:
        return zx_object_get_info(bad[0], ZX_INFO_HANDLE_VALID, NULL, 0, NULL, NULL);
    case NO_RIGHT:
        return zx_object_signal_peer(zx_process_self(), 0, 0);
    case CLOSE_MANY:
        return zx_handle_close_many(bad, 3);
    case WRITE:
        return zx_channel_write(bad[0], 1, NULL, 0, bad, 3);
    case UNBIND:
        return zx_task_bind_exception_port(zx_thread_self(), ZX_HANDLE_INVALID, 0, 0);
    case WAIT_MANY:
        return zx_object_wait_many(&item, 1, 0);
    case READ_MEMORY:
        return zx_process_read_memory(bad[0], (zx_vaddr_t)&byte, &byte, 1, &actual);
    case NEW_EVENT:
        return zx_event_create(0, out);
    case NEW_PORT:
        return zx_port_create(0, out);
    default:
        return zx_channel_create(0, &out[0], &out[1]);
    }
}

// Makes all calls; its code says which one has gone wrong, if any.
static void make_calls(uintptr_t unused, uintptr_t made) {
    (void)unused;
    for (int call = 0; call < CALLS; call++) {
        __atomic_store_n((int*)made, call, __ATOMIC_SEQ_CST);
        if (make(call) != expected[call].status) {
            zx_process_exit(FAILED + call);
        }
    }
    zx_process_exit(0);
}

static zx_handle_t policed_job(void) {
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    const zx_policy_basic_t policy[] = {
        {ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION},
        {ZX_POL_NEW_EVENT, ZX_POL_ACTION_ALLOW | ZX_POL_ACTION_EXCEPTION},
        {ZX_POL_NEW_PORT, ZX_POL_ACTION_DENY | ZX_POL_ACTION_EXCEPTION},
        {ZX_POL_NEW_CHANNEL, ZX_POL_ACTION_DENY},
    };
    MUST(zx_job_set_policy(job, ZX_JOB_POL_ABSOLUTE, ZX_JOB_POL_BASIC, policy, 4));
    return job;
}

static void handled(void) {
    static int made;
    zx_handle_t job = policed_job();
    zx_handle_t port = new_port();
    zx_handle_t process = new_process(job, "policed");
    zx_handle_t thread = new_thread(process, "policed");
    MUST(zx_task_bind_exception_port(job, port, KEY, 0));
    start_process(process, thread, make_calls, new_event(), (uintptr_t)&made);
    for (int call = 0; call < CALLS; call++) {
        if (!expected[call].raises) {
            continue;
        }
        zx_handle_t stopped = next_exception(port, KEY, ZX_EXCP_POLICY_ERROR, process);
        CHECK_EQ(call, __atomic_load_n(&made, __ATOMIC_SEQ_CST));
        CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_JOB, thread_info(stopped).wait_exception_port_type);
        // a report without context, but with registers.
        zx_exception_report_t report = exception_report(stopped);
        CHECK_EQ(ZX_EXCP_POLICY_ERROR, report.header.type);
        CHECK_EQ(0, report.context.arch.u.x86_64.vector);
        CHECK_EQ(0, report.context.arch.u.x86_64.cr2);
        // The call has done all that it does.
        CHECK_EQ(expected[call].status, (zx_status_t)read_registers(stopped).rax);
        MUST(zx_task_resume_from_exception(stopped, port, 0));
        MUST(zx_handle_close(stopped));
    }
    wait_until_terminated(process);
    CHECK_EQ(0, process_info(process).return_code);
    zx_port_packet_t packet;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, 0, &packet));
    const zx_handle_t handles[] = {job, port, process, thread};
    CHECK_OK(zx_handle_close_many(handles, 4));
}

// with nobody to handle it, it is the end of the process.
static void unhandled(void) {
    static int made;
    zx_handle_t job = policed_job();
    zx_handle_t process = new_process(job, "unhandled");
    zx_handle_t thread = new_thread(process, "unhandled");
    start_process(process, thread, make_calls, new_event(), (uintptr_t)&made);
    wait_until_terminated(process);
    CHECK_EQ(-1, process_info(process).return_code);
    CHECK_EQ(CLOSE_BAD, made);
    const zx_handle_t handles[] = {job, process, thread};
    CHECK_OK(zx_handle_close_many(handles, 3));
}

int main(void) {
    handled();
    unhandled();
    return CHECK_RESULT();
}
