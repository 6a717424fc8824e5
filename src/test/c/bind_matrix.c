// zx_task_bind_exception_port() with every kind of option, port argument and task argument, each with the slot empty
// and taken. What must come is worked out from the order of checks in B-2 (bind) and B-3 (unbind).
#include "guest.h"

// What the port argument is.
enum port_kind { UNBIND, PORT, PORT_WITHOUT_RIGHTS, NOT_A_PORT, CLOSED_PORT, PORT_KINDS };

// What the task argument is.
enum task_kind {
    NO_TASK,
    CLOSED_TASK,
    EVENT,
    PORT_AS_TASK,
    JOB,
    KILLED_JOB,
    NEW_PROCESS,
    OWN_PROCESS,
    DEAD_PROCESS,
    NEW_THREAD,
    OWN_THREAD,
    DEAD_THREAD,
    TASK_KINDS
};

static const uint32_t all_options[] = {0, ZX_EXCEPTION_PORT_DEBUGGER, 2, 3, 0x80000000};

static int is_handle(enum task_kind task) {
    return task != NO_TASK && task != CLOSED_TASK;
}

static int is_thread(enum task_kind task) {
    return task == NEW_THREAD || task == OWN_THREAD || task == DEAD_THREAD;
}

static int is_task(enum task_kind task) {
    return is_handle(task) && task != EVENT && task != PORT_AS_TASK;
}

static int has_slot(enum task_kind task, uint32_t options) {
    return is_task(task) && options <= ZX_EXCEPTION_PORT_DEBUGGER && !(is_thread(task) && options != 0);
}

