// Job policies: who may set them, how they are passed on, and what they deny.
#include "guest.h"

static zx_handle_t new_job(zx_handle_t parent) {
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(parent, 0, &job));
    return job;
}

static zx_status_t set_policy(zx_handle_t job, uint32_t options, const zx_policy_basic_t* policy, uint32_t count) {
    return zx_job_set_policy(job, options, ZX_JOB_POL_BASIC, policy, count);
}

static zx_status_t set_one(zx_handle_t job, uint32_t options, uint32_t condition, uint32_t action) {
    const zx_policy_basic_t policy = {condition, action};
    return set_policy(job, options, &policy, 1);
}

static void order_of_checks(void) {
    zx_handle_t job = new_job(zx_job_default());
    const zx_policy_basic_t policy[14] = {{ZX_POL_NEW_EVENT, ZX_POL_ACTION_DENY}};
    // Options, the pointer and the count, and the topic come before the handle.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_job_set_policy(ZX_HANDLE_INVALID, 2, ZX_JOB_POL_BASIC, policy, 1));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_job_set_policy(ZX_HANDLE_INVALID, 0, ZX_JOB_POL_BASIC, NULL, 1));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_job_set_policy(ZX_HANDLE_INVALID, 0, ZX_JOB_POL_BASIC, policy, 0));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_job_set_policy(ZX_HANDLE_INVALID, 0, 1, policy, 1));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_policy(ZX_HANDLE_INVALID, 0, (const zx_policy_basic_t*)8, 1));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, set_policy(ZX_HANDLE_INVALID, 0, policy, 14));
    zx_handle_t poor = duplicate(job, ZX_DEFAULT_JOB_RIGHTS & ~ZX_RIGHT_SET_POLICY);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, set_policy(poor, 0, policy, 14));
    // A process's handle has no such right; the right is looked at before the type.
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, set_policy(zx_process_self(), 0, policy, 1));

    // J-8: a job with any listed child keeps its policy; that comes before the count.
    CHECK_STATUS(ZX_ERR_BAD_STATE, set_policy(zx_job_default(), 0, policy, 14));
    zx_handle_t child = new_job(job);
    CHECK_STATUS(ZX_ERR_BAD_STATE, set_policy(job, 0, policy, 1));
    CHECK_OK(zx_handle_close(child));
    zx_handle_t process = new_process(job, "child");
    CHECK_STATUS(ZX_ERR_BAD_STATE, set_policy(job, 0, policy, 1));
    CHECK_OK(zx_handle_close(process));
    // J-9: 13 entries are the most.
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, set_policy(job, 0, policy, 14));
    CHECK_OK(set_policy(job, 0, policy, 1));
    CHECK_OK(zx_handle_close(poor));
    CHECK_OK(zx_handle_close(job));
}

static void entries(void) {
    zx_handle_t job = new_job(zx_job_default());
    // J-9: no such condition; no such action.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_one(job, ZX_JOB_POL_RELATIVE, 13, ZX_POL_ACTION_DENY));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_one(job, ZX_JOB_POL_RELATIVE, 0x80000000u, 8));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, set_one(job, ZX_JOB_POL_RELATIVE, ZX_POL_NEW_PORT, 8));

    // Nothing changes unless all of it is good: the first entry of this one has left no trace.
    const zx_policy_basic_t half[] = {{ZX_POL_NEW_EVENT, ZX_POL_ACTION_DENY}, {99, ZX_POL_ACTION_DENY}};
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, set_policy(job, ZX_JOB_POL_RELATIVE, half, 2));
    CHECK_OK(set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_EVENT, ZX_POL_ACTION_ALLOW));

    // An action that is there: the same again is fine, another is an error or is passed over.
    CHECK_OK(set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_EVENT, ZX_POL_ACTION_ALLOW));
    CHECK_STATUS(ZX_ERR_ALREADY_EXISTS, set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_EVENT, ZX_POL_ACTION_DENY));
    CHECK_OK(set_one(job, ZX_JOB_POL_RELATIVE, ZX_POL_NEW_EVENT, ZX_POL_ACTION_DENY));
    CHECK_STATUS(ZX_ERR_ALREADY_EXISTS, set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_EVENT, ZX_POL_ACTION_DENY));
    CHECK_OK(set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_EVENT, ZX_POL_ACTION_ALLOW));

    // NEW_ANY meets the event's action, but not NEW_PROCESS.
    CHECK_STATUS(ZX_ERR_ALREADY_EXISTS, set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_ANY, ZX_POL_ACTION_DENY));
    CHECK_OK(set_one(job, ZX_JOB_POL_RELATIVE, ZX_POL_NEW_ANY, ZX_POL_ACTION_DENY));
    CHECK_STATUS(ZX_ERR_ALREADY_EXISTS, set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_TIMER, ZX_POL_ACTION_ALLOW));
    CHECK_OK(set_one(job, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_PROCESS, ZX_POL_ACTION_ALLOW));

    // J-8: a child job begins with a copy.
    zx_handle_t child = new_job(job);
    CHECK_STATUS(ZX_ERR_ALREADY_EXISTS, set_one(child, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_PORT, ZX_POL_ACTION_ALLOW));
    CHECK_OK(zx_handle_close(child));
    CHECK_OK(zx_handle_close(job));
}

enum { CHANNEL = 1, EVENT = 2, EVENTPAIR = 4, PORT = 8, PROCESS = 16, JOB = 32 };

