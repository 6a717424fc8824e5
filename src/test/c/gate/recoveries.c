// Faults of all kinds that are handled, after which the guest goes on; and whether they happened inside a library.
#include "harness.h"

#include <sys/wait.h>

#define TF 0x100
#define AC 0x40000

static int faults;
static zx_host_thread_t last;
static zx_thread_state_general_regs_t last_regs;
static bool went_on;

static void note(zx_host_thread_t* thread) {
    faults++;
    last = *thread;
    last_regs = *thread->regs;
}

static void start(void (*handler)(zx_host_thread_t*)) {
    install_kernel();
    on_exception = handler;
}

static void check_handled(uint64_t vector, int count) {
    CHECK_EQUAL(last.vector, vector);
    CHECK_EQUAL(faults, count);
    CHECK(went_on);
}

// The x87 reports a division by zero at its next instruction, and has not divided.
static double quotient, popped[3];
static void divide_x87(uint64_t unused) {
    (void)unused;
    const uint16_t unmasked = 0x37b;
    __asm__ volatile("fninit; fldcw %1; fldl2e; fld1; fldz; fdivrp\n"
                     "fstpl 0+%0; fstpl 8+%0; fstpl 16+%0; fninit"
                     : "=m"(popped)
                     : "m"(unmasked));
    went_on = true;
}

static void mask_x87(zx_host_thread_t* thread) {
    note(thread);
    zx_thread_state_fp_regs_t fp;
    zx_host_read_fp_regs(thread, &fp);
    CHECK_EQUAL(fp.fcw, 0x37b);
    CHECK_EQUAL(fp.fsw & 0x84, 0x84); // ES and ZE
    // The operands are still on the stack: 0, 1 and log2(e).
    CHECK_EQUAL(fp.st[0].low, 0);
    CHECK_EQUAL(fp.st[1].low, 0x8000000000000000);
    fp.fsw &= (uint16_t)~0x80ff;
    fp.fcw = 0x37f;
    zx_host_write_fp_regs(thread, &fp);
}

TEST(anX87FaultIsHandledAndItsStackSurvives) {
    start(mask_x87);
    run_guest(divide_x87, 0);
    check_handled(16, 1);
    CHECK(popped[0] == 0 && popped[1] == 1 && popped[2] > 1.44);
}

static void divide_sse(uint64_t unused) {
    (void)unused;
    const uint32_t unmasked = 0x1d80;
    const double one = 1, zero = 0;
    __asm__ volatile("ldmxcsr %1; movsd %2, %%xmm5; divsd %3, %%xmm5; movsd %%xmm5, %0"
                     : "=m"(quotient)
                     : "m"(unmasked), "m"(one), "m"(zero)
                     : "xmm5");
    went_on = true;
}

static void mask_sse(zx_host_thread_t* thread) {
    note(thread);
    zx_thread_state_vector_regs_t vectors;
    zx_host_read_vector_regs(thread, &vectors);
    CHECK_EQUAL(vectors.mxcsr & 0x1fbf, 0x1d84);
    CHECK_EQUAL(vectors.zmm[5].v[0], 0x3ff0000000000000);
    vectors.mxcsr = 0x1f80;
    zx_host_write_vector_regs(thread, &vectors);
}

TEST(anSseFaultIsHandled) {
    start(mask_sse);
    run_guest(divide_sse, 0);
    check_handled(19, 1);
    CHECK(quotient > 1e308);
}

// A debugger steps through five instructions after a breakpoint.
static void breakpoint_and_more(uint64_t unused) {
    (void)unused;
    __asm__ volatile("int3; nop; pushfq; popq %%rax; nop; nop; nop" : : : "rax", "memory", "cc");
    went_on = true;
}

static void step(zx_host_thread_t* thread) {
    uint64_t before = last_regs.rip;
    note(thread);
    CHECK_EQUAL(thread->vector, faults == 1 ? 3 : 1);
    CHECK(faults == 1 || thread->regs->rip == before + 1);
    thread->regs->rflags |= TF;
    if (faults == 6) {
        thread->regs->rflags &= ~(uint64_t)TF;
    }
}

TEST(aHandlerStepsTheGuest) {
    start(step);
    run_guest(breakpoint_and_more, 0);
    check_handled(1, 6);
}

