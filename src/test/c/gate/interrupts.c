// Interrupting guests that run: where they stop, what the kernel sees, and how they go on.
#include "harness.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

static zx_host_program_t* program;
static _Atomic(uint64_t)* progress;
static uint64_t* result;
static _Atomic(bool)* enough;

// What the guest's thread tells.
static _Atomic(zx_host_thread_t*) guest_thread;
static _Atomic(uint64_t) interruptions, in_library;
static _Atomic(bool) ended;
static _Atomic(pid_t) guest_tid;
static void (*_Atomic act)(zx_host_thread_t*);
static void (*handle)(zx_host_thread_t*);

static zx_vaddr_t symbol(const char* name) {
    zx_vaddr_t address = zx_host_symbol(program, name);
    CHECK(address != 0);
    return address;
}

static zx_status_t answer_handle(uint64_t caller, zx_handle_t handle) {
    (void)caller;
    return (zx_status_t)handle;
}

static void start(void) {
    install_kernel();
    kernel.handle_close = answer_handle;
    char path[512], error[512];
    snprintf(path, sizeof path, "%s/interrupted.so", getenv("GATE_PROGRAMS"));
    program = zx_host_load(path, error, sizeof error);
    CHECK(program != NULL);
    progress = (_Atomic(uint64_t)*)symbol("progress");
    result = (uint64_t*)symbol("result");
    enough = (_Atomic(bool)*)symbol("enough");
}

static void note(zx_host_thread_t* thread) {
    in_library += thread->in_library;
    void (*now)(zx_host_thread_t*) = act;
    if (now != NULL) {
        now(thread);
    }
    interruptions++;
    sched_yield(); // who waits for it may be on this processor
}

struct guest {
    const char* name;
    uint64_t argument;
    pthread_t thread;
};

static void* run_entry(void* argument) {
    struct guest* guest = argument;
    on_interrupted = note;
    on_exception = handle;
    guest_tid = gettid();
    guest_thread = zx_host_thread_self();
    zx_host_thread_enter(GUEST_NAME);
    CHECK_EQUAL(zx_host_run(symbol(guest->name), guest->argument, 0), ZX_OK);
    zx_host_thread_enter(0);
    free(guest);
    ended = true;
    // The record lives as long as its thread, and somebody may still use it.
    while (guest_thread != NULL) {
        sched_yield();
    }
    return NULL;
}

// Starts a guest on a thread of its own, and waits until it has made some progress.
static struct guest start_guest(const char* name, uint64_t argument) {
    struct guest guest = {.name = name, .argument = argument};
    *progress = interruptions = in_library = 0;
    ended = *enough = false;
    struct guest* shared = malloc(sizeof *shared);
    *shared = guest;
    CHECK(pthread_create(&guest.thread, NULL, run_entry, shared) == 0);
    while (guest_thread == NULL || *progress == 0) {
        sched_yield();
    }
    return guest;
}

static void end(struct guest* guest) {
    while (!ended) {
        sched_yield();
    }
    guest_thread = NULL;
    CHECK(pthread_join(guest->thread, NULL) == 0);
}

// Asks once, where the guest can be stopped or makes syscalls.
static void interrupt_once(void) {
    uint64_t before = interruptions;
    zx_host_interrupt(guest_thread, ZX_HOST_INTERRUPT_PROGRAM);
    while (interruptions == before && !ended) {
        sched_yield();
    }
}

// Asks until it has happened. The last request may come to one more interruption.
static void interrupt(uint32_t reach) {
    uint64_t before = interruptions;
    while (interruptions == before && !ended) {
        zx_host_interrupt(guest_thread, reach);
        sched_yield();
    }
}

static zx_thread_state_general_regs_t seen;
static zx_thread_state_vector_regs_t vectors;

static void look(zx_host_thread_t* thread) {
    seen = *thread->regs;
    zx_host_read_vector_regs(thread, &vectors);
}

static void release_spin(zx_host_thread_t* thread) {
    look(thread);
    thread->regs->r12 = 1;
    thread->regs->r13 = 0x5555;
}

static void leave(zx_host_thread_t* thread) { thread->leave = 1; }

