// Policy exceptions: raised as a syscall returns, for a failed lookup of a handle (H-13) or an object that the
// job's policy has an eye on (J-11).
#include "guest.h"

enum { KEY = 31 };

// A handle's number that no process has, and that is not ZX_HANDLE_INVALID: bit 0 of a handle is 1 (H-1).
static const zx_handle_t no_handle = 0x70000003;

struct call {
    zx_status_t (*make)(zx_handle_t event);
    zx_status_t result;
};

// Handles of a victim: those that it made, or the one that it waits with. The processes of one program share its
// statics.
static struct {
    zx_handle_t first;
    zx_handle_t second;
} made;

// Makes a call, and ends its process with what that returns. The first argument is an event.
static void caller(uintptr_t event, uintptr_t call) {
    zx_process_exit(((const struct call*)call)->make((zx_handle_t)event));
}

static zx_handle_t job_with(uint32_t condition, uint32_t action) {
    const zx_policy_basic_t policy = {condition, action};
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    MUST(zx_job_set_policy(job, ZX_JOB_POL_ABSOLUTE, ZX_JOB_POL_BASIC, &policy, 1));
    return job;
}

struct victim {
    zx_handle_t process;
    zx_handle_t thread;
    zx_handle_t event;
    zx_handle_t port;
};

// A process of the job that is about to make the call; the port is bound to it.
static struct victim start_victim(zx_handle_t job, const struct call* call) {
    struct victim victim = {0};
    victim.process = new_process(job, "victim");
    victim.thread = new_thread(victim.process, "victim");
    victim.event = new_event();
    victim.port = new_port();
    MUST(zx_task_bind_exception_port(victim.process, victim.port, KEY, 0));
    start_process(victim.process, victim.thread, caller, duplicate(victim.event, ZX_RIGHT_SAME_RIGHTS),
                  (uintptr_t)call);
    return victim;
}

// Takes the victim's policy exception, and leaves it waiting.
static void take(const struct victim* victim) {
    MUST(zx_handle_close(next_exception(victim->port, KEY, ZX_EXCP_POLICY_ERROR, victim->process)));
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_PROCESS, thread_info(victim->thread).wait_exception_port_type);
    zx_exception_report_t report = exception_report(victim->thread);
    CHECK_EQ(ZX_EXCP_POLICY_ERROR, report.header.type);
    //
    CHECK_EQ(0, report.context.arch.u.x86_64.vector);
    CHECK_EQ(0, report.context.arch.u.x86_64.err_code);
    CHECK_EQ(0, report.context.arch.u.x86_64.cr2);
}

// Waits until the victim has ended with this code, and without another exception.
static void end(const struct victim* victim, int64_t code) {
    wait_until_terminated(victim->process);
    CHECK_EQ(code, process_info(victim->process).return_code);
    expect_no_packet(victim->port);
    const zx_handle_t handles[] = {victim->process, victim->thread, victim->event, victim->port};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
}

// Makes the call in a process of the job. It must raise this many exceptions, each of which is handled, and return
// what it returns without them.
static void expect_raised(zx_handle_t job, const struct call* call, int times) {
    struct victim victim = start_victim(job, call);
    for (int i = 0; i < times; i++) {
        take(&victim);
        // The effects are there, the result is not seen yet.
        CHECK_EQ(0, process_info(victim.process).exited);
        MUST(zx_task_resume_from_exception(victim.thread, victim.port, 0));
    }
    end(&victim, call->result);
}

static zx_status_t signal_nothing(zx_handle_t event) {
    (void)event;
    return zx_object_signal(no_handle, 0, 0);
}

static zx_status_t signal_invalid(zx_handle_t event) {
    (void)event;
    return zx_object_signal(ZX_HANDLE_INVALID, 0, 0);
}

static zx_status_t ask_whether_valid(zx_handle_t event) {
    (void)event;
    return zx_object_get_info(no_handle, ZX_INFO_HANDLE_VALID, NULL, 0, NULL, NULL);
}

