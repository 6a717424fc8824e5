// The exceptions that only debuggers see (section 9.4): PROCESS_STARTING, THREAD_STARTING and THREAD_EXITING.
#include "guest.h"

enum { JOB_KEY = 11, PROCESS_KEY = 22 };

#define STARTING ZX_THREAD_STATE_BLOCKED_EXCEPTION

// How often user code of a debuggee has run. The processes of one program share its statics.
static int ran;

static void exit_thread(uintptr_t event, uintptr_t unused) {
    (void)event;
    (void)unused;
    ran++;
    zx_thread_exit();
}

static void exit_process(uintptr_t event, uintptr_t unused) {
    (void)event;
    (void)unused;
    ran++;
    zx_process_exit(5);
}

static void fault(uintptr_t event, uintptr_t unused) {
    (void)event;
    (void)unused;
    ran++;
    __asm__ volatile("ud2" : : : "memory");
    zx_process_exit(6);
}

// Raises user signal 0 of its event, waits for user signal 1, and ends the thread.
static void wait_and_exit(uintptr_t event, uintptr_t unused) {
    (void)unused;
    ran++;
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    MUST(zx_object_wait_one((zx_handle_t)event, ZX_USER_SIGNAL_1, SOON, NULL));
    zx_thread_exit();
}

// A process that was not started yet, in a job of its own, with all that may hear of it.
struct debuggee {
    zx_handle_t parent_job;
    zx_handle_t job;
    zx_handle_t process;
    zx_handle_t thread;
    zx_handle_t event;
    zx_handle_t job_port;
    zx_handle_t process_port;
};

static struct debuggee new_debuggee(void) {
    struct debuggee debuggee = {0};
    MUST(zx_job_create(zx_job_default(), 0, &debuggee.parent_job));
    MUST(zx_job_create(debuggee.parent_job, 0, &debuggee.job));
    debuggee.process = new_process(debuggee.job, "debuggee");
    debuggee.thread = new_thread(debuggee.process, "first");
    debuggee.event = new_event();
    debuggee.job_port = new_port();
    debuggee.process_port = new_port();
    ran = 0;
    return debuggee;
}

static void debug_job(const struct debuggee* debuggee) {
    MUST(zx_task_bind_exception_port(debuggee->job, debuggee->job_port, JOB_KEY, ZX_EXCEPTION_PORT_DEBUGGER));
}

static void debug_process(const struct debuggee* debuggee) {
    MUST(zx_task_bind_exception_port(debuggee->process, debuggee->process_port, PROCESS_KEY,
                                     ZX_EXCEPTION_PORT_DEBUGGER));
}

static void start(const struct debuggee* debuggee, guest_entry* entry) {
    start_process(debuggee->process, debuggee->thread, entry, duplicate(debuggee->event, ZX_RIGHT_SAME_RIGHTS), 0);
}

// Waits until the process is dead, with this code, and nobody has heard anything more.
static void end(const struct debuggee* debuggee, int64_t code) {
    wait_until_terminated(debuggee->process);
    CHECK_EQ(code, process_info(debuggee->process).return_code);
    expect_no_packet(debuggee->job_port); // nor of the end of a process
    expect_no_packet(debuggee->process_port);
    const zx_handle_t handles[] = {debuggee->parent_job, debuggee->job,      debuggee->process,     debuggee->thread,
                                   debuggee->event,      debuggee->job_port, debuggee->process_port};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
}

// Takes a synthetic exception: the thread waits in it and is `thread`.
static void take(zx_handle_t port, uint64_t key, zx_excp_type_t type, zx_handle_t process, zx_handle_t thread,
                 zx_thread_state_t state, uint32_t slot) {
    zx_handle_t child = next_exception_in(port, key, type, process, state);
    CHECK_EQ(koid_of(thread), koid_of(child));
    CHECK_EQ(slot, thread_info(child).wait_exception_port_type);
    MUST(zx_handle_close(child));
}

static void take_process_starting(const struct debuggee* debuggee) {
    take(debuggee->job_port, JOB_KEY, ZX_EXCP_PROCESS_STARTING, debuggee->process, debuggee->thread, STARTING,
         ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER);
}

static void take_thread_starting(const struct debuggee* debuggee, zx_handle_t thread) {
    take(debuggee->process_port, PROCESS_KEY, ZX_EXCP_THREAD_STARTING, debuggee->process, thread, STARTING,
         ZX_EXCEPTION_PORT_TYPE_DEBUGGER);
}

