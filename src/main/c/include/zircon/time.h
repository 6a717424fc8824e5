// Durations, and arithmetic that saturates instead of overflowing.
#ifndef ZIRCON_TIME_H_
#define ZIRCON_TIME_H_

#include <zircon/types.h>

__BEGIN_CDECLS

#define ZX_NSEC(n) ((zx_duration_t)(1LL * (n)))
#define ZX_USEC(n) ((zx_duration_t)(1000LL * (n)))
#define ZX_MSEC(n) ((zx_duration_t)(1000000LL * (n)))
#define ZX_SEC(n) ((zx_duration_t)(1000000000LL * (n)))
#define ZX_MIN(n) (ZX_SEC(n) * 60LL)
#define ZX_HOUR(n) (ZX_MIN(n) * 60LL)

static inline zx_time_t zx_time_add_duration(zx_time_t time, zx_duration_t duration) {
    zx_time_t sum = 0;
    if (__builtin_add_overflow(time, duration, &sum)) {
        return duration >= 0 ? ZX_TIME_INFINITE : ZX_TIME_INFINITE_PAST;
    }
    return sum;
}

static inline zx_time_t zx_time_sub_duration(zx_time_t time, zx_duration_t duration) {
    zx_time_t difference = 0;
    if (__builtin_sub_overflow(time, duration, &difference)) {
        return duration >= 0 ? ZX_TIME_INFINITE_PAST : ZX_TIME_INFINITE;
    }
    return difference;
}

static inline zx_duration_t zx_time_sub_time(zx_time_t time1, zx_time_t time2) {
    return zx_time_sub_duration(time1, time2);
}

static inline zx_duration_t zx_duration_add_duration(zx_duration_t dur1, zx_duration_t dur2) {
    return zx_time_add_duration(dur1, dur2);
}

static inline zx_duration_t zx_duration_sub_duration(zx_duration_t dur1, zx_duration_t dur2) {
    return zx_time_sub_duration(dur1, dur2);
}

__END_CDECLS

#endif // ZIRCON_TIME_H_