static zx_status_t close_nothing(zx_handle_t event) {
    (void)event;
    return zx_handle_close(no_handle);
}

static zx_status_t close_invalid(zx_handle_t event) {
    (void)event;
    return zx_handle_close(ZX_HANDLE_INVALID);
}

static zx_status_t close_many_nothings(zx_handle_t event) {
    const zx_handle_t handles[] = {no_handle, event, event, 0, no_handle};
    return zx_handle_close_many(handles, 5);
}

static zx_status_t close_many_invalid(zx_handle_t event) {
    const zx_handle_t handles[] = {0, event, 0};
    return zx_handle_close_many(handles, 3);
}

static zx_status_t unbind_self(zx_handle_t event) {
    (void)event;
    return zx_task_bind_exception_port(zx_thread_self(), ZX_HANDLE_INVALID, 0, 0);
}

static zx_status_t unbind_nothing(zx_handle_t event) {
    (void)event;
    return zx_task_bind_exception_port(no_handle, ZX_HANDLE_INVALID, 0, 0);
}

static zx_status_t wait_for_nothings(zx_handle_t event) {
    zx_wait_item_t items[] = {{event, 0, 0}, {no_handle, 0, 0}, {no_handle, 0, 0}};
    return zx_object_wait_many(items, 3, 0);
}

static zx_status_t make_job_in_nothing(zx_handle_t event) {
    (void)event;
    return zx_job_create(no_handle, 0, &made.first);
}

static zx_status_t write_nothings(zx_handle_t event) {
    zx_handle_t ends[2];
    const zx_handle_t handles[] = {no_handle, event, no_handle};
    zx_status_t status = zx_channel_create(0, &ends[0], &ends[1]);
    return status != ZX_OK ? status : zx_channel_write(ends[0], 0, NULL, 0, handles, 3);
}

static zx_status_t no_mistake(zx_handle_t event) {
    return zx_object_signal(event, 0, ZX_USER_SIGNAL_3);
}

static zx_status_t unknown_topic(zx_handle_t event) {
    (void)event;
    return zx_object_get_info(no_handle, 9999, NULL, 0, NULL, NULL);
}

static zx_status_t make_channel(zx_handle_t event) {
    (void)event;
    return zx_channel_create(0, &made.first, &made.second);
}

static zx_status_t make_event(zx_handle_t event) {
    (void)event;
    return zx_event_create(0, &made.first);
}

static zx_status_t make_eventpair(zx_handle_t event) {
    (void)event;
    return zx_eventpair_create(0, &made.first, &made.second);
}

static zx_status_t make_port(zx_handle_t event) {
    (void)event;
    return zx_port_create(0, &made.first);
}

static zx_status_t make_process_without_job(zx_handle_t event) {
    (void)event;
    return zx_process_create(no_handle, "p", 1, 0, &made.first, &made.second);
}

static zx_status_t make_process_wrongly(zx_handle_t event) {
    (void)event;
    return zx_process_create(no_handle, "p", 1, 1, &made.first, &made.second);
}