static void take_thread_exiting(const struct debuggee* debuggee, zx_handle_t thread) {
    take(debuggee->process_port, PROCESS_KEY, ZX_EXCP_THREAD_EXITING, debuggee->process, thread,
         ZX_THREAD_STATE_DYING, ZX_EXCEPTION_PORT_TYPE_DEBUGGER);
}

static void answer(zx_handle_t thread, zx_handle_t port) {
    MUST(zx_task_resume_from_exception(thread, port, 0));
}

static zx_signals_t signals_of(zx_handle_t handle) {
    zx_signals_t observed = 0;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(handle, 0, 0, &observed));
    return observed;
}

// Section 10's rows of these exceptions: what can be read and written of a thread that is held in one.
static void observe(zx_handle_t thread, zx_excp_type_t type) {
    // the context is all zero.
    zx_exception_report_t report;
    memset(&report, 0xff, sizeof(report));
    MUST(zx_object_get_info(thread, ZX_INFO_THREAD_EXCEPTION_REPORT, &report, sizeof(report), NULL, NULL));
    zx_exception_report_t expected = {0};
    expected.header.size = sizeof(expected);
    expected.header.type = type;
    CHECK_EQ(0, memcmp(&expected, &report, sizeof(report)));

    // I-2, I-3: there is no frame of user code.
    zx_thread_state_general_regs_t general = {0};
    uint32_t step = 1;
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED,
                 zx_thread_read_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &general, sizeof(general)));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED,
                 zx_thread_write_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &general, sizeof(general)));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_thread_read_state(thread, ZX_THREAD_STATE_SINGLE_STEP, &step, sizeof(step)));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_thread_write_state(thread, ZX_THREAD_STATE_SINGLE_STEP, &step, sizeof(step)));
    // I-3: a value that is no value comes before that.
    step = 2;
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_thread_write_state(thread, ZX_THREAD_STATE_SINGLE_STEP, &step, sizeof(step)));

    // The other sets are there, and keep what is written into them.
    zx_thread_state_fp_regs_t fp;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_FP_REGS, &fp, sizeof(fp)));
    fp.st[3].low = 0x8000000000000000;
    fp.st[3].high = 0x3fff;
    CHECK_OK(zx_thread_write_state(thread, ZX_THREAD_STATE_FP_REGS, &fp, sizeof(fp)));
    zx_thread_state_fp_regs_t fp_after = {0};
    CHECK_OK(zx_thread_read_state(thread, ZX_THREAD_STATE_FP_REGS, &fp_after, sizeof(fp_after)));
    CHECK_EQ(0x8000000000000000, fp_after.st[3].low);

    zx_thread_state_vector_regs_t vector;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vector, sizeof(vector)));
    vector.zmm[9].v[1] = 0x1234;
    CHECK_OK(zx_thread_write_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vector, sizeof(vector)));
    zx_thread_state_vector_regs_t vector_after = {0};
    CHECK_OK(zx_thread_read_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vector_after, sizeof(vector_after)));
    CHECK_EQ(0x1234, vector_after.zmm[9].v[1]);

    zx_thread_state_debug_regs_t debug;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_DEBUG_REGS, &debug, sizeof(debug)));
    CHECK_OK(zx_thread_write_state(thread, ZX_THREAD_STATE_DEBUG_REGS, &debug, sizeof(debug)));
}

