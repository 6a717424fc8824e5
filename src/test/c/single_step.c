// Single steps: by the SINGLE_STEP state, by the trap flag in the general registers, through a syscall, and at an
// instruction that faults.
#include "guest.h"

enum { KEY = 51, FLAG_TRAP = 0x100, POINTS = 6, MOST_STEPS = 100000 };

static const uint64_t constant = 5;

// The addresses at which a thread is to be seen, one after the other; the processes of one program share its statics.
static uint64_t points[POINTS];
static uint64_t result;

// Faults, for the handler to begin, and then executes an instruction between each two points.
static void walk(uintptr_t argument, uintptr_t unused) {
    (void)unused;
    uint64_t rax = argument;
    uint64_t rcx = 0;
    __asm__ volatile(
        "leaq 1f(%%rip), %%r11\n\t"
        "movq %%r11, 0(%[points])\n\t"
        "leaq 2f(%%rip), %%r11\n\t"
        "movq %%r11, 8(%[points])\n\t"
        "leaq 3f(%%rip), %%r11\n\t"
        "movq %%r11, 16(%[points])\n\t"
        "leaq 4f(%%rip), %%r11\n\t"
        "movq %%r11, 24(%[points])\n\t"
        "leaq 5f(%%rip), %%r11\n\t"
        "movq %%r11, 32(%[points])\n\t"
        "leaq 6f(%%rip), %%r11\n\t"
        "movq %%r11, 40(%[points])\n\t"
        "ud2\n\t"
        "1: incq %%rcx\n\t"
        "2: movq (%%rax), %%rax\n\t"
        "3: jmp 4f\n\t"
        "ud2\n\t"
        "4: addq %%rcx, %%rax\n\t"
        "5: incq %%rax\n\t"
        "6:\n\t"
        : "+a"(rax), "+c"(rcx)
        : [points] "r"(points)
        : "memory", "cc", "r11");
    result = rax;
    zx_thread_exit();
}

// The same with the call of a function between the first two points; its argument, if it takes one, is 1.
static void walk_through_call(uintptr_t function, uintptr_t unused) {
    (void)unused;
    uint64_t rax = function;
    __asm__ volatile(
        "leaq 1f(%%rip), %%r11\n\t"
        "movq %%r11, 0(%[points])\n\t"
        "leaq 2f(%%rip), %%r11\n\t"
        "movq %%r11, 8(%[points])\n\t"
        "leaq 3f(%%rip), %%r11\n\t"
        "movq %%r11, 16(%[points])\n\t"
        "movq %%rsp, %%r12\n\t"
        "subq $128, %%rsp\n\t"
        "andq $-16, %%rsp\n\t"
        "movl $1, %%edi\n\t"
        "ud2\n\t"
        "1: call *%%rax\n\t"
        "2: nop\n\t"
        "3: movq %%r12, %%rsp\n\t"
        : "+a"(rax)
        : [points] "r"(points)
        : "memory", "cc", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "xmm0", "xmm1", "xmm2", "xmm3",
          "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
    result = rax;
    zx_thread_exit();
}

static zx_handle_t port;

static zx_handle_t stop_at_first_point(guest_entry* entry, uintptr_t argument) {
    result = 0;
    zx_handle_t thread = start_thread("walker", entry, argument, 0);
    MUST(zx_handle_close(next_exception(port, KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self())));
    step_over_ud2(thread);
    CHECK_EQ(points[0], read_registers(thread).rip);
    return thread;
}

static uint32_t read_step(zx_handle_t thread) {
    uint32_t step = 99;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_SINGLE_STEP, &step, sizeof(step)));
    return step;
}

static void write_step(zx_handle_t thread, uint32_t step) {
    MUST(zx_thread_write_state(thread, ZX_THREAD_STATE_SINGLE_STEP, &step, sizeof(step)));
}

static void write_trap_flag(zx_handle_t thread, uint32_t step) {
    zx_thread_state_general_regs_t registers = read_registers(thread);
    registers.rflags = (registers.rflags & ~(uint64_t)FLAG_TRAP) | (step != 0 ? FLAG_TRAP : 0);
    write_registers(thread, &registers);
}

