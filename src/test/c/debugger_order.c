// The order of the search: process debugger, thread, process, job, parent job. Every slot has a port; each but
// the last answers TRY_NEXT. Then the same with some slots empty: those are skipped.
#include "guest.h"

enum { SLOTS = 5, FIRST_KEY = 50 };

// Faults whenever it is told to by the event, which is a handle of this process; user signal 0 tells it to end.
static void child(uintptr_t event, uintptr_t unused) {
    (void)unused;
    for (;;) {
        zx_signals_t observed = 0;
        MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_1));
        MUST(zx_object_wait_one((zx_handle_t)event, ZX_EVENT_SIGNALED | ZX_USER_SIGNAL_0, SOON, &observed));
        if ((observed & ZX_USER_SIGNAL_0) != 0) {
            zx_process_exit(0);
        }
        MUST(zx_object_signal((zx_handle_t)event, ZX_EVENT_SIGNALED, 0));
        __asm__ volatile("ud2" : : : "memory");
    }
}

struct slot {
    zx_handle_t task;
    uint32_t option;
    uint32_t type;
    zx_handle_t port;
};

// Lets the child fault, and walks through the slots that `bound` has a bit for.
static void fault_once(zx_handle_t process, zx_handle_t event, const struct slot* slots, unsigned bound) {
    for (int i = 0; i < SLOTS; i++) {
        if ((bound & (1u << i)) != 0) {
            MUST(zx_task_bind_exception_port(slots[i].task, slots[i].port, FIRST_KEY + (uint64_t)i, slots[i].option));
        }
    }
    MUST(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    for (int i = 0; i < SLOTS; i++) {
        if ((bound & (1u << i)) == 0) {
            continue;
        }
        zx_handle_t faulted =
            next_exception(slots[i].port, FIRST_KEY + (uint64_t)i, ZX_EXCP_UNDEFINED_INSTRUCTION, process);
        CHECK_EQ(slots[i].type, thread_info(faulted).wait_exception_port_type);
        // Only this slot was asked; another slot's port has no say.
        zx_handle_t other = slots[(i + 1) % SLOTS].port;
        CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_task_resume_from_exception(faulted, other, 0));
        if ((bound >> (i + 1)) != 0) {
            MUST(zx_task_resume_from_exception(faulted, slots[i].port, ZX_RESUME_TRY_NEXT));
        } else {
            step_over_ud2(faulted);
            MUST(zx_task_resume_from_exception(faulted, slots[i].port, 0));
        }
        MUST(zx_handle_close(faulted));
    }
    for (int i = 0; i < SLOTS; i++) {
        zx_port_packet_t packet;
        CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(slots[i].port, 0, &packet));
        if ((bound & (1u << i)) != 0) {
            MUST(zx_task_bind_exception_port(slots[i].task, ZX_HANDLE_INVALID, 0, slots[i].option));
        }
    }
}

int main(void) {
    zx_handle_t parent_job;
    zx_handle_t job;
    MUST(zx_job_create(zx_job_default(), 0, &parent_job));
    MUST(zx_job_create(parent_job, 0, &job));
    zx_handle_t process = new_process(job, "debugged");
    zx_handle_t thread = new_thread(process, "debugged");
    zx_handle_t event = new_event();
    struct slot slots[SLOTS] = {
        {process, ZX_EXCEPTION_PORT_DEBUGGER, ZX_EXCEPTION_PORT_TYPE_DEBUGGER, new_port()},
        {thread, 0, ZX_EXCEPTION_PORT_TYPE_THREAD, new_port()},
        {process, 0, ZX_EXCEPTION_PORT_TYPE_PROCESS, new_port()},
        {job, 0, ZX_EXCEPTION_PORT_TYPE_JOB, new_port()},
        {parent_job, 0, ZX_EXCEPTION_PORT_TYPE_JOB, new_port()},
    };
    // A job debugger is never in the search. It is bound only now and then, when no process starts.
    zx_handle_t job_debugger = new_port();

    start_process(process, thread, child, duplicate(event, ZX_RIGHT_SAME_RIGHTS), 0);
    MUST(zx_object_wait_one(event, ZX_USER_SIGNAL_1, SOON, NULL));
    MUST(zx_task_bind_exception_port(job, job_debugger, 1, ZX_EXCEPTION_PORT_DEBUGGER));

    // Every set of slots but the empty one, with which the fault would kill the process.
    for (unsigned bound = 1; bound < 1u << SLOTS; bound++) {
        fault_once(process, event, slots, bound);
    }

    zx_port_packet_t packet;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(job_debugger, 0, &packet));
    MUST(zx_object_signal(event, 0, ZX_USER_SIGNAL_0));
    wait_until_terminated(process);
    CHECK_EQ(0, process_info(process).return_code);
    for (int i = 0; i < SLOTS; i++) {
        MUST(zx_handle_close(slots[i].port));
    }
    const zx_handle_t handles[] = {process, thread, event, job, parent_job, job_debugger};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
    return CHECK_RESULT();
}
