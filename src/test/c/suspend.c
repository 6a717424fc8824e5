// Suspending threads and processes: T-5, S-1 to S-8, C-4, I-2 to I-4, and section 10.
#include "guest.h"

#include <stdbool.h>

enum { KEY = 7 };

static zx_handle_t suspend(zx_handle_t task) {
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(task, &token));
    return token;
}

static void wait_for(zx_handle_t thread, zx_signals_t signal) {
    MUST(zx_object_wait_one(thread, signal, SOON, NULL));
}

static zx_signals_t signals_of(zx_handle_t object) {
    zx_signals_t observed = 0;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(object, 0, 0, &observed));
    return observed;
}

static void resume(zx_handle_t thread, zx_handle_t token) {
    MUST(zx_handle_close(token));
    wait_for(thread, ZX_THREAD_RUNNING);
}

// Counts in r12 for ever, and adds what is in r13 each time.
__attribute__((naked)) static void count(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    __asm__("xor %r12d, %r12d\n"
            "mov $1, %r13d\n"
            "1: add %r13, %r12\n"
            "jmp 1b");
}

// Suspends a counter that has begun to count.
static zx_handle_t suspend_counter(zx_handle_t thread) {
    for (;;) {
        zx_handle_t token = suspend(thread);
        wait_for(thread, ZX_THREAD_SUSPENDED);
        if (read_registers(thread).r13 == 1) {
            return token;
        }
        MUST(zx_handle_close(token));
        wait_for(thread, ZX_THREAD_RUNNING);
    }
}

// Calls zx_thread_exit.
static void leave(void) { zx_thread_exit(); }

static void check_rights_and_states(void) {
    zx_handle_t token = ZX_HANDLE_INVALID;
    zx_handle_t thread = start_thread("counter", count, 0, 0);
    zx_handle_t weak = duplicate(thread, ZX_DEFAULT_THREAD_RIGHTS & ~ZX_RIGHT_WRITE);
    // S-1: WRITE; not oneself, not what is no thread or process.
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_task_suspend(closed_handle(), &token));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_task_suspend(weak, &token));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_task_suspend(zx_thread_self(), &token));
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_task_suspend(zx_process_self(), &token));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_task_suspend(zx_job_default(), &token));
    zx_handle_t port = new_port();
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_task_suspend(port, &token));
    // C-3: a failing store takes the suspension back.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_task_suspend(thread, NULL));
    wait_for(thread, ZX_THREAD_RUNNING);
    // The second name.
    CHECK_OK(zx_task_suspend_token(thread, &token));
    wait_for(thread, ZX_THREAD_SUSPENDED);
    zx_info_handle_basic_t info = basic_info(token);
    CHECK_EQ(ZX_OBJ_TYPE_SUSPEND_TOKEN, info.type);
    CHECK_EQ(ZX_DEFAULT_SUSPEND_TOKEN_RIGHTS, info.rights);
    CHECK_EQ(0, info.related_koid);
    // S-6: it is moved, and not copied.
    zx_handle_t copy;
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_handle_duplicate(token, ZX_RIGHT_SAME_RIGHTS, &copy));
    MUST(zx_handle_close(token));
    // S-5: it can be killed while suspended.
    token = suspend(thread);
    wait_for(thread, ZX_THREAD_SUSPENDED);
    CHECK_OK(zx_task_kill(thread));
    wait_until_terminated(thread);
    CHECK_EQ(ZX_THREAD_TERMINATED, signals_of(thread));
    // S-1: not what is dead.
    zx_handle_t other = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_suspend(thread, &other));
    CHECK_OK(zx_handle_close(token));
    MUST(zx_handle_close(weak));
    MUST(zx_handle_close(thread));
    MUST(zx_handle_close(port));
}

