// Guests whose registers somebody writes while they are in a syscall, or before they begin.
#include "harness.h"

#define TF 0x100
#define CARRY 1
#define DEFAULT_MXCSR 0x1f80

// All registers after a call, as the guest finds them.
static uint64_t found[18];

// Executes with whatever it is given, so it must not touch a register before it has stored it.
void store_registers(void);
__asm__(
    "    .type store_registers, @function\n"
    "store_registers:\n"
    "    movq %rax, found(%rip); movq %rbx, 8+found(%rip); movq %rcx, 16+found(%rip)\n"
    "    movq %rdx, 24+found(%rip); movq %rsi, 32+found(%rip); movq %rdi, 40+found(%rip)\n"
    "    movq %rbp, 48+found(%rip); movq %rsp, 56+found(%rip); movq %r8, 64+found(%rip)\n"
    "    movq %r9, 72+found(%rip); movq %r10, 80+found(%rip); movq %r11, 88+found(%rip)\n"
    "    movq %r12, 96+found(%rip); movq %r13, 104+found(%rip); movq %r14, 112+found(%rip)\n"
    "    movq %r15, 120+found(%rip)\n"
    "    pushfq; popq 136+found(%rip)\n"
    "    cld\n"
    "    call zx_thread_exit\n");

static void make_call(uint64_t unused) {
    (void)unused;
    zx_handle_close(1);
    CHECK(false);
}

static uint64_t own_stack[512];
static bool stop_first, with_step;

static zx_status_t write_registers(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    zx_host_thread_t* thread = zx_host_thread_self();
    if (stop_first) {
        CHECK(zx_host_stop(thread));
    }
    uint64_t* regs = (uint64_t*)thread->regs;
    for (uint64_t i = 0; i < 16; i++) {
        regs[i] = 0x1234000000000000 + i;
    }
    thread->regs->rsp = (uintptr_t)&own_stack[500];
    thread->regs->rip = (uintptr_t)store_registers;
    thread->regs->rflags = CARRY | 2 | (with_step ? TF : 0);
    thread->restore = 1;
    if (stop_first) {
        zx_host_go_on(thread);
    }
    return 77;
}

static void check_found(void) {
    for (uint64_t i = 0; i < 16; i++) {
        CHECK_EQUAL(found[i], i == 7 ? (uintptr_t)&own_stack[500] : 0x1234000000000000 + i);
    }
    CHECK_EQUAL(found[17] & (CARRY | TF), CARRY);
    memset(found, 0, sizeof found);
}

TEST(aSyscallThatIsRestoredReturnsWithAllThatWasWritten) {
    install_kernel();
    kernel.handle_close = write_registers;
    for (int stop = 0; stop < 2; stop++) {
        stop_first = stop;
        run_guest(make_call, 0);
        check_found();
        CHECK_EQUAL(zx_host_thread_self()->restore, 0);
    }
}

static uint64_t stepped_at;
static int steps;
static void end_stepping(zx_host_thread_t* thread) {
    CHECK_EQUAL(thread->vector, 1);
    stepped_at = thread->regs->rip;
    CHECK((thread->regs->rflags & TF) != 0);
    thread->regs->rflags &= ~(uint64_t)TF;
    steps++;
}

TEST(aTrapFlagThatIsWrittenFiresAtTheGuestsFirstInstruction) {
    install_kernel();
    kernel.handle_close = write_registers;
    on_exception = end_stepping;
    with_step = true;
    run_guest(make_call, 0);
    CHECK_EQUAL(steps, 1);
    CHECK_EQUAL(stepped_at - (uintptr_t)store_registers, 7);
    check_found();
}

// Without `restore`, what the call does not return is what was written all the same.
static zx_status_t set_trap_flag(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    zx_host_thread_self()->regs->rflags |= TF;
    return 0x33;
}

static void check_result(uint64_t unused) {
    (void)unused;
    CHECK_EQUAL(zx_handle_close(1), 0x33);
}

TEST(aTrapFlagThatIsWrittenFiresAfterAnOrdinaryReturn) {
    install_kernel();
    kernel.handle_close = set_trap_flag;
    on_exception = end_stepping;
    run_guest(check_result, 0);
    CHECK_EQUAL(steps, 1);
    CHECK(stepped_at - (uintptr_t)check_result < 64);
}

// Garbage, with and without `restore`: a fault of the guest at the place that was written.
static uint64_t garbage;
static bool garbage_in_rip, restoring;
static zx_thread_state_general_regs_t good;

