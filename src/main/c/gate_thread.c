// Thread records: made at a thread's first call, reported and freed after its end.
#include "gate.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Room that Java needs on the stack for an upcall, beyond what the JVM itself keeps free at its end.
#define UPCALL_ROOM ((size_t)256 * 1024)

__thread struct gate_thread* gate_current;

static pthread_key_t key;
static bool key_made;

// Threads that a kernel attached and that have ended, oldest first, until zx_host_next_ended_thread() takes them.
static pthread_mutex_t ended_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended_changed = PTHREAD_COND_INITIALIZER;
static struct gate_thread* ended_first;
static struct gate_thread** ended_last = &ended_first;
static bool ended_polled;

// The key's destructor: the thread ends. It no longer belongs to the JVM by now, so nothing is called; the record itself
// waits in the queue.
static void end_thread(void* value) {
    struct gate_thread* thread = value;
    gate_current = NULL;
    gate_release_stacks(&thread->fault_stacks);
    pthread_mutex_lock(&ended_lock);
    bool known = thread->attached != 0 && thread->attached_epoch == gate_kernel().epoch;
    if (known) {
        thread->next_ended = NULL;
        *ended_last = thread;
        ended_last = &thread->next_ended;
        pthread_cond_signal(&ended_changed);
    }
    pthread_mutex_unlock(&ended_lock);
    if (!known) {
        free(thread);
    }
}

uint64_t zx_host_next_ended_thread(void) {
    pthread_mutex_lock(&ended_lock);
    while (ended_first == NULL && !ended_polled) {
        pthread_cond_wait(&ended_changed, &ended_lock);
    }
    struct gate_thread* thread = ended_first;
    if (thread == NULL) {
        pthread_mutex_unlock(&ended_lock);
        return 0;
    }
    ended_first = thread->next_ended;
    if (ended_first == NULL) {
        ended_last = &ended_first;
    }
    pthread_mutex_unlock(&ended_lock);
    uint64_t name = thread->attached;
    free(thread);
    return name;
}

void zx_host_poll_ended_threads(void) {
    pthread_mutex_lock(&ended_lock);
    ended_polled = true;
    pthread_cond_broadcast(&ended_changed);
    pthread_mutex_unlock(&ended_lock);
}

void gate_thread_forget_ended(void) {
    pthread_mutex_lock(&ended_lock);
    uint64_t epoch = gate_kernel().epoch;
    struct gate_thread** link = &ended_first;
    while (*link != NULL) {
        struct gate_thread* thread = *link;
        if (thread->attached_epoch == epoch) {
            link = &thread->next_ended;
        } else {
            *link = thread->next_ended;
            free(thread);
        }
    }
    ended_last = link;
    pthread_mutex_unlock(&ended_lock);
}

const zx_host_table_t* gate_kernel_of(const struct gate_thread* thread) {
    struct gate_kernel kernel = gate_kernel();
    bool known = thread->host.caller != 0 && thread->epoch == kernel.epoch;
    return known ? kernel.table : NULL;
}

static void make_key(void) { key_made = pthread_key_create(&key, end_thread) == 0; }

// Zero when the stack's bounds cannot be had.
static uintptr_t stack_limit(void) {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) {
        return 0;
    }
    void* low = NULL;
    size_t size = 0, guard = 0;
    bool known = pthread_attr_getstack(&attributes, &low, &size) == 0 &&
                 pthread_attr_getguardsize(&attributes, &guard) == 0;
    pthread_attr_destroy(&attributes);
    return known ? (uintptr_t)low + guard + UPCALL_ROOM : 0;
}

static struct gate_thread* make_thread(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_key);
    uintptr_t limit = stack_limit();
    if (!key_made || limit == 0) {
        return NULL;
    }
    size_t alignment = _Alignof(struct gate_thread);
    size_t size = sizeof(struct gate_thread) + gate_arch_state_size();
    size = (size + alignment - 1) / alignment * alignment;
    struct gate_thread* thread = aligned_alloc(alignment, size);
    if (thread == NULL) {
        return NULL;
    }
    memset(thread, 0, size);
    thread->host.regs = &thread->arch.regs;
    thread->os_thread = gettid();
    thread->stack_limit = limit;
    if (pthread_setspecific(key, thread) != 0) {
        free(thread);
        return NULL;
    }
    return thread;
}

struct gate_thread* gate_thread_self(void) {
    if (gate_current == NULL) {
        gate_current = make_thread();
    }
    return gate_current;
}

zx_host_thread_t* zx_host_thread_self(void) {
    struct gate_thread* thread = gate_thread_self();
    return thread != NULL ? &thread->host : NULL;
}

void zx_host_thread_enter(uint64_t caller) {
    struct gate_thread* thread = gate_thread_self();
    if (thread == NULL) {
        return;
    }
    if (caller == 0) {
        thread->host.caller = thread->attached;
        thread->epoch = thread->attached_epoch;
    } else {
        thread->host.caller = caller;
        thread->epoch = gate_kernel().epoch;
    }
}
