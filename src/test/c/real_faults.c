// What the processor itself finds wrong with a guest: every kind of fault becomes the exception of X-22 with the report of
// X-21, and a handler in another process lets the thread go on, each time with its floating-point registers as they were.
#include "guest.h"

enum { KEY = 41, FLAG_CARRY = 0x1, FLAG_TRAP = 0x100, FLAG_DIRECTION = 0x400, FLAG_ALIGNMENT = 0x40000 };

// Bits of a page fault's error code.
enum { PRESENT = 1, WRITE = 2, USER = 4, FETCH = 16 };

static const uint64_t pattern = 0x0123456789abcdef;
static const uint64_t constant = 77;
static uint64_t variable;
// Data is not code; these bytes would return at once.
static uint8_t no_code[16] = {0xc3, 0xc3, 0xc3, 0xc3};

// Where a thread can go on when it has lost its way. The processes of one program share its statics.
static struct {
    uint64_t rip;
    uint64_t rsp;
} way_out;

// What a thread has found in its registers afterwards.
static struct {
    uint64_t rax;
    uint64_t xmm14;
    uint64_t flags;
    long double st0;
} after;

// Executes `code`, which finds the argument in rax, with a value in xmm14 and another in st0, which must still be there
// afterwards. It may use rax, rcx, rdx and r11, and spoil the stack pointer.
#define EXECUTE(code, argument)                                                                              \
    do {                                                                                                     \
        uint64_t rax = (argument);                                                                           \
        uint64_t rcx = 0;                                                                                    \
        uint64_t rdx = 0;                                                                                    \
        __asm__ volatile(                                                                                    \
            "leaq -128(%%rsp), %%rsp\n\t"                                                                    \
            "pushq %%rbp\n\t"                                                                                \
            "pushq %%rbx\n\t"                                                                                \
            "movq %%rsp, %[rsp]\n\t"                                                                         \
            "leaq 9f(%%rip), %%r11\n\t"                                                                      \
            "movq %%r11, %[rip]\n\t"                                                                         \
            "movq %[pattern], %%xmm14\n\t"                                                                   \
            "fldpi\n\t"                                                                                      \
            code "\n"                                                                                        \
            "9:\n\t"                                                                                         \
            "pushfq\n\t"                                                                                     \
            "popq %[flags]\n\t"                                                                              \
            "cld\n\t"                                                                                        \
            "movq %%xmm14, %[xmm14]\n\t"                                                                     \
            "fstpt %[st0]\n\t"                                                                               \
            "popq %%rbx\n\t"                                                                                 \
            "popq %%rbp\n\t"                                                                                 \
            "leaq 128(%%rsp), %%rsp\n\t"                                                                     \
            : "+a"(rax), "+c"(rcx), "+d"(rdx), [rsp] "=m"(way_out.rsp), [rip] "=m"(way_out.rip),             \
              [flags] "=m"(after.flags), [xmm14] "=m"(after.xmm14), [st0] "=m"(after.st0)                    \
            : [pattern] "m"(pattern)                                                                         \
            : "memory", "cc", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "xmm0",    \
              "xmm1", "xmm14", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)");         \
        after.rax = rax;                                                                                     \
        zx_thread_exit();                                                                                    \
    } while (0)

// A guest that executes this code, with its first argument in rax.
#define GUEST(name, code)                                     \
    static void name(uintptr_t argument, uintptr_t unused) {  \
        (void)unused;                                         \
        EXECUTE(code, argument);                              \
    }

GUEST(read_memory, "movq (%%rax), %%rax")
GUEST(write_memory, "movq $55, (%%rax)")
GUEST(call_code, "call *%%rax")
GUEST(jump_to, "jmp *%%rax")
GUEST(return_to, "pushq %%rax\n\tret")
GUEST(undefined, "ud2")
GUEST(read_and_undefined, "movq (%%rax), %%rax\n\tud2")
GUEST(breakpoint, "int3")
GUEST(long_breakpoint, ".byte 0xcd, 0x03")
GUEST(divide, "movl $100, %%eax\n\txorl %%edx, %%edx\n\txorl %%ecx, %%ecx\n\tdivl %%ecx")
GUEST(divide_least, "movl $0x80000000, %%eax\n\tcltd\n\tmovl $-1, %%ecx\n\tidivl %%ecx")
GUEST(halt, "hlt")
GUEST(interrupt, "int $0x21")
GUEST(overflow, "int $4")
GUEST(push_with_stack, "movq %%rax, %%rsp\n\tpushq %%rcx")
GUEST(pop_with_stack, "movq %%rax, %%rsp\n\tpopq %%rcx")
GUEST(call_with_stack, "movq %%rax, %%rsp\n\tcall zx_clock_get_monotonic@plt\n\tud2")
GUEST(fault_with_stack, "movq %%rax, %%rsp\n\tud2")
GUEST(misalign,
      "pushfq\n\t"
      "orl $0x40000, (%%rsp)\n\t"
      "popfq\n\t"
      "movl 1(%%rax), %%eax")
GUEST(overflow_stack,
      "andq $-16, %%rsp\n\t"
      "8: subq $512, %%rsp\n\t"
      "movq %%rax, (%%rsp)\n\t"
      "call 7f\n\t"
      "7: jmp 8b")
GUEST(flags_and_fault, "std\n\tstc\n\tud2")
GUEST(trap_by_flag,
      "pushfq\n\t"
      "orl $0x100, (%%rsp)\n\t"
      "popfq\n\t"
      "nop\n\t"
      "nop")

typedef void repair(zx_handle_t thread, zx_thread_state_general_regs_t* registers);

// Lets it go on where it can, wherever it is.
static void lead_out(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    (void)thread;
    registers->rip = way_out.rip;
    registers->rsp = way_out.rsp;
    registers->rflags &= ~(uint64_t)(FLAG_TRAP | FLAG_ALIGNMENT);
}

static void point_at_constant(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    (void)thread;
    registers->rax = (uintptr_t)&constant;
}

static void point_at_variable(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    (void)thread;
    registers->rax = (uintptr_t)&variable;
}

static void return_from_call(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    uint64_t return_address;
    (void)thread;
    memcpy(&return_address, (const void*)registers->rsp, sizeof(return_address));
    CHECK_EQ(way_out.rip, return_address);
    registers->rip = return_address;
    registers->rsp += sizeof(return_address);
}

static void divide_by_five(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    (void)thread;
    registers->rcx = 5;
}

static void skip_ud2(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    (void)thread;
    registers->rip += UD2_SIZE;
}

static void leave_it(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    (void)thread;
    (void)registers;
}

static void align(zx_handle_t thread, zx_thread_state_general_regs_t* registers) {
    (void)thread;
    registers->rax--;
}

static zx_handle_t victim;
static zx_handle_t port;

// The first thread of the victim, which does nothing: it keeps the process alive until the event says otherwise.
static void stay(uintptr_t event, uintptr_t unused) {
    (void)unused;
    zx_status_t status = zx_object_wait_one((zx_handle_t)event, ZX_EVENT_SIGNALED, SOON, NULL);
    zx_process_exit(status);
}

static zx_handle_t start_victim(guest_entry* entry, uintptr_t argument) {
    zx_handle_t thread = new_thread(victim, "fault");
    memset(&after, 0, sizeof(after));
    MUST(zx_thread_start(thread, (zx_vaddr_t)entry, new_stack(), argument, 0));
    return thread;
}

static zx_exception_report_t take(zx_handle_t thread, zx_excp_type_t type, uint64_t vector) {
    MUST(zx_handle_close(next_exception(port, KEY, type, victim)));
    zx_exception_report_t report = exception_report(thread);
    CHECK_EQ(type, report.header.type);
    CHECK_EQ(vector, report.context.arch.u.x86_64.vector);
    return report;
}

static void answer(zx_handle_t thread) {
    MUST(zx_task_resume_from_exception(thread, port, 0));
}

static void end(zx_handle_t thread) {
    join_thread(thread);
    expect_no_packet(port);
    CHECK_EQ(pattern, after.xmm14);
    CHECK(after.st0 > 3.14159265358979L && after.st0 < 3.14159265358980L);
}

// One fault of a thread, which is repaired; cr2 and the error code must be these.
static void fault(guest_entry* entry, uintptr_t argument, zx_excp_type_t type, uint64_t vector, uint64_t err_code,
                  uint64_t cr2, repair* how) {
    int failures = check_failures;
    zx_handle_t thread = start_victim(entry, argument);
    zx_exception_report_t report = take(thread, type, vector);
    // Whether the kernel's half has pages is nothing that user code is told.
    uint64_t told = cr2 >> 63 != 0 ? ~(uint64_t)PRESENT : ~(uint64_t)0;
    CHECK_EQ(err_code & told, report.context.arch.u.x86_64.err_code & told);
    CHECK_EQ(cr2, report.context.arch.u.x86_64.cr2);
    zx_thread_state_general_regs_t registers = read_registers(thread);
    how(thread, &registers);
    write_registers(thread, &registers);
    answer(thread);
    end(thread);
    if (failures != check_failures) {
        fprintf(stderr, "    with argument 0x%llx, vector %llu\n", (unsigned long long)argument,
                (unsigned long long)vector);
    }
}

static void page_fault(guest_entry* entry, uintptr_t argument, uint64_t err_code, uint64_t cr2, repair* how) {
    fault(entry, argument, ZX_EXCP_FATAL_PAGE_FAULT, 14, err_code, cr2, how);
}

static void general(guest_entry* entry, uintptr_t argument, uint64_t vector, uint64_t err_code, repair* how) {
    fault(entry, argument, ZX_EXCP_GENERAL, vector, err_code, 0, how);
}

static void page_faults(void) {
    page_fault(read_memory, 0, USER, 0, point_at_constant);
    CHECK_EQ(77, after.rax);
    page_fault(read_memory, 0x1238, USER, 0x1238, point_at_constant);
    page_fault(write_memory, 0xff8, USER | WRITE, 0xff8, point_at_variable);
    CHECK_EQ(55, variable);
    page_fault(write_memory, (uintptr_t)&constant, USER | WRITE | PRESENT, (uintptr_t)&constant, point_at_variable);
    page_fault(call_code, 0x2000, USER | FETCH, 0x2000, return_from_call);
    page_fault(jump_to, 0, USER | FETCH, 0, lead_out);
    // What lies there was written just now, so that the page is present.
    no_code[8] = 0xc3;
    page_fault(call_code, (uintptr_t)no_code, USER | FETCH | PRESENT, (uintptr_t)no_code, return_from_call);
    // The kernel's half.
    page_fault(read_memory, 0xffff800000001000, USER, 0xffff800000001000, point_at_constant);
}

// what a page fault left in cr2 is nothing to the fault after it.
static void fault_after_page_fault(void) {
    zx_handle_t thread = start_victim(read_and_undefined, 0x4568);
    CHECK_EQ(0x4568, take(thread, ZX_EXCP_FATAL_PAGE_FAULT, 14).context.arch.u.x86_64.cr2);
    zx_thread_state_general_regs_t registers = read_registers(thread);
    point_at_constant(thread, &registers);
    write_registers(thread, &registers);
    answer(thread);
    zx_exception_report_t report = take(thread, ZX_EXCP_UNDEFINED_INSTRUCTION, 6);
    CHECK_EQ(0, report.context.arch.u.x86_64.cr2);
    CHECK_EQ(0, report.context.arch.u.x86_64.err_code);
    step_over_ud2(thread);
    answer(thread);
    end(thread);
}

static void other_faults(void) {
    fault(undefined, 0, ZX_EXCP_UNDEFINED_INSTRUCTION, 6, 0, 0, skip_ud2);
    // rip is past the instruction.
    fault(breakpoint, 0, ZX_EXCP_SW_BREAKPOINT, 3, 0, 0, leave_it);
    fault(long_breakpoint, 0, ZX_EXCP_SW_BREAKPOINT, 3, 0, 0, leave_it);
    general(divide, 0, 0, 0, divide_by_five);
    CHECK_EQ(20, after.rax);
    general(divide_least, 0, 0, 0, lead_out);
    // What only a kernel may do.
    general(halt, 0, 13, 0, lead_out);
    // The error code names the gate that is not a user's.
    general(interrupt, 0, 13, 0x21 * 8 + 2, lead_out);
    general(overflow, 0, 4, 0, leave_it);
    // Addresses that are no addresses.
    const uint64_t hole = 0x8000000000000000;
    general(read_memory, hole, 13, 0, point_at_constant);
    general(write_memory, hole, 13, 0, point_at_variable);
    general(jump_to, hole, 13, 0, lead_out);
    general(call_code, hole, 13, 0, lead_out);
    general(return_to, hole, 13, 0, lead_out);
}

// A stack pointer full of garbage is a fault of the guest like any other.
static void bad_stacks(void) {
    page_fault(push_with_stack, 0x18, USER | WRITE, 0x10, lead_out);
    page_fault(pop_with_stack, 0x18, USER, 0x18, lead_out);
    page_fault(push_with_stack, 0, USER | WRITE, (uint64_t)-8, lead_out);
    page_fault(call_with_stack, 0x5000, USER | WRITE, 0x4ff8, lead_out);
    // Not canonical: a stack fault.
    general(push_with_stack, 0x8000000000000008, 12, 0, lead_out);
    general(pop_with_stack, 0x7fff000000000000, 12, 0, lead_out);
    // A fault that has nothing to do with the stack needs none.
    const uint64_t garbage[] = {0, 1, 0x10, 0xffffffffffffffff, 0x8000000000000000, (uintptr_t)&constant};
    for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
        fault(fault_with_stack, garbage[i], ZX_EXCP_UNDEFINED_INSTRUCTION, 6, 0, 0, lead_out);
    }
}

