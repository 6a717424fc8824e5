// Waits through a port (P-5 to P-13): both modes, what their packets say, and what ends them.
#include "guest.h"

enum { ONCE = ZX_WAIT_ASYNC_ONCE, REPEATING = ZX_WAIT_ASYNC_REPEATING };

static void check_empty(zx_handle_t port) {
    zx_port_packet_t packet;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, 0, &packet));
}

// Takes the next packet, which must be there and be a signal packet that says this.
static void check_counted(zx_handle_t port, uint64_t key, uint32_t type, zx_signals_t trigger, zx_signals_t observed,
                          uint64_t count) {
    zx_port_packet_t packet = {0};
    CHECK_OK(zx_port_wait(port, 0, &packet));
    CHECK_EQ(key, packet.key);
    CHECK_EQ(type, packet.type);
    // P-5.
    CHECK_STATUS(ZX_OK, packet.status);
    CHECK_EQ(trigger, packet.signal.trigger);
    CHECK_EQ(observed, packet.signal.observed);
    CHECK_EQ(count, packet.signal.count);
    CHECK_EQ(0, packet.signal.reserved0);
    CHECK_EQ(0, packet.signal.reserved1);
}

static void check_signaled(zx_handle_t port, uint64_t key, uint32_t type, zx_signals_t trigger,
                           zx_signals_t observed) {
    check_counted(port, key, type, trigger, observed, 1);
}

static void once(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    const zx_signals_t trigger = ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_1;
    CHECK_OK(zx_object_wait_async(event, port, 11, trigger, ONCE));
    check_empty(port);
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    check_empty(port);
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_1));
    // P-5: all that is active, not only what was waited for.
    check_signaled(port, 11, ZX_PKT_TYPE_SIGNAL_ONE, trigger, ZX_USER_SIGNAL_0 | ZX_USER_SIGNAL_1);
    // P-7: over.
    CHECK_OK(zx_object_signal(event, ZX_USER_SIGNAL_1, ZX_EVENT_SIGNALED));
    check_empty(port);
    // P-6: what is active now is told at once; what watches nothing is told nothing.
    CHECK_OK(zx_object_wait_async(event, port, 12, ZX_EVENT_SIGNALED, ONCE));
    CHECK_OK(zx_object_wait_async(event, port, 13, ZX_SIGNAL_NONE, ONCE));
    check_signaled(port, 12, ZX_PKT_TYPE_SIGNAL_ONE, ZX_EVENT_SIGNALED, ZX_USER_SIGNAL_0 | ZX_EVENT_SIGNALED);
    check_empty(port);
    CHECK_OK(zx_handle_close(event));
    CHECK_OK(zx_handle_close(port));
}

static void repeating(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    CHECK_OK(zx_object_wait_async(event, port, UINT64_MAX, ZX_USER_SIGNAL_0, REPEATING));
    check_empty(port);
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    check_signaled(port, UINT64_MAX, ZX_PKT_TYPE_SIGNAL_REP, ZX_USER_SIGNAL_0, ZX_USER_SIGNAL_0);
    // P-8: a level that merely stays, or is set once more, is no change; any bit's change is one.
    check_empty(port);
    CHECK_OK(zx_object_signal(event, ZX_USER_SIGNAL_0, ZX_USER_SIGNAL_0));
    check_empty(port);
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    check_signaled(port, UINT64_MAX, ZX_PKT_TYPE_SIGNAL_REP, ZX_USER_SIGNAL_0, ZX_USER_SIGNAL_0 | ZX_EVENT_SIGNALED);
    CHECK_OK(zx_object_signal(event, ZX_USER_SIGNAL_0, 0));
    check_empty(port);
    // P-8: what happens while the packet is queued goes into it, in its place in the queue.
    CHECK_OK(zx_object_signal(event, ZX_EVENT_SIGNALED, ZX_USER_SIGNAL_0));
    zx_port_packet_t mine = {.key = 1};
    CHECK_OK(zx_port_queue(port, &mine));
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_1));
    CHECK_OK(zx_object_signal(event, ZX_USER_SIGNAL_1, ZX_USER_SIGNAL_2));
    check_signaled(port, UINT64_MAX, ZX_PKT_TYPE_SIGNAL_REP, ZX_USER_SIGNAL_0,
                   ZX_USER_SIGNAL_0 | ZX_USER_SIGNAL_1 | ZX_USER_SIGNAL_2);
    CHECK_EQ(1, next_packet(port).key);
    check_empty(port);
    // P-8: evaluated at registration.
    CHECK_OK(zx_object_wait_async(event, port, 5, ZX_USER_SIGNAL_2, REPEATING));
    check_signaled(port, 5, ZX_PKT_TYPE_SIGNAL_REP, ZX_USER_SIGNAL_2, ZX_USER_SIGNAL_0 | ZX_USER_SIGNAL_2);
    CHECK_OK(zx_handle_close(event));
    check_empty(port);
    CHECK_OK(zx_handle_close(port));
}

