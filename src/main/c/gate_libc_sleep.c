// Sleeping, which is the kernel's: it can suspend and kill who sleeps there. No signal ends a sleep early.
#include "gate_libc.h"
#include "gate_redirect.h"

#include <errno.h>
#include <threads.h>
#include <time.h>
#include <zircon/time.h>

#define NANOSECONDS INT64_C(1000000000)

static bool is_valid(const struct timespec* time) {
    return time->tv_nsec >= 0 && time->tv_nsec < NANOSECONDS;
}

static zx_duration_t nanoseconds(const struct timespec* time) {
    int64_t sum;
    if (__builtin_mul_overflow((int64_t)time->tv_sec, NANOSECONDS, &sum) ||
        __builtin_add_overflow(sum, (int64_t)time->tv_nsec, &sum)) {
        return time->tv_sec < 0 ? INT64_MIN : INT64_MAX;
    }
    return sum;
}

static bool is_clock(clockid_t clock) {
    return clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME || clock == CLOCK_BOOTTIME ||
           clock == CLOCK_TAI;
}

bool gate_libc_deadline(clockid_t clock, const struct timespec* time, zx_time_t* deadline) {
    struct timespec now;
    if (!is_clock(clock) || !is_valid(time) || clock_gettime(clock, &now) != 0) {
        return false;
    }
    // The host's clocks and the kernel's need not show the same.
    zx_duration_t rest;
    if (__builtin_sub_overflow(nanoseconds(time), nanoseconds(&now), &rest)) {
        rest = INT64_MIN;
    }
    *deadline = zx_deadline_after(rest);
    return true;
}

static unsigned sleep_(unsigned seconds) {
    zx_nanosleep(zx_deadline_after(ZX_SEC((zx_duration_t)seconds)));
    return 0;
}

static int usleep_(useconds_t microseconds) {
    zx_nanosleep(zx_deadline_after(ZX_USEC((zx_duration_t)microseconds)));
    return 0;
}

static int clock_nanosleep_(clockid_t clock, int flags, const struct timespec* time,
                            struct timespec* rest) {
    (void)rest;
    zx_time_t deadline;
    if ((flags & TIMER_ABSTIME) != 0) {
        if (!gate_libc_deadline(clock, time, &deadline)) {
            return EINVAL;
        }
    } else {
        if (!is_clock(clock) || !is_valid(time) || time->tv_sec < 0) {
            return EINVAL;
        }
        deadline = zx_deadline_after(nanoseconds(time));
    }
    zx_nanosleep(deadline);
    return 0;
}

static int nanosleep_(const struct timespec* time, struct timespec* rest) {
    int error = clock_nanosleep_(CLOCK_MONOTONIC, 0, time, rest);
    if (error != 0) {
        errno = error;
    }
    return error == 0 ? 0 : -1;
}

static int thrd_sleep_(const struct timespec* time, struct timespec* rest) {
    const int failed = -2; // -1 would be a signal
    return clock_nanosleep_(CLOCK_MONOTONIC, 0, time, rest) == 0 ? 0 : failed;
}

const struct gate_redirection gate_libc_sleeps[] = {
    GATE_REDIRECT("sleep", sleep_),
    GATE_REDIRECT("usleep", usleep_),
    GATE_REDIRECT("nanosleep", nanosleep_),
    GATE_REDIRECT("clock_nanosleep", clock_nanosleep_),
    GATE_REDIRECT("thrd_sleep", thrd_sleep_),
    {NULL, NULL},
};