// All three, in the life of a process with one thread; each is answered with `option`.
static void whole_life(uint32_t option) {
    struct debuggee debuggee = new_debuggee();
    // Nobody else is ever asked: not a debugger of a job further up, and no general handler.
    zx_handle_t others = new_port();
    MUST(zx_task_bind_exception_port(debuggee.parent_job, others, 0, ZX_EXCEPTION_PORT_DEBUGGER));
    MUST(zx_task_bind_exception_port(debuggee.parent_job, others, 1, 0));
    MUST(zx_task_bind_exception_port(debuggee.job, others, 2, 0));
    MUST(zx_task_bind_exception_port(debuggee.process, others, 3, 0));
    MUST(zx_task_bind_exception_port(debuggee.thread, others, 4, 0));
    debug_job(&debuggee);
    debug_process(&debuggee);
    //
    CHECK_EQ(1, process_info(debuggee.process).debugger_attached);

    start(&debuggee, exit_thread); // and it returns
    take_process_starting(&debuggee);
    // T-1: an exception changes no signal.
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(debuggee.thread));
    observe(debuggee.thread, ZX_EXCP_PROCESS_STARTING);
    // it is the job's debugger that answers.
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_task_resume_from_exception(debuggee.thread, debuggee.process_port, option));
    expect_no_packet(debuggee.process_port); // one after the other
    MUST(zx_task_resume_from_exception(debuggee.thread, debuggee.job_port, option));

    take_thread_starting(&debuggee, debuggee.thread);
    CHECK_EQ(0, ran);
    observe(debuggee.thread, ZX_EXCP_THREAD_STARTING);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_task_resume_from_exception(debuggee.thread, debuggee.job_port, option));
    MUST(zx_task_resume_from_exception(debuggee.thread, debuggee.process_port, option));

    take_thread_exiting(&debuggee, debuggee.thread);
    CHECK_EQ(1, ran);
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(debuggee.thread));
    observe(debuggee.thread, ZX_EXCP_THREAD_EXITING);
    MUST(zx_task_resume_from_exception(debuggee.thread, debuggee.process_port, option));

    expect_no_packet(others);
    end(&debuggee, 0);
    MUST(zx_handle_close(others));
}

// T-4: who has called thread_exit() and is held cannot be dislodged by a kill.
static void held_exit_withstands_kills(void) {
    struct debuggee debuggee = new_debuggee();
    debug_process(&debuggee);
    start(&debuggee, exit_thread);
    take_thread_starting(&debuggee, debuggee.thread);
    answer(debuggee.thread, debuggee.process_port);
    take_thread_exiting(&debuggee, debuggee.thread);
    MUST(zx_task_kill(debuggee.thread));
    MUST(zx_task_kill(debuggee.process));
    MUST(zx_task_kill(debuggee.job));
    CHECK_EQ(1, process_info(debuggee.process).exited);
    CHECK_EQ(-1, process_info(debuggee.process).return_code);
    CHECK_EQ(0, signals_of(debuggee.process));
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(debuggee.thread));
    CHECK_EQ(ZX_THREAD_STATE_DYING, thread_info(debuggee.thread).state);
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_DEBUGGER, thread_info(debuggee.thread).wait_exception_port_type);
    // S-1: nor can it be suspended.
    zx_handle_t token = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_suspend(debuggee.thread, &token));
    answer(debuggee.thread, debuggee.process_port);
    end(&debuggee, -1);
}

// threads after the first one start with THREAD_STARTING alone, and each end is held by itself.
static void later_threads(void) {
    struct debuggee debuggee = new_debuggee();
    debug_job(&debuggee);
    start(&debuggee, wait_and_exit);
    take_process_starting(&debuggee);
    answer(debuggee.thread, debuggee.job_port);
    MUST(zx_object_wait_one(debuggee.event, ZX_USER_SIGNAL_0, SOON, NULL));
    // B-13: attaching tells nothing of what runs already.
    debug_process(&debuggee);
    expect_no_packet(debuggee.process_port);

    zx_handle_t second = new_thread(debuggee.process, "second");
    MUST(zx_thread_start(second, (zx_vaddr_t)exit_thread, new_stack(), 0, 0));
    take_thread_starting(&debuggee, second);
    expect_no_packet(debuggee.job_port);
    answer(second, debuggee.process_port);
    take_thread_exiting(&debuggee, second);
    CHECK_EQ(2, ran);
    // it is held, and the first one does not care.
    MUST(zx_object_signal(debuggee.event, 0, ZX_USER_SIGNAL_1));
    take_thread_exiting(&debuggee, debuggee.thread);
    answer(debuggee.thread, debuggee.process_port);
    wait_until_terminated(debuggee.thread);
    CHECK_EQ(0, process_info(debuggee.process).exited);
    answer(second, debuggee.process_port);
    end(&debuggee, 0);
    MUST(zx_handle_close(second));
}