static void bad_handles(void) {
    const struct {
        struct call call;
        int times;
    } calls[] = {
        // H-13; the call returns what it always does.
        {{signal_nothing, ZX_ERR_BAD_HANDLE}, 1},
        // H-12: ZX_HANDLE_INVALID is a failed lookup like any other...
        {{signal_invalid, ZX_ERR_BAD_HANDLE}, 1},
        // ...but for closing, and for unbinding. (The thread has no port: BAD_STATE.)
        {{close_invalid, ZX_OK}, 0},
        {{close_many_invalid, ZX_OK}, 0},
        {{unbind_self, ZX_ERR_BAD_STATE}, 0},
        {{unbind_nothing, ZX_ERR_BAD_HANDLE}, 1},
        // H-11.
        {{ask_whether_valid, ZX_ERR_BAD_HANDLE}, 0},
        {{close_nothing, ZX_ERR_BAD_HANDLE}, 1},
        // one per call, however many lookups fail.
        {{close_many_nothings, ZX_ERR_BAD_HANDLE}, 1},
        {{wait_for_nothings, ZX_ERR_BAD_HANDLE}, 1},
        {{make_job_in_nothing, ZX_ERR_BAD_HANDLE}, 1},
        {{write_nothings, ZX_ERR_BAD_HANDLE}, 1},
        {{make_process_without_job, ZX_ERR_BAD_HANDLE}, 1},
        {{no_mistake, ZX_OK}, 0},
        // Section 13: what fails before any lookup.
        {{unknown_topic, ZX_ERR_NOT_SUPPORTED}, 0},
        {{make_process_wrongly, ZX_ERR_INVALID_ARGS}, 0},
    };
    // H-13: the other bits make no difference.
    const uint32_t actions[] = {ZX_POL_ACTION_EXCEPTION, ZX_POL_ACTION_EXCEPTION | ZX_POL_ACTION_DENY,
                                ZX_POL_ACTION_EXCEPTION | ZX_POL_ACTION_KILL};
    for (size_t action = 0; action < sizeof(actions) / sizeof(actions[0]); action++) {
        zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, actions[action]);
        for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
            expect_raised(job, &calls[i].call, calls[i].times);
        }
        MUST(zx_handle_close(job));
    }
    const uint32_t silent[] = {ZX_POL_ACTION_ALLOW, ZX_POL_ACTION_DENY, ZX_POL_ACTION_KILL};
    for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
        zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, silent[i]);
        expect_raised(job, &calls[0].call, 0);
        MUST(zx_handle_close(job));
    }
}

static void new_objects(void) {
    const struct {
        uint32_t condition;
        zx_status_t (*make)(zx_handle_t event);
        zx_status_t allowed;
    } conditions[] = {
        {ZX_POL_NEW_CHANNEL, make_channel, ZX_OK},
        {ZX_POL_NEW_EVENT, make_event, ZX_OK},
        {ZX_POL_NEW_EVENTPAIR, make_eventpair, ZX_OK},
        {ZX_POL_NEW_PORT, make_port, ZX_OK},
        {ZX_POL_NEW_ANY, make_port, ZX_OK},
        // The policy is asked before the job is looked up.
        {ZX_POL_NEW_PROCESS, make_process_without_job, ZX_ERR_BAD_HANDLE},
    };
    // J-11.
    const struct {
        uint32_t action;
        int denied;
        int times;
    } actions[] = {
        {ZX_POL_ACTION_ALLOW, 0, 0},
        {ZX_POL_ACTION_DENY, 1, 0},
        {ZX_POL_ACTION_ALLOW | ZX_POL_ACTION_EXCEPTION, 0, 1},
        {ZX_POL_ACTION_DENY | ZX_POL_ACTION_EXCEPTION, 1, 1},
        {ZX_POL_ACTION_KILL, 1, 0},
        {ZX_POL_ACTION_KILL | ZX_POL_ACTION_EXCEPTION, 1, 1},
    };
    for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++) {
        for (size_t j = 0; j < sizeof(actions) / sizeof(actions[0]); j++) {
            zx_handle_t job = job_with(conditions[i].condition, actions[j].action);
            const struct call call = {conditions[i].make,
                                      actions[j].denied ? ZX_ERR_ACCESS_DENIED : conditions[i].allowed};
            made.first = ZX_HANDLE_INVALID;
            expect_raised(job, &call, actions[j].times);
            // With allow, the object is made although the exception is raised.
            CHECK_EQ(call.result == ZX_OK, made.first != ZX_HANDLE_INVALID);
            MUST(zx_handle_close(job));
        }
    }
}

