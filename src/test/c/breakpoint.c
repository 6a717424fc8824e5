// A thread executes a software breakpoint. rip is past it already, so the thread goes on by itself when it is resumed.
#include "guest.h"

static int passed;

static void execute_int3(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    __asm__ volatile("int3" : : : "memory");
    passed = 1;
    zx_thread_exit();
}

int main(void) {
    enum { KEY = 4 };
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    zx_handle_t thread = start_thread("breakpoint", execute_int3, 0, 0);

    zx_handle_t faulted = next_exception(port, KEY, ZX_EXCP_SW_BREAKPOINT, zx_process_self());
    zx_exception_report_t report = exception_report(faulted);
    CHECK_EQ(ZX_EXCP_SW_BREAKPOINT, report.header.type);
    CHECK_EQ(3, report.context.arch.u.x86_64.vector);
    CHECK_EQ(0, report.context.arch.u.x86_64.cr2);

    zx_thread_state_general_regs_t registers = read_registers(faulted);
    const unsigned char* behind = (const unsigned char*)registers.rip;
    CHECK_EQ(0xcc, behind[-1]);
    CHECK_EQ(0, passed);
    MUST(zx_task_resume_from_exception(faulted, port, 0));

    join_thread(thread);
    CHECK_EQ(1, passed);
    MUST(zx_handle_close(faulted));
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