TEST(aSpinningGuestIsStoppedReadWrittenAndGoesOn) {
    start();
    struct guest guest = start_guest("spin", 0);
    act = look;
    for (int i = 0; i < 1000; i++) {
        interrupt_once();
        CHECK(seen.rip >= symbol("spin_begin") && seen.rip < symbol("spin_end"));
        CHECK_EQUAL(seen.rbx, 0xb1b1);
        CHECK_EQUAL(seen.r12, 0);
        CHECK_EQUAL(seen.r13, 0x1313);
        CHECK_EQUAL(vectors.zmm[7].v[1], UINT64_MAX);
        memset(&seen, 0, sizeof seen);
    }
    act = release_spin;
    interrupt_once();
    end(&guest);
    CHECK_EQUAL(*result, 0x5555);
    CHECK_EQUAL(in_library, 0);
    CHECK_EQUAL(interruptions, 1001);
}

static void check_sum(void) { CHECK_EQUAL(*result, *progress * (*progress - 1) / 2); }

// One request, and no second one: it is seen, wherever in the gate it finds the guest.
TEST(aRequestIsNeverLostAmongManySyscalls) {
    start();
    struct guest guest = start_guest("call", UINT64_MAX);
    act = NULL;
    const uint64_t requests = 30000;
    for (uint64_t i = 0; i < requests; i++) {
        interrupt_once();
    }
    *enough = true;
    end(&guest);
    CHECK_EQUAL(interruptions, requests);
    CHECK_EQUAL(in_library, 0);
    check_sum();
}

// Faster than the guest can answer.
TEST(aHailOfRequestsDisturbsNoSyscall) {
    start();
    struct guest guest = start_guest("call", UINT64_MAX);
    act = look;
    for (int i = 0; i < 200000; i++) {
        zx_host_interrupt(guest_thread, ZX_HOST_INTERRUPT_ANYWHERE);
    }
    interrupt_once();
    *enough = true;
    end(&guest);
    check_sum();
}

static void check_own_code(zx_host_thread_t* thread) { CHECK_EQUAL(thread->in_library, 0); }

static void skip_undefined(zx_host_thread_t* thread) {
    CHECK_EQUAL(thread->in_library, 0);
    thread->regs->rip += 2;
}

// The handlers of the gate's signals are not the guest, either.
TEST(aHailOfRequestsDisturbsNoFault) {
    start();
    act = check_own_code;
    handle = skip_undefined;
    struct guest guest = start_guest("fault", 0);
    for (int i = 0; i < 200000; i++) {
        zx_host_interrupt(guest_thread, ZX_HOST_INTERRUPT_ANYWHERE);
    }
    interrupt_once();
    *enough = true;
    end(&guest);
    check_sum();
}

static void interrupt_libc(uint32_t reach, int times) {
    struct guest guest = start_guest("use_libc", 0);
    act = look;
    for (int i = 0; i < times; i++) {
        // Otherwise one stop might come right after the other, all of them at one place.
        uint64_t before = *progress;
        while (*progress == before) {
            sched_yield();
        }
        interrupt(reach);
    }
    *enough = true;
    end(&guest);
    CHECK_EQUAL(*result, *progress * sizeof "000000 0.000");
}

TEST(aGuestIsNotStoppedInsideALibrary) {
    start();
    interrupt_libc(ZX_HOST_INTERRUPT_PROGRAM, 20);
    CHECK_EQUAL(in_library, 0);
}

TEST(aGuestThatMayBeStoppedAnywhereIs) {
    start();
    interrupt_libc(ZX_HOST_INTERRUPT_ANYWHERE, 200);
    CHECK(in_library > 100);
}

// Until the operating system says that the thread sleeps.
static void wait_for_sleep(void) {
    char path[64], state = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", guest_tid);
    while (state != 'S') {
        FILE* file = fopen(path, "r");
        CHECK(file != NULL && fscanf(file, "%*d (%*[^)]) %c", &state) == 1);
        fclose(file);
    }
}

static void block_and_interrupt(const char* name, uint64_t argument, int wake, uint64_t expected) {
    struct guest guest = start_guest(name, argument);
    act = look;
    for (int i = 0; i < 20; i++) {
        wait_for_sleep();
        uint64_t before = interruptions;
        zx_host_interrupt(guest_thread, ZX_HOST_INTERRUPT_PROGRAM);
        wait_for_sleep();
        CHECK_EQUAL(interruptions, before);
        zx_host_interrupt(guest_thread, ZX_HOST_INTERRUPT_BLOCKED);
        while (interruptions == before) {
            sched_yield();
        }
        CHECK_EQUAL(interruptions, before + 1);
        CHECK_EQUAL(in_library, before + 1);
    }
    if (wake >= 0) {
        CHECK(write(wake, "x", 1) == 1);
    }
    end(&guest);
    CHECK_EQUAL(*result, expected);
    CHECK_EQUAL(*(int*)symbol("error_number"), 0);
}