// the exception comes after all effects of the call.
static void after_the_effects(void) {
    zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION);
    const struct call call = {close_many_nothings, ZX_ERR_BAD_HANDLE};
    struct victim victim = start_victim(job, &call);
    take(&victim);
    zx_info_handle_count_t count = {0};
    MUST(zx_object_get_info(victim.event, ZX_INFO_HANDLE_COUNT, &count, sizeof(count), NULL, NULL));
    CHECK_EQ(1, count.handle_count);
    MUST(zx_task_resume_from_exception(victim.thread, victim.port, 0));
    end(&victim, call.result);
    MUST(zx_handle_close(job));
}

// nobody handles it, so the call's result is never seen.
static void unhandled(int with_port) {
    zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION);
    const struct call call = {signal_nothing, ZX_ERR_BAD_HANDLE};
    if (with_port) {
        struct victim victim = start_victim(job, &call);
        take(&victim);
        MUST(zx_task_resume_from_exception(victim.thread, victim.port, ZX_RESUME_TRY_NEXT));
        end(&victim, -1);
    } else {
        zx_handle_t process = new_process(job, "nobody's");
        zx_handle_t thread = new_thread(process, "nobody's");
        start_process(process, thread, caller, new_event(), (uintptr_t)&call);
        wait_until_terminated(process);
        CHECK_EQ(-1, process_info(process).return_code);
        MUST(zx_handle_close(process));
        MUST(zx_handle_close(thread));
    }
    MUST(zx_handle_close(job));
}

// the full search, the process's debugger first and the jobs last.
static void search(void) {
    enum { SLOTS = 4 };
    zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION);
    const struct call call = {signal_nothing, ZX_ERR_BAD_HANDLE};
    zx_handle_t process = new_process(job, "victim");
    zx_handle_t thread = new_thread(process, "victim");
    const zx_handle_t tasks[SLOTS] = {process, thread, process, job};
    const uint32_t options[SLOTS] = {ZX_EXCEPTION_PORT_DEBUGGER, 0, 0, 0};
    const uint32_t types[SLOTS] = {ZX_EXCEPTION_PORT_TYPE_DEBUGGER, ZX_EXCEPTION_PORT_TYPE_THREAD,
                                   ZX_EXCEPTION_PORT_TYPE_PROCESS, ZX_EXCEPTION_PORT_TYPE_JOB};
    zx_handle_t ports[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
        ports[i] = new_port();
        MUST(zx_task_bind_exception_port(tasks[i], ports[i], (uint64_t)i, options[i]));
    }
    start_process(process, thread, caller, new_event(), (uintptr_t)&call);
    MUST(zx_handle_close(next_exception(ports[0], 0, ZX_EXCP_THREAD_STARTING, process)));
    MUST(zx_task_resume_from_exception(thread, ports[0], 0));
    for (int i = 0; i < SLOTS; i++) {
        MUST(zx_handle_close(next_exception(ports[i], (uint64_t)i, ZX_EXCP_POLICY_ERROR, process)));
        CHECK_EQ(types[i], thread_info(thread).wait_exception_port_type);
        // the registers are there for each of them.
        CHECK_EQ(ZX_ERR_BAD_HANDLE, (int32_t)read_registers(thread).rax);
        MUST(zx_task_resume_from_exception(thread, ports[i], i == SLOTS - 1 ? 0 : ZX_RESUME_TRY_NEXT));
    }
    wait_until_terminated(process);
    CHECK_EQ(ZX_ERR_BAD_HANDLE, process_info(process).return_code);
    (void)next_exception_packet(ports[0], 0, ZX_EXCP_THREAD_EXITING, process);
    for (int i = 0; i < SLOTS; i++) {
        expect_no_packet(ports[i]);
    }
    const zx_handle_t handles[] = {job, process, thread, ports[0], ports[1], ports[2], ports[3]};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
}

static uint64_t rbx_after;
static uint64_t rax_after;