// W-7, P-11.
static void newest_first(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    for (uint64_t key = 0; key < 4; key++) {
        CHECK_OK(zx_object_wait_async(event, port, key, ZX_EVENT_SIGNALED, key % 2 == 0 ? ONCE : REPEATING));
    }
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    for (uint64_t key = 4; key-- > 0;) {
        CHECK_EQ(key, next_packet(port).key);
    }
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    CHECK_EQ(3, next_packet(port).key);
    CHECK_EQ(1, next_packet(port).key);
    check_empty(port);
    CHECK_OK(zx_handle_close(event));
    CHECK_OK(zx_handle_close(port));
}

// P-9.
static void counts(void) {
    zx_handle_t port = new_port();
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    CHECK_OK(zx_object_wait_async(ends[1], port, 0, ZX_CHANNEL_READABLE | ZX_CHANNEL_WRITABLE, ONCE));
    check_signaled(port, 0, ZX_PKT_TYPE_SIGNAL_ONE, ZX_CHANNEL_READABLE | ZX_CHANNEL_WRITABLE, ZX_CHANNEL_WRITABLE);
    CHECK_OK(zx_object_wait_async(ends[1], port, 1, ZX_CHANNEL_READABLE, REPEATING));
    for (int i = 0; i < 3; i++) {
        CHECK_OK(zx_channel_write(ends[0], 0, "x", 1, NULL, 0));
    }
    // Only the first message changed a signal.
    check_signaled(port, 1, ZX_PKT_TYPE_SIGNAL_REP, ZX_CHANNEL_READABLE, ZX_CHANNEL_READABLE | ZX_CHANNEL_WRITABLE);
    CHECK_OK(zx_object_wait_async(ends[1], port, 2, ZX_CHANNEL_READABLE, ONCE));
    CHECK_OK(zx_object_wait_async(ends[1], port, 3, ZX_CHANNEL_WRITABLE, ONCE));
    CHECK_OK(zx_object_wait_async(ends[1], port, 4, ZX_CHANNEL_READABLE | ZX_CHANNEL_PEER_CLOSED, REPEATING));
    CHECK_OK(zx_object_signal_peer(ends[0], 0, ZX_USER_SIGNAL_0));
    const zx_signals_t both = ZX_CHANNEL_READABLE | ZX_CHANNEL_WRITABLE;
    check_counted(port, 2, ZX_PKT_TYPE_SIGNAL_ONE, ZX_CHANNEL_READABLE, both, 3);
    check_counted(port, 3, ZX_PKT_TYPE_SIGNAL_ONE, ZX_CHANNEL_WRITABLE, both, 1);
    check_counted(port, 4, ZX_PKT_TYPE_SIGNAL_REP, ZX_CHANNEL_READABLE | ZX_CHANNEL_PEER_CLOSED,
                  both | ZX_USER_SIGNAL_0, 3);
    check_counted(port, 1, ZX_PKT_TYPE_SIGNAL_REP, ZX_CHANNEL_READABLE, both | ZX_USER_SIGNAL_0, 1);
    // K-1: READABLE stays until the last message is read, and PEER_CLOSED comes in the place of WRITABLE.
    CHECK_OK(zx_handle_close(ends[0]));
    const zx_signals_t closed = ZX_CHANNEL_READABLE | ZX_CHANNEL_PEER_CLOSED | ZX_USER_SIGNAL_0;
    check_counted(port, 4, ZX_PKT_TYPE_SIGNAL_REP, ZX_CHANNEL_READABLE | ZX_CHANNEL_PEER_CLOSED, closed, 1);
    check_counted(port, 1, ZX_PKT_TYPE_SIGNAL_REP, ZX_CHANNEL_READABLE, closed, 1);
    for (int i = 0; i < 3; i++) {
        char byte;
        check_empty(port);
        CHECK_OK(zx_channel_read(ends[1], 0, &byte, NULL, 1, 0, NULL, NULL));
    }
    check_counted(port, 4, ZX_PKT_TYPE_SIGNAL_REP, ZX_CHANNEL_READABLE | ZX_CHANNEL_PEER_CLOSED,
                  closed & ~ZX_CHANNEL_READABLE, 1);
    check_empty(port);
    CHECK_OK(zx_handle_close(ends[1]));
    CHECK_OK(zx_handle_close(port));
}