TEST(aGuestThatWaitsInTheHostIsStoppedThereAndWaitsOn) {
    start();
    int ends[2];
    CHECK(pipe(ends) == 0);
    block_and_interrupt("read_one", (uint64_t)ends[0], ends[1], 0x100 | 'x');
    block_and_interrupt("poll_one", (uint64_t)ends[0], ends[1], 1);
    block_and_interrupt("sleep_for", 200000000, -1, 0);
}

TEST(twoThousandKilledGuestsLeaveNothing) {
    start();
    act = leave;
    const char* names[] = {"spin_for_ever", "call_for_ever", "spin"};
    struct holdings before = {0, 0};
    for (int i = 0; i < 2000; i++) {
        struct guest guest = start_guest(names[i % 3], 0);
        interrupt_once();
        end(&guest);
        CHECK_EQUAL(interruptions, 1);
        if (i == 10) {
            before = holdings();
        }
    }
    CHECK_EQUAL(in_library, 0);
    CHECK_SAME_HOLDINGS(before);
}

// Requests for guests that are about to begin.
static void check_entry(zx_host_thread_t* thread) {
    interruptions++;
    CHECK_EQUAL(thread->in_library, 0);
    CHECK_EQUAL(thread->regs->rip, symbol("call"));
    CHECK_EQUAL(thread->regs->rdi, 1000);
    thread->regs->rdi = 10;
}

static void check_entry_and_leave(zx_host_thread_t* thread) {
    check_entry(thread);
    thread->leave = 1;
}

TEST(aRequestFromBeforeTheFirstEntryIsSeenThere) {
    start();
    zx_host_thread_enter(GUEST_NAME);
    for (int kill = 0; kill < 2; kill++) {
        *progress = interruptions = 0;
        on_interrupted = kill ? check_entry_and_leave : check_entry;
        zx_host_interrupt(zx_host_thread_self(), ZX_HOST_INTERRUPT_PROGRAM);
        CHECK_EQUAL(interruptions, 0);
        CHECK_EQUAL(zx_host_run(symbol("call"), 1000, 0), ZX_OK);
        CHECK_EQUAL(interruptions, 1);
        CHECK_EQUAL(*progress, kill ? 0 : 10);
    }
}

// A request during a syscall shows what the syscall returns.
static zx_status_t interrupt_self(uint64_t caller, zx_handle_t handle) {
    (void)caller;
    zx_host_interrupt(zx_host_thread_self(), ZX_HOST_INTERRUPT_PROGRAM);
    CHECK_EQUAL(zx_host_thread_self()->regs->rdi, handle);
    return (zx_status_t)handle + 1000;
}

static void add_to_result(zx_host_thread_t* thread) {
    interruptions++;
    CHECK_EQUAL(thread->regs->rax, 999 + interruptions);
    CHECK(thread->regs->rip > symbol("call"));
    thread->regs->rax += 1000000;
}

TEST(aRequestDuringASyscallIsSeenAtItsEndWithItsResult) {
    start();
    kernel.handle_close = interrupt_self;
    zx_host_thread_enter(GUEST_NAME);
    on_interrupted = add_to_result;
    CHECK_EQUAL(zx_host_run(symbol("call"), 10, 0), ZX_OK);
    CHECK_EQUAL(interruptions, 10);
    CHECK_EQUAL(*result, 10 * 1001000 + 45);
}

static int foreign;
static void count_foreign(int signal) { foreign += signal == SIGURG; }

TEST(aSignalOfSomebodyElseReachesHisHandler) {
    CHECK(raise(SIGURG) == 0);
    CHECK(signal(SIGURG, count_foreign) != SIG_ERR);
    start();
    CHECK(raise(SIGURG) == 0);
    CHECK_EQUAL(foreign, 1);
    run_guest((guest_entry*)(uintptr_t)zx_thread_exit, 0);
    CHECK(raise(SIGURG) == 0);
    CHECK_EQUAL(foreign, 2);
}

TEST(aSignalThatNobodyWantsIsIgnored) {
    start();
    CHECK(raise(SIGURG) == 0);
}
