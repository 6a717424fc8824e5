// zx_task_resume_from_exception() with every kind of thread argument, port argument and option. What must come is
// worked out from the order of checks in X-9.
#include "guest.h"

enum port_kind { RIGHT_PORT, RIGHT_PORT_WITHOUT_RIGHTS, OTHER_PORT, NO_PORT, CLOSED_PORT, NOT_A_PORT, PORT_KINDS };

enum thread_kind {
    FAULTED,
    FAULTED_WITHOUT_RIGHTS,
    NO_THREAD,
    CLOSED_THREAD,
    PROCESS,
    JOB,
    EVENT,
    NEW_THREAD,
    OWN_THREAD,
    DEAD_THREAD,
    THREAD_KINDS
};

static const uint32_t all_options[] = {0, ZX_RESUME_TRY_NEXT, 1, 3, 4, 0x80000000};

static zx_status_t expected_resume(enum thread_kind thread, enum port_kind port, uint32_t options) {
    switch (thread) {
        case NO_THREAD:
        case CLOSED_THREAD:
            return ZX_ERR_BAD_HANDLE;
        case PROCESS:
        case JOB:
        case EVENT:
            return ZX_ERR_WRONG_TYPE;
        default:
            break;
    }
    if (port == NO_PORT || port == CLOSED_PORT) {
        return ZX_ERR_BAD_HANDLE;
    }
    if (port == NOT_A_PORT) {
        return ZX_ERR_WRONG_TYPE;
    }
    if (options != 0 && options != ZX_RESUME_TRY_NEXT) {
        return ZX_ERR_INVALID_ARGS;
    }
    if (thread != FAULTED && thread != FAULTED_WITHOUT_RIGHTS) {
        return ZX_ERR_BAD_STATE;
    }
    return port == OTHER_PORT ? ZX_ERR_ACCESS_DENIED : ZX_OK;
}

static void fault(uintptr_t passed, uintptr_t unused) {
    (void)unused;
    __asm__ volatile("ud2" : : : "memory");
    *(int*)passed = 1;
    zx_thread_exit();
}

static void exit_thread(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    zx_thread_exit();
}

static zx_handle_t dead_thread;

// A thread that stopped at a ud2 and waits for the answer of `port`; TRY_NEXT leads to the process's port.
struct faulted {
    zx_handle_t thread;
    zx_handle_t port;
    zx_handle_t process_port;
    int passed;
};

static void start_faulted(struct faulted* faulted) {
    faulted->passed = 0;
    faulted->port = new_port();
    faulted->process_port = new_port();
    faulted->thread = new_thread(zx_process_self(), "faulted");
    MUST(zx_task_bind_exception_port(faulted->thread, faulted->port, 1, 0));
    MUST(zx_task_bind_exception_port(zx_process_self(), faulted->process_port, 2, 0));
    MUST(zx_thread_start(faulted->thread, (zx_vaddr_t)fault, new_stack(), (uintptr_t)&faulted->passed, 0));
    MUST(zx_handle_close(next_exception(faulted->port, 1, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self())));
    step_over_ud2(faulted->thread);
}

// Ends the thread after `status` was the answer to an answer with `options`, which may or may not have been taken.
static void end_faulted(struct faulted* faulted, zx_status_t status, uint32_t options) {
    if (status != ZX_OK) {
        // still waiting, and nothing has happened.
        CHECK_EQ(ZX_THREAD_STATE_BLOCKED_EXCEPTION, thread_info(faulted->thread).state);
        CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_THREAD, thread_info(faulted->thread).wait_exception_port_type);
        CHECK_EQ(0, faulted->passed);
        MUST(zx_task_resume_from_exception(faulted->thread, faulted->port, 0));
    } else if (options == ZX_RESUME_TRY_NEXT) {
        zx_handle_t thread = next_exception(faulted->process_port, 2, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
        // the first slot's port has no say any more.
        CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_task_resume_from_exception(thread, faulted->port, 0));
        MUST(zx_task_resume_from_exception(thread, faulted->process_port, 0));
        MUST(zx_handle_close(thread));
    }
    wait_until_terminated(faulted->thread);
    CHECK_EQ(1, faulted->passed);
    // too late.
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_resume_from_exception(faulted->thread, faulted->port, 0));
    const zx_handle_t handles[] = {faulted->thread, faulted->port, faulted->process_port};
    MUST(zx_handle_close_many(handles, 3));
}

