// Ports: queues of packets.
#include "other.h"

#include <stdlib.h>
#include <zircon/syscalls/port.h>

enum { PORT_HOLDS = 2049, POOL_HOLDS = 16384 }; // P-3

struct packet {
    struct packet* next;
    zx_port_packet_t data;
    uint64_t wait;   // the serial of the wait that sent it, or 0 for a program's own
    uint64_t handle; // the serial of the handle through which that wait was begun
};

static uint32_t pooled; // programs' own packets in all ports

// Takes out what `at` points to.
static void take(struct port* port, struct packet** at) {
    struct packet* packet = *at;
    *at = packet->next;
    if (port->end == &packet->next) {
        port->end = at;
    }
    port->packets--;
    pooled -= packet->wait == 0;
    free(packet);
}

static zx_status_t push(struct port* port, const struct packet* packet) {
    if (packet->wait == 0 && pooled == POOL_HOLDS) {
        return ZX_ERR_NO_MEMORY; // P-3
    }
    if (port->packets == PORT_HOLDS) {
        return ZX_ERR_SHOULD_WAIT; // P-3
    }
    struct packet* copy = malloc(sizeof *copy);
    if (copy == NULL) {
        return ZX_ERR_NO_MEMORY;
    }
    *copy = *packet;
    copy->next = NULL;
    *port->end = copy; // P-1
    port->end = &copy->next;
    port->packets++;
    pooled += packet->wait == 0;
    wake_all();
    return ZX_OK;
}

bool port_fire(struct object* object, const struct wait* wait, zx_signals_t observed, uint64_t count) {
    struct port* port = &object->port;
    if (object->handles == 0 || port->packets == PORT_HOLDS) {
        return false; // P-15, P-10
    }
    for (struct packet* packet = port->first; packet != NULL; packet = packet->next) {
        if (packet->wait == wait->serial) {
            packet->data.signal.observed |= observed; // P-8
            return true;
        }
    }
    struct packet packet = {
        .wait = wait->serial,
        .handle = wait->handle,
        .data = {.key = wait->key,
                 .type = wait->type,
                 .status = ZX_OK,
                 .signal = {.trigger = wait->trigger, .observed = observed, .count = count}}}; // P-5
    bool repeats = wait->type == ZX_PKT_TYPE_SIGNAL_REP && !DEVIATES(REPEATING_FORGETS);
    return push(port, &packet) == ZX_OK && repeats; // P-7, P-8
}

// P-15
void port_closed(struct object* port) {
    while (port->port.first != NULL) {
        take(&port->port, &port->port.first);
    }
}

// The calls.

// P-16
zx_status_t zx_port_create(uint32_t options, zx_handle_t* out) {
    LOCKED;
    if ((options & ~ZX_PORT_BIND_TO_INTERRUPT) != 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    struct object* object = object_make(ZX_OBJ_TYPE_PORT);
    if (object != NULL) {
        object->port.end = &object->port.first;
    }
    return handle_publish(object, out);
}

zx_status_t zx_port_queue(zx_handle_t handle, const zx_port_packet_t* packet) {
    LOCKED;
    struct handle* port;
    zx_status_t status = handle_get(handle, ZX_RIGHT_WRITE, ZX_OBJ_TYPE_PORT, &port);
    if (status != ZX_OK) {
        return status;
    }
    if (packet == NULL) {
        return ZX_ERR_INVALID_ARGS;
    }
    struct packet own = {.data = *packet};
    own.data.type = ZX_PKT_TYPE_USER; // P-4
    return push(&port->object->port, &own);
}

// P-2, P-14
zx_status_t zx_port_wait(zx_handle_t handle, zx_time_t deadline, zx_port_packet_t* packet) {
    LOCKED;
    struct handle* found;
    zx_status_t status = handle_get(handle, ZX_RIGHT_READ, ZX_OBJ_TYPE_PORT, &found);
    if (status != ZX_OK) {
        return status;
    }
    struct object* object = found->object;
    object_retain(object); // its handles may be closed while this thread sleeps
    bool timely = true;
    while (object->port.first == NULL && timely) {
        timely = sleep_until(deadline);
    }
    if (object->port.first == NULL) {
        status = ZX_ERR_TIMED_OUT;
    } else {
        if (packet == NULL) {
            status = ZX_ERR_INVALID_ARGS; // P-2: and the packet is lost
        } else {
            *packet = object->port.first->data;
        }
        take(&object->port, &object->port.first); // P-1
    }
    object_release(object);
    return status;
}

// P-12
zx_status_t zx_port_cancel(zx_handle_t handle, zx_handle_t source, uint64_t key) {
    LOCKED;
    struct handle* to;
    struct handle* from;
    zx_status_t status = handle_get(handle, ZX_RIGHT_WRITE, ZX_OBJ_TYPE_PORT, &to);
    if (status == ZX_OK) {
        status = handle_get_waitable(source, &from);
    }
    if (status != ZX_OK) {
        return status;
    }
    struct object* port = to->object;
    bool removed = waits_cancel(from->object, from, port, key);
    for (struct packet** at = &port->port.first; *at != NULL && !DEVIATES(CANCEL_LEAVES_PACKETS);) {
        if ((*at)->wait != 0 && (*at)->handle == from->serial && (*at)->data.key == key) {
            take(&port->port, at);
            removed = true;
        } else {
            at = &(*at)->next;
        }
    }
    return removed ? ZX_OK : ZX_ERR_NOT_FOUND;
}
