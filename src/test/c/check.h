// Checks for guest programs. One that fails prints where, what was expected and what came; the program goes on, and
// main() ends it with CHECK_RESULT(). A failed MUST ends it at once, where going on makes no sense.
#ifndef CHECK_H_
#define CHECK_H_

#include <stdint.h>
#include <stdio.h>
#include <zircon/status.h>
#include <zircon/syscalls.h>

static int check_failures;

// The program's return code: 0 when every check held.
#define CHECK_RESULT() (__atomic_load_n(&check_failures, __ATOMIC_SEQ_CST) == 0 ? 0 : 1)

#define CHECK(condition) check_true((condition) != 0, __FILE__, __LINE__, #condition)
#define CHECK_EQ(expected, actual) \
    check_equal((uint64_t)(expected), (uint64_t)(actual), __FILE__, __LINE__, #actual)
#define CHECK_STATUS(expected, call) check_status((expected), (call), __FILE__, __LINE__, #call)
#define CHECK_OK(call) check_status(ZX_OK, (call), __FILE__, __LINE__, #call)

#define MUST(call)                                                    \
    do {                                                              \
        if (!check_status(ZX_OK, (call), __FILE__, __LINE__, #call)) { \
            zx_process_exit(1);                                       \
        }                                                             \
    } while (0)

static inline int check_true(int holds, const char* file, int line, const char* what) {
    if (!holds) {
        fprintf(stderr, "%s:%d: %s: expected true\n", file, line, what);
        __atomic_add_fetch(&check_failures, 1, __ATOMIC_SEQ_CST);
    }
    return holds;
}

static inline int check_equal(uint64_t expected, uint64_t actual, const char* file, int line, const char* what) {
    if (expected != actual) {
        fprintf(stderr, "%s:%d: %s: expected %lld (0x%llx), got %lld (0x%llx)\n", file, line, what,
                (long long)expected, (unsigned long long)expected, (long long)actual, (unsigned long long)actual);
        __atomic_add_fetch(&check_failures, 1, __ATOMIC_SEQ_CST);
    }
    return expected == actual;
}

static inline int check_status(zx_status_t expected, zx_status_t actual, const char* file, int line,
                               const char* what) {
    if (expected != actual) {
        fprintf(stderr, "%s:%d: %s: expected %s, got %s (%d)\n", file, line, what, zx_status_get_string(expected),
                zx_status_get_string(actual), actual);
        __atomic_add_fetch(&check_failures, 1, __ATOMIC_SEQ_CST);
    }
    return expected == actual;
}

#endif // CHECK_H_
