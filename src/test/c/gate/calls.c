// Every call, from a host thread and from a guest, with all its arguments.
#include "harness.h"

#define MAX_ARGUMENTS 9
static struct {
    const char* entry;
    size_t count;
    uint64_t arguments[MAX_ARGUMENTS];
} seen;
static uint64_t answer;

static uint64_t record(const char* name, const uint64_t* arguments, size_t count) {
    seen.entry = name;
    seen.count = count;
    memcpy(seen.arguments, arguments, count * sizeof *arguments);
    CHECK_EQUAL(((uintptr_t)__builtin_frame_address(0)) % 16, 0);
    return answer;
}

#define RECORD(name, ...)                                   \
    record(#name, (const uint64_t[]){caller, __VA_ARGS__},  \
           sizeof((const uint64_t[]){0, __VA_ARGS__}) / sizeof(uint64_t))
#define FAKE(type, name, parameters, ...)                                         \
    static type fake_##name parameters { return (type)RECORD(name, __VA_ARGS__); }
#define FAKE_EXIT(name, parameters, ...)                            \
    static void fake_##name parameters {                            \
        (void)RECORD(name, __VA_ARGS__);                            \
        zx_host_thread_self()->leave = 1;                           \
    }
#define C uint64_t caller
#define S zx_status_t
#define H zx_handle_t
#define P zx_host_user_t
#define U uint32_t
#define Z size_t
#define L uint64_t
#define T int64_t

FAKE(S, handle_close, (C, H a), a)
FAKE(S, handle_close_many, (C, P a, Z b), a, b)
FAKE(S, handle_duplicate, (C, H a, U b, P c), a, b, c)
FAKE(S, handle_replace, (C, H a, U b, P c), a, b, c)
FAKE(S, object_get_info, (C, H a, U b, P c, Z d, P e, P f), a, b, c, d, e, f)
FAKE(S, object_get_property, (C, H a, U b, P c, Z d), a, b, c, d)
FAKE(S, object_set_property, (C, H a, U b, P c, Z d), a, b, c, d)
FAKE(S, object_get_child, (C, H a, L b, U c, P d), a, b, c, d)
FAKE(S, object_signal, (C, H a, U b, U c), a, b, c)
FAKE(S, object_signal_peer, (C, H a, U b, U c), a, b, c)
FAKE(S, object_wait_one, (C, H a, U b, T c, P d), a, b, (L)c, d)
FAKE(S, object_wait_many, (C, P a, Z b, T c), a, b, (L)c)
FAKE(S, object_wait_async, (C, H a, H b, L c, U d, U e), a, b, c, d, e)
FAKE(S, port_create, (C, U a, P b), a, b)
FAKE(S, port_queue, (C, H a, P b), a, b)
FAKE(S, port_wait, (C, H a, T b, P c), a, (L)b, c)
FAKE(S, port_cancel, (C, H a, H b, L c), a, b, c)
FAKE(S, job_create, (C, H a, U b, P c), a, b, c)
FAKE(S, job_set_policy, (C, H a, U b, U c, P d, U e), a, b, c, d, e)
FAKE(S, process_create, (C, H a, P b, Z c, U d, P e, P f), a, b, c, d, e, f)
FAKE(S, process_start, (C, H a, H b, zx_vaddr_t c, zx_vaddr_t d, H e, uintptr_t f), a, b, c, d, e, f)
FAKE_EXIT(process_exit, (C, T a), (L)a)
FAKE(S, process_read_memory, (C, H a, zx_vaddr_t b, P c, Z d, P e), a, b, c, d, e)
FAKE(S, process_write_memory, (C, H a, zx_vaddr_t b, P c, Z d, P e), a, b, c, d, e)
FAKE(S, thread_create, (C, H a, P b, Z c, U d, P e), a, b, c, d, e)
FAKE(S, thread_start, (C, H a, zx_vaddr_t b, zx_vaddr_t c, uintptr_t d, uintptr_t e), a, b, c, d, e)
FAKE_EXIT(thread_exit, (C))
FAKE(S, thread_read_state, (C, H a, U b, P c, Z d), a, b, c, d)
FAKE(S, thread_write_state, (C, H a, U b, P c, Z d), a, b, c, d)
FAKE(S, task_bind_exception_port, (C, H a, H b, L c, U d), a, b, c, d)
FAKE(S, task_resume_from_exception, (C, H a, H b, U c), a, b, c)
FAKE(S, task_suspend, (C, H a, P b), a, b)
FAKE(S, task_suspend_token, (C, H a, P b), a, b)
FAKE(S, task_kill, (C, H a), a)
FAKE(S, channel_create, (C, U a, P b, P c), a, b, c)
FAKE(S, channel_read, (C, H a, U b, P c, P d, U e, U f, P g, P h), a, b, c, d, e, f, g, h)
FAKE(S, channel_read_etc, (C, H a, U b, P c, P d, U e, U f, P g, P h), a, b, c, d, e, f, g, h)
FAKE(S, channel_write, (C, H a, U b, P c, U d, P e, U f), a, b, c, d, e, f)
FAKE(S, event_create, (C, U a, P b), a, b)
FAKE(S, eventpair_create, (C, U a, P b, P c), a, b, c)
FAKE(T, clock_get, (C, U a), a)
FAKE(S, clock_get_new, (C, U a, P b), a, b)
FAKE(T, clock_get_monotonic, (C))
FAKE(T, deadline_after, (C, T a), (L)a)
FAKE(S, nanosleep, (C, T a), (L)a)
FAKE(S, system_get_version, (C, P a, Z b), a, b)
FAKE(H, process_self, (C))
FAKE(H, thread_self, (C))
FAKE(H, vmar_root_self, (C))
FAKE(H, job_default, (C))
FAKE(H, take_startup_handle, (C, U a), a)