// Makes a syscall with known values in its registers, and stores what is in them afterwards.
static void call_with_registers(uintptr_t event, uintptr_t unused) {
    (void)event;
    (void)unused;
    uint64_t rax = (uint64_t)zx_object_signal;
    uint64_t rbx = 0x1111;
    register uint64_t r12 __asm__("r12") = 0;
    uint64_t rdi = no_handle;
    uint64_t rsi = 0;
    uint64_t rdx = 0x7777;
    __asm__ volatile(
        "movq %%rsp, %%r12\n\t"
        "subq $128, %%rsp\n\t"
        "andq $-16, %%rsp\n\t"
        "call *%%rax\n\t"
        "movq %%r12, %%rsp\n\t"
        : "+a"(rax), "+b"(rbx), "+r"(r12), "+D"(rdi), "+S"(rsi), "+d"(rdx)
        :
        : "memory", "cc", "rcx", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
          "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    rbx_after = rbx;
    rax_after = rax;
    zx_process_exit(9);
}

// the registers of a thread in a policy exception are readable and writable, as those of a syscall are (I-4).
static void registers(void) {
    zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION);
    struct victim victim = {0};
    victim.process = new_process(job, "victim");
    victim.thread = new_thread(victim.process, "victim");
    victim.event = new_event();
    victim.port = new_port();
    MUST(zx_task_bind_exception_port(victim.process, victim.port, KEY, 0));
    start_process(victim.process, victim.thread, call_with_registers, duplicate(victim.event, ZX_RIGHT_SAME_RIGHTS),
                  0);
    take(&victim);

    zx_thread_state_general_regs_t general = read_registers(victim.thread);
    CHECK_EQ(ZX_ERR_BAD_HANDLE, (int32_t)general.rax);
    CHECK_EQ(0x1111, general.rbx);
    // I-4.
    CHECK_EQ(0, general.rdi);
    CHECK_EQ(0, general.rdx);
    CHECK(general.r12 > general.rsp);

    // I-3: neither a hole nor the kernel's half is where user code can be.
    const uint64_t nowhere[] = {0x0000800000000000, 0xffff800000000000, 0xffffffffffffffff, 0x4141414141414141};
    zx_thread_state_general_regs_t wrong = general;
    for (size_t i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
        wrong.rip = nowhere[i];
        wrong.rbx = 0x6666;
        CHECK_STATUS(ZX_ERR_INVALID_ARGS,
                     zx_thread_write_state(victim.thread, ZX_THREAD_STATE_GENERAL_REGS, &wrong, sizeof(wrong)));
    }
    CHECK_EQ(0x1111, read_registers(victim.thread).rbx);

    // A set that is too short or too long is refused; one that is written is what the thread goes on with.
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_thread_write_state(victim.thread, ZX_THREAD_STATE_GENERAL_REGS, &general,
                                                                sizeof(general) - 1));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_thread_write_state(victim.thread, ZX_THREAD_STATE_GENERAL_REGS, &general,
                                                            sizeof(general) + 1));
    general.rbx = 0x2222;
    general.rax = 0x3333;
    general.rsp = 0x10; // I-4: without effect, or the thread would not come back
    write_registers(victim.thread, &general);
    CHECK_EQ(0x2222, read_registers(victim.thread).rbx);
    CHECK_EQ(0x3333, read_registers(victim.thread).rax);
    CHECK(read_registers(victim.thread).rsp != 0x10);
    MUST(zx_task_resume_from_exception(victim.thread, victim.port, 0));
    end(&victim, 9);
    CHECK_EQ(0x2222, rbx_after);
    CHECK_EQ(0x3333, rax_after);
    MUST(zx_handle_close(job));
}