static zx_status_t write_garbage(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    zx_host_thread_t* thread = zx_host_thread_self();
    good = *thread->regs;
    *(garbage_in_rip ? &thread->regs->rip : &thread->regs->rsp) = garbage;
    thread->regs->rax = restoring ? 0x33 : 0xbad;
    thread->restore = restoring;
    return 0x33;
}

static int faults;
static void repair(zx_host_thread_t* thread) {
    faults++;
    CHECK(thread->vector >= 12 && thread->vector <= 14);
    if (garbage_in_rip) {
        CHECK_EQUAL(thread->regs->rip, garbage);
    } else {
        // A guest that is restored gets as far as it can without its stack.
        CHECK(thread->regs->rsp - garbage <= (restoring ? 64 : 0));
    }
    CHECK_EQUAL(thread->regs->rax, 0x33);
    CHECK_EQUAL(thread->regs->rbx, good.rbx);
    good.rax = 0x33;
    *thread->regs = good;
}

TEST(garbageThatIsWrittenInASyscallIsAFaultOfTheGuest) {
    install_kernel();
    kernel.handle_close = write_garbage;
    on_exception = repair;
    const uint64_t values[] = {0,          0x8000000000000000, 0x800000000000,
                               0x7ffffffff000, 0xffffffffff600000, 0xffffffffffffffff};
    int expected = 0;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (int choice = 0; choice < 4; choice++) {
            garbage = values[i];
            garbage_in_rip = choice & 1;
            restoring = choice & 2;
            run_guest(check_result, 0);
            CHECK_EQUAL(faults, ++expected);
        }
    }
}

// The extended state of a guest that was stopped in a syscall.
static uint32_t guest_mxcsr, found_mxcsr;
static uint16_t guest_fcw, found_fcw;
static uint8_t found_x87[108], found_vectors[2][32];