static void stack_overflow(void) {
    for (int i = 0; i < 3; i++) {
        zx_handle_t thread = start_victim(overflow_stack, 0);
        zx_exception_report_t report = take(thread, ZX_EXCP_FATAL_PAGE_FAULT, 14);
        zx_thread_state_general_regs_t registers = read_registers(thread);
        CHECK_EQ(USER | WRITE, report.context.arch.u.x86_64.err_code & (USER | WRITE | FETCH));
        // At the stack pointer, or just below if it was the call that found no room.
        CHECK(registers.rsp - report.context.arch.u.x86_64.cr2 <= 8);
        CHECK(registers.rsp < way_out.rsp);
        lead_out(thread, &registers);
        write_registers(thread, &registers);
        answer(thread);
        end(thread);
    }
}

static uint64_t two_words[2] = {0x1111111111111111, 0x2222222222222222};

static void alignment(void) {
    fault(misalign, (uintptr_t)two_words, ZX_EXCP_GENERAL, 17, 0, 0, align);
    // The flag is still set then, and the access was aligned.
    CHECK((after.flags & FLAG_ALIGNMENT) != 0);
    CHECK_EQ(0x11111111, after.rax);
    fault(misalign, (uintptr_t)two_words + 4, ZX_EXCP_GENERAL, 17, 0, 0, lead_out);
    CHECK((after.flags & FLAG_ALIGNMENT) == 0);
}

