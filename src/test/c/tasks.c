// Processes and threads: how they start, what state they are in, and how they end.
#include "guest.h"

// Ends by itself, as its first argument says.
static void exit_thread(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    zx_thread_exit();
}

static void exit_process(uintptr_t event, uintptr_t code) {
    (void)event;
    zx_process_exit((int64_t)code);
}

// Waits in the kernel for a signal that never comes, after it has said that it is there.
static void wait_for_ever(uintptr_t event, uintptr_t unused) {
    (void)unused;
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    MUST(zx_object_wait_one((zx_handle_t)event, ZX_EVENT_SIGNALED, ZX_TIME_INFINITE, NULL));
    zx_thread_exit();
}

static zx_signals_t signals_of(zx_handle_t task) {
    zx_signals_t observed = 0;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(task, 0, 0, &observed));
    return observed;
}

// Nothing promises whether a task leaves its parent's list before or after it says TERMINATED: ask until it has left.
static void wait_until_unlisted(zx_handle_t parent, zx_koid_t koid) {
    zx_time_t limit = SOON;
    zx_handle_t child = ZX_HANDLE_INVALID;
    while (zx_object_get_child(parent, koid, ZX_RIGHT_NONE, &child) == ZX_OK) {
        MUST(zx_handle_close(child));
        if (!CHECK(zx_clock_get_monotonic() < limit)) {
            return;
        }
        zx_nanosleep(0);
    }
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_object_get_child(parent, koid, ZX_RIGHT_NONE, &child));
}

static void life_of_a_thread(void) {
    zx_handle_t thread = new_thread(zx_process_self(), "life");
    zx_handle_t event = new_event();
    // T-1, R-7: a new thread has no signals and is not its process's child yet.
    CHECK_EQ(ZX_THREAD_STATE_NEW, thread_info(thread).state);
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_NONE, thread_info(thread).wait_exception_port_type);
    CHECK_EQ(0, signals_of(thread));
    zx_handle_t child = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_NOT_FOUND,
                 zx_object_get_child(zx_process_self(), koid_of(thread), ZX_RIGHT_SAME_RIGHTS, &child));
    // T-3: killing it does nothing.
    CHECK_OK(zx_task_kill(thread));

    MUST(zx_thread_start(thread, (zx_vaddr_t)wait_for_ever, new_stack(), event, 0));
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(thread));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_thread_start(thread, (zx_vaddr_t)wait_for_ever, new_stack(), event, 0));
    MUST(zx_object_wait_one(event, ZX_USER_SIGNAL_0, SOON, NULL));
    CHECK_OK(zx_object_get_child(zx_process_self(), koid_of(thread), ZX_RIGHT_SAME_RIGHTS, &child));
    CHECK_EQ(koid_of(thread), koid_of(child));
    // I-10: exactly the rights of the handle to the parent.
    CHECK_EQ(basic_info(zx_process_self()).rights, basic_info(child).rights);
    CHECK_OK(zx_handle_close(child));

    // I-2: a thread that is not stopped has no registers to show.
    zx_thread_state_general_regs_t registers;
    CHECK_STATUS(ZX_ERR_BAD_STATE,
                 zx_thread_read_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &registers, sizeof(registers)));

    // T-3: a kill reaches it in the middle of its wait.
    CHECK_OK(zx_task_kill(thread));
    wait_until_terminated(thread);
    CHECK_EQ(ZX_THREAD_TERMINATED, signals_of(thread));
    CHECK_EQ(ZX_THREAD_STATE_DEAD, thread_info(thread).state);
    CHECK_OK(zx_task_kill(thread));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_thread_start(thread, (zx_vaddr_t)exit_thread, new_stack(), 0, 0));
    wait_until_unlisted(zx_process_self(), koid_of(thread));
    CHECK_OK(zx_handle_close(thread));
    CHECK_OK(zx_handle_close(event));
}

static void life_of_a_process(void) {
    zx_handle_t process = new_process(zx_job_default(), "life");
    zx_handle_t thread = new_thread(process, "first");
    zx_handle_t second = new_thread(process, "second");
    zx_handle_t foreign = new_thread(zx_process_self(), "foreign");
    zx_handle_t event = new_event();
    CHECK_EQ(0, process_info(process).started);
    CHECK_EQ(0, process_info(process).exited);
    CHECK_EQ(0, process_info(process).return_code);
    CHECK_EQ(0, signals_of(process));

    // the first thread starts with the process and not before.
    zx_vaddr_t entry = (zx_vaddr_t)wait_for_ever;
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_thread_start(thread, entry, new_stack(), 0, 0));
    // the argument is consumed whatever the outcome; no handle is no argument either (H-12).
    zx_handle_t argument = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_process_start(process, foreign, entry, new_stack(), argument, 0));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(argument));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_process_start(process, thread, entry, new_stack(), argument, 0));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_process_start(process, thread, entry, new_stack(), ZX_HANDLE_INVALID, 0));
    argument = duplicate(event, ZX_RIGHT_SIGNAL);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_process_start(process, thread, entry, new_stack(), argument, 0));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(argument));
    CHECK_EQ(ZX_THREAD_STATE_NEW, thread_info(thread).state);

    start_process(process, thread, wait_for_ever, duplicate(event, ZX_RIGHT_SAME_RIGHTS), 0);
    MUST(zx_object_wait_one(event, ZX_USER_SIGNAL_0, SOON, NULL));
    CHECK_EQ(1, process_info(process).started);
    CHECK_EQ(0, process_info(process).exited);
    argument = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_process_start(process, second, entry, new_stack(), argument, 0));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(argument));

    // killed, with a code of -1; `exited` is there at once.
    CHECK_OK(zx_task_kill(process));
    CHECK_EQ(1, process_info(process).exited);
    CHECK_EQ(-1, process_info(process).return_code);
    wait_until_terminated(process);
    CHECK_EQ(ZX_PROCESS_TERMINATED, signals_of(process));
    CHECK_EQ(ZX_THREAD_STATE_DEAD, thread_info(thread).state);
    CHECK_OK(zx_task_kill(process));
    wait_until_unlisted(zx_job_default(), koid_of(process));
    // a thread can still be made, and not be started.
    zx_handle_t late = new_thread(process, "late");
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_thread_start(late, entry, new_stack(), 0, 0));
    const zx_handle_t handles[] = {process, thread, second, foreign, event, late};
    CHECK_OK(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
}

