// pthread_create() and thrd_create(): the threads are the kernel's, and belong to the process of the caller.
#include "gate_libc.h"
#include "gate_redirect.h"

#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <zircon/errors.h>

_Noreturn void gate_libc_end_thread(struct gate_libc_thread* self, void* result) {
    gate_libc_run(&self->destructors, 0);
    gate_libc_destroy_values(self);
    if (self->counted && atomic_fetch_sub(&self->process->threads, 1) == 1) {
        gate_libc_exit(self, 0); // as POSIX has it
    }
    self->result = result;
    sigset_t mask;
    gate_libc_lock(&mask);
    self->finished = true;
    bool nobody_asks = self->detached;
    if (nobody_asks) {
        gate_libc_unlink_thread(self);
    }
    gate_libc_unlock(&mask);
    // Somebody else may free the record from here on.
    gate_libc_leave();
    if (nobody_asks) {
        gate_libc_free_thread(self);
    }
    zx_thread_exit();
    __builtin_unreachable(); // no guest comes back from there
}

// Guest code: where a thread begins.
static void begin(struct gate_libc_thread* self) {
    gate_libc_enter(self);
    void* result = self->start != NULL ? self->start(self->argument)
                                       : (void*)(intptr_t)self->start_c11(self->argument);
    gate_libc_end_thread(self, result);
}

static void forget(struct gate_libc_thread* thread) {
    atomic_fetch_sub(&thread->process->threads, 1);
    gate_libc_remove_thread(thread);
}

// Starts the thread that the record describes, and stores its name. Errors are the kernel's.
static zx_status_t start(struct gate_libc_thread* thread, unsigned long* name) {
    static const char called[] = "pthread";
    thread->counted = true;
    atomic_fetch_add(&thread->process->threads, 1);
    bool detached = thread->detached;
    // The thread may have come to its end, and its record with it, before zx_thread_start() returns.
    zx_handle_t handle = ZX_HANDLE_INVALID;
    zx_status_t status =
        zx_thread_create(zx_process_self(), called, strlen(called), 0, &handle);
    if (!detached) {
        thread->handle = handle;
    }
    *name = (unsigned long)thread;
    if (status == ZX_OK) {
        status = zx_thread_start(handle, (zx_vaddr_t)begin, 0, (uintptr_t)thread, 0);
    }
    if (status != ZX_OK) {
        thread->handle = handle;
        forget(thread);
    } else if (detached) {
        zx_handle_close(handle);
    }
    return status;
}

int gate_libc_create(struct gate_libc_thread* self, pthread_t* name,
                     const pthread_attr_t* attributes, void* (*function)(void*), void* argument) {
    struct gate_libc_thread* thread = self != NULL ? gate_libc_new_thread(self) : NULL;
    if (thread == NULL) {
        return EAGAIN;
    }
    int detached = PTHREAD_CREATE_JOINABLE;
    if (attributes != NULL) {
        pthread_attr_getdetachstate(attributes, &detached);
    }
    thread->detached = detached == PTHREAD_CREATE_DETACHED;
    thread->start = function;
    thread->argument = argument;
    return start(thread, name) == ZX_OK ? 0 : EAGAIN;
}

static int create(pthread_t* name, const pthread_attr_t* attributes, void* (*function)(void*),
                  void* argument) {
    return gate_libc_create(GATE_LIBC_SELF(), name, attributes, function, argument);
}

static int create_c11(thrd_t* name, thrd_start_t function, void* argument) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    struct gate_libc_thread* thread = self != NULL ? gate_libc_new_thread(self) : NULL;
    if (thread == NULL) {
        return thrd_nomem;
    }
    thread->start_c11 = function;
    thread->argument = argument;
    switch (start(thread, name)) {
        case ZX_OK: return thrd_success;
        case ZX_ERR_NO_MEMORY: return thrd_nomem;
        default: return thrd_error;
    }
}

static pthread_t self_(void) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    if (self == NULL) {
        return pthread_self();
    }
    bool created = self->start != NULL || self->start_c11 != NULL;
    zx_info_handle_basic_t info;
    if (!created && self->koid == ZX_KOID_INVALID &&
        zx_object_get_info(zx_thread_self(), ZX_INFO_HANDLE_BASIC, &info, sizeof info, NULL,
                           NULL) == ZX_OK) {
        self->koid = info.koid;
    }
    return (pthread_t)self;
}

// What pthread_cleanup_push() keeps in C, as libc's header has it: where to jump for the handler, and the one before.
struct gate_libc_cleanup {
    sigjmp_buf handler;
};

static struct gate_libc_cleanup** before(struct gate_libc_cleanup* cleanup) {
    return (struct gate_libc_cleanup**)((__pthread_unwind_buf_t*)cleanup)->__pad;
}

static void register_cleanup(struct gate_libc_cleanup* cleanup) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    if (self != NULL) {
        *before(cleanup) = self->cleanups;
        self->cleanups = cleanup;
    }
}

static void unregister_cleanup(struct gate_libc_cleanup* cleanup) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    if (self != NULL) {
        self->cleanups = *before(cleanup);
    }
}

// Calls the handlers that the thread has pushed, the newest first; each ends in unwind_next().
_Noreturn static void unwind(struct gate_libc_thread* self) {
    struct gate_libc_cleanup* cleanup = self->cleanups;
    if (cleanup == NULL) {
        gate_libc_end_thread(self, self->result);
    }
    self->cleanups = *before(cleanup);
    siglongjmp(cleanup->handler, 1);
}

_Noreturn static void unwind_next(struct gate_libc_cleanup* cleanup) {
    (void)cleanup;
    unwind(gate_libc_known_self());
}

_Noreturn static void exit_with(struct gate_libc_thread* self, void* result) {
    if (self == NULL) {
        zx_thread_exit();
        __builtin_unreachable(); // no guest comes back from there
    }
    self->result = result;
    unwind(self);
}

_Noreturn static void exit_(void* result) { exit_with(GATE_LIBC_SELF(), result); }

_Noreturn static void exit_c11(int result) {
    exit_with(GATE_LIBC_SELF(), (void*)(intptr_t)result);
}

const struct gate_redirection gate_libc_threads[] = {
    GATE_REDIRECT("pthread_create", create),
    GATE_REDIRECT("pthread_exit", exit_),
    GATE_REDIRECT("pthread_self", self_),
    GATE_REDIRECT("__pthread_register_cancel", register_cleanup),
    GATE_REDIRECT("__pthread_unregister_cancel", unregister_cleanup),
    GATE_REDIRECT("__pthread_unwind_next", unwind_next),
    GATE_REDIRECT("thrd_create", create_c11),
    GATE_REDIRECT("thrd_exit", exit_c11),
    GATE_REDIRECT("thrd_current", self_),
    {NULL, NULL},
};