// Tries to make one of each in a process of its own, and ends it with the set of those that were denied. The argument is
// a job.
static void make_all(uintptr_t job, uintptr_t unused) {
    (void)unused;
    zx_handle_t handles[2];
    uint32_t denied = 0;
    const struct {
        uint32_t bit;
        zx_status_t status;
    } made[] = {
        {CHANNEL, zx_channel_create(0, &handles[0], &handles[1])},
        {EVENT, zx_event_create(0, &handles[0])},
        {EVENTPAIR, zx_eventpair_create(0, &handles[0], &handles[1])},
        {PORT, zx_port_create(0, &handles[0])},
        {PROCESS, zx_process_create((zx_handle_t)job, "p", 1, 0, &handles[0], &handles[1])},
        {JOB, zx_job_create((zx_handle_t)job, 0, &handles[0])},
    };
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        if (made[i].status == ZX_ERR_ACCESS_DENIED) {
            denied |= made[i].bit;
        } else {
            CHECK_STATUS(ZX_OK, made[i].status);
        }
    }
    // Where the policy stands among the other checks: options first, but for a port; then the policy, then all else.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_channel_create(1, &handles[0], &handles[1]));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_event_create(1, &handles[0]));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_eventpair_create(1, &handles[0], &handles[1]));
    // P-16.
    CHECK_STATUS(denied & PORT ? ZX_ERR_ACCESS_DENIED : ZX_ERR_INVALID_ARGS, zx_port_create(2, &handles[0]));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_create((zx_handle_t)job, "p", 1, 1, &handles[0], &handles[1]));
    CHECK_STATUS(denied & PROCESS ? ZX_ERR_ACCESS_DENIED : ZX_ERR_INVALID_ARGS,
                 zx_process_create((zx_handle_t)job, NULL, 0, 0, &handles[0], &handles[1]));
    CHECK_STATUS(denied & EVENT ? ZX_ERR_ACCESS_DENIED : ZX_ERR_INVALID_ARGS, zx_event_create(0, NULL));
    zx_process_exit(denied);
}

// What a process in this job may not make.
static uint32_t denied_in(zx_handle_t job) {
    zx_handle_t process = new_process(job, "maker");
    zx_handle_t thread = new_thread(process, "maker");
    start_process(process, thread, make_all, new_job(zx_job_default()), 0);
    wait_until_terminated(process);
    uint32_t denied = (uint32_t)process_info(process).return_code;
    CHECK_OK(zx_handle_close(process));
    CHECK_OK(zx_handle_close(thread));
    return denied;
}

static void enforcement(void) {
    const struct {
        uint32_t condition;
        uint32_t denied;
    } conditions[] = {
        // J-10: these two are never asked, and no condition stands for jobs.
        {ZX_POL_WRONG_OBJECT, 0},         {ZX_POL_VMAR_WX, 0},
        {ZX_POL_BAD_HANDLE, 0},           {ZX_POL_NEW_CHANNEL, CHANNEL},
        {ZX_POL_NEW_EVENT, EVENT},        {ZX_POL_NEW_EVENTPAIR, EVENTPAIR},
        {ZX_POL_NEW_PORT, PORT},          {ZX_POL_NEW_PROCESS, PROCESS},
        {ZX_POL_NEW_TIMER, 0},            {ZX_POL_NEW_ANY, CHANNEL | EVENT | EVENTPAIR | PORT},
    };
    for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++) {
        zx_handle_t job = new_job(zx_job_default());
        // J-11: KILL denies, and kills nobody.
        uint32_t action = i % 2 == 0 ? ZX_POL_ACTION_DENY : ZX_POL_ACTION_KILL;
        MUST(set_one(job, ZX_JOB_POL_ABSOLUTE, conditions[i].condition, action));
        CHECK_EQ(conditions[i].denied, denied_in(job));
        CHECK_OK(zx_handle_close(job));
    }

    // J-9: of several entries for one condition the last wins.
    zx_handle_t job = new_job(zx_job_default());
    const zx_policy_basic_t policy[] = {
        {ZX_POL_NEW_ANY, ZX_POL_ACTION_DENY},
        {ZX_POL_NEW_PORT, ZX_POL_ACTION_ALLOW},
        {ZX_POL_NEW_EVENT, ZX_POL_ACTION_ALLOW},
        {ZX_POL_NEW_EVENT, ZX_POL_ACTION_DENY},
    };
    MUST(set_policy(job, ZX_JOB_POL_ABSOLUTE, policy, 4));
    CHECK_EQ(CHANNEL | EVENT | EVENTPAIR, denied_in(job));
    // J-8: jobs below have it too, but a process keeps what its job had when it was made, not when it starts.
    zx_handle_t child = new_job(job);
    CHECK_EQ(CHANNEL | EVENT | EVENTPAIR, denied_in(child));
    CHECK_OK(set_one(child, ZX_JOB_POL_ABSOLUTE, ZX_POL_NEW_PROCESS, ZX_POL_ACTION_DENY));
    CHECK_EQ(CHANNEL | EVENT | EVENTPAIR | PROCESS, denied_in(child));
    CHECK_EQ(CHANNEL | EVENT | EVENTPAIR, denied_in(job));
    CHECK_OK(zx_handle_close(child));
    CHECK_OK(zx_handle_close(job));
}

int main(void) {
    order_of_checks();
    entries();
    enforcement();
    return CHECK_RESULT();
}