static void check_registers_of_a_running_thread(void) {
    zx_handle_t thread = start_thread("counter", count, 0, 0);
    zx_thread_state_general_regs_t registers;
    // Section 10: a running thread has none to read.
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_thread_read_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &registers,
                                                        sizeof(registers)));
    CHECK_EQ(ZX_THREAD_STATE_RUNNING, thread_info(thread).state);
    zx_handle_t token = suspend_counter(thread);
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(thread).state);
    CHECK_EQ(ZX_THREAD_SUSPENDED, signals_of(thread)); // T-1
    zx_exception_report_t report;
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_object_get_info(thread, ZX_INFO_THREAD_EXCEPTION_REPORT, &report,
                                                      sizeof(report), NULL, NULL));
    registers = read_registers(thread);
    CHECK(registers.rip >= (uintptr_t)count && registers.rip < (uintptr_t)count + 32);
    uint64_t counted = registers.r12;
    CHECK_EQ(counted, read_registers(thread).r12);
    // Whole sets are written, and the thread goes on with them.
    registers.r12 = UINT64_C(1) << 62;
    registers.r13 = 0;
    registers.r11 = 0x1111;
    registers.rcx = 0x2222;
    registers.rax = 0x3333;
    registers.rdi = 0x4444;
    write_registers(thread, &registers);
    resume(thread, token);
    token = suspend(thread);
    wait_for(thread, ZX_THREAD_SUSPENDED);
    registers = read_registers(thread);
    CHECK_EQ(UINT64_C(1) << 62, registers.r12);
    CHECK_EQ(0, registers.r13);
    CHECK_EQ(0x1111, registers.r11);
    CHECK_EQ(0x2222, registers.rcx);
    CHECK_EQ(0x3333, registers.rax);
    CHECK_EQ(0x4444, registers.rdi);
    zx_thread_state_vector_regs_t vectors;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vectors, sizeof(vectors)));
    vectors.zmm[3].v[0] = 0x5555;
    vectors.zmm[3].v[1] = 0x6666;
    MUST(zx_thread_write_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vectors, sizeof(vectors)));
    zx_thread_state_fp_regs_t floats;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_FP_REGS, &floats, sizeof(floats)));
    CHECK_EQ(0x37f, floats.fcw);
    floats.fcw = 0x27f;
    MUST(zx_thread_write_state(thread, ZX_THREAD_STATE_FP_REGS, &floats, sizeof(floats)));
    resume(thread, token);
    token = suspend(thread);
    wait_for(thread, ZX_THREAD_SUSPENDED);
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vectors, sizeof(vectors)));
    CHECK_EQ(0x5555, vectors.zmm[3].v[0]);
    CHECK_EQ(0x6666, vectors.zmm[3].v[1]);
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_FP_REGS, &floats, sizeof(floats)));
    CHECK_EQ(0x27f, floats.fcw);
    // It is sent elsewhere.
    registers = read_registers(thread);
    registers.rip = (uintptr_t)leave;
    registers.rsp = (registers.rsp & ~UINT64_C(15)) - 8;
    write_registers(thread, &registers);
    MUST(zx_handle_close(token));
    join_thread(thread);
}

static void take_packet(uintptr_t port, uintptr_t result) {
    zx_port_packet_t packet;
    zx_status_t status = zx_port_wait((zx_handle_t)port, SOON, &packet);
    *(zx_status_t*)result = status == ZX_OK ? (zx_status_t)packet.key : status;
    zx_thread_exit();
}

static void wait_until_blocked(zx_handle_t thread, uint32_t state) {
    while (thread_info(thread).state != state) {
        MUST(zx_nanosleep(zx_deadline_after(ZX_USEC(100))));
    }
}

static void queue(zx_handle_t port, uint64_t key) {
    zx_port_packet_t packet = {.key = key};
    MUST(zx_port_queue(port, &packet));
}

// S-3, C-4: a blocking call is left, and made again.
static void check_blocking_calls(void) {
    zx_handle_t port = new_port();
    zx_status_t result = 0;
    zx_handle_t thread = start_thread("reader", take_packet, port, (uintptr_t)&result);
    wait_until_blocked(thread, ZX_THREAD_STATE_BLOCKED_PORT);
    zx_handle_t token = suspend(thread);
    wait_for(thread, ZX_THREAD_SUSPENDED);
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(thread).state);
    queue(port, KEY);
    zx_thread_state_general_regs_t registers = read_registers(thread);
    CHECK_EQ(0, registers.rdi); // I-4
    CHECK_EQ(0, registers.rdx);
    uint64_t rsp = registers.rsp;
    registers.rsp = 0x1234;
    write_registers(thread, &registers);
    CHECK_EQ(rsp, read_registers(thread).rsp);
    registers = read_registers(thread);
    registers.rip = UINT64_C(1) << 63;
    CHECK_STATUS(ZX_ERR_INVALID_ARGS,
                 zx_thread_write_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &registers, sizeof(registers))); // I-3
    CHECK_EQ(ZX_THREAD_SUSPENDED, signals_of(thread));
    MUST(zx_handle_close(token));
    join_thread(thread);
    CHECK_EQ(KEY, result);

    // All handle checks run again.
    thread = start_thread("reader", take_packet, port, (uintptr_t)&result);
    wait_until_blocked(thread, ZX_THREAD_STATE_BLOCKED_PORT);
    token = suspend(thread);
    wait_for(thread, ZX_THREAD_SUSPENDED);
    MUST(zx_handle_close(port));
    MUST(zx_handle_close(token));
    join_thread(thread);
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, result);
}