static uint64_t odd_value[2] = {0x1122334455667788, 0x99};
static void misalign(uint64_t unused) {
    (void)unused;
    uint64_t value;
    __asm__ volatile("pushfq; orl $0x40000, (%%rsp); popfq; movq 1+%1, %0"
                     : "=r"(value)
                     : "m"(odd_value)
                     : "cc");
    CHECK_EQUAL(value, 0x9911223344556677);
    went_on = true;
}

static void clear_ac(zx_host_thread_t* thread) {
    note(thread);
    thread->regs->rflags &= ~(uint64_t)AC;
}

TEST(aMisalignedAccessIsHandled) {
    start(clear_ac);
    run_guest(misalign, 0);
    check_handled(17, 1);
}

// Out of its stack, or off it: the handler brings the guest back to where it began.
static uint64_t resume_at[3]; // rip, rsp, rbp
static void bring_back(zx_host_thread_t* thread) {
    note(thread);
    thread->regs->rip = resume_at[0];
    thread->regs->rsp = resume_at[1];
    thread->regs->rbp = resume_at[2];
}

static void lose_stack(uint64_t rsp) {
    __asm__ volatile(
        "leaq 2f(%%rip), %%rax; movq %%rax, %0; movq %%rsp, 8+%0; movq %%rbp, 16+%0\n"
        "testq %1, %1; jz 1f; movq %1, %%rsp\n"
        "1: pushq %%rax; jmp 1b\n"
        "2:\n"
        : "=m"(resume_at)
        : "r"(rsp)
        : "rax", "rbx", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
          "memory", "cc");
    went_on = true;
}

TEST(aGuestComesBackFromAStackThatIsFullOrNotThere) {
    start(bring_back);
    run_guest(lose_stack, 0);
    check_handled(14, 1);
    CHECK(last_regs.rsp - last.cr2 <= 8);
    run_guest(lose_stack, 0x1000);
    check_handled(14, 2);
    run_guest(lose_stack, 0x8000000000000000);
    check_handled(12, 3);
}

// Inside a library, or not.
static void note_and_leave(zx_host_thread_t* thread) {
    note(thread);
    thread->leave = 1;
}

static zx_host_program_t* load(const char* name) {
    char path[512], error[512];
    snprintf(path, sizeof path, "%s/%s", getenv("GATE_PROGRAMS"), name);
    zx_host_program_t* program = zx_host_load(path, error, sizeof error);
    CHECK(program != NULL);
    return program;
}

static uint32_t in_library_of(zx_vaddr_t entry, uint64_t argument) {
    faults = 0;
    run_guest((guest_entry*)entry, argument);
    CHECK_EQUAL(faults, 1);
    return last.in_library;
}

static uint64_t read_by_purpose(void) {
    uint64_t result;
    faults = 0;
    CHECK_EQUAL(zx_host_fault(ZX_HOST_FAULT_READ, 0, 0, &result), -502);
    return last.in_library;
}

TEST(aFaultTellsWhetherItIsInsideALibrary) {
    start(note_and_leave);
    zx_host_program_t* program = load("interrupted.so");
    zx_vaddr_t read_at = zx_host_symbol(program, "read_at");
    zx_vaddr_t measure_at = zx_host_symbol(program, "measure_at");
    CHECK_EQUAL(in_library_of(read_at, 0), 0);
    CHECK_EQUAL(in_library_of(measure_at, 1), 1);
    // Where there is no code, there is no library.
    CHECK_EQUAL(in_library_of(0, 0), 0);
    CHECK_EQUAL(in_library_of(0x8000000000000000, 0), 0);
    CHECK_EQUAL(in_library_of((zx_vaddr_t)resume_at, 0), 0);
    // The gate's own guest code is none either.
    CHECK_EQUAL(in_library_of(zx_host_symbol(program, "call_off_stack"), 0), 0);
    CHECK_EQUAL(read_by_purpose(), 0);
    // What comes to lie in the place of a program is not that program.
    zx_host_unload(program);
    void* page = (void*)(read_at & ~(zx_vaddr_t)4095);
    CHECK(mmap(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == page);
    memcpy((void*)read_at, "\x8a\x07\xc3", 3); // movb (%rdi), %al; ret
    CHECK_EQUAL(in_library_of(read_at, 0), 1);
}

static void exit_with_work(void) {
    atexit(abort);
    zx_host_exit(77);
}

TEST(anExitOfTheHostDoesNoExitWork) {
    install_kernel();
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        exit_with_work();
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK_EQUAL(WEXITSTATUS(status), 77);
}