static zx_handle_t make_thread(enum thread_kind kind, const struct faulted* faulted) {
    switch (kind) {
        case FAULTED:
            return duplicate(faulted->thread, ZX_RIGHT_SAME_RIGHTS);
        case FAULTED_WITHOUT_RIGHTS:
            return duplicate(faulted->thread, ZX_RIGHT_NONE);
        case CLOSED_THREAD:
            return closed_handle();
        case PROCESS:
            return duplicate(zx_process_self(), ZX_RIGHT_SAME_RIGHTS);
        case JOB:
            return duplicate(zx_job_default(), ZX_RIGHT_SAME_RIGHTS);
        case EVENT:
            return new_event();
        case NEW_THREAD:
            return new_thread(zx_process_self(), "new");
        case OWN_THREAD:
            return duplicate(zx_thread_self(), ZX_RIGHT_SAME_RIGHTS);
        case DEAD_THREAD:
            return duplicate(dead_thread, ZX_RIGHT_SAME_RIGHTS);
        default:
            return ZX_HANDLE_INVALID;
    }
}

static zx_handle_t make_port(enum port_kind kind, const struct faulted* faulted) {
    switch (kind) {
        case RIGHT_PORT:
            return duplicate(faulted->port, ZX_RIGHT_SAME_RIGHTS);
        case RIGHT_PORT_WITHOUT_RIGHTS:
            return duplicate(faulted->port, ZX_RIGHT_NONE);
        case OTHER_PORT:
            // Not just any other: one that would be asked later.
            return duplicate(faulted->process_port, ZX_RIGHT_SAME_RIGHTS);
        case CLOSED_PORT:
            return closed_handle();
        case NOT_A_PORT:
            return new_event();
        default:
            return ZX_HANDLE_INVALID;
    }
}

int main(void) {
    dead_thread = start_thread("dead", exit_thread, 0, 0);
    wait_until_terminated(dead_thread);
    struct faulted faulted;
    start_faulted(&faulted);
    for (int thread_kind = 0; thread_kind < THREAD_KINDS; thread_kind++) {
        for (int port_kind = 0; port_kind < PORT_KINDS; port_kind++) {
            for (size_t i = 0; i < sizeof(all_options) / sizeof(all_options[0]); i++) {
                uint32_t options = all_options[i];
                zx_handle_t thread = make_thread((enum thread_kind)thread_kind, &faulted);
                zx_handle_t port = make_port((enum port_kind)port_kind, &faulted);
                zx_status_t expected =
                    expected_resume((enum thread_kind)thread_kind, (enum port_kind)port_kind, options);
                zx_status_t status = zx_task_resume_from_exception(thread, port, options);
                if (!CHECK_STATUS(expected, status)) {
                    fprintf(stderr, "    thread kind %d, port kind %d, options 0x%x\n", thread_kind, port_kind,
                            options);
                }
                MUST(zx_handle_close(thread_kind == CLOSED_THREAD ? ZX_HANDLE_INVALID : thread));
                MUST(zx_handle_close(port_kind == CLOSED_PORT ? ZX_HANDLE_INVALID : port));
                if (status == ZX_OK) {
                    end_faulted(&faulted, status, options);
                    start_faulted(&faulted);
                }
            }
        }
    }
    end_faulted(&faulted, ZX_ERR_BAD_STATE, 0);
    MUST(zx_handle_close(dead_thread));
    return CHECK_RESULT();
}
