// Threads made by libc: results, joins, detached ones, values and cleanup handlers of threads, and what they share.
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <threads.h>

enum { MANY = 50 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int counter;
static zx_koid_t process;

static uint32_t open_handles(void) {
    zx_info_process_handle_stats_t stats = {0};
    MUST(zx_object_get_info(zx_process_self(), ZX_INFO_PROCESS_HANDLE_STATS, &stats, sizeof(stats), NULL, NULL));
    return stats.handle_count[ZX_OBJ_TYPE_THREAD];
}

static void* add(void* amount) {
    CHECK_EQ(process, koid_of(zx_process_self()));
    pthread_mutex_lock(&lock);
    counter += (int)(intptr_t)amount;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return amount;
}

static void await(int value) {
    pthread_mutex_lock(&lock);
    while (counter != value) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
}

static void many_threads(void) {
    pthread_t threads[MANY];
    uint32_t handles = open_handles();
    for (int i = 0; i < MANY; i++) {
        CHECK_EQ(0, pthread_create(&threads[i], NULL, add, (void*)(intptr_t)i));
    }
    await(MANY * (MANY - 1) / 2);
    for (int i = 0; i < MANY; i++) {
        void* result = NULL;
        CHECK_EQ(0, pthread_join(threads[i], &result));
        CHECK_EQ(i, (intptr_t)result);
        CHECK_EQ(ESRCH, pthread_join(threads[i], NULL));
    }
    CHECK_EQ(handles, open_handles());
    counter = 0;
}

static void* join(void* thread) { return (void*)(intptr_t)pthread_join(*(pthread_t*)thread, NULL); }

static void* name_itself(void* name) {
    char text[32];
    *(pthread_t*)name = pthread_self();
    CHECK_EQ(0, pthread_setname_np(pthread_self(), "a name"));
    CHECK_EQ(0, pthread_getname_np(pthread_self(), text, sizeof(text)));
    CHECK(strcmp(text, "a name") == 0);
    CHECK_EQ(ENOSYS, pthread_cancel(pthread_self()));
    return NULL;
}

static void* wait_for_event(void* event) {
    zx_object_wait_one(*(zx_handle_t*)event, ZX_EVENT_SIGNALED, ZX_TIME_INFINITE, NULL);
    return NULL;
}

static void wrong_joins(void) {
    static pthread_t own, waiter;
    zx_handle_t event = new_event();
    CHECK_EQ(EDEADLK, pthread_join(pthread_self(), NULL));
    CHECK(pthread_equal(pthread_self(), pthread_self()));
    CHECK_EQ(0, pthread_create(&waiter, NULL, name_itself, &own));
    pthread_t name = waiter;
    CHECK_EQ(0, pthread_join(waiter, NULL));
    CHECK(pthread_equal(name, own));

    CHECK_EQ(0, pthread_create(&waiter, NULL, wait_for_event, &event));
    CHECK_EQ(EBUSY, pthread_tryjoin_np(waiter, NULL));
    const struct timespec past = {0, 0};
    CHECK_EQ(ETIMEDOUT, pthread_timedjoin_np(waiter, NULL, &past));
    CHECK_EQ(ETIMEDOUT, pthread_clockjoin_np(waiter, NULL, CLOCK_MONOTONIC, &past));
    // Two cannot join the same one.
    pthread_t joiner;
    CHECK_EQ(0, pthread_create(&joiner, NULL, join, &waiter));
    while (pthread_tryjoin_np(waiter, NULL) == EBUSY) {
        thrd_yield();
    }
    CHECK_EQ(EINVAL, pthread_join(waiter, NULL));
    CHECK_EQ(EINVAL, pthread_detach(waiter));
    CHECK_OK(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    void* result;
    CHECK_EQ(0, pthread_join(joiner, &result));
    CHECK_EQ(0, (intptr_t)result);
    CHECK_OK(zx_handle_close(event));
}

static void detached_threads(void) {
    uint32_t handles = open_handles();
    pthread_attr_t attributes;
    CHECK_EQ(0, pthread_attr_init(&attributes));
    CHECK_EQ(0, pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED));
    CHECK_EQ(0, pthread_attr_setstacksize(&attributes, 256 * 1024));
    for (int i = 0; i < MANY; i++) {
        pthread_t thread;
        CHECK_EQ(0, pthread_create(&thread, i % 2 == 0 ? &attributes : NULL, add, (void*)1));
        CHECK(i % 2 == 0 || pthread_detach(thread) == 0);
    }
    CHECK_EQ(0, pthread_attr_destroy(&attributes));
    await(MANY);
    counter = 0;
    CHECK_EQ(handles, open_handles());
}

static pthread_key_t key;
static char said[16];

static void destroy(void* text) {
    strcat(said, text);
    if (((char*)text)[0] == 'v') {
        CHECK_EQ(0, pthread_setspecific(key, "w"));
    }
}

static void clean(void* text) { strcat(said, text); }

static void leave_from_below(void* result) {
    pthread_cleanup_push(clean, "b");
    pthread_exit(result);
    pthread_cleanup_pop(0);
}

static void* leave(void* result) {
    CHECK(pthread_getspecific(key) == NULL);
    CHECK_EQ(0, pthread_setspecific(key, "v"));
    CHECK(strcmp(pthread_getspecific(key), "v") == 0);
    pthread_cleanup_push(clean, "a");
    pthread_cleanup_push(clean, "-");
    pthread_cleanup_pop(0);
    leave_from_below(result);
    pthread_cleanup_pop(0);
    return NULL;
}

static void ends_of_threads(void) {
    CHECK_EQ(0, pthread_key_create(&key, destroy));
    pthread_t thread;
    void* result = NULL;
    CHECK_EQ(0, pthread_create(&thread, NULL, leave, said));
    CHECK_EQ(0, pthread_join(thread, &result));
    CHECK(result == said);
    CHECK(strcmp(said, "bavw") == 0);
    CHECK_EQ(0, pthread_setspecific(key, "x"));
    CHECK_EQ(0, pthread_key_delete(key));
    CHECK_EQ(EINVAL, pthread_key_delete(key));
    CHECK_EQ(EINVAL, pthread_setspecific(key, "x"));
    // A new key has no values, even in the place of an old one.
    CHECK_EQ(0, pthread_key_create(&key, NULL));
    CHECK(pthread_getspecific(key) == NULL);
    CHECK_EQ(0, pthread_key_delete(key));
}

static tss_t slot;
static int destroyed;

static void count(void* value) { destroyed += (int)(intptr_t)value; }

static int run(void* code) {
    CHECK_EQ(thrd_success, tss_set(slot, (void*)3));
    CHECK_EQ(3, (intptr_t)tss_get(slot));
    if ((intptr_t)code < 0) {
        thrd_exit((int)(intptr_t)code);
    }
    return (int)(intptr_t)code;
}

static int do_nothing(void* unused) {
    (void)unused;
    return 0;
}

static void threads_of_c11(void) {
    thrd_t thread;
    int result = 0;
    CHECK_EQ(thrd_success, tss_create(&slot, count));
    CHECK_EQ(thrd_success, thrd_create(&thread, run, (void*)5));
    CHECK_EQ(thrd_success, thrd_join(thread, &result));
    CHECK_EQ(5, result);
    CHECK_EQ(thrd_success, thrd_create(&thread, run, (void*)-5));
    CHECK_EQ(thrd_success, thrd_join(thread, &result));
    CHECK_EQ(-5, result);
    CHECK_EQ(6, destroyed);
    CHECK_EQ(thrd_error, thrd_join(thread, NULL));
    CHECK_EQ(thrd_error, thrd_detach(thread));
    CHECK_EQ(thrd_success, thrd_create(&thread, do_nothing, NULL));
    CHECK_EQ(thrd_success, thrd_detach(thread));
    CHECK(thrd_equal(thrd_current(), pthread_self()));
    tss_delete(slot);
}

// A thread that the program started by a syscall is one, too, once it asks.
static void raw(uintptr_t ready, uintptr_t name) {
    *(pthread_t*)name = pthread_self();
    CHECK_EQ(EDEADLK, pthread_join(pthread_self(), NULL));
    CHECK_OK(zx_object_signal((zx_handle_t)ready, 0, ZX_EVENT_SIGNALED));
    pthread_exit((void*)0x4a4);
}

static void threads_of_the_kernel(void) {
    static pthread_t name;
    void* result = NULL;
    zx_handle_t ready = new_event();
    zx_handle_t thread = start_thread("raw", raw, ready, (uintptr_t)&name);
    MUST(zx_object_wait_one(ready, ZX_EVENT_SIGNALED, SOON, NULL));
    CHECK_EQ(0, pthread_join(name, &result));
    CHECK_EQ(0x4a4, (uintptr_t)result);
    join_thread(thread);
    CHECK_OK(zx_handle_close(ready));
}

int main(void) {
    process = koid_of(zx_process_self());
    many_threads();
    wrong_joins();
    detached_threads();
    ends_of_threads();
    threads_of_c11();
    threads_of_the_kernel();
    return CHECK_RESULT();
}