// The flags survive a fault; and what is not a user's to change of them does not change (I-3).
static void flags(void) {
    zx_handle_t thread = start_victim(flags_and_fault, 0);
    (void)take(thread, ZX_EXCP_UNDEFINED_INSTRUCTION, 6);
    zx_thread_state_general_regs_t registers = read_registers(thread);
    CHECK_EQ(FLAG_DIRECTION | FLAG_CARRY, registers.rflags & (FLAG_DIRECTION | FLAG_CARRY));
    zx_thread_state_general_regs_t wild = registers;
    // The interrupt flag, the I/O privilege level, and virtual-8086 mode.
    wild.rflags ^= 0x200 | 0x3000 | 0x20000;
    wild.rip += UD2_SIZE;
    write_registers(thread, &wild);
    CHECK_EQ(registers.rflags, read_registers(thread).rflags);
    answer(thread);
    end(thread);
    CHECK_EQ(FLAG_DIRECTION | FLAG_CARRY, after.flags & (FLAG_DIRECTION | FLAG_CARRY));
}

// The guest's own trap flag stops it behind the instruction after the one that set it.
static void own_trap_flag(void) {
    zx_handle_t thread = start_victim(trap_by_flag, 0);
    zx_exception_report_t report = take(thread, ZX_EXCP_HW_BREAKPOINT, 1);
    CHECK_EQ(0, report.context.arch.u.x86_64.err_code);
    CHECK_EQ(0, report.context.arch.u.x86_64.cr2);
    zx_thread_state_general_regs_t registers = read_registers(thread);
    CHECK_EQ(way_out.rip - 1, registers.rip);
    uint32_t step = 0;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_SINGLE_STEP, &step, sizeof(step)));
    CHECK_EQ(1, step);
    answer(thread);
    // It is still set.
    (void)take(thread, ZX_EXCP_HW_BREAKPOINT, 1);
    registers = read_registers(thread);
    CHECK_EQ(way_out.rip, registers.rip);
    registers.rflags &= ~(uint64_t)FLAG_TRAP;
    write_registers(thread, &registers);
    answer(thread);
    end(thread);
}

int main(void) {
    victim = new_process(zx_job_default(), "victim");
    zx_handle_t first = new_thread(victim, "first");
    zx_handle_t event = new_event();
    port = new_port();
    MUST(zx_task_bind_exception_port(victim, port, KEY, 0));
    start_process(victim, first, stay, duplicate(event, ZX_RIGHT_SAME_RIGHTS), 0);
    page_faults();
    fault_after_page_fault();
    other_faults();
    bad_stacks();
    stack_overflow();
    alignment();
    flags();
    own_trap_flag();
    MUST(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    wait_until_terminated(victim);
    CHECK_EQ(0, process_info(victim).return_code);
    const zx_handle_t handles[] = {victim, first, event, port};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
    return CHECK_RESULT();
}
