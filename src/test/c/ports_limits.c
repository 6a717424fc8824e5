// How much ports hold (P-3, abi.md 7), and what becomes of waits that find a port full (P-10).
#include "guest.h"

enum { CAPACITY = 2049, POOL = 16384 };

static const zx_port_packet_t mine = {.key = 99};

// Empties the port; returns how many packets with `key` there were.
static int drain(zx_handle_t port, uint64_t key) {
    int found = 0;
    zx_port_packet_t packet;
    while (zx_port_wait(port, 0, &packet) == ZX_OK) {
        found += packet.key == key;
    }
    return found;
}

// Queues until the port refuses; returns how many packets it took.
static int fill(zx_handle_t port, zx_status_t refusal) {
    int taken = 0;
    zx_status_t status = zx_port_queue(port, &mine);
    while (status == ZX_OK) {
        taken++;
        status = zx_port_queue(port, &mine);
    }
    CHECK_STATUS(refusal, status);
    return taken;
}

static void signals_count_for_the_port(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    MUST(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    for (int i = 0; i < CAPACITY; i++) {
        MUST(zx_object_wait_async(event, port, 1, ZX_EVENT_SIGNALED, ZX_WAIT_ASYNC_ONCE));
    }
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, zx_port_queue(port, &mine));
    // P-10: one more is dropped, and nobody is told.
    CHECK_OK(zx_object_wait_async(event, port, 2, ZX_EVENT_SIGNALED, ZX_WAIT_ASYNC_ONCE));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event, 2));
    CHECK_EQ(1, next_packet(port).key);
    CHECK_OK(zx_port_queue(port, &mine));
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, zx_port_queue(port, &mine));
    CHECK_EQ(CAPACITY - 1, drain(port, 1));
    CHECK_OK(zx_handle_close(event));
    CHECK_OK(zx_handle_close(port));
}

static void a_full_port_ends_waits(void) {
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    MUST(zx_object_wait_async(event, port, 1, ZX_EVENT_SIGNALED, ZX_WAIT_ASYNC_REPEATING));
    MUST(zx_object_wait_async(event, port, 2, ZX_USER_SIGNAL_0, ZX_WAIT_ASYNC_REPEATING));
    MUST(zx_object_wait_async(event, port, 3, ZX_USER_SIGNAL_0, ZX_WAIT_ASYNC_ONCE));
    MUST(zx_object_wait_async(event, port, 4, ZX_USER_SIGNAL_1, ZX_WAIT_ASYNC_REPEATING));
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    CHECK_EQ(CAPACITY - 1, fill(port, ZX_ERR_SHOULD_WAIT));
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    zx_port_packet_t packet = next_packet(port);
    CHECK_EQ(1, packet.key);
    // P-10: its packet stays as it was.
    CHECK_EQ(ZX_EVENT_SIGNALED, packet.signal.observed);
    CHECK_EQ(CAPACITY - 1, drain(port, mine.key));
    CHECK_OK(zx_object_signal(event, ZX_USER_SIGNAL_0, 0));
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, 0, &packet));
    for (uint64_t key = 1; key <= 3; key++) {
        CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_port_cancel(port, event, key));
    }
    // What did not fire meanwhile is as it was.
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_1));
    CHECK_EQ(4, next_packet(port).key);
    CHECK_OK(zx_handle_close(event));
    CHECK_OK(zx_handle_close(port));
}

static void the_pool(void) {
    enum { PORTS = POOL / CAPACITY + 1 };
    zx_handle_t ports[PORTS];
    zx_handle_t event = new_event();
    int queued = 0;
    for (int i = 0; i < PORTS; i++) {
        ports[i] = new_port();
        queued += fill(ports[i], i < PORTS - 1 ? ZX_ERR_SHOULD_WAIT : ZX_ERR_NO_MEMORY);
    }
    CHECK_EQ(POOL, queued);
    // Section 13: NO_MEMORY comes before SHOULD_WAIT.
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_port_queue(ports[0], &mine));
    // Packets of waits need nothing of it, and give nothing to it.
    MUST(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    CHECK_OK(zx_object_wait_async(event, ports[PORTS - 1], 1, ZX_EVENT_SIGNALED, ZX_WAIT_ASYNC_REPEATING));
    zx_handle_t other = new_port();
    CHECK_OK(zx_object_wait_async(event, other, 1, ZX_EVENT_SIGNALED, ZX_WAIT_ASYNC_ONCE));
    CHECK_EQ(1, next_packet(other).key);
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_port_queue(other, &mine));
    // A packet that is read makes room for one.
    CHECK_EQ(mine.key, next_packet(ports[0]).key);
    CHECK_OK(zx_port_queue(other, &mine));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_port_queue(other, &mine));
    // P-15: a closed port makes room for all that it held.
    CHECK_OK(zx_handle_close(ports[1]));
    CHECK_EQ(CAPACITY - 1, fill(other, ZX_ERR_SHOULD_WAIT));
    CHECK_OK(zx_port_queue(ports[0], &mine));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_port_queue(ports[PORTS - 1], &mine));
    for (int i = 0; i < PORTS; i++) {
        if (i != 1) {
            CHECK_OK(zx_handle_close(ports[i]));
        }
    }
    CHECK_EQ(CAPACITY, drain(other, mine.key));
    // All of the pool is there again.
    CHECK_EQ(CAPACITY, fill(other, ZX_ERR_SHOULD_WAIT));
    CHECK_OK(zx_handle_close(other));
    CHECK_OK(zx_handle_close(event));
}

// Neither the end of a handle with many waits nor a change that many wait for takes long.
static void many_waits(void) {
    enum { WAITS = 10000 };
    zx_handle_t port = new_port();
    zx_handle_t event = new_event();
    zx_handle_t copy = duplicate(event, ZX_RIGHT_WAIT);
    for (int i = 0; i < WAITS; i++) {
        MUST(zx_object_wait_async(copy, port, 1, ZX_USER_SIGNAL_0, ZX_WAIT_ASYNC_REPEATING));
        MUST(zx_object_wait_async(event, port, 2, ZX_EVENT_SIGNALED, ZX_WAIT_ASYNC_ONCE));
    }
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    CHECK_OK(zx_handle_close(copy));
    CHECK_OK(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    // P-12: all packets at once.
    CHECK_OK(zx_port_cancel(port, event, 2));
    CHECK_EQ(0, drain(port, 1));
    CHECK_OK(zx_handle_close(event));
    CHECK_OK(zx_handle_close(port));
}

int main(void) {
    signals_count_for_the_port();
    a_full_port_ends_waits();
    the_pool();
    many_waits();
    return CHECK_RESULT();
}
