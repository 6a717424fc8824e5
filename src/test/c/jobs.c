// The tree of jobs: its depth, its lists and signals, and what killing does to it.
#include "guest.h"

static void wait_for_ever(uintptr_t event, uintptr_t unused) {
    (void)unused;
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    MUST(zx_object_wait_one((zx_handle_t)event, ZX_EVENT_SIGNALED, ZX_TIME_INFINITE, NULL));
    zx_thread_exit();
}

static zx_handle_t new_job(zx_handle_t parent) {
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(parent, 0, &job));
    return job;
}

static zx_signals_t signals_of(zx_handle_t task) {
    zx_signals_t observed = 0;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(task, 0, 0, &observed));
    return observed;
}

// Checks that a list topic gives exactly these, in this order.
static void check_list(zx_handle_t job, uint32_t topic, const zx_handle_t* expected, size_t count) {
    zx_koid_t koids[8];
    size_t actual = 0;
    size_t avail = 0;
    MUST(zx_object_get_info(job, topic, koids, sizeof(koids), &actual, &avail));
    CHECK_EQ(count, avail);
    if (CHECK_EQ(count, actual)) {
        for (size_t i = 0; i < count; i++) {
            CHECK_EQ(koid_of(expected[i]), koids[i]);
        }
    }
}

static void depth(void) {
    enum { MOST = 31 };
    zx_handle_t jobs[MOST + 1];
    zx_handle_t parent = zx_job_default();
    int made = 0;
    zx_status_t status = ZX_OK;
    while (made <= MOST && (status = zx_job_create(parent, 0, &jobs[made])) == ZX_OK) {
        parent = jobs[made];
        made++;
    }
    // J-1: 31 levels fit below the first job that user code sees, and this program's job may lie deeper.
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, status);
    CHECK(made > 0 && made <= MOST);
    // A process may be made at any height.
    CHECK_OK(zx_handle_close(new_process(parent, "deep")));
    CHECK_OK(zx_handle_close_many(jobs, (size_t)made));
}

static void lists_and_signals(void) {
    zx_handle_t job = new_job(zx_job_default());
    CHECK_EQ(ZX_JOB_NO_PROCESSES | ZX_JOB_NO_JOBS, signals_of(job));

    // J-4, J-5, J-7.
    zx_handle_t children[] = {new_job(job), new_job(job), new_job(job)};
    CHECK_EQ(ZX_JOB_NO_PROCESSES, signals_of(job));
    check_list(job, ZX_INFO_JOB_CHILDREN, children, 3);
    zx_handle_t processes[] = {new_process(job, "one"), new_process(job, "two")};
    CHECK_EQ(0, signals_of(job));
    check_list(job, ZX_INFO_JOB_PROCESSES, processes, 2);
    check_list(children[0], ZX_INFO_JOB_PROCESSES, NULL, 0);

    // I-10: direct children only, by koid, with rights that the parent's handle has.
    zx_handle_t found = ZX_HANDLE_INVALID;
    CHECK_OK(zx_object_get_child(job, koid_of(processes[1]), ZX_RIGHT_SAME_RIGHTS, &found));
    CHECK_EQ(ZX_DEFAULT_JOB_RIGHTS, basic_info(found).rights);
    CHECK_OK(zx_handle_close(found));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED,
                 zx_object_get_child(job, koid_of(processes[1]), ZX_RIGHT_MANAGE_THREAD, &found));
    CHECK_STATUS(ZX_ERR_NOT_FOUND,
                 zx_object_get_child(children[0], koid_of(processes[1]), ZX_RIGHT_SAME_RIGHTS, &found));

    // A dead process leaves its job, whoever holds handles to it; a job stays while a handle to it is open.
    CHECK_OK(zx_task_kill(processes[0]));
    check_list(job, ZX_INFO_JOB_PROCESSES, &processes[1], 1);
    CHECK_OK(zx_task_kill(children[0]));
    check_list(job, ZX_INFO_JOB_CHILDREN, children, 3);
    CHECK_OK(zx_handle_close(children[0]));
    check_list(job, ZX_INFO_JOB_CHILDREN, &children[1], 2);

    CHECK_OK(zx_task_kill(processes[1]));
    CHECK_EQ(ZX_JOB_NO_PROCESSES, signals_of(job));
    // J-5: the binding keeps the job, without any handle to it.
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(children[2], port, 0, 0));
    CHECK_OK(zx_handle_close_many(&children[1], 2));
    CHECK_EQ(ZX_JOB_NO_PROCESSES, signals_of(job));
    CHECK_OK(zx_handle_close(port));
    CHECK_EQ(ZX_JOB_NO_PROCESSES | ZX_JOB_NO_JOBS, signals_of(job));
    const zx_handle_t handles[] = {job, processes[0], processes[1]};
    CHECK_OK(zx_handle_close_many(handles, 3));
}

static void killing(void) {
    zx_handle_t job = new_job(zx_job_default());
    zx_handle_t child = new_job(job);
    zx_handle_t never_started = new_process(job, "never started");
    zx_handle_t process = new_process(child, "running");
    zx_handle_t thread = new_thread(process, "running");
    zx_handle_t event = new_event();
    start_process(process, thread, wait_for_ever, duplicate(event, ZX_RIGHT_SAME_RIGHTS), 0);
    MUST(zx_object_wait_one(event, ZX_USER_SIGNAL_0, SOON, NULL));

    // J-2, J-3: everything below is killed, and nothing can be made any more.
    CHECK_OK(zx_task_kill(job));
    zx_handle_t made = ZX_HANDLE_INVALID;
    zx_handle_t vmar = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_job_create(job, 0, &made));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_job_create(child, 0, &made));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_process_create(job, "x", 1, 0, &made, &vmar));
    wait_until_terminated(process);
    CHECK_EQ(-1, process_info(process).return_code);
    wait_until_terminated(never_started);
    MUST(zx_object_wait_one(child, ZX_JOB_NO_PROCESSES, SOON, NULL));
    MUST(zx_object_wait_one(job, ZX_JOB_NO_PROCESSES, SOON, NULL));
    // There is nothing more that says that a job was killed.
    CHECK_EQ(ZX_JOB_NO_PROCESSES, signals_of(job));
    CHECK_OK(zx_task_kill(job));
    const zx_handle_t handles[] = {job, child, never_started, process, thread, event};
    CHECK_OK(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
}

static void refusals(void) {
    zx_handle_t made = ZX_HANDLE_INVALID;
    zx_handle_t vmar = ZX_HANDLE_INVALID;
    // Options come before the handle; then C-1's H2: only the second right's failure is told.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_job_create(ZX_HANDLE_INVALID, 1, &made));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_job_create(ZX_HANDLE_INVALID, 0, &made));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_job_create(zx_process_self(), 0, &made));
    zx_handle_t poor = duplicate(zx_job_default(), ZX_RIGHT_MANAGE_JOB | ZX_RIGHT_DUPLICATE);
    zx_handle_t job = new_job(poor);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_process_create(poor, "x", 1, 0, &made, &vmar));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_task_kill(poor));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_create(poor, "x", 1, 1, &made, &vmar));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_create(poor, NULL, 0, 0, &made, &vmar));
    zx_handle_t event = new_event();
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_job_create(event, 0, &made));
    CHECK_EQ(ZX_HANDLE_INVALID, made);
    const zx_handle_t handles[] = {poor, job, event};
    CHECK_OK(zx_handle_close_many(handles, 3));
}

int main(void) {
    depth();
    lists_and_signals();
    killing();
    refusals();
    return CHECK_RESULT();
}
