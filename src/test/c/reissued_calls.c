// Blocking calls of a thread that is suspended meanwhile: they are made again when it is resumed, each with the deadline
// that it had, and with all checks.
#include "guest.h"

enum { KEY = 9 };

struct call {
    zx_handle_t handle;
    zx_time_t deadline;
    zx_status_t result;
};

static void wait_one(uintptr_t arg1, uintptr_t unused) {
    struct call* call = (struct call*)arg1;
    (void)unused;
    call->result = zx_object_wait_one(call->handle, ZX_USER_SIGNAL_0, call->deadline, NULL);
    zx_thread_exit();
}

static void wait_many(uintptr_t arg1, uintptr_t unused) {
    struct call* call = (struct call*)arg1;
    zx_wait_item_t items[] = {{call->handle, ZX_USER_SIGNAL_0, 0}, {call->handle, ZX_USER_SIGNAL_0, 0}};
    (void)unused;
    call->result = zx_object_wait_many(items, 2, call->deadline);
    zx_thread_exit();
}

static void wait_for_packet(uintptr_t arg1, uintptr_t unused) {
    struct call* call = (struct call*)arg1;
    zx_port_packet_t packet;
    (void)unused;
    call->result = zx_port_wait(call->handle, call->deadline, &packet);
    zx_thread_exit();
}

static void sleep_until(uintptr_t arg1, uintptr_t unused) {
    struct call* call = (struct call*)arg1;
    (void)unused;
    call->result = zx_nanosleep(call->deadline);
    zx_thread_exit();
}

static const struct {
    guest_entry* entry;
    zx_thread_state_t state;
    zx_status_t timed_out;
} calls[] = {
    {wait_one, ZX_THREAD_STATE_BLOCKED_WAIT_ONE, ZX_ERR_TIMED_OUT},
    {wait_many, ZX_THREAD_STATE_BLOCKED_WAIT_MANY, ZX_ERR_TIMED_OUT},
    {wait_for_packet, ZX_THREAD_STATE_BLOCKED_PORT, ZX_ERR_TIMED_OUT},
    {sleep_until, ZX_THREAD_STATE_BLOCKED_SLEEPING, ZX_OK},
};
enum { CALLS = sizeof(calls) / sizeof(calls[0]), SLEEP = CALLS - 1 };

static int is_port_wait(int i) {
    return calls[i].entry == wait_for_packet;
}

static void wait_for_state(zx_handle_t thread, zx_thread_state_t state) {
    while (thread_info(thread).state != state) {
        zx_nanosleep(0);
    }
}

// A thread that blocks in the call, and is suspended then.
static zx_handle_t suspended(int i, struct call* call, zx_handle_t* token) {
    call->handle = is_port_wait(i) ? new_port() : new_event();
    call->result = -1;
    zx_handle_t thread = start_thread("blocked", calls[i].entry, (uintptr_t)call, 0);
    wait_for_state(thread, calls[i].state);
    MUST(zx_task_suspend(thread, token));
    MUST(zx_object_wait_one(thread, ZX_THREAD_SUSPENDED, SOON, NULL));
    return thread;
}

static void resume(zx_handle_t thread, zx_handle_t token) {
    MUST(zx_handle_close(token));
    MUST(zx_object_wait_one(thread, ZX_THREAD_RUNNING | ZX_TASK_TERMINATED, SOON, NULL));
}

static void fire(int i, zx_handle_t handle) {
    if (is_port_wait(i)) {
        zx_port_packet_t packet = {.key = KEY};
        MUST(zx_port_queue(handle, &packet));
    } else {
        MUST(zx_object_signal(handle, 0, ZX_USER_SIGNAL_0));
    }
}

// C-4: nothing has happened in between, so it blocks again; then it ends as ever.
static void blocks_again(int i) {
    struct call call = {.deadline = ZX_TIME_INFINITE};
    zx_handle_t token = ZX_HANDLE_INVALID;
    zx_handle_t thread = suspended(i, &call, &token);
    resume(thread, token);
    wait_for_state(thread, calls[i].state);
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_NONE, thread_info(thread).wait_exception_port_type);
    if (i == SLEEP) {
        MUST(zx_task_kill(thread));
        join_thread(thread);
        CHECK_EQ(-1, call.result); // C-5: nobody sees the result
    } else {
        fire(i, call.handle);
        join_thread(thread);
        CHECK_OK(call.result);
    }
    MUST(zx_handle_close(call.handle));
}

// C-4: what came during the suspension and is still there is found.
static void finds_what_came(int i) {
    struct call call = {.deadline = SOON};
    zx_handle_t token = ZX_HANDLE_INVALID;
    zx_handle_t thread = suspended(i, &call, &token);
    fire(i, call.handle);
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(thread).state);
    CHECK_EQ(-1, call.result);
    resume(thread, token);
    join_thread(thread);
    CHECK_OK(call.result);
    MUST(zx_handle_close(call.handle));
}

// C-4: the handle is looked up again, and gone.
static void finds_no_handle(int i) {
    struct call call = {.deadline = SOON};
    zx_handle_t token = ZX_HANDLE_INVALID;
    zx_handle_t thread = suspended(i, &call, &token);
    MUST(zx_handle_close(call.handle));
    resume(thread, token);
    join_thread(thread);
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, call.result);
}

// C-4: the deadline is the one that it had, and passes meanwhile.
static void is_over(int i) {
    struct call call = {.deadline = zx_deadline_after(ZX_MSEC(200))};
    zx_handle_t token = ZX_HANDLE_INVALID;
    call.handle = is_port_wait(i) ? new_port() : new_event();
    call.result = -1;
    zx_handle_t thread = start_thread("blocked", calls[i].entry, (uintptr_t)&call, 0);
    MUST(zx_task_suspend(thread, &token));
    while (zx_clock_get_monotonic() <= call.deadline) {
        zx_nanosleep(call.deadline);
    }
    MUST(zx_handle_close(token));
    join_thread(thread);
    CHECK_STATUS(calls[i].timed_out, call.result);
    MUST(zx_handle_close(call.handle));
}

int main(void) {
    for (int i = 0; i < CALLS; i++) {
        blocks_again(i);
        is_over(i);
        if (i != SLEEP) {
            finds_what_came(i);
            finds_no_handle(i);
        }
    }
    return CHECK_RESULT();
}
