// Waiting for one object and for many (W-3 to W-6), with threads that wait and others that end their wait.
#include "guest.h"

// One call of zx_object_wait_many(), or of zx_object_wait_one() for a single item if `one` is set.
struct wait {
    zx_wait_item_t items[ZX_WAIT_MANY_MAX_ITEMS];
    size_t count;
    zx_time_t deadline;
    int one;
    zx_status_t status;
};

static void make_wait(uintptr_t arg1, uintptr_t arg2) {
    (void)arg2;
    struct wait* wait = (struct wait*)arg1;
    if (wait->one) {
        zx_wait_item_t* item = &wait->items[0];
        wait->status = zx_object_wait_one(item->handle, item->waitfor, wait->deadline, &item->pending);
    } else {
        wait->status = zx_object_wait_many(wait->items, wait->count, wait->deadline);
    }
    zx_thread_exit();
}

// Starts a thread that makes this wait, and returns once it sleeps there.
static zx_handle_t start_wait(struct wait* wait, zx_thread_state_t state) {
    zx_handle_t thread = start_thread("waiting", make_wait, (uintptr_t)wait, 0);
    zx_time_t limit = SOON;
    while (thread_info(thread).state != state && CHECK(zx_clock_get_monotonic() < limit)) {
        zx_nanosleep(0);
    }
    return thread;
}

static void polling(void) {
    zx_handle_t first = new_event();
    zx_handle_t second = new_event();
    zx_wait_item_t items[] = {
        {.handle = first, .waitfor = ZX_EVENT_SIGNALED, .pending = 7},
        {.handle = second, .waitfor = ZX_USER_SIGNAL_0 | ZX_USER_SIGNAL_1, .pending = 7},
    };
    // W-4.
    const zx_time_t past[] = {ZX_TIME_INFINITE_PAST, -1, 0, 1, zx_clock_get_monotonic()};
    for (size_t i = 0; i < sizeof(past) / sizeof(past[0]); i++) {
        CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_many(items, 2, past[i]));
    }
    // W-6: also written when it fails.
    CHECK_EQ(0, items[0].pending);
    CHECK_OK(zx_object_signal(first, 0, ZX_USER_SIGNAL_7));
    CHECK_OK(zx_object_signal(second, 0, ZX_USER_SIGNAL_1 | ZX_USER_SIGNAL_2));
    CHECK_OK(zx_object_wait_many(items, 2, 0));
    CHECK_EQ(ZX_USER_SIGNAL_7, items[0].pending);
    CHECK_EQ(ZX_USER_SIGNAL_1 | ZX_USER_SIGNAL_2, items[1].pending);
    CHECK_OK(zx_object_wait_many(items, 2, ZX_TIME_INFINITE));
    CHECK_EQ(first, items[0].handle);
    CHECK_EQ(ZX_EVENT_SIGNALED, items[0].waitfor);
    zx_time_t deadline = zx_deadline_after(ZX_MSEC(3));
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_many(items, 1, deadline));
    // May be late, never early.
    CHECK(zx_clock_get_monotonic() >= deadline);
    CHECK_OK(zx_handle_close(first));
    CHECK_OK(zx_handle_close(second));
}

static void counts_of_items(void) {
    zx_handle_t event = new_event();
    zx_wait_item_t items[ZX_WAIT_MANY_MAX_ITEMS + 1];
    for (uint32_t i = 0; i <= ZX_WAIT_MANY_MAX_ITEMS; i++) {
        items[i] = (zx_wait_item_t){.handle = event, .waitfor = ZX_USER_SIGNAL_0 << i % 8};
    }
    // W-6: no items are a sleep.
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_many(NULL, 0, 0));
    zx_time_t deadline = zx_deadline_after(ZX_MSEC(3));
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_many(items, 0, deadline));
    CHECK(zx_clock_get_monotonic() >= deadline);
    // The same handle 16 times is fine; 17 are too many, whatever they are.
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_7));
    CHECK_OK(zx_object_wait_many(items, ZX_WAIT_MANY_MAX_ITEMS, 0));
    for (uint32_t i = 0; i < ZX_WAIT_MANY_MAX_ITEMS; i++) {
        CHECK_EQ(ZX_USER_SIGNAL_7, items[i].pending);
    }
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_object_wait_many(items, ZX_WAIT_MANY_MAX_ITEMS + 1, 0));
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_object_wait_many(NULL, SIZE_MAX, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_wait_many(NULL, 1, 0));
    CHECK_OK(zx_handle_close(event));
}

