// Faults inside libc, in a string that the program passes to it.
//
// Without arguments a handler repairs the registers; "main" and "process" say whose fault nobody handles.
#include "guest.h"

#include <stdlib.h>

// Nothing is there. Like the string below it lies at the beginning of a page.
#define NOWHERE ((const char*)0x10000)

static _Alignas(4096) char five_letters[4096] = "found";

static size_t (*volatile length)(const char*) = strlen;

static _Atomic(size_t) measured;

static void measure(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    measured = length(NOWHERE);
    zx_thread_exit();
}

static void check_handled(void) {
    zx_handle_t port = new_port();
    zx_handle_t thread = new_thread(zx_process_self(), "measures");
    MUST(zx_task_bind_exception_port(thread, port, 1, 0));
    MUST(zx_thread_start(thread, (zx_vaddr_t)measure, new_stack(), 0, 0));
    MUST(zx_handle_close(next_exception(port, 1, ZX_EXCP_FATAL_PAGE_FAULT, zx_process_self())));
    CHECK_EQ(NOWHERE, exception_report(thread).context.arch.u.x86_64.cr2);
    zx_thread_state_general_regs_t registers = read_registers(thread);
    uint64_t* first = &registers.rax;
    for (uint64_t* reg = first; reg <= &registers.r15; reg++) {
        if (*reg == (uintptr_t)NOWHERE) {
            *reg = (uintptr_t)five_letters;
        }
    }
    write_registers(thread, &registers);
    MUST(zx_task_resume_from_exception(thread, port, 0));
    join_thread(thread);
    CHECK_EQ(5, measured);
    MUST(zx_handle_close(port));
}

static void check_unhandled_in_process(void) {
    zx_handle_t process = new_process(zx_job_default(), "measures");
    zx_handle_t thread = new_thread(process, "first");
    start_process(process, thread, measure, new_event(), 0);
    wait_until_terminated(process);
    CHECK_EQ(-1, process_info(process).return_code);
    CHECK_EQ(ZX_THREAD_STATE_DEAD, thread_info(thread).state);
    MUST(zx_handle_close(thread));
    MUST(zx_handle_close(process));
}

int main(int argc, char** argv) {
    const char* whose = argc > 1 ? argv[1] : "";
    if (strcmp(whose, "main") == 0) {
        measure(0, 0);
    } else if (strcmp(whose, "process") == 0) {
        check_unhandled_in_process();
    } else {
        check_handled();
    }
    return CHECK_RESULT();
}
