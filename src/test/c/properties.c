// Properties: in which order a request is checked, and which values are taken.
#include "guest.h"

#define NOWHERE ((void*)8)

static zx_status_t get(zx_handle_t object, uint32_t property, void* value, size_t size) {
    return zx_object_get_property(object, property, value, size);
}

static zx_status_t set(zx_handle_t object, uint32_t property, const void* value, size_t size) {
    return zx_object_set_property(object, property, value, size);
}

static zx_status_t set_number(zx_handle_t object, uint32_t property, uintptr_t value) {
    return set(object, property, &value, sizeof(value));
}

static void order_of_reading(zx_handle_t process) {
    uint64_t number = 77;
    char name[ZX_MAX_NAME_LEN];
    zx_handle_t poor = duplicate(process, ZX_DEFAULT_PROCESS_RIGHTS & ~ZX_RIGHT_GET_PROPERTY);
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, get(ZX_HANDLE_INVALID, 9999, NULL, 0));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, get(ZX_HANDLE_INVALID, 9999, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, get(poor, 9999, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, get(process, 9999, NOWHERE, 0));
    // I-8: one that can only be set is none to be read.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, get(zx_job_default(), ZX_PROP_JOB_KILL_ON_OOM, &number, 8));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, get(zx_thread_self(), ZX_PROP_REGISTER_FS, &number, 8));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, get(zx_thread_self(), ZX_PROP_REGISTER_GS, &number, 8));
    // The size comes before the type, and the type before the place.
    const uint32_t numbers[] = {ZX_PROP_PROCESS_DEBUG_ADDR, ZX_PROP_PROCESS_VDSO_BASE_ADDRESS,
                                ZX_PROP_SOCKET_RX_THRESHOLD, ZX_PROP_SOCKET_TX_THRESHOLD};
    for (int i = 0; i < 4; i++) {
        CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, get(zx_job_default(), numbers[i], NOWHERE, 7));
        CHECK_STATUS(ZX_ERR_WRONG_TYPE, get(zx_job_default(), numbers[i], NOWHERE, 8));
    }
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, get(process, ZX_PROP_SOCKET_RX_THRESHOLD, &number, 8));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, get(process, ZX_PROP_PROCESS_DEBUG_ADDR, NOWHERE, 8));
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, get(process, ZX_PROP_NAME, NOWHERE, 31));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, get(process, ZX_PROP_NAME, NOWHERE, 32));
    CHECK_OK(get(process, ZX_PROP_NAME, name, 32));
    CHECK_EQ(77, number);
    CHECK_OK(zx_handle_close(poor));
}

static void order_of_writing(zx_handle_t process) {
    zx_handle_t poor = duplicate(process, ZX_DEFAULT_PROCESS_RIGHTS & ~ZX_RIGHT_SET_PROPERTY);
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set(ZX_HANDLE_INVALID, 9999, NULL, 0));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, set(ZX_HANDLE_INVALID, 9999, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, set(poor, 9999, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set(process, 9999, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_number(process, ZX_PROP_PROCESS_VDSO_BASE_ADDRESS, 8));
    const uint32_t numbers[] = {ZX_PROP_PROCESS_DEBUG_ADDR, ZX_PROP_REGISTER_FS, ZX_PROP_REGISTER_GS,
                                ZX_PROP_SOCKET_RX_THRESHOLD, ZX_PROP_SOCKET_TX_THRESHOLD};
    for (int i = 0; i < 5; i++) {
        CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, set(zx_job_default(), numbers[i], NOWHERE, 7));
        CHECK_STATUS(ZX_ERR_WRONG_TYPE, set(zx_job_default(), numbers[i], NOWHERE, 8));
    }
    // These two do not look at the size.
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, set(process, ZX_PROP_JOB_KILL_ON_OOM, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set(zx_job_default(), ZX_PROP_JOB_KILL_ON_OOM, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set(process, ZX_PROP_NAME, NOWHERE, 1));
    CHECK_OK(set(process, ZX_PROP_NAME, NOWHERE, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set(process, ZX_PROP_PROCESS_DEBUG_ADDR, NOWHERE, 8));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set(zx_thread_self(), ZX_PROP_REGISTER_GS, NOWHERE, 8));
    CHECK_OK(zx_handle_close(poor));
}

static void check_name(zx_handle_t object, const char* expected) {
    char name[ZX_MAX_NAME_LEN];
    char padded[ZX_MAX_NAME_LEN] = "";
    memcpy(padded, expected, strlen(expected));
    memset(name, 0x77, sizeof(name));
    CHECK_OK(get(object, ZX_PROP_NAME, name, sizeof(name)));
    CHECK_EQ(0, memcmp(padded, name, sizeof(name)));
}

static void names(zx_handle_t process, zx_handle_t thread) {
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    const zx_handle_t named[] = {process, thread, job};
    for (int i = 0; i < 3; i++) {
        // I-8: 31 bytes at most, up to the first NUL; size 0 is the empty name.
        CHECK_OK(set(named[i], ZX_PROP_NAME, "0123456789012345678901234567890123456789", 40));
        check_name(named[i], "0123456789012345678901234567890");
        CHECK_OK(set(named[i], ZX_PROP_NAME, "ab\0cd", 5));
        check_name(named[i], "ab");
        CHECK_OK(set(named[i], ZX_PROP_NAME, "abcdef", 3));
        check_name(named[i], "abc");
        CHECK_OK(set(named[i], ZX_PROP_NAME, "x", 0));
        check_name(named[i], "");
        // Bytes are bytes.
        CHECK_OK(set(named[i], ZX_PROP_NAME, "\xff\x80\x01", 3));
        check_name(named[i], "\xff\x80\x01");
    }
    // I-9: a name given at the creation; its end is cut off as well.
    zx_handle_t made = ZX_HANDLE_INVALID;
    MUST(zx_thread_create(process, "0123456789012345678901234567890123456789", 40, 0, &made));
    check_name(made, "0123456789012345678901234567890");
    CHECK_OK(zx_handle_close(made));
    MUST(zx_thread_create(process, "abc", 0, 0, &made));
    check_name(made, "");
    CHECK_OK(zx_handle_close(made));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_thread_create(process, NULL, 0, 0, &made));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_thread_create(process, NOWHERE, 1, 0, &made));
    CHECK_OK(zx_handle_close(job));
}