static void refusals(void) {
    zx_handle_t event = new_event();
    zx_handle_t mute = duplicate(event, ZX_RIGHT_SIGNAL);
    zx_handle_t nothing = closed_handle();
    zx_handle_t port = new_port();
    MUST(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    zx_wait_item_t items[] = {
        {.handle = event, .waitfor = ZX_EVENT_SIGNALED, .pending = 7},
        {.handle = nothing, .pending = 7},
        {.handle = mute, .pending = 7},
    };
    // W-6: in index order, and nothing is written.
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_object_wait_many(items, 3, 0));
    items[1].handle = port;
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_wait_many(items, 3, 0));
    items[1].handle = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_object_wait_many(items, 3, 0));
    items[1].handle = event;
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_wait_many(items, 3, 0));
    CHECK_EQ(7, items[0].pending);
    CHECK_OK(zx_object_wait_many(items, 2, 0));
    CHECK_EQ(ZX_EVENT_SIGNALED, items[0].pending);
    const zx_handle_t handles[] = {event, mute, port};
    CHECK_OK(zx_handle_close_many(handles, 3));
}

static void woken(void) {
    zx_handle_t first = new_event();
    zx_handle_t second = new_event();
    struct wait many = {
        .items = {{.handle = first, .waitfor = ZX_EVENT_SIGNALED}, {.handle = second, .waitfor = ZX_EVENT_SIGNALED}},
        .count = 2,
        .deadline = SOON,
    };
    struct wait one = {.items = {{.handle = second, .waitfor = 0}}, .deadline = ZX_TIME_INFINITE, .one = 1};
    zx_handle_t thread = start_wait(&many, ZX_THREAD_STATE_BLOCKED_WAIT_MANY);
    zx_handle_t other = start_wait(&one, ZX_THREAD_STATE_BLOCKED_WAIT_ONE);
    CHECK_OK(zx_object_signal(first, 0, ZX_USER_SIGNAL_0));
    CHECK_OK(zx_object_signal(first, ZX_USER_SIGNAL_0, ZX_USER_SIGNAL_1));
    CHECK_EQ(ZX_THREAD_STATE_BLOCKED_WAIT_MANY, thread_info(thread).state);
    CHECK_OK(zx_object_signal(second, 0, ZX_EVENT_SIGNALED));
    join_thread(thread);
    CHECK_STATUS(ZX_OK, many.status);
    // W-3, for every item.
    CHECK_EQ(ZX_USER_SIGNAL_0 | ZX_USER_SIGNAL_1, many.items[0].pending);
    CHECK_EQ(ZX_EVENT_SIGNALED, many.items[1].pending);
    // W-4: who watches nothing waits for the deadline or the handle's end.
    CHECK_EQ(ZX_THREAD_STATE_BLOCKED_WAIT_ONE, thread_info(other).state);
    CHECK_OK(zx_handle_close(second));
    join_thread(other);
    CHECK_STATUS(ZX_ERR_CANCELED, one.status);
    CHECK_EQ(ZX_EVENT_SIGNALED | ZX_SIGNAL_HANDLE_CLOSED, one.items[0].pending);
    CHECK_OK(zx_handle_close(first));
}

