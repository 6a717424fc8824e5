// The table of handles.
#include "other.h"

#include <stdlib.h>
#include <sys/random.h>

enum { SLOTS = 1 << 18, GENERATIONS = 1 << 12 };

static struct handle table[SLOTS];
static struct handle* free_slots; // last freed first: H-2
static uint32_t used_slots;
static uint32_t mask; // H-1

__attribute__((constructor)) static void prepare(void) {
    if (getrandom(&mask, sizeof mask, GRND_NONBLOCK) != sizeof mask) {
        mask = 0; // a mask hides nothing that matters
    }
    mask &= 0x7ffffffc;
}

static uint32_t index_of(const struct handle* handle) {
    return (uint32_t)(handle - table);
}

static struct handle* handle_make(struct object* object, zx_rights_t rights) {
    struct handle* handle = free_slots;
    if (handle != NULL) {
        free_slots = handle->next_free;
    } else if (used_slots < SLOTS) {
        handle = &table[used_slots++];
    } else {
        return NULL;
    }
    handle->value = (handle->generation << 19 | index_of(handle) << 1 | 1) ^ mask; // H-1
    handle->object = object;
    handle->rights = rights;
    handle->away = false;
    handle->serial = next_serial();
    object->handles++;
    object_retain(object);
    return handle;
}

struct handle* handle_find(zx_handle_t value) {
    struct handle* handle = &table[(value ^ mask) >> 1 & (SLOTS - 1)];
    return handle->object != NULL && !handle->away && handle->value == value ? handle : NULL;
}

// C-1
zx_status_t handle_get(zx_handle_t value, zx_rights_t rights, zx_obj_type_t type, struct handle** out) {
    struct handle* handle = handle_find(value);
    if (handle == NULL) {
        return ZX_ERR_BAD_HANDLE;
    }
    if ((handle->rights & rights) != rights) {
        return ZX_ERR_ACCESS_DENIED;
    }
    *out = handle;
    return type == ZX_OBJ_TYPE_NONE || type == handle->object->type ? ZX_OK : ZX_ERR_WRONG_TYPE;
}

zx_status_t handle_get_waitable(zx_handle_t value, struct handle** out) {
    zx_status_t status = handle_get(value, ZX_RIGHT_WAIT, ZX_OBJ_TYPE_NONE, out);
    return status == ZX_OK && !is_waitable((*out)->object) ? ZX_ERR_NOT_SUPPORTED : status;
}

// H-7
static zx_status_t close_many(const zx_handle_t* handles, size_t count) {
    zx_status_t status = ZX_OK;
    for (size_t i = 0; i < count; i++) {
        struct handle* found = handle_find(handles[i]);
        if (found != NULL) {
            handle_drop(found);
        } else if (handles[i] != ZX_HANDLE_INVALID) {
            status = ZX_ERR_BAD_HANDLE;
        }
    }
    return status;
}

// C-3
zx_status_t handle_give(struct object* object, zx_rights_t rights, zx_handle_t* out) {
    struct handle* handle = handle_make(object, rights);
    if (handle == NULL) {
        return ZX_ERR_NO_MEMORY;
    }
    if (out == NULL) {
        handle_drop(handle);
        return ZX_ERR_INVALID_ARGS;
    }
    *out = handle->value;
    return ZX_OK;
}

zx_status_t handle_publish(struct object* object, zx_handle_t* out) {
    if (object == NULL) {
        return ZX_ERR_NO_MEMORY;
    }
    zx_status_t status = handle_give(object, default_rights(object->type), out);
    object_release(object);
    return status;
}

zx_status_t handle_publish_pair(zx_obj_type_t type, zx_handle_t* out0, zx_handle_t* out1) {
    struct object* first = object_make(type);
    struct object* second = object_make(type);
    if (first == NULL || second == NULL) {
        free(first);
        free(second);
        return ZX_ERR_NO_MEMORY;
    }
    first->end = (struct end){.peer = second, .last = &first->end.first};
    second->end = (struct end){.peer = first, .last = &second->end.first};
    first->related = second->koid;
    second->related = first->koid;
    first->signals = second->signals = type == ZX_OBJ_TYPE_CHANNEL ? ZX_CHANNEL_WRITABLE : 0; // K-1
    zx_handle_t handles[2] = {ZX_HANDLE_INVALID, ZX_HANDLE_INVALID};
    zx_status_t status = handle_give(first, default_rights(type), &handles[0]);
    if (status == ZX_OK) {
        status = handle_give(second, default_rights(type), &handles[1]);
    }
    if (status == ZX_OK && (out0 == NULL || out1 == NULL)) {
        status = ZX_ERR_INVALID_ARGS; // C-3
    }
    if (status == ZX_OK) {
        *out0 = handles[0];
        *out1 = handles[1];
    } else {
        close_many(handles, 2);
    }
    object_release(first);
    object_release(second);
    return status;
}

// H-8
void handle_drop(struct handle* handle) {
    struct object* object = handle->object;
    handle->object = NULL;
    handle->generation = (handle->generation + 1) % GENERATIONS; // H-2
    handle->next_free = free_slots;
    free_slots = handle;
    waits_end(object, handle);
    if (--object->handles == 0) {
        switch (object->type) {
            case ZX_OBJ_TYPE_PORT: port_closed(object); break;
            case ZX_OBJ_TYPE_CHANNEL:
            case ZX_OBJ_TYPE_EVENTPAIR: end_closed(object); break;
            default: break; // J-6
        }
    }
    object_release(object);
}

// The calls.

zx_status_t zx_handle_close(zx_handle_t handle) {
    LOCKED;
    return close_many(&handle, 1);
}

zx_status_t zx_handle_close_many(const zx_handle_t* handles, size_t num_handles) {
    LOCKED;
    return handles == NULL ? ZX_OK : close_many(handles, num_handles); // H-7: nothing bad was seen
}

// H-5: what the new handle may do; false if that is more than the old one may.
static bool reduce(const struct handle* source, zx_rights_t* rights) {
    if (*rights == ZX_RIGHT_SAME_RIGHTS) {
        *rights = source->rights;
    }
    return (*rights & ~source->rights) == 0;
}

zx_status_t zx_handle_duplicate(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out) {
    LOCKED;
    struct handle* source;
    zx_status_t status = handle_get(handle, ZX_RIGHT_DUPLICATE, ZX_OBJ_TYPE_NONE, &source);
    if (status != ZX_OK) {
        return status;
    }
    if (!reduce(source, &rights) && !DEVIATES(DUPLICATE_ADDS_RIGHTS)) {
        return ZX_ERR_INVALID_ARGS;
    }
    return handle_give(source->object, rights, out);
}

// H-6
zx_status_t zx_handle_replace(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out) {
    LOCKED;
    struct handle* source = handle_find(handle);
    if (source == NULL) {
        return ZX_ERR_BAD_HANDLE;
    }
    zx_status_t status = ZX_ERR_INVALID_ARGS;
    if (reduce(source, &rights)) {
        status = handle_give(source->object, rights, out); // made before the old one dies
    } else if (DEVIATES(REPLACE_KEEPS_SOURCE)) {
        return status;
    }
    handle_drop(source);
    return status;
}
