// Sends a handle to a port through a channel to another process, which answers through that port. A handle that comes
// back through the channel of its own process is the same number again (H-3).
#include "guest.h"

enum { READY = 7 };

// Reads one message with one handle, a port's, and queues a packet there that repeats the message.
static void child(uintptr_t channel, uintptr_t number_in_parent) {
    char bytes[16] = {0};
    zx_handle_t port = ZX_HANDLE_INVALID;
    uint32_t actual_bytes = 0;
    uint32_t actual_handles = 0;
    MUST(zx_object_wait_one((zx_handle_t)channel, ZX_CHANNEL_READABLE, SOON, NULL));
    MUST(zx_channel_read((zx_handle_t)channel, 0, bytes, &port, sizeof(bytes), 1, &actual_bytes, &actual_handles));
    CHECK_EQ(5, actual_bytes);
    CHECK_EQ(1, actual_handles);
    // The number that named the port over there names nothing here, or something else.
    CHECK(number_in_parent != port);

    zx_port_packet_t packet = {.key = READY, .status = 0};
    memcpy(packet.user.c8, bytes, sizeof(bytes));
    MUST(zx_port_queue(port, &packet));
    // Of the duplicate's rights, only these came along.
    CHECK_EQ(ZX_RIGHT_WRITE | ZX_RIGHT_TRANSFER, basic_info(port).rights);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_port_wait(port, 0, &packet));
    zx_process_exit(CHECK_RESULT());
}

static void to_another_process(void) {
    zx_handle_t here;
    zx_handle_t there;
    MUST(zx_channel_create(0, &here, &there));
    zx_handle_t port = new_port();
    zx_handle_t process = new_process(zx_job_default(), "receiver");
    zx_handle_t thread = new_thread(process, "receiver");
    zx_handle_t sent = duplicate(port, ZX_RIGHT_WRITE | ZX_RIGHT_TRANSFER);
    start_process(process, thread, child, there, sent);

    MUST(zx_channel_write(here, 0, "hello", 5, &sent, 1));
    // It is gone from here, as is the channel's other end, which went to the new process.
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(sent));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(there));

    zx_port_packet_t packet = next_packet(port);
    CHECK_EQ(READY, packet.key);
    CHECK_EQ(ZX_PKT_TYPE_USER, packet.type);
    CHECK_EQ(0, memcmp(packet.user.c8, "hello", 6));
    wait_until_terminated(process);
    CHECK_EQ(0, process_info(process).return_code);

    // With its process, the other end of the channel is gone too.
    zx_signals_t observed = 0;
    MUST(zx_object_wait_one(here, ZX_CHANNEL_PEER_CLOSED, SOON, &observed));
    CHECK_EQ(ZX_CHANNEL_PEER_CLOSED, observed);
    CHECK_STATUS(ZX_ERR_PEER_CLOSED, zx_channel_write(here, 0, "x", 1, NULL, 0));
    const zx_handle_t handles[] = {here, port, process, thread};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
}

static void within_one_process(void) {
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    CHECK_EQ(ZX_DEFAULT_CHANNEL_RIGHTS, basic_info(ends[0]).rights);
    CHECK_EQ(koid_of(ends[1]), basic_info(ends[0]).related_koid);
    zx_handle_t event = new_event();
    zx_koid_t koid = koid_of(event);
    MUST(zx_channel_write(ends[0], 0, NULL, 0, &event, 1));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_object_signal(event, 0, ZX_EVENT_SIGNALED));

    // K-3: too little room leaves the message, and says how much is needed.
    uint32_t actual_bytes = 1;
    uint32_t actual_handles = 0;
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL,
                 zx_channel_read(ends[1], 0, NULL, NULL, 0, 0, &actual_bytes, &actual_handles));
    CHECK_EQ(0, actual_bytes);
    CHECK_EQ(1, actual_handles);

    zx_handle_info_t received = {0};
    MUST(zx_channel_read_etc(ends[1], 0, NULL, &received, 0, 1, NULL, NULL));
    CHECK_EQ(event, received.handle);
    CHECK_EQ(ZX_OBJ_TYPE_EVENT, received.type);
    CHECK_EQ(ZX_DEFAULT_EVENT_RIGHTS, received.rights);
    CHECK_EQ(koid, koid_of(received.handle));
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, zx_channel_read(ends[1], 0, NULL, NULL, 0, 0, NULL, NULL));

    // K-3: MAY_DISCARD drops what does not fit, and K-4: with it, its handles.
    zx_handle_t kept = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    zx_info_handle_count_t count = {0};
    MUST(zx_channel_write(ends[0], 0, "abc", 3, &event, 1));
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_channel_read(ends[1], ZX_CHANNEL_READ_MAY_DISCARD, NULL, NULL, 0, 0,
                                                          &actual_bytes, &actual_handles));
    CHECK_EQ(3, actual_bytes);
    CHECK_EQ(1, actual_handles);
    MUST(zx_object_get_info(kept, ZX_INFO_HANDLE_COUNT, &count, sizeof(count), NULL, NULL));
    CHECK_EQ(1, count.handle_count);
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, zx_channel_read(ends[1], 0, NULL, NULL, 0, 0, NULL, NULL));

    // K-2: what cannot be sent is consumed all the same.
    zx_handle_t unsendable = duplicate(kept, ZX_RIGHT_WAIT);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_channel_write(ends[0], 0, NULL, 0, &unsendable, 1));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(unsendable));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_channel_write(ends[0], 0, NULL, 0, &ends[0], 1));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(ends[0]));
    const zx_handle_t handles[] = {ends[1], kept};
    MUST(zx_handle_close_many(handles, 2));
}

int main(void) {
    to_another_process();
    within_one_process();
    return CHECK_RESULT();
}
