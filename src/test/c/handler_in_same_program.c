// A program that answers the exceptions of its own other thread. Each of thread, process and job has a port; the
// handler says TRY_NEXT to the first two, and the third repairs the register.
#include "guest.h"

static const uint64_t answer = 99;

static void read_twice(uintptr_t bad_address, uintptr_t result) {
    uint64_t first;
    uint64_t second;
    uintptr_t address = bad_address;
    __asm__ volatile("movq (%%rax), %%rbx" : "=b"(first), "+a"(address) : : "memory");
    address = bad_address;
    __asm__ volatile("movq (%%rax), %%rbx" : "=b"(second), "+a"(address) : : "memory");
    *(uint64_t*)result = first + second;
    zx_thread_exit();
}

static void repair_and_resume(zx_handle_t thread, zx_handle_t port) {
    zx_thread_state_general_regs_t registers = read_registers(thread);
    registers.rax = (uint64_t)&answer;
    write_registers(thread, &registers);
    MUST(zx_task_resume_from_exception(thread, port, 0));
}

int main(void) {
    enum { SLOTS = 3, BAD_ADDRESS = 0x20 };
    uint64_t result = 0;
    zx_handle_t thread = new_thread(zx_process_self(), "reader");
    const zx_handle_t tasks[SLOTS] = {thread, zx_process_self(), zx_job_default()};
    const uint32_t types[SLOTS] = {ZX_EXCEPTION_PORT_TYPE_THREAD, ZX_EXCEPTION_PORT_TYPE_PROCESS,
                                   ZX_EXCEPTION_PORT_TYPE_JOB};
    zx_handle_t ports[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
        ports[i] = new_port();
        MUST(zx_task_bind_exception_port(tasks[i], ports[i], 100 + (uint64_t)i, 0));
    }
    MUST(zx_thread_start(thread, (zx_vaddr_t)read_twice, new_stack(), BAD_ADDRESS, (uintptr_t)&result));

    // The first fault goes all the way up.
    for (int i = 0; i < SLOTS; i++) {
        zx_handle_t faulted =
            next_exception(ports[i], 100 + (uint64_t)i, ZX_EXCP_FATAL_PAGE_FAULT, zx_process_self());
        CHECK_EQ(types[i], thread_info(faulted).wait_exception_port_type);
        // every handler sees the same report.
        CHECK_EQ(BAD_ADDRESS, exception_report(faulted).context.arch.u.x86_64.cr2);
        if (i < SLOTS - 1) {
            MUST(zx_task_resume_from_exception(faulted, ports[i], ZX_RESUME_TRY_NEXT));
        } else {
            repair_and_resume(faulted, ports[i]);
        }
        MUST(zx_handle_close(faulted));
    }

    // The second one is a new exception and starts at the top again.
    zx_handle_t faulted = next_exception(ports[0], 100, ZX_EXCP_FATAL_PAGE_FAULT, zx_process_self());
    repair_and_resume(faulted, ports[0]);
    MUST(zx_handle_close(faulted));

    join_thread(thread);
    CHECK_EQ(2 * answer, result);
    for (int i = 1; i < SLOTS; i++) {
        MUST(zx_task_bind_exception_port(tasks[i], ZX_HANDLE_INVALID, 0, 0));
    }
    for (int i = 0; i < SLOTS; i++) {
        // Nobody asked the upper slots a second time.
        zx_port_packet_t packet;
        CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(ports[i], 0, &packet));
        MUST(zx_handle_close(ports[i]));
    }
    return CHECK_RESULT();
}