// P-12.
static void canceling(void) {
    zx_handle_t port = new_port();
    zx_handle_t other_port = new_port();
    zx_handle_t port_copy = duplicate(port, ZX_RIGHT_WRITE);
    zx_handle_t event = new_event();
    zx_handle_t event_copy = duplicate(event, ZX_RIGHT_WAIT);
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event, 1));
    CHECK_OK(zx_object_wait_async(event, port, 1, ZX_EVENT_SIGNALED, ONCE));
    CHECK_OK(zx_object_wait_async(event, port, 1, ZX_USER_SIGNAL_0, REPEATING));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event, 2));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event_copy, 1));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(other_port, event, 1));
    // The source is a handle; the port is an object.
    CHECK_OK(zx_port_cancel(port_copy, event, 1));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event, 1));
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_0));
    check_empty(port);

    // Packets go, too, if they are of such waits.
    CHECK_OK(zx_object_wait_async(event, port, 1, ZX_EVENT_SIGNALED, ONCE));
    CHECK_OK(zx_object_wait_async(event_copy, port, 1, ZX_EVENT_SIGNALED, ONCE));
    CHECK_OK(zx_object_wait_async(event, port, 1, ZX_EVENT_SIGNALED, REPEATING));
    CHECK_OK(zx_object_wait_async(event, port, 2, ZX_EVENT_SIGNALED, ONCE));
    zx_port_packet_t mine = {.key = 1, .status = 77};
    CHECK_OK(zx_port_queue(port, &mine));
    CHECK_OK(zx_port_cancel(port, event, 1));
    check_signaled(port, 1, ZX_PKT_TYPE_SIGNAL_ONE, ZX_EVENT_SIGNALED, ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_0);
    CHECK_EQ(2, next_packet(port).key);
    CHECK_EQ(77, next_packet(port).status);
    check_empty(port);
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event, 1));
    const zx_handle_t handles[] = {port, other_port, port_copy, event, event_copy};
    CHECK_OK(zx_handle_close_many(handles, 5));
}

// P-13, H-6, H-8, H-9.
static void closing(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    zx_handle_t closed = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    zx_handle_t replaced = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    CHECK_OK(zx_object_wait_async(event, port, 1, ZX_EVENT_SIGNALED, REPEATING));
    CHECK_OK(zx_object_wait_async(closed, port, 2, ZX_EVENT_SIGNALED, REPEATING));
    CHECK_OK(zx_object_wait_async(replaced, port, 3, ZX_EVENT_SIGNALED, REPEATING));
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    CHECK_OK(zx_handle_close(closed));
    MUST(zx_handle_replace(replaced, ZX_RIGHT_SAME_RIGHTS, &replaced));
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    // Queued packets stay, and nothing comes to them any more.
    check_signaled(port, 3, ZX_PKT_TYPE_SIGNAL_REP, ZX_EVENT_SIGNALED, ZX_EVENT_SIGNALED);
    check_signaled(port, 2, ZX_PKT_TYPE_SIGNAL_REP, ZX_EVENT_SIGNALED, ZX_EVENT_SIGNALED);
    check_signaled(port, 1, ZX_PKT_TYPE_SIGNAL_REP, ZX_EVENT_SIGNALED, ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_0);
    CHECK_OK(zx_object_signal(event, ZX_USER_SIGNAL_0, 0));
    CHECK_EQ(1, next_packet(port).key);
    check_empty(port);

    // P-15: the last handle of a port takes the queue with it; a wait that fires then is no harm.
    CHECK_OK(zx_object_wait_async(event, port, 4, ZX_USER_SIGNAL_1, ONCE));
    CHECK_OK(zx_handle_close(port));
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_1));
    const zx_handle_t handles[] = {event, replaced};
    CHECK_OK(zx_handle_close_many(handles, 2));
}

