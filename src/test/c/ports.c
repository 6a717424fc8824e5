// Ports and user packets: order, capacity, and waiting.
#include "guest.h"

static zx_port_packet_t numbered(uint64_t key) {
    zx_port_packet_t packet = {.key = key, .type = ZX_PKT_TYPE_MASK, .status = (zx_status_t)(100 + key)};
    for (int i = 0; i < 4; i++) {
        packet.user.u64[i] = key * 10 + (uint64_t)i;
    }
    return packet;
}

static void first_in_first_out(void) {
    zx_handle_t port = new_port();
    for (uint64_t key = 0; key < 50; key++) {
        zx_port_packet_t packet = numbered(key);
        CHECK_OK(zx_port_queue(port, &packet));
    }
    for (uint64_t key = 0; key < 50; key++) {
        zx_port_packet_t expected = numbered(key);
        // P-2: the deadline is past, but a packet is there.
        zx_port_packet_t packet;
        MUST(zx_port_wait(port, 0, &packet));
        CHECK_EQ(key, packet.key);
        CHECK_EQ(expected.status, packet.status);
        // P-4: whatever type the sender wrote.
        CHECK_EQ(ZX_PKT_TYPE_USER, packet.type);
        CHECK_EQ(0, memcmp(&expected.user, &packet.user, sizeof(packet.user)));
    }
    CHECK_OK(zx_handle_close(port));
}

static void capacity(void) {
    enum { CAPACITY = 2049 };
    zx_handle_t port = new_port();
    zx_port_packet_t packet = numbered(1);
    for (int i = 0; i < CAPACITY; i++) {
        MUST(zx_port_queue(port, &packet));
    }
    // P-3.
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, zx_port_queue(port, &packet));
    CHECK_OK(zx_port_wait(port, 0, &packet));
    CHECK_OK(zx_port_queue(port, &packet));
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, zx_port_queue(port, &packet));
    CHECK_OK(zx_handle_close(port));
}

static void timeouts(void) {
    zx_handle_t port = new_port();
    zx_port_packet_t packet = numbered(9);
    const zx_time_t past[] = {ZX_TIME_INFINITE_PAST, -1, 0, 1, zx_clock_get_monotonic()};
    for (size_t i = 0; i < sizeof(past) / sizeof(past[0]); i++) {
        CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, past[i], &packet));
    }
    zx_time_t deadline = zx_deadline_after(ZX_MSEC(5));
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, deadline, &packet));
    // May be late, never early.
    CHECK(zx_clock_get_monotonic() >= deadline);
    // Nothing was written.
    CHECK_EQ(9, packet.key);
    CHECK_OK(zx_handle_close(port));
}

static void refusals(void) {
    zx_handle_t port = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_port_create(2, &port));
    CHECK_EQ(ZX_HANDLE_INVALID, port);
    // P-16.
    MUST(zx_port_create(ZX_PORT_BIND_TO_INTERRUPT, &port));
    CHECK_OK(zx_handle_close(port));

    port = new_port();
    zx_handle_t reader = duplicate(port, ZX_RIGHT_READ);
    zx_handle_t writer = duplicate(port, ZX_RIGHT_WRITE);
    zx_handle_t event = new_event();
    zx_port_packet_t packet = numbered(3);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_port_queue(reader, &packet));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_port_wait(writer, 0, &packet));
    CHECK_OK(zx_port_queue(writer, &packet));
    CHECK_OK(zx_port_wait(reader, 0, &packet));
    // C-1: rights come before the type, and an event's handle has neither READ nor WRITE.
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_port_queue(event, &packet));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_port_queue(zx_process_self(), &packet));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_port_wait(ZX_HANDLE_INVALID, 0, &packet));
    // P-14: ports are not waitable, and their handles have no right to wait.
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_wait_one(port, ZX_USER_SIGNAL_0, 0, NULL));
    const zx_handle_t handles[] = {port, reader, writer, event};
    CHECK_OK(zx_handle_close_many(handles, 4));
}

enum { READERS = 3, ROUNDS = 20 };

// Takes ROUNDS packets from one port and says so on another.
static void reader(uintptr_t port, uintptr_t done) {
    uint64_t sum = 0;
    for (int i = 0; i < ROUNDS; i++) {
        sum += next_packet((zx_handle_t)port).key;
    }
    zx_port_packet_t packet = {.key = sum};
    MUST(zx_port_queue((zx_handle_t)done, &packet));
    zx_thread_exit();
}

// P-1: one packet wakes one waiter; none is lost and none comes twice.
static void several_readers(void) {
    zx_handle_t port = new_port();
    zx_handle_t done = new_port();
    zx_handle_t readers[READERS];
    for (int i = 0; i < READERS; i++) {
        readers[i] = start_thread("reader", reader, port, done);
    }
    uint64_t sent = 0;
    for (uint64_t i = 0; i < READERS * ROUNDS; i++) {
        zx_port_packet_t packet = numbered(i);
        MUST(zx_port_queue(port, &packet));
        sent += i;
    }
    uint64_t received = 0;
    for (int i = 0; i < READERS; i++) {
        received += next_packet(done).key;
    }
    CHECK_EQ(sent, received);
    for (int i = 0; i < READERS; i++) {
        join_thread(readers[i]);
    }
    CHECK_OK(zx_handle_close(port));
    CHECK_OK(zx_handle_close(done));
}

int main(void) {
    first_in_first_out();
    capacity();
    timeouts();
    refusals();
    several_readers();
    return CHECK_RESULT();
}
