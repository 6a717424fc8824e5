// A thread reads an address where nothing is mapped. The handler looks at the report and at the registers, puts the
// address of a variable into the register that the instruction reads through, and lets the thread try again.
#include "guest.h"

static const uint64_t answer = 42;
static uint64_t seen;

static void read_through_bad_pointer(uintptr_t address, uintptr_t unused) {
    (void)unused;
    uint64_t value;
    __asm__ volatile("movq (%%rax), %%rbx" : "=b"(value), "+a"(address) : : "memory");
    seen = value;
    zx_thread_exit();
}

int main(void) {
    enum { KEY = 1, BAD_ADDRESS = 0x18 };
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    zx_handle_t thread = start_thread("reader", read_through_bad_pointer, BAD_ADDRESS, 0);

    zx_handle_t faulted = next_exception(port, KEY, ZX_EXCP_FATAL_PAGE_FAULT, zx_process_self());
    CHECK_EQ(koid_of(thread), koid_of(faulted));
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_PROCESS, thread_info(faulted).wait_exception_port_type);

    zx_exception_report_t report = exception_report(faulted);
    CHECK_EQ(ZX_EXCP_FATAL_PAGE_FAULT, report.header.type);
    CHECK_EQ(14, report.context.arch.u.x86_64.vector);
    CHECK_EQ(BAD_ADDRESS, report.context.arch.u.x86_64.cr2);
    // From user mode, a read, of a page that is not there.
    CHECK_EQ(4, report.context.arch.u.x86_64.err_code & 7);

    zx_thread_state_general_regs_t registers = read_registers(faulted);
    CHECK_EQ(BAD_ADDRESS, registers.rax);
    registers.rax = (uint64_t)&answer;
    write_registers(faulted, &registers);
    CHECK_EQ(0, seen);
    MUST(zx_task_resume_from_exception(faulted, port, 0));

    join_thread(thread);
    CHECK_EQ(answer, seen);
    MUST(zx_handle_close(faulted));
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