static void call_with_state(uint64_t unused) {
    (void)unused;
    zx_status_t status;
    __asm__ volatile(
        "fninit; ldmxcsr %[mxcsr]; fldcw %[fcw]; movl $1, %%edi; call *%%rax\n"
        "vmovdqu %%ymm3, %[ymm3]; vmovdqu %%ymm15, %[ymm15]; vzeroupper\n"
        "stmxcsr %[found_mxcsr]; fnstcw %[found_fcw]; fnsave %[x87]\n"
        : [ymm3] "=m"(found_vectors[0]), [ymm15] "=m"(found_vectors[1]),
          [found_mxcsr] "=m"(found_mxcsr), [found_fcw] "=m"(found_fcw), [x87] "=m"(found_x87),
          "=a"(status)
        : "a"(zx_handle_close), [mxcsr] "m"(guest_mxcsr), [fcw] "m"(guest_fcw)
        : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm3", "xmm15", "memory", "cc");
    CHECK_EQUAL(status, 5);
}

static bool writing;
static void write_state(zx_host_thread_t* thread) {
    zx_thread_state_vector_regs_t vectors;
    zx_thread_state_fp_regs_t fp;
    zx_host_read_vector_regs(thread, &vectors);
    zx_host_read_fp_regs(thread, &fp);
    CHECK_EQUAL(vectors.mxcsr, guest_mxcsr);
    CHECK_EQUAL(fp.fcw, guest_fcw);
    CHECK_EQUAL(fp.ftw, 0);
    if (writing) {
        vectors.mxcsr = 0x3f80;
        vectors.zmm[3].v[0] = 0x30;
        vectors.zmm[3].v[3] = 0x33;
        vectors.zmm[15].v[1] = 0x151;
        zx_host_write_vector_regs(thread, &vectors);
        fp.fcw = 0x77f;
        fp.fsw = 7 << 11;
        fp.ftw = 0x80;
        fp.st[0].low = 0x8000000000000000;
        fp.st[0].high = 0x3fff;
        zx_host_write_fp_regs(thread, &fp);
    }
}

static zx_status_t stop_and_write(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    zx_host_thread_t* thread = zx_host_thread_self();
    CHECK(zx_host_stop(thread));
    write_state(thread);
    zx_host_go_on(thread);
    return 5;
}

static void check_state(void) {
    CHECK_EQUAL(found_mxcsr, writing ? 0x3f80 : guest_mxcsr);
    CHECK_EQUAL(found_fcw, writing ? 0x77f : guest_fcw);
    if (writing) {
        const uint64_t* vectors = (const uint64_t*)found_vectors;
        CHECK_EQUAL(vectors[0], 0x30);
        CHECK_EQUAL(vectors[3], 0x33);
        CHECK_EQUAL(vectors[5], 0x151);
        CHECK(memcmp(found_x87 + 28, "\0\0\0\0\0\0\0\x80\xff\x3f", 10) == 0);
    }
}

TEST(aGuestStoppedInASyscallHasItsControlWordsAndGetsWhatWasWritten) {
    install_kernel();
    kernel.handle_close = stop_and_write;
    const uint16_t words[] = {0x37f, 0x27f};
    for (int choice = 0; choice < 4; choice++) {
        writing = choice & 1;
        guest_fcw = words[choice >> 1];
        guest_mxcsr = 0x7f80;
        run_guest(call_with_state, 0);
        check_state();
    }
}

static bool x87_kept;
static void call_with_full_x87(uint64_t unused) {
    (void)unused;
    uint16_t status;
    double number;
    __asm__ volatile("fninit; fldpi; fld1; fldz; fdivrp; fstp %%st(0)" : : : "memory"); // sticky ZE
    __asm__ volatile("fldl2e" : : : "memory");
    zx_handle_close(1);
    __asm__ volatile("fnstsw %0; fstpl %1; fninit" : "=m"(status), "=m"(number));
    x87_kept = (status & 4) != 0 && number > 1.44269 && number < 1.44270;
}

static zx_status_t only_stop(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    CHECK(zx_host_stop(zx_host_thread_self()));
    zx_host_go_on(zx_host_thread_self());
    return ZX_OK;
}

TEST(aStopInASyscallLeavesTheX87AsItWas) {
    install_kernel();
    kernel.handle_close = only_stop;
    run_guest(call_with_full_x87, 0);
    CHECK(x87_kept);
}

// Before its first entry a guest has no general registers, but what is written to the others is what it begins with.
static void store_state(uint64_t unused) {
    (void)unused;
    __asm__ volatile("vmovdqu %%ymm3, %[ymm3]; vmovdqu %%ymm15, %[ymm15]; vzeroupper\n"
                     "stmxcsr %[found_mxcsr]; fnstcw %[found_fcw]; fnsave %[x87]\n"
                     : [ymm3] "=m"(found_vectors[0]), [ymm15] "=m"(found_vectors[1]),
                       [found_mxcsr] "=m"(found_mxcsr), [found_fcw] "=m"(found_fcw),
                       [x87] "=m"(found_x87));
}

static void leave(zx_host_thread_t* thread) { thread->leave = 1; }

static void fault_with_odd_state(uint64_t unused) {
    (void)unused;
    const uint32_t odd = 0x7f80;
    __asm__ volatile("ldmxcsr %0; ud2" : : "m"(odd));
}

TEST(aGuestBeginsWithWhatWasWrittenBefore) {
    install_kernel();
    zx_host_thread_t* thread = zx_host_thread_self();
    const uint32_t own_mxcsr = 0x5f80;
    __asm__ volatile("ldmxcsr %0" : : "m"(own_mxcsr));
    guest_mxcsr = DEFAULT_MXCSR;
    guest_fcw = 0x37f;
    for (int choice = 0; choice < 2; choice++) {
        writing = choice;
        CHECK(!zx_host_stop(thread));
        write_state(thread);
        zx_host_go_on(thread);
        run_guest(store_state, 0);
        check_state();
    }
    // What a guest leaves behind is not the next one's.
    on_exception = leave;
    run_guest(fault_with_odd_state, 0);
    run_guest(store_state, 0);
    writing = false;
    check_state();
}

static uint64_t from_gs;
static void read_gs(uint64_t unused) {
    (void)unused;
    __asm__ volatile("movq %%gs:8, %0" : "=r"(from_gs));
}

static zx_status_t set_gs(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    static const uint64_t area[2] = {0, 0x6565};
    zx_host_set_gs_base((uintptr_t)area);
    zx_host_thread_self()->restore = 1;
    return ZX_OK;
}

static void set_and_read_gs(uint64_t unused) {
    zx_handle_close(1);
    read_gs(unused);
}

TEST(theGsBaseIsSetAndStays) {
    install_kernel();
    kernel.handle_close = set_gs;
    run_guest(set_and_read_gs, 0);
    CHECK_EQUAL(from_gs, 0x6565);
}
