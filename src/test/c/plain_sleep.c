// Sleeping, by all of libc's functions for it.
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <pthread.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static void* sleep_long(void* unused) {
    sleep(1000);
    return unused;
}

int main(void) {
    const zx_time_t begin = zx_clock_get_monotonic();
    const struct timespec millisecond = {0, 1000000};
    const struct timespec wrong = {0, 1000000000};
    const struct timespec negative = {-1, 0};
    struct timespec now;

    CHECK_EQ(0, sleep(0));
    CHECK_EQ(0, usleep(1000));
    CHECK_EQ(0, nanosleep(&millisecond, NULL));
    CHECK_EQ(0, thrd_sleep(&millisecond, NULL));
    CHECK_EQ(0, clock_nanosleep(CLOCK_REALTIME, 0, &millisecond, NULL));
    CHECK_EQ(0, clock_gettime(CLOCK_MONOTONIC, &now));
    now.tv_nsec += 1000000;
    if (now.tv_nsec >= 1000000000) {
        now.tv_nsec -= 1000000000;
        now.tv_sec++;
    }
    CHECK_EQ(0, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &now, NULL));
    CHECK(zx_clock_get_monotonic() - begin >= ZX_MSEC(5));
    struct timespec after;
    CHECK_EQ(0, clock_gettime(CLOCK_MONOTONIC, &after));
    CHECK(after.tv_sec > now.tv_sec || (after.tv_sec == now.tv_sec && after.tv_nsec >= now.tv_nsec));
    // Past times end at once.
    CHECK_EQ(0, clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &millisecond, NULL));

    errno = 0;
    CHECK_EQ(-1, nanosleep(&wrong, NULL));
    CHECK_EQ(EINVAL, errno);
    CHECK_EQ(-1, nanosleep(&negative, NULL));
    CHECK_EQ(EINVAL, clock_nanosleep(CLOCK_MONOTONIC, 0, &wrong, NULL));
    CHECK_EQ(EINVAL, clock_nanosleep(12345, 0, &millisecond, NULL));
    CHECK(thrd_sleep(&wrong, NULL) < -1);

    // The kernel sees a thread that sleeps so, and can kill it.
    pthread_t sleeper;
    CHECK_EQ(0, pthread_create(&sleeper, NULL, sleep_long, NULL));
    zx_koid_t koids[4];
    size_t count = 0;
    MUST(zx_object_get_info(zx_process_self(), ZX_INFO_PROCESS_THREADS, koids, sizeof(koids), &count, NULL));
    CHECK_EQ(2, count);
    zx_handle_t thread = ZX_HANDLE_INVALID;
    MUST(zx_object_get_child(zx_process_self(), koids[1], ZX_RIGHT_SAME_RIGHTS, &thread));
    while (thread_info(thread).state != ZX_THREAD_STATE_BLOCKED_SLEEPING) {
        thrd_yield();
    }
    MUST(zx_task_kill(thread));
    MUST(zx_handle_close(thread));
    void* result = NULL;
    CHECK_EQ(0, pthread_join(sleeper, &result));
    CHECK(result == PTHREAD_CANCELED);
    return CHECK_RESULT();
}
