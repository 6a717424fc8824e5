// The lock, and what all objects have in common.
#include "other.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

enum { FIRST_KOID = 1024 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
// One for all who wait: each looks for itself whether the change was its own.
static pthread_cond_t changed;

__attribute__((constructor)) static void prepare(void) {
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

int lock(void) {
    return pthread_mutex_lock(&mutex);
}

void unlock(const int* locked) {
    (void)locked;
    pthread_mutex_unlock(&mutex);
}

bool sleep_until(zx_time_t deadline) {
    if (deadline == ZX_TIME_INFINITE) { // W-4
        pthread_cond_wait(&changed, &mutex);
        return true;
    }
    zx_time_t at = deadline < 0 ? 0 : deadline;
    struct timespec until = {.tv_sec = at / 1000000000, .tv_nsec = at % 1000000000};
    return pthread_cond_timedwait(&changed, &mutex, &until) != ETIMEDOUT;
}

void wake_all(void) {
    pthread_cond_broadcast(&changed);
}

uint64_t next_serial(void) {
    static uint64_t serial;
    return ++serial;
}

struct object* object_make(zx_obj_type_t type) {
    static zx_koid_t koids = FIRST_KOID;
    struct object* object = calloc(1, sizeof *object);
    if (object != NULL) {
        object->type = type;
        object->koid = koids++;
        object->references = 1;
    }
    return object;
}

void object_retain(struct object* object) {
    object->references++;
}

void object_release(struct object* object) {
    if (--object->references == 0) {
        if (object->type == ZX_OBJ_TYPE_JOB) {
            job_destroyed(object);
        }
        free(object);
    }
}

zx_rights_t default_rights(zx_obj_type_t type) {
    switch (type) {
        case ZX_OBJ_TYPE_CHANNEL: return ZX_DEFAULT_CHANNEL_RIGHTS;
        case ZX_OBJ_TYPE_EVENT: return ZX_DEFAULT_EVENT_RIGHTS;
        case ZX_OBJ_TYPE_EVENTPAIR: return ZX_DEFAULT_EVENTPAIR_RIGHTS;
        case ZX_OBJ_TYPE_JOB: return ZX_DEFAULT_JOB_RIGHTS;
        case ZX_OBJ_TYPE_PORT: return ZX_DEFAULT_PORT_RIGHTS;
        default: return ZX_RIGHT_NONE;
    }
}

bool is_waitable(const struct object* object) {
    return (default_rights(object->type) & ZX_RIGHT_WAIT) != 0;
}
