// What a program does with the name of a thread: join it, detach it, and the rest of pthread_*(), which would take our
// names for addresses of libc's own records.
#include "gate_libc.h"
#include "gate_redirect.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <zircon/errors.h>

#define HOST_NAME_SIZE 16

// Claims a thread for a join, so that it cannot be freed meanwhile. Zero, or an error of POSIX.
static int claim(struct gate_libc_thread* self, struct gate_libc_thread* thread) {
    sigset_t mask;
    gate_libc_lock(&mask);
    int error = 0;
    if (!gate_libc_has_thread(self->program, thread)) {
        error = ESRCH;
    } else if (thread == self || self->joiner == thread) {
        error = EDEADLK;
    } else if (thread->detached || thread->joiner != NULL) {
        error = EINVAL;
    } else {
        thread->joiner = self;
    }
    gate_libc_unlock(&mask);
    return error;
}

static void give_back(struct gate_libc_thread* thread) {
    sigset_t mask;
    gate_libc_lock(&mask);
    thread->joiner = NULL;
    gate_libc_unlock(&mask);
}

// main()'s thread, and those that the program has started by syscalls: their handles are the program's, so it takes one
// for the wait.
static zx_status_t wait_for_koid(zx_koid_t koid, zx_time_t deadline) {
    zx_handle_t handle;
    zx_status_t status =
        zx_object_get_child(zx_process_self(), koid, ZX_RIGHT_SAME_RIGHTS, &handle);
    if (status == ZX_ERR_NOT_FOUND) {
        return ZX_OK; // dead already
    }
    if (status == ZX_OK) {
        status = zx_object_wait_one(handle, ZX_THREAD_TERMINATED, deadline, NULL);
        zx_handle_close(handle);
    }
    return status;
}

static int join_until(struct gate_libc_thread* self, struct gate_libc_thread* thread,
                      void** result, zx_time_t deadline) {
    int error = self != NULL ? claim(self, thread) : ESRCH;
    if (error != 0) {
        return error;
    }
    zx_status_t status =
        thread->koid != ZX_KOID_INVALID
            ? wait_for_koid(thread->koid, deadline)
            : zx_object_wait_one(thread->handle, ZX_THREAD_TERMINATED, deadline, NULL);
    if (status != ZX_OK) {
        give_back(thread);
        return status == ZX_ERR_TIMED_OUT ? ETIMEDOUT : EINVAL; // the program has closed the handle
    }
    void* value = thread->result;
    gate_libc_remove_thread(thread);
    if (result != NULL) {
        *result = value;
    }
    return 0;
}

static struct gate_libc_thread* named(unsigned long name) { return (struct gate_libc_thread*)name; }

int gate_libc_join(struct gate_libc_thread* self, pthread_t name, void** result) {
    return join_until(self, named(name), result, ZX_TIME_INFINITE);
}

static int join(pthread_t name, void** result) {
    return gate_libc_join(GATE_LIBC_SELF(), name, result);
}

// Looked at without a claim, which would stand in the way of somebody who really joins.
static bool still_runs(struct gate_libc_thread* self, struct gate_libc_thread* thread) {
    zx_handle_t handle = ZX_HANDLE_INVALID;
    sigset_t mask;
    gate_libc_lock(&mask);
    if (gate_libc_has_thread(self->program, thread) && thread->joiner == NULL) {
        handle = thread->handle;
    }
    gate_libc_unlock(&mask);
    return handle != ZX_HANDLE_INVALID &&
           zx_object_wait_one(handle, ZX_THREAD_TERMINATED, 0, NULL) == ZX_ERR_TIMED_OUT;
}

static int try_join(pthread_t name, void** result) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    if (self != NULL && named(name) != self && still_runs(self, named(name))) {
        return EBUSY;
    }
    int error = join_until(self, named(name), result, 0);
    return error == ETIMEDOUT ? EBUSY : error;
}

static int clock_join(pthread_t name, void** result, clockid_t clock, const struct timespec* time) {
    zx_time_t deadline = ZX_TIME_INFINITE;
    if (time != NULL && !gate_libc_deadline(clock, time, &deadline)) {
        return EINVAL;
    }
    return join_until(GATE_LIBC_SELF(), named(name), result, deadline);
}

static int timed_join(pthread_t name, void** result, const struct timespec* time) {
    zx_time_t deadline = ZX_TIME_INFINITE;
    if (time != NULL && !gate_libc_deadline(CLOCK_REALTIME, time, &deadline)) {
        return EINVAL;
    }
    return join_until(GATE_LIBC_SELF(), named(name), result, deadline);
}