static void numbers(zx_handle_t process) {
    uintptr_t value = 77;
    CHECK_OK(get(process, ZX_PROP_PROCESS_DEBUG_ADDR, &value, 8));
    CHECK_EQ(0, value);
    // I-8: it can be changed while it is 0 or 1.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_number(process, ZX_PROP_PROCESS_DEBUG_ADDR, 0));
    CHECK_OK(set_number(process, ZX_PROP_PROCESS_DEBUG_ADDR, ZX_PROCESS_DEBUG_ADDR_BREAK_ON_SET));
    CHECK_OK(get(process, ZX_PROP_PROCESS_DEBUG_ADDR, &value, 8));
    CHECK_EQ(1, value);
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_number(process, ZX_PROP_PROCESS_DEBUG_ADDR, 0));
    CHECK_OK(set_number(process, ZX_PROP_PROCESS_DEBUG_ADDR, 0x123456789abc));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, set_number(process, ZX_PROP_PROCESS_DEBUG_ADDR, 0x123456789abc));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_number(process, ZX_PROP_PROCESS_DEBUG_ADDR, 0));
    uint64_t room[2] = {0, 77};
    CHECK_OK(get(process, ZX_PROP_PROCESS_DEBUG_ADDR, room, sizeof(room)));
    CHECK_EQ(0x123456789abc, room[0]);
    CHECK_EQ(77, room[1]);

    // All processes find the syscalls at the same place: an object file.
    uintptr_t base = 0;
    CHECK_OK(get(process, ZX_PROP_PROCESS_VDSO_BASE_ADDRESS, &base, 8));
    CHECK_OK(get(zx_process_self(), ZX_PROP_PROCESS_VDSO_BASE_ADDRESS, &value, 8));
    CHECK_EQ(base, value);
    if (CHECK(base != 0)) {
        CHECK_EQ(0, memcmp("\177ELF", (const void*)base, 4));
        CHECK(base < (uintptr_t)&zx_handle_close && (uintptr_t)&zx_handle_close - base < (1u << 24));
    }

    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_number(zx_job_default(), ZX_PROP_JOB_KILL_ON_OOM, 2));
    CHECK_OK(set_number(zx_job_default(), ZX_PROP_JOB_KILL_ON_OOM, 1));
    CHECK_OK(set_number(zx_job_default(), ZX_PROP_JOB_KILL_ON_OOM, 0));
}

static void registers(zx_handle_t thread) {
    const uint32_t both[] = {ZX_PROP_REGISTER_FS, ZX_PROP_REGISTER_GS};
    for (int i = 0; i < 2; i++) {
        // I-8: only those of the calling thread; only addresses that a user can have.
        CHECK_STATUS(ZX_ERR_WRONG_TYPE, set_number(zx_process_self(), both[i], 0x1000));
        CHECK_STATUS(ZX_ERR_ACCESS_DENIED, set_number(thread, both[i], 0x1000));
        CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_number(zx_thread_self(), both[i], 0x0000800000000000));
        CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_number(zx_thread_self(), both[i], 0xffff800000000000));
    }
}

// I-8: each thread has a GS base of its own, and keeps it through syscalls.
static void use_gs(uintptr_t event, uintptr_t unused) {
    (void)unused;
    static __thread uint64_t area[4] = {0, 0x1234567890abcdef};
    uint64_t read = 0;
    CHECK_OK(set_number(zx_thread_self(), ZX_PROP_REGISTER_GS, (uintptr_t)area));
    __asm__ volatile("movq %%gs:8, %0" : "=r"(read));
    CHECK_EQ(area[1], read);
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    MUST(zx_object_wait_one((zx_handle_t)event, ZX_USER_SIGNAL_1, SOON, NULL));
    __asm__ volatile("movq $42, %%gs:16" ::: "memory");
    CHECK_EQ(42, area[2]);
    zx_thread_exit();
}

static void gs_base(void) {
    zx_handle_t first = new_event();
    zx_handle_t second = new_event();
    zx_handle_t threads[] = {start_thread("gs", use_gs, first, 0), start_thread("gs", use_gs, second, 0)};
    MUST(zx_object_wait_one(first, ZX_USER_SIGNAL_0, SOON, NULL));
    MUST(zx_object_wait_one(second, ZX_USER_SIGNAL_0, SOON, NULL));
    MUST(zx_object_signal(first, 0, ZX_USER_SIGNAL_1));
    MUST(zx_object_signal(second, 0, ZX_USER_SIGNAL_1));
    join_thread(threads[0]);
    join_thread(threads[1]);
    CHECK_OK(zx_handle_close(first));
    CHECK_OK(zx_handle_close(second));
}

int main(void) {
    zx_handle_t process = new_process(zx_job_default(), "properties");
    zx_handle_t thread = new_thread(process, "properties");
    order_of_reading(process);
    order_of_writing(process);
    names(process, thread);
    numbers(process);
    registers(thread);
    gs_base();
    CHECK_OK(zx_handle_close(process));
    CHECK_OK(zx_handle_close(thread));
    return CHECK_RESULT();
}