// Values that no other argument of a call has, with all their bytes in use.
#define H1 0xa1b2c3d1u
#define H2 0xa1b2c3d2u
#define U1 0xe1f2a3b1u
#define U2 0xe1f2a3b2u
#define U3 0xe1f2a3b3u
#define L1 0x8182838485868781u
#define L2 0x8182838485868782u
#define T1 INT64_MIN + 77
#define PTR(n) ((void*)(0xf1f2f3f4f5f6f700u + (n)))
#define ADR(n) (0xf1f2f3f4f5f6f700u + (n))

enum mode { FROM_HOST, FROM_GUEST, NO_KERNEL };
static enum mode mode;

static void check_call(const char* name, uint64_t result, uint64_t failure,
                       const uint64_t* expected, size_t count) {
    if (mode == NO_KERNEL) {
        CHECK_EQUAL(result, failure);
        CHECK(seen.entry == NULL);
        return;
    }
    CHECK(seen.entry != NULL);
    CHECK(strcmp(seen.entry, name) == 0);
    CHECK_EQUAL(seen.count, count);
    CHECK_EQUAL(seen.arguments[0], zx_host_thread_self()->caller);
    for (size_t i = 1; i < count; i++) {
        CHECK_EQUAL(seen.arguments[i], expected[i]);
    }
    CHECK_EQUAL(result, answer);
}

#define CHECK_ONE(type, function, name, failure, arguments, ...)                         \
    do {                                                                                 \
        seen.entry = NULL;                                                                \
        answer = (uint64_t)(type)(answer * 31 + 0xc0ffee1234567891u);                    \
        uint64_t result_ = (uint64_t)(type)function arguments;                           \
        const uint64_t expected_[] = {0, __VA_ARGS__};                                   \
        check_call(#name, result_, (uint64_t)(type)(failure), expected_,                 \
                   sizeof expected_ / sizeof *expected_);                                \
    } while (0)
