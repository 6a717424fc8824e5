// A thread writes to memory that may only be read. The handler tells the write from a read by the report, and turns it
// to a variable that may be written.
#include "guest.h"

static const uint64_t constant = 7;
static uint64_t variable;

static void write_to_constant(uintptr_t address, uintptr_t value) {
    __asm__ volatile("movq %%rbx, (%%rax)" : "+a"(address) : "b"(value) : "memory");
    // The register keeps what the handler wrote into it.
    CHECK_EQ((uintptr_t)&variable, address);
    zx_thread_exit();
}

int main(void) {
    enum { KEY = 2, VALUE = 1234 };
    zx_handle_t port = new_port();
    zx_handle_t thread = new_thread(zx_process_self(), "writer");
    MUST(zx_task_bind_exception_port(thread, port, KEY, 0));
    MUST(zx_thread_start(thread, (zx_vaddr_t)write_to_constant, new_stack(), (uintptr_t)&constant, VALUE));

    zx_handle_t faulted = next_exception(port, KEY, ZX_EXCP_FATAL_PAGE_FAULT, zx_process_self());
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_THREAD, thread_info(faulted).wait_exception_port_type);
    zx_exception_report_t report = exception_report(faulted);
    CHECK_EQ(14, report.context.arch.u.x86_64.vector);
    CHECK_EQ((uintptr_t)&constant, report.context.arch.u.x86_64.cr2);
    // From user mode, a write, of a page that is there.
    CHECK_EQ(7, report.context.arch.u.x86_64.err_code & 7);

    zx_thread_state_general_regs_t registers = read_registers(faulted);
    CHECK_EQ((uintptr_t)&constant, registers.rax);
    CHECK_EQ(VALUE, registers.rbx);
    registers.rax = (uint64_t)&variable;
    write_registers(faulted, &registers);
    MUST(zx_task_resume_from_exception(faulted, port, 0));

    join_thread(thread);
    CHECK_EQ(VALUE, variable);
    CHECK_EQ(7, constant);
    MUST(zx_handle_close(faulted));
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