static void sleep_long(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    zx_nanosleep(ZX_TIME_INFINITE);
    zx_thread_exit();
}

// S-2: what has not started starts suspended.
static void check_new_threads(void) {
    zx_handle_t thread = new_thread(zx_process_self(), "new");
    zx_handle_t token = suspend(thread);
    CHECK_EQ(ZX_THREAD_STATE_NEW, thread_info(thread).state);
    MUST(zx_thread_start(thread, (zx_vaddr_t)count, new_stack(), 1, 2));
    wait_for(thread, ZX_THREAD_SUSPENDED);
    zx_thread_state_general_regs_t registers = read_registers(thread);
    CHECK_EQ((uintptr_t)count, registers.rip); // none of its code has run
    CHECK_EQ(1, registers.rdi);
    CHECK_EQ(2, registers.rsi);
    resume(thread, token);
    MUST(zx_task_kill(thread));
    join_thread(thread);
}

// S-7, T-5.
static void check_processes(void) {
    zx_handle_t process = new_process(zx_job_default(), "suspended");
    zx_handle_t first = new_thread(process, "first");
    zx_handle_t second = new_thread(process, "second");
    zx_handle_t token = suspend(process);
    start_process(process, first, sleep_long, new_event(), 0);
    wait_for(first, ZX_THREAD_SUSPENDED);
    CHECK_EQ(1, process_info(process).started);
    MUST(zx_thread_start(second, (zx_vaddr_t)count, new_stack(), 0, 0));
    wait_for(second, ZX_THREAD_SUSPENDED);
    zx_handle_t of_second = suspend(second);
    zx_handle_t again = suspend(process);
    MUST(zx_handle_close(token));
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(first).state);
    MUST(zx_handle_close(again));
    wait_for(first, ZX_THREAD_RUNNING);
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(second).state);
    resume(second, of_second);
    token = suspend(process);
    wait_for(second, ZX_THREAD_SUSPENDED);
    wait_for(first, ZX_THREAD_SUSPENDED);
    // S-6: a token that is dropped inside an unread message resumes, too.
    zx_handle_t channel[2];
    MUST(zx_channel_create(0, &channel[0], &channel[1]));
    MUST(zx_channel_write(channel[0], 0, NULL, 0, &token, 1));
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(second).state);
    MUST(zx_handle_close(channel[1]));
    wait_for(second, ZX_THREAD_RUNNING);
    wait_for(first, ZX_THREAD_RUNNING);
    MUST(zx_handle_close(channel[0]));
    MUST(zx_task_kill(process));
    wait_until_terminated(process);
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_suspend(process, &token));
    MUST(zx_handle_close(first));
    MUST(zx_handle_close(second));
    MUST(zx_handle_close(process));
}

static void fault(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1, (void)arg2;
    __asm__ volatile("ud2");
    zx_thread_exit();
}

// S-4, Q-8.
static void check_exceptions(void) {
    zx_handle_t port = new_port();
    zx_handle_t thread = new_thread(zx_process_self(), "faulting");
    MUST(zx_task_bind_exception_port(thread, port, KEY, 0));
    MUST(zx_thread_start(thread, (zx_vaddr_t)fault, new_stack(), 0, 0));
    zx_handle_t same = next_exception(port, KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
    zx_handle_t token = suspend(thread);
    CHECK_EQ(ZX_THREAD_STATE_BLOCKED_EXCEPTION, thread_info(thread).state);
    CHECK_EQ(ZX_THREAD_RUNNING, signals_of(thread) & (ZX_THREAD_RUNNING | ZX_THREAD_SUSPENDED));
    step_over_ud2(thread);
    MUST(zx_task_resume_from_exception(thread, port, 0));
    wait_for(thread, ZX_THREAD_SUSPENDED);
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(thread).state);
    CHECK_EQ((uintptr_t)0, read_registers(thread).rip - read_registers(same).rip);
    MUST(zx_handle_close(token));
    join_thread(thread);
    MUST(zx_handle_close(same));
    MUST(zx_handle_close(port));
}

int main(void) {
    check_rights_and_states();
    check_registers_of_a_running_thread();
    check_blocking_calls();
    check_new_threads();
    check_processes();
    check_exceptions();
    return CHECK_RESULT();
}
