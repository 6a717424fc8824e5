// Signals, and those who wait for them.
#include "other.h"

#include <stdlib.h>
#include <zircon/syscalls/port.h>

static void forget(struct wait* wait) {
    object_release(wait->port);
    free(wait);
}

void wait_begin(struct object* object, struct wait* wait) {
    wait->next = object->waits; // W-7
    object->waits = wait;
}

void signals_change(struct object* object, zx_signals_t clear, zx_signals_t set) {
    zx_signals_t after = (object->signals & ~clear) | set; // W-1
    if (after == object->signals) {
        return;
    }
    object->signals = after;
    for (struct wait** at = &object->waits; *at != NULL;) {
        struct wait* wait = *at;
        if (wait->port == NULL) {
            wait->observed |= after; // W-3
        } else if ((after & wait->trigger) != 0 && !port_fire(wait->port, wait, after, 1)) {
            *at = wait->next;
            forget(wait);
            continue;
        }
        at = &wait->next;
    }
    wake_all();
}

void waits_end(struct object* object, const struct handle* handle) {
    for (struct wait** at = &object->waits; *at != NULL;) {
        struct wait* wait = *at;
        if (wait->handle != handle->serial) { // H-9
            at = &wait->next;
            continue;
        }
        *at = wait->next;
        if (wait->port == NULL) {
            wait->closed = true;
            wake_all();
        } else {
            forget(wait);
        }
    }
}

bool waits_cancel(struct object* object, const struct handle* handle, const struct object* port, uint64_t key) {
    bool found = false;
    for (struct wait** at = &object->waits; *at != NULL;) {
        struct wait* wait = *at;
        if (wait->handle == handle->serial && wait->port == port && wait->key == key) { // P-12
            *at = wait->next;
            forget(wait);
            found = true;
        } else {
            at = &wait->next;
        }
    }
    return found;
}

// Threads.

static void thread_begins(struct wait* wait, const struct handle* handle, zx_signals_t trigger) {
    *wait = (struct wait){
        .handle = handle->serial, .trigger = trigger, .observed = handle->object->signals};
    object_retain(handle->object);
    wait_begin(handle->object, wait);
}

// What a thread has seen: W-3, W-5.
static zx_signals_t thread_ends(struct wait* wait, struct object* object) {
    for (struct wait** at = &object->waits; *at != NULL && !wait->closed; at = &(*at)->next) {
        if (*at == wait) {
            *at = wait->next;
            break;
        }
    }
    object_release(object);
    return wait->observed | (wait->closed ? ZX_SIGNAL_HANDLE_CLOSED : 0);
}

static zx_status_t thread_waits(const struct wait* waits, size_t count, zx_time_t deadline) {
    for (bool timely = true;; timely = sleep_until(deadline)) {
        zx_status_t status = timely ? ZX_ERR_SHOULD_WAIT : ZX_ERR_TIMED_OUT;
        for (size_t i = 0; i < count; i++) {
            if (waits[i].closed) {
                return ZX_ERR_CANCELED; // W-5
            }
            if ((waits[i].observed & waits[i].trigger) != 0) {
                status = ZX_OK;
            }
        }
        if (status != ZX_ERR_SHOULD_WAIT) {
            return status; // W-4
        }
    }
}

zx_status_t zx_object_wait_one(zx_handle_t handle, zx_signals_t signals, zx_time_t deadline,
                               zx_signals_t* observed) {
    LOCKED;
    struct handle* source;
    zx_status_t status = handle_get_waitable(handle, &source);
    if (status != ZX_OK) {
        return status;
    }
    struct object* object = source->object;
    struct wait wait;
    thread_begins(&wait, source, signals);
    status = thread_waits(&wait, 1, deadline);
    zx_signals_t seen = thread_ends(&wait, object);
    if (observed != NULL) {
        *observed = seen;
    }
    return status;
}

// W-6
zx_status_t zx_object_wait_many(zx_wait_item_t* items, size_t count, zx_time_t deadline) {
    LOCKED;
    struct wait waits[16];
    struct object* objects[16];
    _Static_assert(ZX_WAIT_MANY_MAX_ITEMS == sizeof waits / sizeof *waits, "the most items");
    if (count > ZX_WAIT_MANY_MAX_ITEMS) {
        return ZX_ERR_OUT_OF_RANGE;
    }
    if (items == NULL && count > 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    zx_status_t status = ZX_OK;
    size_t begun = 0;
    for (; begun < count && status == ZX_OK; begun += status == ZX_OK) {
        struct handle* source;
        status = handle_get_waitable(items[begun].handle, &source);
        if (status == ZX_OK) {
            objects[begun] = source->object;
            thread_begins(&waits[begun], source, items[begun].waitfor);
        }
    }
    bool bad = status != ZX_OK;
    if (!bad) {
        status = thread_waits(waits, count, deadline);
    }
    for (size_t i = 0; i < begun; i++) {
        zx_signals_t seen = thread_ends(&waits[i], objects[i]);
        if (!bad) {
            items[i].pending = seen;
        }
    }
    return status;
}

// Ports.

zx_status_t zx_object_wait_async(zx_handle_t handle, zx_handle_t port, uint64_t key,
                                 zx_signals_t signals, uint32_t options) {
    LOCKED;
    struct handle* to;
    struct handle* source;
    zx_status_t status = handle_get(port, ZX_RIGHT_WRITE, ZX_OBJ_TYPE_PORT, &to); // P-6
    if (status == ZX_OK) {
        status = handle_get_waitable(handle, &source);
    }
    if (status != ZX_OK) {
        return status;
    }
    if (options != ZX_WAIT_ASYNC_ONCE && options != ZX_WAIT_ASYNC_REPEATING) {
        return ZX_ERR_INVALID_ARGS;
    }
    struct wait* wait = malloc(sizeof *wait);
    if (wait == NULL) {
        return ZX_ERR_NO_MEMORY;
    }
    struct object* object = source->object;
    *wait = (struct wait){
        .handle = source->serial,
        .trigger = signals,
        .port = to->object,
        .key = key,
        .type = options == ZX_WAIT_ASYNC_ONCE ? ZX_PKT_TYPE_SIGNAL_ONE : ZX_PKT_TYPE_SIGNAL_REP,
        .serial = next_serial()};
    object_retain(wait->port);
    uint64_t count = 1;
    bool counts = object->type == ZX_OBJ_TYPE_CHANNEL && (signals & ZX_CHANNEL_READABLE) != 0;
    if (counts && object->end.messages > 0) {
        count = object->end.messages; // P-9
    }
    if ((object->signals & signals) == 0 || port_fire(wait->port, wait, object->signals, count)) {
        wait_begin(object, wait);
    } else {
        forget(wait);
    }
    return ZX_OK; // P-10
}