// killed while it waits in a policy exception, it ends, and nobody else is asked.
static void killed(void) {
    zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION);
    zx_handle_t job_port = new_port();
    MUST(zx_task_bind_exception_port(job, job_port, 0, 0));
    const struct call call = {signal_nothing, ZX_ERR_BAD_HANDLE};
    struct victim victim = start_victim(job, &call);
    take(&victim);
    MUST(zx_task_kill(victim.thread));
    end(&victim, 0);
    expect_no_packet(job_port);
    MUST(zx_handle_close(job_port));
    MUST(zx_handle_close(job));
}

// S-8, S-4: a suspension that comes with it waits until the exception is handled.
static void suspended(void) {
    zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION);
    const struct call call = {signal_nothing, ZX_ERR_BAD_HANDLE};
    struct victim victim = start_victim(job, &call);
    take(&victim);
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(victim.process, &token));
    CHECK_EQ(ZX_THREAD_STATE_BLOCKED_EXCEPTION, thread_info(victim.thread).state);
    MUST(zx_task_resume_from_exception(victim.thread, victim.port, 0));
    MUST(zx_object_wait_one(victim.thread, ZX_THREAD_SUSPENDED, SOON, NULL));
    CHECK_EQ(0, process_info(victim.process).exited);
    // I-4: it is still the syscall that it will return from.
    zx_thread_state_general_regs_t general = read_registers(victim.thread);
    CHECK_EQ(ZX_ERR_BAD_HANDLE, (int32_t)general.rax);
    CHECK_EQ(0, general.rdi);
    general.rax = (uint32_t)ZX_ERR_SHOULD_WAIT;
    write_registers(victim.thread, &general);
    MUST(zx_handle_close(token));
    end(&victim, ZX_ERR_SHOULD_WAIT);
    MUST(zx_handle_close(job));
}

static zx_status_t wait_for_signal(zx_handle_t event) {
    made.first = event;
    zx_status_t status = zx_object_signal(event, 0, ZX_USER_SIGNAL_0);
    return status != ZX_OK ? status : zx_object_wait_one(event, ZX_USER_SIGNAL_1, SOON, NULL);
}

static void close_for_it(uintptr_t event, uintptr_t unused) {
    (void)unused;
    MUST(zx_handle_close((zx_handle_t)event));
    zx_thread_exit();
}

// C-4: the call that a suspended thread will make again fails, for its handle is gone: an exception. X-20: not if it was
// killed in the meantime.
static void lookup_after_suspension(int kill) {
    zx_handle_t job = job_with(ZX_POL_BAD_HANDLE, ZX_POL_ACTION_EXCEPTION);
    const struct call call = {wait_for_signal, ZX_ERR_BAD_HANDLE};
    struct victim victim = start_victim(job, &call);
    MUST(zx_object_wait_one(victim.event, ZX_USER_SIGNAL_0, SOON, NULL));
    while (thread_info(victim.thread).state != ZX_THREAD_STATE_BLOCKED_WAIT_ONE) {
        zx_nanosleep(0);
    }
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(victim.thread, &token));
    MUST(zx_object_wait_one(victim.thread, ZX_THREAD_SUSPENDED, SOON, NULL));
    // H-9: the very handle that it waits with.
    zx_handle_t closer = new_thread(victim.process, "closer");
    MUST(zx_thread_start(closer, (zx_vaddr_t)close_for_it, new_stack(), made.first, 0));
    join_thread(closer);
    if (kill) {
        MUST(zx_task_kill(victim.thread));
        MUST(zx_handle_close(token));
        end(&victim, 0);
    } else {
        MUST(zx_handle_close(token));
        take(&victim);
        MUST(zx_task_resume_from_exception(victim.thread, victim.port, 0));
        end(&victim, ZX_ERR_BAD_HANDLE);
    }
    MUST(zx_handle_close(job));
}

int main(void) {
    bad_handles();
    new_objects();
    after_the_effects();
    unhandled(0);
    unhandled(1);
    search();
    registers();
    killed();
    suspended();
    lookup_after_suspension(0);
    lookup_after_suspension(1);
    return CHECK_RESULT();
}
