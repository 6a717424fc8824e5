// libc as guests find it, with a kernel that starts no thread.
#include "harness.h"

#include <threads.h>

#define MAX_TRACE 16
static uint64_t trace[MAX_TRACE];
static size_t traced;
static int64_t exit_code;
static zx_time_t slept_until;
static zx_status_t thread_status;
static bool leave_at_handle_7;

static zx_status_t note_handle(uint64_t caller, zx_handle_t handle) {
    (void)caller;
    if (handle != ZX_HANDLE_INVALID) {
        CHECK(traced < MAX_TRACE);
        trace[traced++] = handle;
    }
    zx_host_thread_self()->leave = handle == 7 && leave_at_handle_7;
    return ZX_OK;
}

static void note_exit(uint64_t caller, int64_t code) {
    (void)caller;
    exit_code = code;
    zx_host_thread_self()->leave = 1;
}

static zx_handle_t process_self(uint64_t caller) {
    (void)caller;
    return 0x51;
}

static zx_status_t thread_create(uint64_t caller, zx_handle_t process, zx_host_user_t name,
                                 size_t name_size, uint32_t options, zx_host_user_t out) {
    (void)caller, (void)name, (void)name_size;
    CHECK_EQUAL(process, 0x51);
    CHECK_EQUAL(options, 0);
    const zx_handle_t made = 0x71;
    return thread_status == ZX_OK ? zx_host_copy_out(out, &made, sizeof made) : thread_status;
}

static zx_status_t thread_start(uint64_t caller, zx_handle_t thread, zx_vaddr_t entry,
                                zx_vaddr_t stack, uintptr_t arg1, uintptr_t arg2) {
    (void)caller, (void)entry, (void)stack, (void)arg1, (void)arg2;
    CHECK_EQUAL(thread, 0x71);
    return ZX_ERR_BAD_STATE;
}

static zx_time_t deadline_after(uint64_t caller, zx_duration_t duration) {
    (void)caller;
    return duration + 1;
}

static zx_status_t note_sleep(uint64_t caller, zx_time_t deadline) {
    (void)caller;
    slept_until = deadline;
    return ZX_OK;
}

static void start(void) {
    install_kernel();
    kernel.handle_close = note_handle;
    kernel.process_exit = note_exit;
    kernel.process_self = process_self;
    kernel.thread_create = thread_create;
    kernel.thread_start = thread_start;
    kernel.deadline_after = deadline_after;
    kernel.nanosleep = note_sleep;
    leave_at_handle_7 = false;
    thread_status = ZX_OK;
}

static zx_host_program_t* load(void) {
    static char path[512], error[512];
    const char* folder = getenv("GATE_PROGRAMS");
    CHECK(folder != NULL);
    snprintf(path, sizeof path, "%s/plain.so", folder);
    zx_host_program_t* program = zx_host_load(path, error, sizeof error);
    CHECK(program != NULL);
    return program;
}

static char* arguments[] = {"program", NULL};

static void run(zx_host_program_t* program) {
    traced = 0;
    exit_code = -1;
    zx_host_thread_enter(GUEST_NAME);
    CHECK_EQUAL(zx_host_run_program(program, 1, arguments), ZX_OK);
    zx_host_thread_enter(0);
}

static void check_trace(const uint64_t* expected, size_t count) {
    CHECK_EQUAL(traced, count);
    for (size_t i = 0; i < count; i++) {
        CHECK_EQUAL(trace[i], expected[i]);
    }
}

TEST(aProgramsLibcIsTheGates) {
    start();
    zx_host_program_t* program = load();
    run(program);
    // A thread that does not start closes its handle. sleep() is the program's own.
    check_trace((const uint64_t[]){0x71, 100 + EAGAIN, 0x71, 200 + thrd_error, 300, 402, 7}, 7);
    CHECK_EQUAL(exit_code, 3);
    CHECK_EQUAL(slept_until, 1000000006);
    zx_host_unload(program);
}

TEST(aThreadForWhichThereIsNoMemoryIsAnError) {
    start();
    thread_status = ZX_ERR_NO_MEMORY;
    zx_host_program_t* program = load();
    run(program);
    check_trace((const uint64_t[]){100 + EAGAIN, 200 + thrd_nomem, 300, 402, 7}, 5);
    zx_host_unload(program);
}

static bool is_writable(zx_vaddr_t address) {
    uint64_t same;
    CHECK_EQUAL(zx_host_copy_in(&same, address, sizeof same), ZX_OK);
    return zx_host_copy_out(address, &same, sizeof same) == ZX_OK;
}

TEST(aConstantThatHoldsAFunctionOfLibcIsAConstant) {
    start();
    zx_host_program_t* program = load();
    zx_vaddr_t constant = zx_host_symbol(program, "constant");
    zx_vaddr_t variable = zx_host_symbol(program, "variable");
    CHECK(*(uintptr_t*)constant == *(uintptr_t*)variable);
    CHECK(*(uintptr_t*)constant != (uintptr_t)exit);
    CHECK(*(uintptr_t*)zx_host_symbol(program, "own") != (uintptr_t)_Exit);
    CHECK(!is_writable(constant));
    CHECK(is_writable(variable));
    zx_host_unload(program);
}

TEST(programsThatEndMidwayLeaveNothing) {
    start();
    zx_host_unload(load());
    leave_at_handle_7 = true;
    struct holdings before = holdings();
    for (int i = 0; i < 100; i++) {
        zx_host_program_t* program = load();
        run(program);
        CHECK_EQUAL(trace[traced - 1], 7);
        CHECK_EQUAL(exit_code, -1);
        zx_host_unload(program);
    }
    CHECK_SAME_HOLDINGS(before);
}

static volatile sig_atomic_t seen;

static void see(int signal) { seen = signal; }

// The gate takes abort()'s signal from guests alone.
TEST(anAbortOfTheHostIsTheHosts) {
    struct sigaction action = {.sa_handler = see};
    CHECK(sigaction(SIGABRT, &action, NULL) == 0);
    start();
    zx_host_program_t* program = load();
    raise(SIGABRT);
    CHECK_EQUAL(seen, SIGABRT);
    zx_host_unload(program);
}
