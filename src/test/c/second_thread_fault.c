// Two threads fault at the same time and wait in one binding, independent of each other: the handler keeps both
// waiting, and answers the later one first.
#include "guest.h"

static int passed[2];

static void fault(uintptr_t index, uintptr_t unused) {
    (void)unused;
    __asm__ volatile("ud2" : : : "memory");
    passed[index] = 1;
    zx_thread_exit();
}

int main(void) {
    enum { KEY = 6 };
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));

    zx_handle_t threads[2];
    zx_handle_t faulted[2];
    for (int i = 0; i < 2; i++) {
        threads[i] = start_thread(i == 0 ? "first" : "second", fault, (uintptr_t)i, 0);
        faulted[i] = next_exception(port, KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
        CHECK_EQ(koid_of(threads[i]), koid_of(faulted[i]));
    }
    CHECK(read_registers(faulted[0]).rsp != read_registers(faulted[1]).rsp);

    step_over_ud2(faulted[1]);
    MUST(zx_task_resume_from_exception(faulted[1], port, 0));
    join_thread(threads[1]);
    CHECK_EQ(1, passed[1]);

    CHECK_EQ(ZX_THREAD_STATE_BLOCKED_EXCEPTION, thread_info(faulted[0]).state);
    CHECK_EQ(0, passed[0]);
    step_over_ud2(faulted[0]);
    MUST(zx_task_resume_from_exception(faulted[0], port, 0));
    join_thread(threads[0]);
    CHECK_EQ(1, passed[0]);

    // A thread is in no exception when it is dead, whatever handle names it.
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_resume_from_exception(faulted[0], port, 0));
    MUST(zx_handle_close(faulted[0]));
    MUST(zx_handle_close(faulted[1]));
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
