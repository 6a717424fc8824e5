// What can be asked of an object.
#include "other.h"

#include <string.h>
#include <zircon/syscalls/object.h>

static void store(size_t* to, size_t number) {
    if (to != NULL) {
        *to = number;
    }
}

// I-5
static zx_status_t put(const void* record, size_t size, void* buffer, size_t buffer_size,
                       size_t* actual, size_t* avail) {
    bool fits = buffer_size >= size;
    store(actual, fits ? 1 : 0);
    store(avail, 1);
    if (!fits) {
        return ZX_ERR_BUFFER_TOO_SMALL;
    }
    if (buffer == NULL) {
        return ZX_ERR_INVALID_ARGS;
    }
    memcpy(buffer, record, size);
    return ZX_OK;
}

// I-6
static zx_status_t put_koids(const struct object* first, zx_koid_t* buffer, size_t buffer_size,
                             size_t* actual, size_t* avail) {
    size_t room = buffer_size / sizeof *buffer;
    size_t count = 0;
    for (const struct object* job = first; job != NULL; job = job->job.next_sibling, count++) { // J-7
        if (count < room && buffer == NULL) {
            return ZX_ERR_INVALID_ARGS;
        }
        if (count < room) {
            buffer[count] = job->koid;
        }
    }
    store(actual, count < room ? count : room);
    store(avail, count);
    return ZX_OK;
}

zx_status_t zx_object_get_info(zx_handle_t handle, uint32_t topic, void* buffer, size_t buffer_size,
                               size_t* actual, size_t* avail) {
    LOCKED;
    struct handle* found;
    zx_status_t status;
    switch (topic) {
        case ZX_INFO_HANDLE_VALID: // I-7
            return handle_find(handle) == NULL ? ZX_ERR_BAD_HANDLE : ZX_OK;
        case ZX_INFO_HANDLE_BASIC:
            status = handle_get(handle, ZX_RIGHT_NONE, ZX_OBJ_TYPE_NONE, &found);
            break;
        case ZX_INFO_HANDLE_COUNT:
            status = handle_get(handle, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_NONE, &found);
            break;
        case ZX_INFO_JOB_CHILDREN:
        case ZX_INFO_JOB_PROCESSES:
            status = handle_get(handle, ZX_RIGHT_ENUMERATE, ZX_OBJ_TYPE_JOB, &found);
            break;
        default:
            return ZX_ERR_NOT_SUPPORTED;
    }
    if (status != ZX_OK) {
        return status;
    }
    const struct object* object = found->object;
    if (topic == ZX_INFO_HANDLE_BASIC) {
        zx_info_handle_basic_t basic = {
            .koid = object->koid,
            .rights = found->rights,
            .type = object->type,
            .related_koid = object->related,
            .props = is_waitable(object) ? ZX_OBJ_PROP_WAITABLE : ZX_OBJ_PROP_NONE};
        return put(&basic, sizeof basic, buffer, buffer_size, actual, avail);
    }
    if (topic == ZX_INFO_HANDLE_COUNT) {
        zx_info_handle_count_t count = {.handle_count = object->handles};
        return put(&count, sizeof count, buffer, buffer_size, actual, avail);
    }
    const struct object* first = topic == ZX_INFO_JOB_CHILDREN ? object->job.first_child : NULL;
    return put_koids(first, buffer, buffer_size, actual, avail);
}

// Of properties there are only names, and of those only the names of jobs.

static zx_status_t named(zx_handle_t value, zx_rights_t rights, uint32_t property, const void* buffer,
                         struct object** out) {
    if (buffer == NULL) {
        return ZX_ERR_INVALID_ARGS;
    }
    struct handle* handle;
    zx_status_t status = handle_get(value, rights, ZX_OBJ_TYPE_NONE, &handle);
    if (status != ZX_OK) {
        return status;
    }
    *out = handle->object;
    return property == ZX_PROP_NAME ? ZX_OK : ZX_ERR_INVALID_ARGS;
}

zx_status_t zx_object_get_property(zx_handle_t value, uint32_t property, void* out, size_t size) {
    LOCKED;
    struct object* object;
    zx_status_t status = named(value, ZX_RIGHT_GET_PROPERTY, property, out, &object);
    if (status != ZX_OK) {
        return status;
    }
    if (size < ZX_MAX_NAME_LEN) {
        return ZX_ERR_BUFFER_TOO_SMALL;
    }
    memset(out, 0, ZX_MAX_NAME_LEN);
    if (object->type == ZX_OBJ_TYPE_JOB) {
        memcpy(out, object->job.name, ZX_MAX_NAME_LEN);
    }
    return ZX_OK;
}

zx_status_t zx_object_set_property(zx_handle_t value, uint32_t property, const void* in, size_t size) {
    LOCKED;
    struct object* object;
    zx_status_t status = named(value, ZX_RIGHT_SET_PROPERTY, property, in, &object);
    if (status != ZX_OK) {
        return status;
    }
    if (object->type != ZX_OBJ_TYPE_JOB) {
        return ZX_ERR_NOT_SUPPORTED;
    }
    char* name = object->job.name; // I-8: cut at the first NUL, and to leave room for one
    memset(name, 0, ZX_MAX_NAME_LEN);
    memcpy(name, in, strnlen(in, size < ZX_MAX_NAME_LEN ? size : ZX_MAX_NAME_LEN - 1));
    return ZX_OK;
}
