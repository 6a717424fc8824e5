#include "harness.h"

#include <dirent.h>
#include <sched.h>

static struct test* tests;

void harness_add(struct test* test) {
    test->next = tests;
    tests = test;
}

struct fake_kernel kernel;
_Thread_local void (*on_exception)(zx_host_thread_t* thread);
_Thread_local void (*on_interrupted)(zx_host_thread_t* thread);

static uint64_t attach(zx_host_thread_t* thread) {
    static _Atomic(uint64_t) names;
    CHECK(thread == zx_host_thread_self());
    return ++names;
}

static void exception(uint64_t caller) {
    zx_host_thread_t* thread = zx_host_thread_self();
    CHECK_EQUAL(caller, thread->caller);
    if (on_exception == NULL) {
        dprintf(2, "unexpected fault %lu at %#lx, cr2 %#lx\n", thread->vector, thread->regs->rip,
                thread->cr2);
        _exit(1);
    }
    on_exception(thread);
}

static void interrupted(uint64_t caller) {
    zx_host_thread_t* thread = zx_host_thread_self();
    CHECK_EQUAL(caller, thread->caller);
    CHECK(on_interrupted != NULL);
    on_interrupted(thread);
}

static void end_guest(uint64_t caller) {
    (void)caller;
    zx_host_thread_self()->leave = 1;
}

#define OUT_OF_9(a, b, c, d, e, f, g, h, count, ...) count
#define COUNT(...) OUT_OF_9(__VA_ARGS__ __VA_OPT__(, ) 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define PASS_0(function) function(caller)
#define PASS_1(function) function(caller, a)
#define PASS_2(function) function(caller, a, b)
#define PASS_3(function) function(caller, a, b, c)
#define PASS_4(function) function(caller, a, b, c, d)
#define PASS_5(function) function(caller, a, b, c, d, e)
#define PASS_6(function) function(caller, a, b, c, d, e, f)
#define PASS_8(function) function(caller, a, b, c, d, e, f, g, h)
#define PASTE(a, b) a##b
#define PASS(count, function) PASTE(PASS_, count)(function)
// What a call does not have is zero.
#define REST(count) check_zeros((const uint64_t[]){a, b, c, d, e, f, g, h}, count)

static void check_zeros(const uint64_t* arguments, size_t from) {
    for (size_t i = from; i < 8; i++) {
        CHECK_EQUAL(arguments[i], 0);
    }
}

static int64_t dispatch(uint64_t caller, uint32_t call, uint64_t a, uint64_t b, uint64_t c,
                        uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h) {
    switch ((enum zx_host_call)call) {
#define DISPATCH_CALL(name, arguments)                     \
    case ZX_HOST_CALL_##name:                              \
        CHECK(kernel.name != NULL);                        \
        REST(COUNT arguments);                             \
        return (int64_t)PASS(COUNT arguments, kernel.name);
#define DISPATCH_CALL_8 DISPATCH_CALL
#define DISPATCH_CALL_ONE_NAME DISPATCH_CALL
#define DISPATCH_EXIT(name, arguments)              \
    case ZX_HOST_CALL_##name:                       \
        CHECK(kernel.name != NULL);                 \
        REST(COUNT arguments);                      \
        PASS(COUNT arguments, kernel.name);         \
        return 0;
#define X(kind, type, name, arguments, ...) DISPATCH_##kind(name, arguments)
        GATE_CALLS(X)
#undef X
        case ZX_HOST_CALLS: break;
    }
    CHECK(false);
    return 0;
}

void install_kernel(void) {
    kernel = (struct fake_kernel){
        .table = {.thread_attach = attach,
                  .exception = exception,
                  .interrupted = interrupted,
                  .syscall = dispatch},
        .thread_exit = end_guest,
    };
    zx_host_install(&kernel.table);
}

void run_guest(guest_entry* entry, uint64_t argument) {
    zx_host_thread_enter(GUEST_NAME);
    CHECK_EQUAL(zx_host_run((zx_vaddr_t)entry, argument, ~argument), ZX_OK);
    zx_host_thread_enter(0);
}

static size_t entries_of(const char* folder) {
    DIR* listing = opendir(folder);
    CHECK(listing != NULL);
    size_t count = 0;
    while (readdir(listing) != NULL) {
        count++;
    }
    closedir(listing);
    return count;
}

extern void __asan_init(void) __attribute__((weak));

struct holdings holdings(void) {
    // The operating system lists a thread for a moment after it was joined. One that stays for good ends the test by its
    // time limit.
    const size_t alone = 3; // this thread, "." and ".."
    while (entries_of("/proc/self/task") > alone) {
        sched_yield();
    }
    struct holdings held = {0, entries_of("/proc/self/fd")};
    // What AddressSanitizer maps meanwhile is no matter of ours.
    if (__asan_init != NULL) {
        return held;
    }
    FILE* maps = fopen("/proc/self/maps", "r");
    CHECK(maps != NULL);
    for (int c; (c = getc(maps)) != EOF;) {
        held.mappings += c == '\n';
    }
    fclose(maps);
    return held;
}

char* guarded_page(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char* base = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(base != MAP_FAILED);
    CHECK(mprotect(base + page, page, PROT_NONE) == 0);
    return base + page;
}

int main(int argc, char** argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: harness TEST | --list\n");
        return 2;
    }
    for (struct test* test = tests; test != NULL; test = test->next) {
        if (strcmp(argv[1], "--list") == 0) {
            puts(test->name);
        } else if (strcmp(argv[1], test->name) == 0) {
            test->run();
            return 0;
        }
    }
    return strcmp(argv[1], "--list") == 0 ? 0 : 2;
}
