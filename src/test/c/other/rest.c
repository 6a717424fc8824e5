// Time, and the calls that this library lacks: it has no processes and no threads of its own.
#include "other.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zircon/time.h>

static zx_time_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return ZX_SEC(time.tv_sec) + time.tv_nsec;
}

zx_status_t zx_clock_get_new(zx_clock_t clock_id, zx_time_t* out) {
    static const clockid_t clocks[] = {CLOCK_MONOTONIC, CLOCK_REALTIME, CLOCK_THREAD_CPUTIME_ID};
    if (clock_id >= sizeof clocks / sizeof *clocks || out == NULL) {
        return ZX_ERR_INVALID_ARGS;
    }
    *out = now(clocks[clock_id]);
    return ZX_OK;
}

zx_time_t zx_clock_get(zx_clock_t clock_id) {
    zx_time_t time = 0;
    zx_clock_get_new(clock_id, &time);
    return time;
}

zx_time_t zx_clock_get_monotonic(void) {
    return now(CLOCK_MONOTONIC);
}

zx_time_t zx_deadline_after(zx_duration_t nanoseconds) {
    return zx_time_add_duration(now(CLOCK_MONOTONIC), nanoseconds);
}

zx_status_t zx_nanosleep(zx_time_t deadline) {
    LOCKED;
    while (sleep_until(deadline)) {
    }
    return ZX_OK;
}

zx_status_t zx_system_get_version(char* version, size_t version_size) {
    if (version_size < 64) {
        return ZX_ERR_BUFFER_TOO_SMALL;
    }
    memset(version, 0, 64);
    strcpy(version, "other");
    return ZX_OK;
}

const char* zx_status_get_string(zx_status_t status) {
    switch (status) {
#define NAME(status) case status: return #status;
        NAME(ZX_OK)
        NAME(ZX_ERR_NOT_SUPPORTED)
        NAME(ZX_ERR_NO_MEMORY)
        NAME(ZX_ERR_INVALID_ARGS)
        NAME(ZX_ERR_BAD_HANDLE)
        NAME(ZX_ERR_WRONG_TYPE)
        NAME(ZX_ERR_OUT_OF_RANGE)
        NAME(ZX_ERR_BUFFER_TOO_SMALL)
        NAME(ZX_ERR_BAD_STATE)
        NAME(ZX_ERR_TIMED_OUT)
        NAME(ZX_ERR_SHOULD_WAIT)
        NAME(ZX_ERR_CANCELED)
        NAME(ZX_ERR_PEER_CLOSED)
        NAME(ZX_ERR_NOT_FOUND)
        NAME(ZX_ERR_ACCESS_DENIED)
        default: return "(UNKNOWN)"; // no call here returns it
#undef NAME
    }
}

// There is one process, the program's.

void zx_process_exit(int64_t retcode) {
    _Exit((int)retcode);
}

void zx_thread_exit(void) {
    pthread_exit(NULL);
}

#define NO_HANDLE(name, ...) \
    zx_handle_t zx_##name(__VA_ARGS__) { return ZX_HANDLE_INVALID; }

NO_HANDLE(process_self, void)
NO_HANDLE(thread_self, void)
NO_HANDLE(vmar_root_self, void)
NO_HANDLE(take_startup_handle, uint32_t)

#define NOT_SUPPORTED(name, ...) \
    zx_status_t zx_##name(__VA_ARGS__) { return ZX_ERR_NOT_SUPPORTED; }

NOT_SUPPORTED(object_get_child, zx_handle_t, uint64_t, zx_rights_t, zx_handle_t*)
NOT_SUPPORTED(job_set_policy, zx_handle_t, uint32_t, uint32_t, const void*, uint32_t)
NOT_SUPPORTED(process_create, zx_handle_t, const char*, size_t, uint32_t, zx_handle_t*, zx_handle_t*)
NOT_SUPPORTED(process_start, zx_handle_t, zx_handle_t, zx_vaddr_t, zx_vaddr_t, zx_handle_t, uintptr_t)
NOT_SUPPORTED(process_read_memory, zx_handle_t, zx_vaddr_t, void*, size_t, size_t*)
NOT_SUPPORTED(process_write_memory, zx_handle_t, zx_vaddr_t, const void*, size_t, size_t*)
NOT_SUPPORTED(thread_create, zx_handle_t, const char*, size_t, uint32_t, zx_handle_t*)
NOT_SUPPORTED(thread_start, zx_handle_t, zx_vaddr_t, zx_vaddr_t, uintptr_t, uintptr_t)
NOT_SUPPORTED(thread_read_state, zx_handle_t, uint32_t, void*, size_t)
NOT_SUPPORTED(thread_write_state, zx_handle_t, uint32_t, const void*, size_t)
NOT_SUPPORTED(task_bind_exception_port, zx_handle_t, zx_handle_t, uint64_t, uint32_t)
NOT_SUPPORTED(task_resume_from_exception, zx_handle_t, zx_handle_t, uint32_t)
NOT_SUPPORTED(task_suspend, zx_handle_t, zx_handle_t*)
NOT_SUPPORTED(task_suspend_token, zx_handle_t, zx_handle_t*)
