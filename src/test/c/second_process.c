// A program that starts a second process, handles its fault, and reads its return code.
//
// All processes of the emulation share one address space, so the second one runs a function of this same object.
#include "guest.h"

static const uint64_t answer = 42;

// The first thread of the second process. `event` is a handle of that process.
static void child(uintptr_t event, uintptr_t bad_address) {
    uint64_t value;
    __asm__ volatile("movq (%%rax), %%rbx" : "=b"(value), "+a"(bad_address) : : "memory");
    zx_status_t status = zx_object_signal((zx_handle_t)event, 0, ZX_EVENT_SIGNALED);
    zx_process_exit(status == ZX_OK ? (int64_t)value : status);
}

int main(void) {
    enum { KEY = 8, BAD_ADDRESS = 0x28 };
    zx_handle_t process = new_process(zx_job_default(), "second");
    zx_handle_t thread = new_thread(process, "first thread of the second");
    zx_handle_t event = new_event();
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(process, port, KEY, 0));
    CHECK(koid_of(process) != koid_of(zx_process_self()));
    CHECK_EQ(0, process_info(process).started);

    start_process(process, thread, child, duplicate(event, ZX_RIGHT_SAME_RIGHTS), BAD_ADDRESS);
    CHECK_EQ(1, process_info(process).started);

    zx_handle_t faulted = next_exception(port, KEY, ZX_EXCP_FATAL_PAGE_FAULT, process);
    CHECK_EQ(koid_of(thread), koid_of(faulted));
    CHECK_EQ(BAD_ADDRESS, exception_report(faulted).context.arch.u.x86_64.cr2);
    zx_thread_state_general_regs_t registers = read_registers(faulted);
    registers.rax = (uint64_t)&answer;
    write_registers(faulted, &registers);
    MUST(zx_task_resume_from_exception(faulted, port, 0));

    MUST(zx_object_wait_one(event, ZX_EVENT_SIGNALED, SOON, NULL));
    wait_until_terminated(process);
    zx_info_process_t info = process_info(process);
    CHECK_EQ(1, info.started);
    CHECK_EQ(1, info.exited);
    CHECK_EQ(answer, info.return_code);
    CHECK_EQ(ZX_THREAD_STATE_DEAD, thread_info(thread).state);

    const zx_handle_t handles[] = {process, thread, event, port, faulted};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
    return CHECK_RESULT();
}
