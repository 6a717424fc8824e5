// A thread divides by zero, a general exception, and the handler gives it another divisor.
#include "guest.h"

static uint64_t quotient;

static void divide(uintptr_t dividend, uintptr_t divisor) {
    uint64_t low = dividend;
    uint64_t high = 0;
    __asm__ volatile("divq %%rcx" : "+a"(low), "+d"(high), "+c"(divisor) : : "cc");
    quotient = low;
    zx_thread_exit();
}

int main(void) {
    enum { KEY = 5 };
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    zx_handle_t thread = start_thread("divide", divide, 100, 0);

    zx_handle_t faulted = next_exception(port, KEY, ZX_EXCP_GENERAL, zx_process_self());
    zx_exception_report_t report = exception_report(faulted);
    CHECK_EQ(ZX_EXCP_GENERAL, report.header.type);
    CHECK_EQ(0, report.context.arch.u.x86_64.vector);
    CHECK_EQ(0, report.context.arch.u.x86_64.err_code);
    CHECK_EQ(0, report.context.arch.u.x86_64.cr2);

    zx_thread_state_general_regs_t registers = read_registers(faulted);
    CHECK_EQ(100, registers.rax);
    CHECK_EQ(0, registers.rcx);
    registers.rcx = 4;
    write_registers(faulted, &registers);
    MUST(zx_task_resume_from_exception(faulted, port, 0));

    join_thread(thread);
    CHECK_EQ(25, quotient);
    MUST(zx_handle_close(faulted));
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