// The slots are read when their turn comes: a debugger that attaches to a process in PROCESS_STARTING is told of its
// thread; one that attaches during THREAD_EXITING is too late.
static void slots_are_read_late(void) {
    struct debuggee debuggee = new_debuggee();
    debug_job(&debuggee);
    start(&debuggee, exit_thread);
    take_process_starting(&debuggee);
    debug_process(&debuggee);
    answer(debuggee.thread, debuggee.job_port);
    take_thread_starting(&debuggee, debuggee.thread);
    answer(debuggee.thread, debuggee.process_port);
    take_thread_exiting(&debuggee, debuggee.thread);
    // B-11, Q-6: the thread goes on at the unbind, and does not come back for the new binding.
    MUST(zx_task_bind_exception_port(debuggee.process, ZX_HANDLE_INVALID, 0, ZX_EXCEPTION_PORT_DEBUGGER));
    zx_status_t again = zx_task_bind_exception_port(debuggee.process, debuggee.process_port, PROCESS_KEY,
                                                    ZX_EXCEPTION_PORT_DEBUGGER);
    CHECK(again == ZX_OK || again == ZX_ERR_NOT_FOUND); // B-6: the process may be dead by now
    end(&debuggee, 0);
}

// B-11: unbinding lets a thread go on from each of the three, and so does closing the port (P-15).
static void unbinding_lets_go(int by_closing) {
    struct debuggee debuggee = new_debuggee();
    zx_handle_t ports[3];
    const zx_handle_t tasks[] = {debuggee.job, debuggee.process, debuggee.process};
    const zx_excp_type_t types[] = {ZX_EXCP_PROCESS_STARTING, ZX_EXCP_THREAD_STARTING, ZX_EXCP_THREAD_EXITING};
    ports[0] = new_port();
    ports[1] = new_port();
    ports[2] = new_port();
    MUST(zx_task_bind_exception_port(tasks[0], ports[0], 0, ZX_EXCEPTION_PORT_DEBUGGER));
    MUST(zx_task_bind_exception_port(tasks[1], ports[1], 1, ZX_EXCEPTION_PORT_DEBUGGER));
    start(&debuggee, wait_and_exit);
    for (int i = 0; i < 3; i++) {
        if (i == 2) {
            MUST(zx_object_wait_one(debuggee.event, ZX_USER_SIGNAL_0, SOON, NULL));
            MUST(zx_task_bind_exception_port(tasks[2], ports[2], 2, ZX_EXCEPTION_PORT_DEBUGGER));
            MUST(zx_object_signal(debuggee.event, 0, ZX_USER_SIGNAL_1));
        }
        zx_thread_state_t state = i == 2 ? ZX_THREAD_STATE_DYING : STARTING;
        MUST(zx_handle_close(next_exception_in(ports[i], (uint64_t)i, types[i], debuggee.process, state)));
        if (by_closing) {
            MUST(zx_handle_close(ports[i]));
        } else {
            MUST(zx_task_bind_exception_port(tasks[i], ZX_HANDLE_INVALID, 0, ZX_EXCEPTION_PORT_DEBUGGER));
            // too late, whatever the thread does now.
            zx_status_t late = zx_task_resume_from_exception(debuggee.thread, ports[i], 0);
            CHECK(late == ZX_ERR_BAD_STATE || late == ZX_ERR_ACCESS_DENIED);
        }
    }
    end(&debuggee, 0);
    CHECK_EQ(1, ran);
    if (!by_closing) {
        MUST(zx_handle_close_many(ports, 3));
    }
}

// a thread that starts suspended goes through these exchanges first, and runs no code before the token is gone.
static void started_suspended(void) {
    struct debuggee debuggee = new_debuggee();
    debug_job(&debuggee);
    debug_process(&debuggee);
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(debuggee.thread, &token)); // S-2
    start(&debuggee, exit_thread);
    take_process_starting(&debuggee);
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(debuggee.thread));
    answer(debuggee.thread, debuggee.job_port);
    take_thread_starting(&debuggee, debuggee.thread);
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(debuggee.thread));
    answer(debuggee.thread, debuggee.process_port);
    MUST(zx_object_wait_one(debuggee.thread, ZX_THREAD_SUSPENDED, SOON, NULL));
    CHECK_EQ(ZX_THREAD_SUSPENDED, signals_of(debuggee.thread));
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(debuggee.thread).state);
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_NONE, thread_info(debuggee.thread).wait_exception_port_type);
    CHECK_EQ(0, ran);
    MUST(zx_handle_close(token));
    take_thread_exiting(&debuggee, debuggee.thread);
    CHECK_EQ(1, ran);
    answer(debuggee.thread, debuggee.process_port);
    end(&debuggee, 0);
}