static zx_status_t expected_bind(enum task_kind task, enum port_kind port, uint32_t options, int taken) {
    if ((options & ~ZX_EXCEPTION_PORT_DEBUGGER) != 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    if (port == CLOSED_PORT) {
        return ZX_ERR_BAD_HANDLE;
    }
    if (port == NOT_A_PORT) {
        return ZX_ERR_WRONG_TYPE;
    }
    if (!is_handle(task)) {
        return ZX_ERR_BAD_HANDLE;
    }
    if (is_thread(task) && options != 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    if (!is_task(task)) {
        return ZX_ERR_WRONG_TYPE;
    }
    if (task == DEAD_PROCESS || task == DEAD_THREAD) {
        return ZX_ERR_NOT_FOUND;
    }
    return taken ? ZX_ERR_ALREADY_BOUND : ZX_OK;
}

static zx_status_t expected_unbind(enum task_kind task, uint32_t options, int taken) {
    if ((options & ~ZX_EXCEPTION_PORT_DEBUGGER) != 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    if (!is_handle(task)) {
        return ZX_ERR_BAD_HANDLE;
    }
    if (is_thread(task) && options != 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    if (!is_task(task)) {
        return ZX_ERR_WRONG_TYPE;
    }
    return taken ? ZX_OK : ZX_ERR_BAD_STATE;
}

static void exit_thread(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    zx_thread_exit();
}

// Makes a task of the kind, alive as yet; a handle without rights will do for everything here (B-4).
static zx_handle_t make_task(enum task_kind kind) {
    zx_handle_t task = ZX_HANDLE_INVALID;
    switch (kind) {
        case NO_TASK:
            return ZX_HANDLE_INVALID;
        case CLOSED_TASK:
            return closed_handle();
        case EVENT:
            return new_event();
        case PORT_AS_TASK:
            return new_port();
        case JOB:
        case KILLED_JOB:
            MUST(zx_job_create(zx_job_default(), 0, &task));
            return task;
        case NEW_PROCESS:
        case DEAD_PROCESS:
            return new_process(zx_job_default(), "target");
        case OWN_PROCESS:
            return duplicate(zx_process_self(), ZX_RIGHT_NONE);
        case NEW_THREAD:
        case DEAD_THREAD:
            return new_thread(zx_process_self(), "target");
        case OWN_THREAD:
            return duplicate(zx_thread_self(), ZX_RIGHT_NONE);
        case TASK_KINDS:
            break;
    }
    return task;
}

// Ends the life of those that the case wants dead. Their slots stay as they are (B-7).
static void end_task(enum task_kind kind, zx_handle_t task) {
    if (kind == KILLED_JOB || kind == DEAD_PROCESS) {
        MUST(zx_task_kill(task));
    } else if (kind == DEAD_THREAD) {
        MUST(zx_thread_start(task, (zx_vaddr_t)exit_thread, new_stack(), 0, 0));
        wait_until_terminated(task);
    }
}

static zx_handle_t make_port(enum port_kind kind) {
    switch (kind) {
        case UNBIND:
            return ZX_HANDLE_INVALID;
        case NOT_A_PORT:
            return new_event();
        case CLOSED_PORT:
            return closed_handle();
        default:
            return new_port();
    }
}

// Empties a slot and returns whether it was filled.
static int empty_slot(zx_handle_t task, uint32_t options) {
    return zx_task_bind_exception_port(task, ZX_HANDLE_INVALID, 0, options) == ZX_OK;
}

static void check_case(enum task_kind task_kind, enum port_kind port_kind, uint32_t options, int taken) {
    zx_handle_t occupant = new_port();
    zx_handle_t task = make_task(task_kind);
    zx_handle_t port = make_port(port_kind);
    zx_handle_t argument = port_kind == PORT_WITHOUT_RIGHTS ? duplicate(port, ZX_RIGHT_NONE) : port;
    if (taken) {
        MUST(zx_task_bind_exception_port(task, occupant, 1, options));
    }
    end_task(task_kind, task);

    zx_status_t expected = port_kind == UNBIND ? expected_unbind(task_kind, options, taken)
                                               : expected_bind(task_kind, port_kind, options, taken);
    zx_status_t status = zx_task_bind_exception_port(task, argument, 2, options);
    if (!CHECK_STATUS(expected, status)) {
        fprintf(stderr, "    task kind %d, port kind %d, options 0x%x, slot %s\n", task_kind, port_kind, options,
                taken ? "taken" : "empty");
    }
    if (has_slot(task_kind, options)) {
        // B-12: what failed changed nothing.
        int filled = expected == ZX_OK ? port_kind != UNBIND : taken;
        CHECK_EQ(filled, empty_slot(task, options));
        if (!is_thread(task_kind)) {
            // B-1: the other slot has nothing to do with it.
            CHECK_EQ(0, empty_slot(task, options ^ ZX_EXCEPTION_PORT_DEBUGGER));
        }
    }
    if (argument != port) {
        MUST(zx_handle_close(argument));
    }
    MUST(zx_handle_close(port_kind == CLOSED_PORT ? ZX_HANDLE_INVALID : port));
    MUST(zx_handle_close(is_handle(task_kind) ? task : ZX_HANDLE_INVALID));
    MUST(zx_handle_close(occupant));
}

// B-5: a taken slot is taken, whatever port and key come.
static void check_rebinding(void) {
    zx_handle_t job;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    zx_handle_t ports[] = {new_port(), new_port()};
    MUST(zx_task_bind_exception_port(job, ports[0], 7, 0));
    for (int i = 0; i < 2; i++) {
        CHECK_STATUS(ZX_ERR_ALREADY_BOUND, zx_task_bind_exception_port(job, ports[i], 7, 0));
        CHECK_STATUS(ZX_ERR_ALREADY_BOUND, zx_task_bind_exception_port(job, ports[i], 8, 0));
    }
    // The key of an unbind means nothing (B-3), and the second one finds nothing.
    CHECK_OK(zx_task_bind_exception_port(job, ZX_HANDLE_INVALID, 12345, 0));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_bind_exception_port(job, ZX_HANDLE_INVALID, 7, 0));
    // One port may serve any number of slots.
    CHECK_OK(zx_task_bind_exception_port(job, ports[0], 1, 0));
    CHECK_OK(zx_task_bind_exception_port(job, ports[0], 1, ZX_EXCEPTION_PORT_DEBUGGER));
    CHECK_OK(zx_handle_close_many(ports, 2));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_bind_exception_port(job, ZX_HANDLE_INVALID, 0, 0));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_bind_exception_port(job, ZX_HANDLE_INVALID, 0, ZX_EXCEPTION_PORT_DEBUGGER));
    CHECK_OK(zx_handle_close(job));
}

int main(void) {
    for (int task = 0; task < TASK_KINDS; task++) {
        for (int port = 0; port < PORT_KINDS; port++) {
            for (size_t i = 0; i < sizeof(all_options) / sizeof(all_options[0]); i++) {
                uint32_t options = all_options[i];
                check_case((enum task_kind)task, (enum port_kind)port, options, 0);
                if (has_slot((enum task_kind)task, options)) {
                    check_case((enum task_kind)task, (enum port_kind)port, options, 1);
                }
            }
        }
    }
    check_rebinding();
    return CHECK_RESULT();
}
