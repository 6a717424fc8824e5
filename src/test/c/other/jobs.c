// Jobs, which hold no processes here.
#include "other.h"

enum { FIRST_HEIGHT = 31 }; // J-1

static struct object* job_make(struct object* parent) {
    struct object* object = object_make(ZX_OBJ_TYPE_JOB);
    if (object == NULL) {
        return NULL;
    }
    object->signals = ZX_JOB_NO_PROCESSES | ZX_JOB_NO_JOBS;
    object->job.height = FIRST_HEIGHT;
    if (parent != NULL) {
        object->related = parent->koid;
        object->job.height = parent->job.height - 1;
        object->job.parent = parent;
        object_retain(parent); // C-6
        struct object** at = &parent->job.first_child;
        while (*at != NULL) {
            at = &(*at)->job.next_sibling;
        }
        *at = object;
        signals_change(parent, ZX_JOB_NO_JOBS, 0); // J-5
    }
    return object;
}

// J-5
void job_destroyed(struct object* object) {
    struct object* parent = object->job.parent;
    if (parent == NULL) {
        return; // the default one
    }
    struct object** at = &parent->job.first_child;
    while (*at != object) {
        at = &(*at)->job.next_sibling;
    }
    *at = object->job.next_sibling;
    if (parent->job.first_child == NULL) {
        signals_change(parent, 0, ZX_JOB_NO_JOBS);
    }
    object_release(parent);
}

// J-2. Without processes nobody can tell in which order.
static void kill(struct object* object) {
    object->job.killed = true;
    for (struct object* child = object->job.first_child; child != NULL; child = child->job.next_sibling) {
        kill(child);
    }
}

// The calls.

zx_handle_t zx_job_default(void) {
    static zx_handle_t handle;
    LOCKED;
    if (handle == ZX_HANDLE_INVALID && !DEVIATES(NO_DEFAULT_JOB)) {
        handle_publish(job_make(NULL), &handle);
    }
    return handle;
}

zx_status_t zx_job_create(zx_handle_t parent_job, uint32_t options, zx_handle_t* out) {
    LOCKED;
    if (options != 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    struct handle* parent;
    zx_status_t status = handle_get(parent_job, ZX_RIGHT_MANAGE_JOB, ZX_OBJ_TYPE_JOB, &parent);
    if (status != ZX_OK) {
        status = handle_get(parent_job, ZX_RIGHT_WRITE, ZX_OBJ_TYPE_JOB, &parent); // C-1
    }
    if (status != ZX_OK) {
        return status;
    }
    if (parent->object->job.height == 0) {
        return ZX_ERR_OUT_OF_RANGE; // J-1
    }
    if (parent->object->job.killed) {
        return ZX_ERR_BAD_STATE; // J-3
    }
    return handle_publish(job_make(parent->object), out);
}

zx_status_t zx_task_kill(zx_handle_t handle) {
    LOCKED;
    struct handle* task;
    zx_status_t status = handle_get(handle, ZX_RIGHT_DESTROY, ZX_OBJ_TYPE_NONE, &task);
    if (status != ZX_OK) {
        return status;
    }
    if (task->object->type != ZX_OBJ_TYPE_JOB) {
        return ZX_ERR_WRONG_TYPE;
    }
    kill(task->object);
    return ZX_OK;
}