// a token that comes and goes while the thread is held leaves no trace.
static void token_while_held(void) {
    struct debuggee debuggee = new_debuggee();
    debug_process(&debuggee);
    start(&debuggee, exit_thread);
    take_thread_starting(&debuggee, debuggee.thread);
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(debuggee.process, &token));
    CHECK_EQ(STARTING, thread_info(debuggee.thread).state); // S-4
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(debuggee.thread));
    MUST(zx_handle_close(token));
    answer(debuggee.thread, debuggee.process_port);
    take_thread_exiting(&debuggee, debuggee.thread);
    answer(debuggee.thread, debuggee.process_port);
    end(&debuggee, 0);
}

// one that dies of a kill is announced, and does not wait.
static void kills_do_not_wait(void) {
    struct debuggee debuggee = new_debuggee();
    debug_process(&debuggee);
    start(&debuggee, wait_and_exit);
    take_thread_starting(&debuggee, debuggee.thread);
    answer(debuggee.thread, debuggee.process_port);
    MUST(zx_object_wait_one(debuggee.event, ZX_USER_SIGNAL_0, SOON, NULL));
    MUST(zx_task_kill(debuggee.thread));
    wait_until_terminated(debuggee.thread);
    zx_packet_exception_t packet =
        next_exception_packet(debuggee.process_port, PROCESS_KEY, ZX_EXCP_THREAD_EXITING, debuggee.process);
    CHECK_EQ(koid_of(debuggee.thread), packet.tid);
    // there is nobody behind the packet.
    zx_handle_t child = ZX_HANDLE_INVALID;
    wait_until_terminated(debuggee.process);
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_object_get_child(debuggee.process, packet.tid, ZX_RIGHT_SAME_RIGHTS, &child));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_resume_from_exception(debuggee.thread, debuggee.process_port, 0));
    end(&debuggee, 0); // killed one by one
}

// process_exit() is a kill of the caller, too.
static void process_exit_does_not_wait(void) {
    struct debuggee debuggee = new_debuggee();
    debug_process(&debuggee);
    start(&debuggee, exit_process);
    take_thread_starting(&debuggee, debuggee.thread);
    answer(debuggee.thread, debuggee.process_port);
    wait_until_terminated(debuggee.process);
    (void)next_exception_packet(debuggee.process_port, PROCESS_KEY, ZX_EXCP_THREAD_EXITING, debuggee.process);
    end(&debuggee, 5);
}

enum victim { THREAD, PROCESS, JOB, VICTIMS };

// killed in PROCESS_STARTING, it is announced twice more, waits no more, and runs no code.
static void killed_while_starting(enum victim victim) {
    struct debuggee debuggee = new_debuggee();
    debug_job(&debuggee);
    debug_process(&debuggee);
    start(&debuggee, exit_process);
    take_process_starting(&debuggee);
    const zx_handle_t tasks[VICTIMS] = {debuggee.thread, debuggee.process, debuggee.job};
    MUST(zx_task_kill(tasks[victim]));
    wait_until_terminated(debuggee.process);
    zx_koid_t tid = koid_of(debuggee.thread);
    zx_handle_t port = debuggee.process_port;
    CHECK_EQ(tid, next_exception_packet(port, PROCESS_KEY, ZX_EXCP_THREAD_STARTING, debuggee.process).tid);
    CHECK_EQ(tid, next_exception_packet(port, PROCESS_KEY, ZX_EXCP_THREAD_EXITING, debuggee.process).tid);
    CHECK_EQ(0, ran);
    end(&debuggee, victim == THREAD ? 0 : -1);
}

// The same in THREAD_STARTING.
static void killed_while_thread_starts(void) {
    struct debuggee debuggee = new_debuggee();
    debug_process(&debuggee);
    start(&debuggee, exit_process);
    take_thread_starting(&debuggee, debuggee.thread);
    MUST(zx_task_kill(debuggee.process));
    wait_until_terminated(debuggee.process);
    (void)next_exception_packet(debuggee.process_port, PROCESS_KEY, ZX_EXCP_THREAD_EXITING, debuggee.process);
    CHECK_EQ(0, ran);
    end(&debuggee, -1);
}