// Starts a process with `entry`, waits for its end, and returns its code.
static int64_t code_of(guest_entry* entry, uintptr_t arg2) {
    zx_handle_t process = new_process(zx_job_default(), "code");
    zx_handle_t thread = new_thread(process, "code");
    start_process(process, thread, entry, new_event(), arg2);
    wait_until_terminated(process);
    int64_t code = process_info(process).return_code;
    CHECK_OK(zx_handle_close(process));
    CHECK_OK(zx_handle_close(thread));
    return code;
}

static void return_codes(void) {
    CHECK_EQ(0x123456789abcdef0, code_of(exit_process, 0x123456789abcdef0));
    CHECK_EQ(-7, code_of(exit_process, (uintptr_t)-7));
    // the last thread just exits.
    CHECK_EQ(0, code_of(exit_thread, 0));

    // killed before its start, it is dead at once, and says that it was started.
    zx_handle_t process = new_process(zx_job_default(), "never started");
    CHECK_OK(zx_task_kill(process));
    CHECK_EQ(ZX_PROCESS_TERMINATED, signals_of(process));
    CHECK_EQ(1, process_info(process).started);
    CHECK_EQ(1, process_info(process).exited);
    CHECK_EQ(-1, process_info(process).return_code);
    zx_handle_t child = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_object_get_child(zx_job_default(), koid_of(process), ZX_RIGHT_NONE, &child));
    CHECK_OK(zx_handle_close(process));

    // so it is when its last handle is closed.
    process = new_process(zx_job_default(), "dropped");
    zx_koid_t koid = koid_of(process);
    CHECK_OK(zx_object_get_child(zx_job_default(), koid, ZX_RIGHT_NONE, &child));
    CHECK_OK(zx_handle_close(child));
    CHECK_OK(zx_handle_close(process));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_object_get_child(zx_job_default(), koid, ZX_RIGHT_NONE, &child));
}

static void threads_of_a_process(void) {
    enum { COUNT = 3 };
    zx_handle_t events[COUNT];
    zx_handle_t threads[COUNT];
    for (int i = 0; i < COUNT; i++) {
        events[i] = new_event();
        threads[i] = start_thread("listed", wait_for_ever, events[i], 0);
        MUST(zx_object_wait_one(events[i], ZX_USER_SIGNAL_0, SOON, NULL));
    }
    // R-7, I-6: in start order, this program's first thread at the front; a short buffer gets the first ones.
    zx_koid_t koids[COUNT + 1] = {0};
    size_t actual = 0;
    size_t avail = 0;
    CHECK_OK(zx_object_get_info(zx_process_self(), ZX_INFO_PROCESS_THREADS, koids, sizeof(koids), &actual, &avail));
    CHECK_EQ(COUNT + 1, actual);
    CHECK_EQ(COUNT + 1, avail);
    CHECK_EQ(koid_of(zx_thread_self()), koids[0]);
    for (int i = 0; i < COUNT; i++) {
        CHECK_EQ(koid_of(threads[i]), koids[i + 1]);
    }
    CHECK_OK(zx_object_get_info(zx_process_self(), ZX_INFO_PROCESS_THREADS, koids, 2 * sizeof(koids[0]) + 1, &actual,
                                &avail));
    CHECK_EQ(2, actual);
    CHECK_EQ(COUNT + 1, avail);
    CHECK_OK(zx_object_get_info(zx_process_self(), ZX_INFO_PROCESS_THREADS, NULL, 0, &actual, &avail));
    CHECK_EQ(0, actual);
    for (int i = 0; i < COUNT; i++) {
        MUST(zx_object_signal(events[i], 0, ZX_EVENT_SIGNALED));
        join_thread(threads[i]);
        MUST(zx_handle_close(events[i]));
    }
}

static void names(void) {
    zx_handle_t process = new_process(zx_job_default(), "a name that is longer than it may be");
    char name[ZX_MAX_NAME_LEN];
    CHECK_OK(zx_object_get_property(process, ZX_PROP_NAME, name, sizeof(name)));
    // I-9: 31 characters.
    CHECK_EQ(0, strcmp("a name that is longer than it m", name));
    CHECK_OK(zx_object_set_property(process, ZX_PROP_NAME, "short\0unseen", 12));
    CHECK_OK(zx_object_get_property(process, ZX_PROP_NAME, name, sizeof(name)));
    // I-8: padded with zeros.
    const char expected[ZX_MAX_NAME_LEN] = "short";
    CHECK_EQ(0, memcmp(expected, name, sizeof(name)));
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_object_get_property(process, ZX_PROP_NAME, name, sizeof(name) - 1));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_get_property(process, 9999, name, sizeof(name)));
    zx_handle_t event = new_event();
    // An event's handle has neither of the property rights.
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_set_property(event, ZX_PROP_NAME, "x", 1));
    CHECK_OK(zx_handle_close(event));
    CHECK_OK(zx_handle_close(process));
}

int main(void) {
    life_of_a_thread();
    life_of_a_process();
    return_codes();
    threads_of_a_process();
    names();
    return CHECK_RESULT();
}
