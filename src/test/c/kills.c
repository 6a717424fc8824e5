// Killing threads wherever they are: T-3, R-2, R-5, and thousands of them in a row.
#include "guest.h"

#include <stdlib.h>

static _Atomic(int) running;

static void spin(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    running++;
    for (;;) {
        __asm__ volatile("pause");
    }
}

static void sleep_long(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    running++;
    zx_nanosleep(ZX_TIME_INFINITE);
}

static void call_kernel(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    running++;
    for (;;) {
        zx_clock_get_monotonic();
    }
}

// Spends its time with the allocator's lock held.
static void allocate(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    running++;
    for (;;) {
        void* volatile block = malloc(1 << 14);
        free(block);
    }
}

static void fault(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    running++;
    __asm__ volatile("ud2");
}

static guest_entry* const entries[] = {spin, sleep_long, call_kernel, allocate};
enum { ENTRIES = sizeof(entries) / sizeof(*entries), ROUNDS = 150 };

static void check_threads(void) {
    for (int round = 0; round < ROUNDS; round++) {
        zx_handle_t threads[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            threads[i] = start_thread("victim", entries[i], 0, 0);
        }
        if (round % 2 == 0) {
            while (running < ENTRIES * (round + 1)) {
                __asm__ volatile("pause");
            }
        }
        for (int i = 0; i < ENTRIES; i++) {
            CHECK_OK(zx_task_kill(threads[i]));
            CHECK_OK(zx_task_kill(threads[i])); // T-3: a second one does nothing
        }
        for (int i = 0; i < ENTRIES; i++) {
            join_thread(threads[i]);
        }
        running = ENTRIES * (round + 1);
    }
    // T-3: what is new can be started afterwards; what is dead stays so.
    zx_handle_t thread = new_thread(zx_process_self(), "new");
    CHECK_OK(zx_task_kill(thread));
    CHECK_EQ(ZX_THREAD_STATE_NEW, thread_info(thread).state);
    MUST(zx_thread_start(thread, (zx_vaddr_t)spin, new_stack(), 0, 0));
    CHECK_OK(zx_task_kill(thread));
    wait_until_terminated(thread);
    CHECK_OK(zx_task_kill(thread));
    CHECK_EQ(ZX_THREAD_STATE_DEAD, thread_info(thread).state);
    MUST(zx_handle_close(thread));
    // The allocator is whole.
    for (int i = 0; i < 1000; i++) {
        free(malloc(1 << 14));
    }
}

static void check_process(int with_exception) {
    zx_handle_t port = new_port();
    zx_handle_t process = new_process(zx_job_default(), "victim");
    zx_handle_t first = new_thread(process, "first");
    zx_handle_t others[ENTRIES];
    if (with_exception) {
        MUST(zx_task_bind_exception_port(process, port, 1, 0));
    }
    start_process(process, first, with_exception ? fault : spin, new_event(), 0);
    for (int i = 0; i < ENTRIES; i++) {
        others[i] = new_thread(process, "other");
        MUST(zx_thread_start(others[i], (zx_vaddr_t)entries[i], new_stack(), 0, 0));
    }
    if (with_exception) {
        MUST(zx_handle_close(next_exception(port, 1, ZX_EXCP_UNDEFINED_INSTRUCTION, process)));
    }
    CHECK_OK(zx_task_kill(process));
    CHECK_EQ(1, process_info(process).exited);
    CHECK_EQ(-1, process_info(process).return_code);
    wait_until_terminated(process);
    for (int i = 0; i < ENTRIES; i++) {
        CHECK_EQ(ZX_THREAD_STATE_DEAD, thread_info(others[i]).state);
        MUST(zx_handle_close(others[i]));
    }
    MUST(zx_handle_close(first));
    MUST(zx_handle_close(process));
    MUST(zx_handle_close(port));
}

int main(void) {
    check_threads();
    for (int i = 0; i < 20; i++) {
        check_process(i % 2);
    }
    return CHECK_RESULT();
}
