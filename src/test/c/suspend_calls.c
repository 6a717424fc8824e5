// Calls that block, of threads that are suspended and let go again at once: the program sees no sign of it (C-4, S-3).
#include "guest.h"

enum { SUSPENSIONS = 3000, CALLERS = 4 };

static zx_handle_t port;
static zx_handle_t event;
static int stop;

static int is_stopped(void) { return __atomic_load_n(&stop, __ATOMIC_SEQ_CST); }

static void sleep_often(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    while (!is_stopped()) {
        zx_time_t deadline = zx_deadline_after(ZX_USEC(100));
        CHECK_OK(zx_nanosleep(deadline));
        CHECK(zx_clock_get_monotonic() >= deadline);
    }
    zx_thread_exit();
}

static void wait_for_one(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    while (!is_stopped()) {
        CHECK_STATUS(ZX_ERR_TIMED_OUT,
                     zx_object_wait_one(event, ZX_EVENT_SIGNALED, zx_deadline_after(ZX_USEC(100)), NULL));
    }
    zx_thread_exit();
}

static void wait_for_many(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    while (!is_stopped()) {
        zx_wait_item_t items[] = {{event, ZX_EVENT_SIGNALED, 0}, {event, ZX_USER_SIGNAL_0, 0}};
        CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_many(items, 2, zx_deadline_after(ZX_USEC(100))));
    }
    zx_thread_exit();
}

static void wait_at_port(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    while (!is_stopped()) {
        zx_port_packet_t packet;
        CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, zx_deadline_after(ZX_USEC(100)), &packet));
    }
    zx_thread_exit();
}

int main(void) {
    port = new_port();
    event = new_event();
    guest_entry* const entries[CALLERS] = {sleep_often, wait_for_one, wait_for_many, wait_at_port};
    zx_handle_t callers[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
        callers[i] = start_thread("caller", entries[i], 0, 0);
    }
    for (int i = 0; i < SUSPENSIONS; i++) {
        zx_handle_t token = ZX_HANDLE_INVALID;
        MUST(zx_task_suspend(callers[i % CALLERS], &token));
        MUST(zx_handle_close(token));
    }
    __atomic_store_n(&stop, 1, __ATOMIC_SEQ_CST);
    for (int i = 0; i < CALLERS; i++) {
        join_thread(callers[i]);
    }
    MUST(zx_handle_close(event));
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
