// Many guests, many faults, much recursion.
#include "harness.h"

static _Thread_local uint64_t handled;

static void skip_2(zx_host_thread_t* thread) {
    handled++;
    thread->regs->rip += 2;
}

static void leave(zx_host_thread_t* thread) {
    handled++;
    thread->leave = 1;
}

static zx_status_t answer_handle(uint64_t caller, zx_handle_t handle) {
    CHECK_EQUAL(caller, GUEST_NAME);
    return (zx_status_t)handle;
}

static void fault_and_call(uint64_t times) {
    for (uint64_t i = 0; i < times; i++) {
        __asm__ volatile("ud2");
        CHECK_EQUAL(zx_handle_close((zx_handle_t)i), (zx_status_t)i);
    }
}

static void undefined(uint64_t unused) {
    (void)unused;
    __asm__ volatile("ud2");
}

static void read_null(uint64_t unused) {
    (void)unused;
    (void)*(volatile char*)0;
}

static void do_nothing(uint64_t unused) { (void)unused; }

TEST(twentyThousandFaultsOfOneGuest) {
    install_kernel();
    kernel.handle_close = answer_handle;
    on_exception = skip_2;
    struct holdings before = holdings();
    run_guest(fault_and_call, 20000);
    CHECK_EQUAL(handled, 20000);
    CHECK_SAME_HOLDINGS(before);
}

TEST(twentyThousandGuestsLeaveNothing) {
    install_kernel();
    guest_entry* const guests[] = {do_nothing, read_null, undefined, do_nothing};
    run_guest(do_nothing, 0);
    struct holdings before = holdings();
    for (int i = 0; i < 20000; i++) {
        on_exception = leave;
        run_guest(guests[i % 4], 0);
    }
    CHECK_EQUAL(handled, 10000);
    CHECK_SAME_HOLDINGS(before);
}

static void* run_many(void* unused) {
    (void)unused;
    for (int i = 0; i < 20; i++) {
        on_exception = skip_2;
        run_guest(fault_and_call, 200);
        on_exception = leave;
        run_guest(read_null, 0);
    }
    CHECK_EQUAL(handled, 20 * 201);
    return NULL;
}

TEST(guestsOnEightThreadsAtOnce) {
    install_kernel();
    kernel.handle_close = answer_handle;
    pthread_t threads[8];
    for (int i = 0; i < 8; i++) {
        CHECK(pthread_create(&threads[i], NULL, run_many, NULL) == 0);
    }
    for (int i = 0; i < 8; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}

// 3,000 frames with a fault and a syscall in each one.
static __attribute__((noinline)) uint64_t recurse(uint64_t depth) {
    uint64_t local = depth * 3;
    __asm__ volatile("ud2" : "+r"(local));
    CHECK_EQUAL(zx_handle_close((zx_handle_t)depth), (zx_status_t)depth);
    return depth == 0 ? local : recurse(depth - 1) + local;
}

static uint64_t sum;
static void recurse_as_guest(uint64_t depth) { sum = recurse(depth); }

TEST(aGuestFaultsAtEveryDepthOfItsStack) {
    install_kernel();
    kernel.handle_close = answer_handle;
    on_exception = skip_2;
    run_guest(recurse_as_guest, 3000);
    CHECK_EQUAL(sum, 3 * 3000 * 3001 / 2);
    CHECK_EQUAL(handled, 3001);
}

static uint64_t arguments[2];
static void take_arguments(uint64_t arg1, uint64_t arg2) {
    arguments[0] = arg1;
    arguments[1] = arg2;
    CHECK_EQUAL((uintptr_t)__builtin_frame_address(0) % 16, 0);
}

TEST(aGuestGetsItsArgumentsAndAnAlignedStack) {
    install_kernel();
    zx_host_thread_enter(GUEST_NAME);
    CHECK_EQUAL(zx_host_run((zx_vaddr_t)take_arguments, 0x8111111111111111, 0x8222222222222222), 0);
    CHECK_EQUAL(arguments[0], 0x8111111111111111);
    CHECK_EQUAL(arguments[1], 0x8222222222222222);

}