// H-10: on its way through a channel a handle still waits, until somebody reads the message, or nobody will.
static void moving(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    for (int lost = 0; lost < 2; lost++) {
        zx_handle_t moved = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
        CHECK_OK(zx_object_wait_async(moved, port, 6, ZX_EVENT_SIGNALED, REPEATING));
        CHECK_OK(zx_channel_write(ends[0], 0, NULL, 0, &moved, 1));
        // It is nobody's now.
        CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_port_cancel(port, moved, 6));
        CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
        check_signaled(port, 6, ZX_PKT_TYPE_SIGNAL_REP, ZX_EVENT_SIGNALED, ZX_EVENT_SIGNALED);
        if (lost) {
            CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL,
                         zx_channel_read(ends[1], ZX_CHANNEL_READ_MAY_DISCARD, NULL, NULL, 0, 0, NULL, NULL));
        } else {
            zx_handle_t back = ZX_HANDLE_INVALID;
            CHECK_OK(zx_channel_read(ends[1], 0, NULL, &back, 0, 1, NULL, NULL));
            // H-3.
            CHECK_EQ(moved, back);
            CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, back, 6));
            CHECK_OK(zx_handle_close(back));
        }
        CHECK_OK(zx_object_signal(event, ZX_EVENT_SIGNALED, 0));
        CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
        check_empty(port);
        CHECK_OK(zx_object_signal(event, ZX_EVENT_SIGNALED, 0));
    }
    const zx_handle_t handles[] = {port, event, ends[0], ends[1]};
    CHECK_OK(zx_handle_close_many(handles, 4));
}

static void end(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    zx_thread_exit();
}

// One port hears of threads, of a process, of its job, and of nothing else.
static void tasks(void) {
    zx_handle_t port = new_port();
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    zx_handle_t process = new_process(job, "watched");
    zx_handle_t thread = new_thread(process, "first");
    // P-6: both are active in a job that is new; one process has come to it since.
    CHECK_OK(zx_object_wait_async(job, port, 1, ZX_JOB_NO_PROCESSES, ONCE));
    CHECK_OK(zx_object_wait_async(process, port, 2, ZX_PROCESS_TERMINATED, ONCE));
    CHECK_OK(zx_object_wait_async(thread, port, 3, ZX_THREAD_TERMINATED, ONCE));
    check_empty(port);
    start_process(process, thread, end, duplicate(port, ZX_RIGHT_TRANSFER), 0);
    //
    CHECK_EQ(3, next_packet(port).key);
    CHECK_EQ(2, next_packet(port).key);
    CHECK_EQ(1, next_packet(port).key);
    check_empty(port);
    const zx_handle_t handles[] = {port, job, process, thread};
    CHECK_OK(zx_handle_close_many(handles, 4));
}

// Section 13.
static void refusals(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    zx_handle_t deaf = duplicate(port, ZX_RIGHT_READ);
    zx_handle_t mute = duplicate(event, ZX_RIGHT_SIGNAL);
    zx_handle_t nothing = closed_handle();
    const uint32_t bad = 2;
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_object_wait_async(nothing, nothing, 1, 0, bad));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_wait_async(nothing, deaf, 1, 0, bad));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_object_wait_async(nothing, zx_process_self(), 1, 0, bad));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_object_wait_async(nothing, port, 1, 0, bad));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_wait_async(mute, port, 1, 0, bad));
    // P-14.
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_wait_async(port, port, 1, 0, bad));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_wait_async(event, port, 1, 0, bad));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_port_cancel(nothing, nothing, 1));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_port_cancel(deaf, nothing, 1));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_port_cancel(zx_process_self(), nothing, 1));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_port_cancel(port, nothing, 1));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_port_cancel(port, mute, 1));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event, 1));
    const zx_handle_t handles[] = {port, event, deaf, mute};
    CHECK_OK(zx_handle_close_many(handles, 4));
}

int main(void) {
    once();
    repeating();
    newest_first();
    counts();
    canceling();
    closing();
    moving();
    tasks();
    refusals();
    return CHECK_RESULT();
}