static int join_c11(thrd_t name, int* result) {
    void* value;
    if (join_until(GATE_LIBC_SELF(), named(name), &value, ZX_TIME_INFINITE) != 0) {
        return thrd_error;
    }
    if (result != NULL) {
        *result = (int)(intptr_t)value;
    }
    return thrd_success;
}

static int detach_thread(struct gate_libc_thread* self, struct gate_libc_thread* thread) {
    if (self == NULL) {
        return ESRCH;
    }
    int error = 0;
    bool finished = false;
    zx_handle_t handle = ZX_HANDLE_INVALID;
    sigset_t mask;
    gate_libc_lock(&mask);
    if (!gate_libc_has_thread(self->program, thread)) {
        error = ESRCH;
    } else if (thread->detached || thread->joiner != NULL) {
        error = EINVAL;
    } else {
        thread->detached = true;
        finished = thread->finished;
        handle = thread->handle;
        thread->handle = ZX_HANDLE_INVALID;
        if (finished) {
            gate_libc_unlink_thread(thread);
        }
    }
    gate_libc_unlock(&mask);
    if (finished) {
        gate_libc_free_thread(thread);
    }
    zx_handle_close(handle);
    return error;
}

int gate_libc_detach(struct gate_libc_thread* self, pthread_t name) {
    return detach_thread(self, named(name));
}

static int detach(pthread_t name) { return gate_libc_detach(GATE_LIBC_SELF(), name); }

static int detach_c11(thrd_t name) {
    return detach_thread(GATE_LIBC_SELF(), named(name)) == 0 ? thrd_success : thrd_error;
}

// The kernel's name of a thread. Zero, or an error of POSIX.
static int use_name(pthread_t name, const char* to_set, char* to_get) {
    struct gate_libc_thread* self = gate_libc_known_self();
    // Its record may go at any time if it is another thread's that is not joined.
    zx_handle_t handle = ZX_HANDLE_INVALID;
    if (self != NULL && named(name) == self) {
        handle = zx_thread_self();
    } else if (self != NULL) {
        sigset_t mask;
        gate_libc_lock(&mask);
        if (gate_libc_has_thread(self->program, named(name))) {
            handle = named(name)->handle;
        }
        gate_libc_unlock(&mask);
    }
    if (handle == ZX_HANDLE_INVALID) {
        return ESRCH;
    }
    zx_status_t status =
        to_set != NULL
            ? zx_object_set_property(handle, ZX_PROP_NAME, to_set, strlen(to_set))
            : zx_object_get_property(handle, ZX_PROP_NAME, to_get, ZX_MAX_NAME_LEN);
    return status == ZX_OK ? 0 : ESRCH;
}

static int set_name(pthread_t name, const char* text) {
    return strlen(text) >= HOST_NAME_SIZE ? ERANGE : use_name(name, text, NULL);
}

static int get_name(pthread_t name, char* text, size_t size) {
    char whole[ZX_MAX_NAME_LEN] = "";
    int error = use_name(name, NULL, whole);
    if (error == 0 && strlen(whole) >= size) {
        return ERANGE;
    }
    if (error == 0) {
        strcpy(text, whole);
    }
    return error;
}

// Signals, scheduling and stacks of threads are the host's, and nothing of Zircon's.
static int not_there(void) { return ENOSYS; }

const struct gate_redirection gate_libc_joins[] = {
    GATE_REDIRECT("pthread_join", join),
    GATE_REDIRECT("pthread_tryjoin_np", try_join),
    GATE_REDIRECT("pthread_timedjoin_np", timed_join),
    GATE_REDIRECT("pthread_clockjoin_np", clock_join),
    GATE_REDIRECT("pthread_detach", detach),
    GATE_REDIRECT("thrd_join", join_c11),
    GATE_REDIRECT("thrd_detach", detach_c11),
    GATE_REDIRECT("pthread_cancel", not_there),
    GATE_REDIRECT("pthread_kill", not_there),
    GATE_REDIRECT("pthread_sigqueue", not_there),
    GATE_REDIRECT("pthread_getattr_np", not_there),
    GATE_REDIRECT("pthread_getaffinity_np", not_there),
    GATE_REDIRECT("pthread_setaffinity_np", not_there),
    GATE_REDIRECT("pthread_getschedparam", not_there),
    GATE_REDIRECT("pthread_setschedparam", not_there),
    GATE_REDIRECT("pthread_setschedprio", not_there),
    GATE_REDIRECT("pthread_getcpuclockid", not_there),
    GATE_REDIRECT("pthread_getname_np", get_name),
    GATE_REDIRECT("pthread_setname_np", set_name),
    {NULL, NULL},
};