// W-6, H-8, H-9, H-10: what ends a wait with CANCELED.
static void canceled(void) {
    zx_handle_t first = new_event();
    zx_handle_t second = new_event();
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    enum { CLOSE, REPLACE, MOVE, WAYS };
    for (int way = CLOSE; way < WAYS; way++) {
        zx_handle_t copy = duplicate(second, ZX_RIGHT_SAME_RIGHTS);
        zx_handle_t bystander = duplicate(second, ZX_RIGHT_SAME_RIGHTS);
        struct wait many = {
            .items = {{.handle = first, .waitfor = ZX_EVENT_SIGNALED}, {.handle = copy, .waitfor = ZX_EVENT_SIGNALED}},
            .count = 2,
            .deadline = SOON,
        };
        zx_handle_t thread = start_wait(&many, ZX_THREAD_STATE_BLOCKED_WAIT_MANY);
        CHECK_OK(zx_handle_close(bystander));
        if (way == MOVE) {
            CHECK_OK(zx_channel_write(ends[0], 0, NULL, 0, &copy, 1));
        }
        CHECK_EQ(ZX_THREAD_STATE_BLOCKED_WAIT_MANY, thread_info(thread).state);
        if (way == MOVE) {
            CHECK_OK(zx_channel_read(ends[1], 0, NULL, &copy, 0, 1, NULL, NULL));
        } else if (way == REPLACE) {
            CHECK_OK(zx_handle_replace(copy, ZX_RIGHT_SAME_RIGHTS, &copy));
        }
        if (way == CLOSE) {
            CHECK_OK(zx_handle_close(copy));
        }
        join_thread(thread);
        CHECK_STATUS(ZX_ERR_CANCELED, many.status);
        CHECK_EQ(0, many.items[0].pending);
        CHECK_EQ(ZX_SIGNAL_HANDLE_CLOSED, many.items[1].pending);
        if (way != CLOSE) {
            CHECK_OK(zx_handle_close(copy));
        }
    }
    const zx_handle_t handles[] = {first, second, ends[0], ends[1]};
    CHECK_OK(zx_handle_close_many(handles, 4));
}

// W-5: if the handle is closed before the waiter has run, the signal that woke it is no success. Who comes first is
// not ours to choose here: each result must be whole.
static void signaled_and_closed(void) {
    for (int i = 0; i < 50; i++) {
        zx_handle_t event = new_event();
        struct wait wait = {
            .items = {{.handle = event, .waitfor = ZX_EVENT_SIGNALED}}, .count = 1, .deadline = SOON, .one = i % 2};
        zx_handle_t thread =
            start_wait(&wait, wait.one ? ZX_THREAD_STATE_BLOCKED_WAIT_ONE : ZX_THREAD_STATE_BLOCKED_WAIT_MANY);
        CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
        CHECK_OK(zx_handle_close(event));
        join_thread(thread);
        if (wait.status == ZX_OK) {
            CHECK_EQ(ZX_EVENT_SIGNALED, wait.items[0].pending);
        } else {
            CHECK_STATUS(ZX_ERR_CANCELED, wait.status);
            CHECK_EQ(ZX_EVENT_SIGNALED | ZX_SIGNAL_HANDLE_CLOSED, wait.items[0].pending);
        }
    }
}

// A thread that is killed while it waits ends, and what it waited for is as before.
static void killed(void) {
    zx_handle_t event = new_event();
    struct wait wait = {
        .items = {{.handle = event, .waitfor = ZX_EVENT_SIGNALED}}, .count = 1, .deadline = ZX_TIME_INFINITE};
    zx_handle_t thread = start_wait(&wait, ZX_THREAD_STATE_BLOCKED_WAIT_MANY);
    struct wait sleep = {.count = 0, .deadline = ZX_TIME_INFINITE};
    zx_handle_t sleeper = start_wait(&sleep, ZX_THREAD_STATE_BLOCKED_SLEEPING);
    CHECK_OK(zx_task_kill(thread));
    CHECK_OK(zx_task_kill(sleeper));
    join_thread(thread);
    join_thread(sleeper);
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    CHECK_OK(zx_object_wait_one(event, ZX_EVENT_SIGNALED, 0, NULL));
    CHECK_OK(zx_handle_close(event));
}

int main(void) {
    polling();
    counts_of_items();
    refusals();
    woken();
    canceled();
    signaled_and_closed();
    killed();
    return CHECK_RESULT();
}
