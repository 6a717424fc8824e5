// Events and eventpairs, and the signals that programs set.
#include "other.h"

// K-5
zx_status_t zx_event_create(uint32_t options, zx_handle_t* out) {
    LOCKED;
    return options != 0 ? ZX_ERR_INVALID_ARGS : handle_publish(object_make(ZX_OBJ_TYPE_EVENT), out);
}

zx_status_t zx_eventpair_create(uint32_t options, zx_handle_t* out0, zx_handle_t* out1) {
    LOCKED;
    if (DEVIATES(CRASHES)) {
        *(volatile int*)4 = 0;
    }
    return options != 0 ? ZX_ERR_NOT_SUPPORTED
                        : handle_publish_pair(ZX_OBJ_TYPE_EVENTPAIR, out0, out1); // K-5
}

// W-2
static bool may_set(const struct object* object, zx_signals_t mask) {
    bool signaled = object->type == ZX_OBJ_TYPE_EVENT || object->type == ZX_OBJ_TYPE_EVENTPAIR;
    return (mask & ~(ZX_USER_SIGNAL_ALL | (signaled ? ZX_EVENT_SIGNALED : 0))) == 0;
}

zx_status_t zx_object_signal(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    LOCKED;
    struct handle* found;
    zx_status_t status = handle_get(handle, ZX_RIGHT_SIGNAL, ZX_OBJ_TYPE_NONE, &found);
    if (status != ZX_OK) {
        return status;
    }
    if (!is_waitable(found->object)) {
        return ZX_ERR_NOT_SUPPORTED;
    }
    if (!may_set(found->object, clear_mask | set_mask)) {
        return ZX_ERR_INVALID_ARGS;
    }
    signals_change(found->object, clear_mask, set_mask);
    return ZX_OK;
}

zx_status_t zx_object_signal_peer(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    LOCKED;
    struct handle* found;
    zx_status_t status = handle_get(handle, ZX_RIGHT_SIGNAL_PEER, ZX_OBJ_TYPE_NONE, &found);
    if (status != ZX_OK) {
        return status;
    }
    struct object* object = found->object;
    if (object->type != ZX_OBJ_TYPE_CHANNEL && object->type != ZX_OBJ_TYPE_EVENTPAIR) {
        return ZX_ERR_NOT_SUPPORTED;
    }
    if (!may_set(object, clear_mask | set_mask)) {
        return ZX_ERR_INVALID_ARGS;
    }
    if (object->end.peer == NULL) {
        return ZX_ERR_PEER_CLOSED; // K-5
    }
    signals_change(object->end.peer, clear_mask, set_mask);
    return ZX_OK;
}