// Lets the thread execute one instruction, and returns where it is then.
static uint64_t step(zx_handle_t thread) {
    MUST(zx_task_resume_from_exception(thread, port, 0));
    MUST(zx_handle_close(next_exception(port, KEY, ZX_EXCP_HW_BREAKPOINT, zx_process_self())));
    zx_exception_report_t report = exception_report(thread);
    CHECK_EQ(ZX_EXCP_HW_BREAKPOINT, report.header.type);
    CHECK_EQ(1, report.context.arch.u.x86_64.vector);
    CHECK_EQ(0, report.context.arch.u.x86_64.err_code);
    CHECK_EQ(0, report.context.arch.u.x86_64.cr2);
    return read_registers(thread).rip;
}

static void finish(zx_handle_t thread, uint64_t expected) {
    MUST(zx_task_resume_from_exception(thread, port, 0));
    join_thread(thread);
    expect_no_packet(port);
    CHECK_EQ(expected, result);
}

// Every instruction is seen, and the thread goes on freely once it is told to.
static void steps(void (*set)(zx_handle_t thread, uint32_t step)) {
    zx_handle_t thread = stop_at_first_point(walk, (uintptr_t)&constant);
    CHECK_EQ(0, read_step(thread));
    set(thread, 1);
    CHECK_EQ(1, read_step(thread));
    CHECK((read_registers(thread).rflags & FLAG_TRAP) != 0);
    for (int i = 1; i < POINTS - 1; i++) {
        CHECK_EQ(points[i], step(thread));
        CHECK_EQ(1, read_step(thread));
        CHECK_EQ(1, read_registers(thread).rcx);
    }
    set(thread, 0);
    CHECK_EQ(0, read_step(thread));
    finish(thread, constant + 2);
}

// One step only, with registers written between.
static void change_between_steps(void) {
    zx_handle_t thread = stop_at_first_point(walk, (uintptr_t)&constant);
    write_step(thread, 1);
    CHECK_EQ(points[1], step(thread));
    zx_thread_state_general_regs_t registers = read_registers(thread);
    registers.rcx = 100;
    registers.rip = points[4];
    registers.rax = 1000;
    write_registers(thread, &registers);
    // The flag was written as it was read.
    CHECK_EQ(points[5], step(thread));
    write_step(thread, 0);
    finish(thread, 1001);
}

// An instruction that faults is no step; it is one when it has been repaired.
static void step_at_fault(void) {
    zx_handle_t thread = stop_at_first_point(walk, 0x30);
    write_step(thread, 1);
    CHECK_EQ(points[1], step(thread));
    MUST(zx_task_resume_from_exception(thread, port, 0));
    MUST(zx_handle_close(next_exception(port, KEY, ZX_EXCP_FATAL_PAGE_FAULT, zx_process_self())));
    zx_thread_state_general_regs_t registers = read_registers(thread);
    CHECK_EQ(points[1], registers.rip);
    CHECK_EQ(1, read_step(thread));
    registers.rax = (uintptr_t)&constant;
    write_registers(thread, &registers);
    CHECK_EQ(points[2], step(thread));
    write_step(thread, 0);
    finish(thread, constant + 2);
}

// The instruction behind a syscall's call is seen, and the call does what it does. How many steps lie between is the
// vDSO's affair.
static void steps_through(uintptr_t function) {
    zx_handle_t thread = stop_at_first_point(walk_through_call, function);
    write_step(thread, 1);
    uint64_t rsp = read_registers(thread).rsp;
    int count = 0;
    while (step(thread) != points[1] && CHECK(++count < MOST_STEPS)) {
    }
    CHECK_EQ(rsp, read_registers(thread).rsp);
    CHECK_EQ(1, read_step(thread));
    uint64_t rax = read_registers(thread).rax;
    CHECK_EQ(points[2], step(thread));
    write_step(thread, 0);
    finish(thread, rax);
}

int main(void) {
    port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    steps(write_step);
    steps(write_trap_flag);
    change_between_steps();
    step_at_fault();
    zx_time_t before = zx_clock_get_monotonic();
    steps_through((uintptr_t)zx_clock_get_monotonic);
    CHECK((zx_time_t)result >= before);
    CHECK((zx_time_t)result <= zx_clock_get_monotonic());
    steps_through((uintptr_t)zx_nanosleep);
    CHECK_EQ(ZX_OK, (int32_t)result);
    // A call that fails, with a handle that is none.
    steps_through((uintptr_t)zx_handle_close);
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, (int32_t)result);
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
