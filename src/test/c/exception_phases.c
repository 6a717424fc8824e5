// What can be observed of a thread in each phase of its life (section 10), and what is true already when a call returns
// (section 11).
#include "victim.h"

// Waits for user signal 1 of its event, once it has raised user signal 0.
static void wait_for_ever(uintptr_t event, uintptr_t unused) {
    (void)unused;
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    MUST(zx_object_wait_one((zx_handle_t)event, ZX_USER_SIGNAL_1, ZX_TIME_INFINITE, NULL));
    zx_process_exit(0);
}

// What can be read of a thread that is not in an exception (section 10).
static void expect_phase(zx_handle_t thread, zx_thread_state_t state, zx_status_t registers) {
    CHECK_EQ(state, thread_info(thread).state);
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_NONE, thread_info(thread).wait_exception_port_type);
    zx_exception_report_t report;
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_object_get_info(thread, ZX_INFO_THREAD_EXCEPTION_REPORT, &report, sizeof(report),
                                                      NULL, NULL));
    static const uint32_t kinds[] = {ZX_THREAD_STATE_GENERAL_REGS, ZX_THREAD_STATE_FP_REGS,
                                     ZX_THREAD_STATE_VECTOR_REGS, ZX_THREAD_STATE_DEBUG_REGS,
                                     ZX_THREAD_STATE_SINGLE_STEP};
    static const size_t sizes[] = {sizeof(zx_thread_state_general_regs_t), sizeof(zx_thread_state_fp_regs_t),
                                   sizeof(zx_thread_state_vector_regs_t), sizeof(zx_thread_state_debug_regs_t),
                                   sizeof(uint32_t)};
    static _Alignas(16) uint8_t buffer[4096];
    for (int i = 0; i < 5; i++) {
        CHECK_STATUS(registers, zx_thread_read_state(thread, kinds[i], buffer, sizes[i]));
        CHECK_STATUS(registers, zx_thread_write_state(thread, kinds[i], buffer, sizes[i]));
        // I-2, I-3: these come first.
        CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_thread_read_state(thread, kinds[i], buffer, sizes[i] - 1));
        CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_thread_write_state(thread, kinds[i], buffer, sizes[i] - 1));
        CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_thread_write_state(thread, kinds[i], buffer, sizes[i] + 1));
    }
    // Known by their size alone, and not known at all.
    zx_status_t segments = registers == ZX_OK ? ZX_ERR_INVALID_ARGS : registers;
    CHECK_STATUS(segments, zx_thread_read_state(thread, ZX_THREAD_X86_REGISTER_FS, buffer, 8));
    CHECK_STATUS(segments, zx_thread_read_state(thread, ZX_THREAD_X86_REGISTER_GS, buffer, 8));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_thread_read_state(thread, 3, buffer, 4096));
}

static volatile int spinning;

static void spin(uintptr_t event, uintptr_t unused) {
    (void)event;
    (void)unused;
    spinning = 1;
    for (;;) {
        spinning++;
    }
}

static void sleep_for_ever(uintptr_t event, uintptr_t unused) {
    (void)event;
    (void)unused;
    zx_nanosleep(ZX_TIME_INFINITE);
    zx_process_exit(0);
}

static void wait_for_packets(uintptr_t wait_port, uintptr_t unused) {
    zx_port_packet_t packet;
    (void)unused;
    MUST(zx_port_wait((zx_handle_t)wait_port, ZX_TIME_INFINITE, &packet));
    zx_process_exit(0);
}

static void wait_for_many(uintptr_t event, uintptr_t unused) {
    zx_wait_item_t item = {(zx_handle_t)event, ZX_USER_SIGNAL_1, 0};
    (void)unused;
    MUST(zx_object_wait_many(&item, 1, ZX_TIME_INFINITE));
    zx_process_exit(0);
}