// a fatal fault that nobody handles: the fault, and one THREAD_EXITING for each thread. None waits but the one
// that was held already (T-4).
static void unhandled_fault(void) {
    struct debuggee debuggee = new_debuggee();
    start(&debuggee, wait_and_exit);
    MUST(zx_object_wait_one(debuggee.event, ZX_USER_SIGNAL_0, SOON, NULL));
    debug_process(&debuggee);
    zx_handle_t leaving = new_thread(debuggee.process, "leaving");
    zx_handle_t faulting = new_thread(debuggee.process, "faulting");
    MUST(zx_thread_start(leaving, (zx_vaddr_t)exit_thread, new_stack(), 0, 0));
    take_thread_starting(&debuggee, leaving);
    answer(leaving, debuggee.process_port);
    take_thread_exiting(&debuggee, leaving);
    MUST(zx_thread_start(faulting, (zx_vaddr_t)fault, new_stack(), 0, 0));
    take_thread_starting(&debuggee, faulting);
    answer(faulting, debuggee.process_port);

    MUST(zx_handle_close(
        next_exception(debuggee.process_port, PROCESS_KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, debuggee.process)));
    MUST(zx_task_resume_from_exception(faulting, debuggee.process_port, ZX_RESUME_TRY_NEXT));
    wait_until_terminated(faulting);
    wait_until_terminated(debuggee.thread);
    // Section 16.16: in whatever order.
    zx_koid_t first = next_exception_packet(debuggee.process_port, PROCESS_KEY, ZX_EXCP_THREAD_EXITING,
                                            debuggee.process).tid;
    zx_koid_t second = next_exception_packet(debuggee.process_port, PROCESS_KEY, ZX_EXCP_THREAD_EXITING,
                                             debuggee.process).tid;
    CHECK(first != second);
    CHECK(first == koid_of(faulting) || first == koid_of(debuggee.thread));
    CHECK(second == koid_of(faulting) || second == koid_of(debuggee.thread));
    CHECK_EQ(1, process_info(debuggee.process).exited);
    CHECK_EQ(0, signals_of(debuggee.process));
    answer(leaving, debuggee.process_port);
    end(&debuggee, -1);
    MUST(zx_handle_close(leaving));
    MUST(zx_handle_close(faulting));
}

// a debugger whose port is full is passed over.
static void full_port(void) {
    struct debuggee debuggee = new_debuggee();
    debug_job(&debuggee);
    debug_process(&debuggee);
    const zx_port_packet_t packet = {.key = 1};
    int queued[2] = {0};
    const zx_handle_t ports[] = {debuggee.job_port, debuggee.process_port};
    for (int i = 0; i < 2; i++) {
        while (zx_port_queue(ports[i], &packet) == ZX_OK) {
            queued[i]++;
        }
    }
    start(&debuggee, exit_thread);
    wait_until_terminated(debuggee.process);
    CHECK_EQ(1, ran);
    for (int i = 0; i < 2; i++) {
        while (queued[i]-- > 0) {
            CHECK_EQ(1, next_packet(ports[i]).key);
        }
    }
    end(&debuggee, 0);
}

// PROCESS_STARTING goes to the nearest job that has a debugger, and that need not be the process's own.
static void nearest_job(void) {
    struct debuggee debuggee = new_debuggee();
    MUST(zx_task_bind_exception_port(debuggee.parent_job, debuggee.job_port, JOB_KEY, ZX_EXCEPTION_PORT_DEBUGGER));
    start(&debuggee, exit_thread);
    take_process_starting(&debuggee);
    // B-13: the turn of the nearer slot has passed.
    zx_handle_t nearer = new_port();
    MUST(zx_task_bind_exception_port(debuggee.job, nearer, 0, ZX_EXCEPTION_PORT_DEBUGGER));
    answer(debuggee.thread, debuggee.job_port);
    end(&debuggee, 0);
    expect_no_packet(nearer);
    MUST(zx_handle_close(nearer));
}

int main(void) {
    whole_life(0);
    whole_life(ZX_RESUME_TRY_NEXT);
    held_exit_withstands_kills();
    later_threads();
    slots_are_read_late();
    unbinding_lets_go(0);
    unbinding_lets_go(1);
    started_suspended();
    token_while_held();
    kills_do_not_wait();
    process_exit_does_not_wait();
    for (int victim = 0; victim < VICTIMS; victim++) {
        killed_while_starting((enum victim)victim);
    }
    killed_while_thread_starts();
    unhandled_fault();
    full_port();
    nearest_job();
    return CHECK_RESULT();
}
