// How the kernel gets to know threads, hears of their end, and is left alone by threads that have no stack left.
#include "harness.h"

static uint64_t last_caller;

static zx_status_t see_caller(uint64_t caller, zx_handle_t handle) {
    (void)handle;
    last_caller = caller;
    return ZX_OK;
}

static uint64_t close_and_see_caller(void) {
    CHECK_EQUAL(zx_handle_close(1), ZX_OK);
    return last_caller;
}

TEST(aThreadIsAttachedAtItsFirstCallAndOnlyThen) {
    install_kernel();
    kernel.handle_close = see_caller;
    CHECK_EQUAL(zx_host_thread_self()->caller, 0);
    CHECK_EQUAL(close_and_see_caller(), 1);
    CHECK_EQUAL(close_and_see_caller(), 1);
    CHECK_EQUAL(zx_host_thread_self()->caller, 1);
}

TEST(aNewKernelAttachesTheThreadAgain) {
    install_kernel();
    kernel.handle_close = see_caller;
    CHECK_EQUAL(close_and_see_caller(), 1);
    zx_host_install(&kernel.table);
    CHECK_EQUAL(close_and_see_caller(), 2);
    zx_host_thread_enter(77);
    zx_host_install(&kernel.table);
    CHECK_EQUAL(close_and_see_caller(), 3);
}

static uint64_t refuse(zx_host_thread_t* thread) {
    (void)thread;
    return 0;
}

TEST(aThreadThatTheKernelRefusesHasNoMemory) {
    install_kernel();
    kernel.handle_close = see_caller;
    kernel.table.thread_attach = refuse;
    CHECK_EQUAL(zx_handle_close(1), ZX_ERR_NO_MEMORY);
    CHECK_EQUAL(zx_process_self(), 0);
    CHECK_EQUAL(zx_clock_get_monotonic(), 0);
    kernel.table.thread_attach = NULL;
    CHECK_EQUAL(zx_handle_close(1), ZX_ERR_BAD_SYSCALL);
    CHECK_EQUAL(last_caller, 0);
}

TEST(anEnteredNameHoldsUntilItIsTakenBack) {
    install_kernel();
    kernel.handle_close = see_caller;
    zx_host_thread_enter(77);
    CHECK_EQUAL(close_and_see_caller(), 77);
    zx_host_thread_enter(0);
    CHECK_EQUAL(close_and_see_caller(), 1);
    zx_host_thread_enter(78);
    CHECK_EQUAL(close_and_see_caller(), 78);
    zx_host_thread_enter(0);
    CHECK_EQUAL(close_and_see_caller(), 1);
}

static void* make_a_call(void* entered_name) {
    zx_host_thread_enter((uint64_t)(uintptr_t)entered_name);
    return (void*)(uintptr_t)close_and_see_caller();
}

static uint64_t run_thread(uint64_t entered_name) {
    pthread_t thread;
    void* name;
    CHECK(pthread_create(&thread, NULL, make_a_call, (void*)(uintptr_t)entered_name) == 0);
    CHECK(pthread_join(thread, &name) == 0);
    return (uint64_t)(uintptr_t)name;
}

TEST(attachedThreadsThatEndedAreReportedInOrder) {
    install_kernel();
    kernel.handle_close = see_caller;
    CHECK_EQUAL(run_thread(0), 1);
    CHECK_EQUAL(run_thread(99), 99); // not attached, not reported
    CHECK_EQUAL(run_thread(0), 2);
    CHECK_EQUAL(zx_host_next_ended_thread(), 1);
    CHECK_EQUAL(zx_host_next_ended_thread(), 2);
    CHECK_EQUAL(run_thread(0), 3);
    CHECK_EQUAL(zx_host_next_ended_thread(), 3);
}

TEST(aNewKernelDoesNotHearOfThreadsThatItNeverKnew) {
    install_kernel();
    kernel.handle_close = see_caller;
    CHECK_EQUAL(run_thread(0), 1);
    CHECK_EQUAL(run_thread(0), 2);
    zx_host_install(&kernel.table);
    CHECK_EQUAL(run_thread(0), 3);
    CHECK_EQUAL(zx_host_next_ended_thread(), 3);
}

static pthread_barrier_t meeting;

static void* outlive_kernel(void* unused) {
    (void)unused;
    close_and_see_caller();
    pthread_barrier_wait(&meeting);
    pthread_barrier_wait(&meeting);
    return NULL;
}

TEST(aThreadThatOutlivesItsKernelIsNotReportedToTheNext) {
    install_kernel();
    kernel.handle_close = see_caller;
    pthread_t thread;
    pthread_barrier_init(&meeting, NULL, 2);
    CHECK(pthread_create(&thread, NULL, outlive_kernel, NULL) == 0);
    pthread_barrier_wait(&meeting);
    zx_host_install(&kernel.table);
    pthread_barrier_wait(&meeting);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_EQUAL(run_thread(0), 2);
    CHECK_EQUAL(zx_host_next_ended_thread(), 2);
}

