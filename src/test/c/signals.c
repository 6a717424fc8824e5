// Signals and waiting for them (section 3), on events and event pairs, and the clocks that deadlines are taken from.
#include "guest.h"

static void set_and_clear(void) {
    zx_handle_t event = new_event();
    zx_signals_t observed = 0;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(event, ZX_EVENT_SIGNALED, 0, &observed));
    CHECK_EQ(0, observed);
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_3));
    // W-3: all bits are told, not only the watched ones.
    CHECK_OK(zx_object_wait_one(event, ZX_EVENT_SIGNALED, 0, &observed));
    CHECK_EQ(ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_3, observed);
    // W-1: what is cleared and set ends up set.
    CHECK_OK(zx_object_signal(event, ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_3, ZX_USER_SIGNAL_3));
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(event, ZX_EVENT_SIGNALED, 0, &observed));
    CHECK_EQ(ZX_USER_SIGNAL_3, observed);
    // W-2.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_signal(event, 0, ZX_USER_SIGNAL_0 | 1u));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_signal(event, ZX_SIGNAL_HANDLE_CLOSED, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_signal(zx_process_self(), 0, ZX_PROCESS_TERMINATED));
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(event, ZX_USER_SIGNAL_0, 0, &observed));
    CHECK_EQ(ZX_USER_SIGNAL_3, observed);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_signal_peer(event, 0, ZX_EVENT_SIGNALED));
    CHECK_OK(zx_handle_close(event));
}

static void pairs(void) {
    zx_handle_t ends[2];
    zx_signals_t observed = 0;
    MUST(zx_eventpair_create(0, &ends[0], &ends[1]));
    CHECK_OK(zx_object_signal_peer(ends[0], 0, ZX_EVENTPAIR_SIGNALED | ZX_USER_SIGNAL_7));
    CHECK_OK(zx_object_wait_one(ends[1], ZX_EVENTPAIR_SIGNALED, 0, &observed));
    CHECK_EQ(ZX_EVENTPAIR_SIGNALED | ZX_USER_SIGNAL_7, observed);
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(ends[0], 0, 0, &observed));
    CHECK_EQ(0, observed);
    // K-5; W-2: the mask is looked at before the peer.
    CHECK_OK(zx_handle_close(ends[1]));
    CHECK_OK(zx_object_wait_one(ends[0], ZX_EVENTPAIR_PEER_CLOSED, 0, &observed));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_signal_peer(ends[0], 0, ZX_EVENTPAIR_PEER_CLOSED));
    CHECK_STATUS(ZX_ERR_PEER_CLOSED, zx_object_signal_peer(ends[0], 0, ZX_EVENTPAIR_SIGNALED));
    CHECK_OK(zx_handle_close(ends[0]));

    zx_handle_t out[2];
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_event_create(1, &out[0]));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_eventpair_create(1, &out[0], &out[1]));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_channel_create(1, &out[0], &out[1]));
}

struct wait {
    zx_handle_t handle;
    zx_signals_t watched;
    zx_status_t status;
    zx_signals_t observed;
};

static void wait_one(uintptr_t argument, uintptr_t unused) {
    (void)unused;
    struct wait* wait = (struct wait*)argument;
    wait->status = zx_object_wait_one(wait->handle, wait->watched, SOON, &wait->observed);
    zx_thread_exit();
}

// Returns when the thread is where `state` says.
static void wait_for_state(zx_handle_t thread, zx_thread_state_t state) {
    zx_time_t limit = SOON;
    while (thread_info(thread).state != state && CHECK(zx_clock_get_monotonic() < limit)) {
        zx_nanosleep(0);
    }
}

static void waiting_threads(void) {
    zx_handle_t event = new_event();
    zx_handle_t copy = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    struct wait woken = {.handle = event, .watched = ZX_EVENT_SIGNALED};
    struct wait canceled = {.handle = copy, .watched = ZX_EVENT_SIGNALED};
    zx_handle_t first = start_thread("woken", wait_one, (uintptr_t)&woken, 0);
    zx_handle_t second = start_thread("canceled", wait_one, (uintptr_t)&canceled, 0);
    wait_for_state(first, ZX_THREAD_STATE_BLOCKED_WAIT_ONE);
    wait_for_state(second, ZX_THREAD_STATE_BLOCKED_WAIT_ONE);

    // H-8, H-9: only the handle that the wait was begun with matters.
    CHECK_OK(zx_handle_close(copy));
    join_thread(second);
    CHECK_STATUS(ZX_ERR_CANCELED, canceled.status);
    CHECK_EQ(ZX_SIGNAL_HANDLE_CLOSED, canceled.observed);
    CHECK_EQ(ZX_THREAD_STATE_BLOCKED_WAIT_ONE, thread_info(first).state);

    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_1));
    CHECK_OK(zx_object_signal(event, ZX_USER_SIGNAL_1, ZX_EVENT_SIGNALED));
    join_thread(first);
    CHECK_STATUS(ZX_OK, woken.status);
    // W-3: what came and went meanwhile is told as well.
    CHECK_EQ(ZX_USER_SIGNAL_1 | ZX_EVENT_SIGNALED, woken.observed);
    CHECK_OK(zx_handle_close(event));
}

static void clocks(void) {
    zx_time_t before = zx_clock_get_monotonic();
    zx_time_t time = 0;
    CHECK_OK(zx_clock_get_new(ZX_CLOCK_MONOTONIC, &time));
    CHECK(before > 0 && time >= before);
    CHECK(zx_clock_get(ZX_CLOCK_MONOTONIC) >= time);
    CHECK(zx_clock_get(ZX_CLOCK_UTC) > 0);
    CHECK_EQ(0, zx_clock_get(99));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_clock_get_new(99, &time));
    CHECK_EQ(ZX_TIME_INFINITE, zx_deadline_after(ZX_TIME_INFINITE));
    zx_time_t deadline = zx_deadline_after(ZX_MSEC(2));
    CHECK_OK(zx_nanosleep(deadline));
    CHECK(zx_clock_get_monotonic() >= deadline);
    CHECK_OK(zx_nanosleep(0));
    CHECK_OK(zx_nanosleep(ZX_TIME_INFINITE_PAST));
    char version[64];
    CHECK_OK(zx_system_get_version(version, sizeof(version)));
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_system_get_version(version, sizeof(version) - 1));
}

int main(void) {
    set_and_clear();
    pairs();
    waiting_threads();
    clocks();
    return CHECK_RESULT();
}