static void phases(void) {
    const struct {
        guest_entry* entry;
        zx_thread_state_t state;
    } rows[] = {
        {spin, ZX_THREAD_STATE_RUNNING},
        {wait_for_ever, ZX_THREAD_STATE_BLOCKED_WAIT_ONE},
        {wait_for_many, ZX_THREAD_STATE_BLOCKED_WAIT_MANY},
        {sleep_for_ever, ZX_THREAD_STATE_BLOCKED_SLEEPING},
        {wait_for_packets, ZX_THREAD_STATE_BLOCKED_PORT},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct victim victim = new_victim();
        spinning = 0;
        expect_phase(thread_of(&victim), ZX_THREAD_STATE_NEW, ZX_ERR_BAD_STATE);
        zx_handle_t argument = rows[i].entry == wait_for_packets ? new_port() : new_event();
        start_process(victim.tasks[PROCESS], thread_of(&victim), rows[i].entry, argument, 0);
        while (rows[i].entry == spin && spinning == 0) {
            zx_nanosleep(0);
        }
        wait_for_state(thread_of(&victim), rows[i].state);
        expect_phase(thread_of(&victim), rows[i].state, ZX_ERR_BAD_STATE);
        // it is in no exception.
        CHECK_STATUS(ZX_ERR_BAD_STATE, answer(&victim, PROCESS, 0));
        zx_handle_t token = ZX_HANDLE_INVALID;
        MUST(zx_task_suspend(thread_of(&victim), &token));
        MUST(zx_object_wait_one(thread_of(&victim), ZX_THREAD_SUSPENDED, SOON, NULL));
        expect_phase(thread_of(&victim), ZX_THREAD_STATE_SUSPENDED, ZX_OK);
        CHECK_STATUS(ZX_ERR_BAD_STATE, answer(&victim, PROCESS, 0));
        MUST(zx_task_kill(victim.tasks[PROCESS]));
        wait_until_terminated(victim.tasks[PROCESS]);
        MUST(zx_handle_close(token));
        expect_phase(thread_of(&victim), ZX_THREAD_STATE_DEAD, ZX_ERR_BAD_STATE);
        end(&victim, UNHANDLED);
    }
}

// The rights that the report needs, and its buffer (I-5).
static void report_of_a_waiting_thread(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    start(&victim, fault);
    take(&victim, PROCESS);
    zx_exception_report_t report;
    size_t actual = 9;
    size_t avail = 9;
    zx_handle_t poor = duplicate(thread_of(&victim), ZX_DEFAULT_THREAD_RIGHTS & ~ZX_RIGHT_INSPECT);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_get_info(poor, ZX_INFO_THREAD_EXCEPTION_REPORT, &report,
                                                          sizeof(report), NULL, NULL));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_object_get_info(victim.tasks[PROCESS], ZX_INFO_THREAD_EXCEPTION_REPORT, &report,
                                                       sizeof(report), NULL, NULL));
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_object_get_info(thread_of(&victim), ZX_INFO_THREAD_EXCEPTION_REPORT,
                                                             &report, sizeof(report) - 1, &actual, &avail));
    CHECK_EQ(0, actual);
    CHECK_EQ(1, avail);
    // no right is needed to answer.
    zx_handle_t poorest = duplicate(thread_of(&victim), ZX_RIGHT_NONE);
    zx_handle_t poorest_port = duplicate(victim.ports[PROCESS], ZX_RIGHT_NONE);
    step_over_ud2(thread_of(&victim));
    CHECK_OK(zx_task_resume_from_exception(poorest, poorest_port, 0));
    const zx_handle_t handles[] = {poor, poorest, poorest_port};
    MUST(zx_handle_close_many(handles, 3));
    end(&victim, HANDLED);
}

// Section 11's table: what is true already when a call returns.
static void true_at_return(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    start(&victim, fault);
    CHECK_EQ(1, process_info(victim.tasks[PROCESS]).started);
    take(&victim, PROCESS);
    step_over_ud2(thread_of(&victim));
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(thread_of(&victim), &token));
    MUST(answer(&victim, PROCESS, 0));
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_NONE, thread_info(thread_of(&victim)).wait_exception_port_type);
    CHECK_STATUS(ZX_ERR_BAD_STATE, answer(&victim, PROCESS, 0));
    MUST(zx_task_kill(thread_of(&victim)));
    zx_thread_state_t state = thread_info(thread_of(&victim)).state;
    CHECK(state == ZX_THREAD_STATE_DYING || state == ZX_THREAD_STATE_DEAD);
    MUST(zx_handle_close(token));
    end(&victim, 0);
}

int main(void) {
    phases();
    report_of_a_waiting_thread();
    true_at_return();
    return CHECK_RESULT();
}