#define CALL_AS(type, name, failure, arguments, ...)                              \
    CHECK_ONE(type, zx_##name, name, failure, arguments, __VA_ARGS__);            \
    CHECK_ONE(type, _zx_##name, name, failure, arguments, __VA_ARGS__)
#define CALL(name, arguments, ...) CALL_AS(S, name, ZX_ERR_BAD_SYSCALL, arguments, __VA_ARGS__)

static void make_every_call(uint64_t unused) {
    (void)unused;
    CALL(handle_close, (H1), H1);
    CALL(handle_close_many, (PTR(1), L1), ADR(1), L1);
    CALL(handle_duplicate, (H1, U1, PTR(1)), H1, U1, ADR(1));
    CALL(handle_replace, (H1, U1, PTR(1)), H1, U1, ADR(1));
    CALL(object_get_info, (H1, U1, PTR(1), L1, PTR(2), PTR(3)), H1, U1, ADR(1), L1, ADR(2), ADR(3));
    CALL(object_get_property, (H1, U1, PTR(1), L1), H1, U1, ADR(1), L1);
    CALL(object_set_property, (H1, U1, PTR(1), L1), H1, U1, ADR(1), L1);
    CALL(object_get_child, (H1, L1, U1, PTR(1)), H1, L1, U1, ADR(1));
    CALL(object_signal, (H1, U1, U2), H1, U1, U2);
    CALL(object_signal_peer, (H1, U1, U2), H1, U1, U2);
    CALL(object_wait_one, (H1, U1, T1, PTR(1)), H1, U1, (L)(T1), ADR(1));
    CALL(object_wait_many, (PTR(1), L1, T1), ADR(1), L1, (L)(T1));
    CALL(object_wait_async, (H1, H2, L1, U1, U2), H1, H2, L1, U1, U2);
    CALL(port_create, (U1, PTR(1)), U1, ADR(1));
    CALL(port_queue, (H1, PTR(1)), H1, ADR(1));
    CALL(port_wait, (H1, T1, PTR(1)), H1, (L)(T1), ADR(1));
    CALL(port_cancel, (H1, H2, L1), H1, H2, L1);
    CALL(job_create, (H1, U1, PTR(1)), H1, U1, ADR(1));
    CALL(job_set_policy, (H1, U1, U2, PTR(1), U3), H1, U1, U2, ADR(1), U3);
    CALL(process_create, (H1, PTR(1), L1, U1, PTR(2), PTR(3)), H1, ADR(1), L1, U1, ADR(2), ADR(3));
    CALL(process_start, (H1, H2, L1, L2, U1, ADR(1)), H1, H2, L1, L2, U1, ADR(1));
    CALL(process_read_memory, (H1, L1, PTR(1), L2, PTR(2)), H1, L1, ADR(1), L2, ADR(2));
    CALL(process_write_memory, (H1, L1, PTR(1), L2, PTR(2)), H1, L1, ADR(1), L2, ADR(2));
    CALL(thread_create, (H1, PTR(1), L1, U1, PTR(2)), H1, ADR(1), L1, U1, ADR(2));
    CALL(thread_start, (H1, L1, L2, ADR(1), ADR(2)), H1, L1, L2, ADR(1), ADR(2));
    CALL(thread_read_state, (H1, U1, PTR(1), L1), H1, U1, ADR(1), L1);
    CALL(thread_write_state, (H1, U1, PTR(1), L1), H1, U1, ADR(1), L1);
    CALL(task_bind_exception_port, (H1, H2, L1, U1), H1, H2, L1, U1);
    CALL(task_resume_from_exception, (H1, H2, U1), H1, H2, U1);
    CALL(task_suspend, (H1, PTR(1)), H1, ADR(1));
    CALL(task_suspend_token, (H1, PTR(1)), H1, ADR(1));
    CALL(task_kill, (H1), H1);
    CALL(channel_create, (U1, PTR(1), PTR(2)), U1, ADR(1), ADR(2));
    CALL(channel_read, (H1, U1, PTR(1), PTR(2), U2, U3, PTR(3), PTR(4)), H1, U1, ADR(1), ADR(2), U2,
         U3, ADR(3), ADR(4));
    CALL(channel_read_etc, (H1, U1, PTR(1), PTR(2), U2, U3, PTR(3), PTR(4)), H1, U1, ADR(1), ADR(2),
         U2, U3, ADR(3), ADR(4));
    CALL(channel_write, (H1, U1, PTR(1), U2, PTR(2), U3), H1, U1, ADR(1), U2, ADR(2), U3);
    CALL(event_create, (U1, PTR(1)), U1, ADR(1));
    CALL(eventpair_create, (U1, PTR(1), PTR(2)), U1, ADR(1), ADR(2));
    CALL_AS(T, clock_get, 0, (U1), U1);
    CALL(clock_get_new, (U1, PTR(1)), U1, ADR(1));
    CALL_AS(T, clock_get_monotonic, 0, ());
    CALL_AS(T, deadline_after, 0, (T1), (L)(T1));
    CALL(nanosleep, (T1), (L)(T1));
    CALL(system_get_version, (PTR(1), L1), ADR(1), L1);
    CALL_AS(H, process_self, 0, ());
    CALL_AS(H, thread_self, 0, ());
    CALL_AS(H, vmar_root_self, 0, ());
    CALL_AS(H, job_default, 0, ());
    CHECK_ONE(H, zx_take_startup_handle, take_startup_handle, 0, (U1), U1);
}

static void install_fakes(void) {
    install_kernel();
#define SET(name) kernel.name = fake_##name
    SET(handle_close); SET(handle_close_many); SET(handle_duplicate); SET(handle_replace);
    SET(object_get_info); SET(object_get_property); SET(object_set_property);
    SET(object_get_child); SET(object_signal); SET(object_signal_peer); SET(object_wait_one);
    SET(object_wait_many); SET(object_wait_async); SET(port_create); SET(port_queue);
    SET(port_wait); SET(port_cancel); SET(job_create); SET(job_set_policy); SET(process_create);
    SET(process_start); SET(process_exit); SET(process_read_memory); SET(process_write_memory);
    SET(thread_create); SET(thread_start); SET(thread_exit); SET(thread_read_state);
    SET(thread_write_state); SET(task_bind_exception_port); SET(task_resume_from_exception);
    SET(task_suspend); SET(task_suspend_token); SET(task_kill); SET(channel_create);
    SET(channel_read); SET(channel_read_etc); SET(channel_write); SET(event_create);
    SET(eventpair_create); SET(clock_get); SET(clock_get_new); SET(clock_get_monotonic);
    SET(deadline_after); SET(nanosleep); SET(system_get_version); SET(process_self);
    SET(thread_self); SET(vmar_root_self); SET(job_default); SET(take_startup_handle);
    void* const* entries = (void* const*)&kernel;
    for (size_t i = 0; i < sizeof kernel / sizeof *entries; i++) {
        CHECK(entries[i] != NULL);
    }
}

TEST(everyCallOfAHostThreadReachesItsEntry) {
    install_fakes();
    mode = FROM_HOST;
    make_every_call(0);
}

TEST(everyCallOfAGuestReachesItsEntry) {
    install_fakes();
    mode = FROM_GUEST;
    run_guest(make_every_call, 0);
    CHECK(strcmp(seen.entry, "thread_exit") == 0);
}

TEST(aHostThreadReachesTheExitsAndReturns) {
    install_fakes();
    // The compiler believes the header that these do not return.
    void (*volatile process_exit)(int64_t) = zx_process_exit;
    void (*volatile thread_exit)(void) = _zx_thread_exit;
    process_exit(T1);
    CHECK(strcmp(seen.entry, "process_exit") == 0);
    CHECK_EQUAL(seen.arguments[1], T1);
    thread_exit();
    CHECK(strcmp(seen.entry, "thread_exit") == 0);
    CHECK_EQUAL(zx_host_thread_self()->leave, 1);
}

TEST(withoutAKernelEveryCallIsABadSyscall) {
    mode = NO_KERNEL;
    make_every_call(0);
    install_fakes();
    zx_host_install(NULL);
    make_every_call(0);
}

TEST(aKernelWithoutSyscallsAnswersBadSyscall) {
    mode = NO_KERNEL;
    install_kernel();
    kernel.table.syscall = NULL;
    make_every_call(0);
    run_guest(make_every_call, 0);
}

static void exit_process(uint64_t code) {
    zx_process_exit((int64_t)code);
    CHECK(false);
}

TEST(aGuestNeverComesBackFromAnExit) {
    install_fakes();
    run_guest(exit_process, L1);
    CHECK(strcmp(seen.entry, "process_exit") == 0);
    CHECK_EQUAL(seen.arguments[1], L1);
    kernel.table.syscall = NULL;
    run_guest(exit_process, L1);
    zx_host_install(NULL);
    run_guest(exit_process, L1);
}

TEST(statusesHaveTheNamesOfZirconsTable) {
#define NAMED(status, name) CHECK(strcmp(zx_status_get_string(status), name) == 0)
    NAMED(0, "ZX_OK");
    NAMED(-1, "ZX_ERR_INTERNAL");
    NAMED(-5, "(UNKNOWN)");
    NAMED(-6, "ZX_ERR_INTERNAL_INTR_KILLED_RETRY");
    NAMED(-11, "ZX_ERR_BAD_HANDLE");
    NAMED(-45, "(UNKNOWN)");
    NAMED(-46, "(UNKNOWN)");
    NAMED(-47, "ZX_ERR_IO_INVALID");
    NAMED(-55, "(UNKNOWN)");
    NAMED(-60, "ZX_ERR_STOP");
    NAMED(-61, "ZX_ERR_NEXT");
    NAMED(-62, "(UNKNOWN)");
    NAMED(-76, "ZX_ERR_CONNECTION_ABORTED");
    NAMED(-502, "(UNKNOWN)");
    NAMED(1, "(UNKNOWN)");
    int named = 0;
    for (zx_status_t status = -100; status <= 0; status++) {
        const char* name = _zx_status_get_string(status);
        named += strncmp(name, "ZX_", 3) == 0;
    }
    // Section 2 of abi.md has 46 codes; four of them are not in Zircon's table.
    CHECK_EQUAL(named, 42);
}
