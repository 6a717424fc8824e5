// A thread executes an instruction that does not exist, and the handler lets it go on behind it.
#include "guest.h"

static int passed;

static void execute_ud2(uintptr_t times, uintptr_t unused) {
    (void)unused;
    while (times-- > 0) {
        __asm__ volatile("ud2" : : : "memory");
        passed++;
    }
    zx_thread_exit();
}

int main(void) {
    enum { KEY = 3, TIMES = 3 };
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    zx_handle_t thread = start_thread("undefined", execute_ud2, TIMES, 0);

    for (int i = 0; i < TIMES; i++) {
        zx_handle_t faulted = next_exception(port, KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
        CHECK_EQ(i, passed);
        zx_exception_report_t report = exception_report(faulted);
        CHECK_EQ(ZX_EXCP_UNDEFINED_INSTRUCTION, report.header.type);
        CHECK_EQ(6, report.context.arch.u.x86_64.vector);
        CHECK_EQ(0, report.context.arch.u.x86_64.err_code);
        // of use for page faults alone, and zero otherwise.
        CHECK_EQ(0, report.context.arch.u.x86_64.cr2);

        // rip is at the instruction, not behind it.
        zx_thread_state_general_regs_t registers = read_registers(faulted);
        CHECK_EQ(0, memcmp((const void*)registers.rip, "\x0f\x0b", UD2_SIZE));
        if (i == 1) {
            // resumed without a repair, it faults again, and that is a new exception.
            MUST(zx_task_resume_from_exception(faulted, port, 0));
            MUST(zx_handle_close(faulted));
            faulted = next_exception(port, KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
        }
        step_over_ud2(faulted);
        MUST(zx_task_resume_from_exception(faulted, port, 0));
        MUST(zx_handle_close(faulted));
    }

    join_thread(thread);
    CHECK_EQ(TIMES, passed);
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
