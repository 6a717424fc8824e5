// A process with a fake kernel behind the gate. Each TEST runs in a process of its own: harness NAME. A test that hangs
// while it runs a guest ends by SIGKILL alone, since all other signals wait for the guest.
#ifndef HARNESS_H_
#define HARNESS_H_

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zircon/errors.h>
#include <zircon/process.h>
#include <zircon/status.h>
#include <zx_host.h>
#include "gate_calls.h"

struct test {
    const char* name;
    void (*run)(void);
    struct test* next;
};

void harness_add(struct test* test);

#define TEST(function)                                                                    \
    static void function(void);                                                           \
    static struct test test_##function = {#function, function, NULL};                     \
    __attribute__((constructor)) static void add_##function(void) {                       \
        harness_add(&test_##function);                                                    \
    }                                                                                     \
    static void function(void)

// Ends the process, also from guest code.
#define CHECK(condition)                                                              \
    do {                                                                              \
        if (!(condition)) {                                                           \
            dprintf(2, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);      \
            _exit(1);                                                                 \
        }                                                                             \
    } while (0)

#define CHECK_EQUAL(actual, expected)                                                       \
    do {                                                                                    \
        uint64_t actual_ = (uint64_t)(actual), expected_ = (uint64_t)(expected);            \
        if (actual_ != expected_) {                                                         \
            dprintf(2, "%s:%d: %s is %#lx, expected %#lx\n", __FILE__, __LINE__, #actual,   \
                    actual_, expected_);                                                    \
            _exit(1);                                                                       \
        }                                                                                   \
    } while (0)

// The fake kernel: attaches threads by the names 1, 2, ..., ends guests that exit, and asks the thread's on_exception and
// on_interrupted about faults and interruptions.
// Every call has a function with the types of its prototype, which is NULL until a test sets it; to make it then is an
// error of the test.
struct fake_kernel {
    zx_host_table_t table;
#define X(kind, type, name, arguments, ...) type (*name)(uint64_t caller __VA_OPT__(, ) __VA_ARGS__);
    GATE_CALLS(X)
#undef X
};
extern struct fake_kernel kernel;
extern _Thread_local void (*on_exception)(zx_host_thread_t* thread);
extern _Thread_local void (*on_interrupted)(zx_host_thread_t* thread);
void install_kernel(void);

#define GUEST_NAME ((uint64_t)0x6e57)

typedef void guest_entry(uint64_t argument);

// Runs a native guest on the calling thread until it leaves.
void run_guest(guest_entry* entry, uint64_t argument);

// What this process holds: a run that gives everything back leaves it as it was. Waits until the calling thread is the
// only one.
struct holdings {
    size_t mappings, files;
};
struct holdings holdings(void);
#define CHECK_SAME_HOLDINGS(before)                       \
    do {                                                  \
        struct holdings now_ = holdings();                \
        CHECK_EQUAL(now_.mappings, (before).mappings);    \
        CHECK_EQUAL(now_.files, (before).files);          \
    } while (0)

// A page that cannot be touched, between two that can: "end" is its first byte, and the end of the first of these.
char* guarded_page(void);

#endif // HARNESS_H_