static void* wait_for_end(void* unused) {
    (void)unused;
    return (void*)(uintptr_t)zx_host_next_ended_thread();
}

TEST(theEndOfAThreadWakesWhoWaitsForIt) {
    install_kernel();
    kernel.handle_close = see_caller;
    pthread_t waiting;
    void* name;
    CHECK(pthread_create(&waiting, NULL, wait_for_end, NULL) == 0);
    CHECK_EQUAL(run_thread(0), 1);
    CHECK(pthread_join(waiting, &name) == 0);
    CHECK_EQUAL((uintptr_t)name, 1);
}

TEST(whoeverPollsForEndedThreadsDoesNotWait) {
    install_kernel();
    kernel.handle_close = see_caller;
    pthread_t waiting;
    void* name;
    CHECK(pthread_create(&waiting, NULL, wait_for_end, NULL) == 0);
    zx_host_poll_ended_threads();
    CHECK(pthread_join(waiting, &name) == 0);
    CHECK_EQUAL((uintptr_t)name, 0);
    CHECK_EQUAL(run_thread(0), 1);
    CHECK_EQUAL(zx_host_next_ended_thread(), 1);
    CHECK_EQUAL(zx_host_next_ended_thread(), 0);
}

TEST(threadsThatCameAndWentLeaveNothing) {
    install_kernel();
    kernel.handle_close = see_caller;
    CHECK_EQUAL(run_thread(0), zx_host_next_ended_thread());
    struct holdings before = holdings();
    for (int i = 0; i < 2000; i++) {
        CHECK_EQUAL(run_thread(0), zx_host_next_ended_thread());
    }
    CHECK_SAME_HOLDINGS(before);
}

static uintptr_t stack_low(void) {
    pthread_attr_t attributes;
    void* low;
    size_t size;
    CHECK(pthread_getattr_np(pthread_self(), &attributes) == 0);
    CHECK(pthread_attr_getstack(&attributes, &low, &size) == 0);
    pthread_attr_destroy(&attributes);
    return (uintptr_t)low;
}

// Calls at every depth until there is no room: after the first refusal all deeper calls are refused.
static __attribute__((noinline)) size_t recurse(uintptr_t low, bool refused) {
    char frame[1024];
    zx_status_t status = zx_handle_close(1);
    uintptr_t here = (uintptr_t)frame;
    __asm__ volatile("" : : "r"(frame) : "memory");
    if (status == ZX_ERR_NO_MEMORY) {
        CHECK_EQUAL(zx_process_self(), 0);
        refused = true;
    } else {
        CHECK_EQUAL(status, ZX_OK);
        CHECK(!refused);
        // What an upcall can count on.
        CHECK(here - low > (size_t)256 * 1024);
    }
    if (here - low < (size_t)64 * 1024) {
        return refused;
    }
    size_t result = recurse(low, refused);
    __asm__ volatile("" : : "r"(frame) : "memory");
    return result;
}

TEST(aThreadWithoutStackHasNoMemoryAndReachesNoKernel) {
    install_kernel();
    kernel.handle_close = see_caller;
    CHECK(recurse(stack_low(), false));
    CHECK_EQUAL(zx_handle_close(1), ZX_OK);
}

static void* call_on_small_stack(void* unused) {
    (void)unused;
    CHECK_EQUAL(zx_handle_close(1), ZX_ERR_NO_MEMORY);
    return NULL;
}

TEST(aThreadWithASmallStackHasNoMemory) {
    install_kernel();
    kernel.handle_close = see_caller;
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    CHECK(pthread_attr_setstacksize(&attributes, (size_t)128 * 1024) == 0);
    CHECK(pthread_create(&thread, &attributes, call_on_small_stack, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_EQUAL(last_caller, 0);
}

static zx_status_t disturb_errno(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    errno = 1234;
    return ZX_OK;
}

static void keep_errno(uint64_t unused) {
    (void)unused;
    errno = 5;
    CHECK_EQUAL(zx_handle_close(1), ZX_OK);
    CHECK_EQUAL(errno, 5);
}

TEST(aCallLeavesErrnoAlone) {
    install_kernel();
    kernel.handle_close = disturb_errno;
    keep_errno(0);
    run_guest(keep_errno, 0);
}

TEST(theGateKnowsItsFile) {
    CHECK(strstr(zx_host_gate_path(), "libzircon.so") != NULL);
    CHECK(access(zx_host_gate_path(), R_OK) == 0);
}
