// What of the processor's state a guest keeps over a fault and over a syscall, and what the kernel sees of it.
#include "harness.h"

#include <cpuid.h>

#define DEFAULT_MXCSR 0x1f80
#define DEFAULT_FCW 0x37f

static bool has_avx(void) {
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_AVX) != 0;
}

static uint32_t mxcsr(void) {
    uint32_t value;
    __asm__ volatile("stmxcsr %0" : "=m"(value));
    return value;
}

static uint16_t fcw(void) {
    uint16_t value;
    __asm__ volatile("fnstcw %0" : "=m"(value));
    return value;
}

static uint64_t flags(void) {
    uint64_t value;
    __asm__ volatile("pushfq; popq %0" : "=r"(value));
    return value;
}

// Everything there is: 16 vectors of 32 bytes, the x87 stack and the control words.
struct state {
    uint8_t vectors[16][32];
    uint8_t x87[108]; // as fnsave stores it
    uint32_t mxcsr;
};
static struct state loaded, stored;
static uint16_t unusual_fcw = 0x27f;
static uint32_t unusual_mxcsr = 0x7f81; // round to zero, one sticky flag

static void fault_with_state(uint64_t unused) {
    (void)unused;
    __asm__ volatile(
        "vmovdqu 0(%0), %%ymm0; vmovdqu 32(%0), %%ymm1; vmovdqu 64(%0), %%ymm2\n"
        "vmovdqu 96(%0), %%ymm3; vmovdqu 128(%0), %%ymm4; vmovdqu 160(%0), %%ymm5\n"
        "vmovdqu 192(%0), %%ymm6; vmovdqu 224(%0), %%ymm7; vmovdqu 256(%0), %%ymm8\n"
        "vmovdqu 288(%0), %%ymm9; vmovdqu 320(%0), %%ymm10; vmovdqu 352(%0), %%ymm11\n"
        "vmovdqu 384(%0), %%ymm12; vmovdqu 416(%0), %%ymm13; vmovdqu 448(%0), %%ymm14\n"
        "vmovdqu 480(%0), %%ymm15; ldmxcsr %4; fldcw %3; fldpi; fld1\n"
        "ud2\n"
        "stmxcsr %2; fnsave %1\n"
        "vmovdqu %%ymm0, 0(%5); vmovdqu %%ymm1, 32(%5); vmovdqu %%ymm2, 64(%5)\n"
        "vmovdqu %%ymm3, 96(%5); vmovdqu %%ymm4, 128(%5); vmovdqu %%ymm5, 160(%5)\n"
        "vmovdqu %%ymm6, 192(%5); vmovdqu %%ymm7, 224(%5); vmovdqu %%ymm8, 256(%5)\n"
        "vmovdqu %%ymm9, 288(%5); vmovdqu %%ymm10, 320(%5); vmovdqu %%ymm11, 352(%5)\n"
        "vmovdqu %%ymm12, 384(%5); vmovdqu %%ymm13, 416(%5); vmovdqu %%ymm14, 448(%5)\n"
        "vmovdqu %%ymm15, 480(%5); vzeroupper\n"
        :
        : "r"(loaded.vectors), "m"(stored.x87), "m"(stored.mxcsr), "m"(unusual_fcw),
          "m"(unusual_mxcsr), "r"(stored.vectors)
        : "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
          "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

static void fill_state(void) {
    for (size_t i = 0; i < sizeof loaded.vectors; i++) {
        loaded.vectors[i / 32][i % 32] = (uint8_t)(i * 37 + 11);
    }
    memset(&stored, 0, sizeof stored);
}

static zx_thread_state_vector_regs_t vectors;
static zx_thread_state_fp_regs_t fp;

static void disturb_and_skip(zx_host_thread_t* thread) {
    // The kernel's own state is that of any function.
    CHECK_EQUAL(mxcsr(), DEFAULT_MXCSR);
    CHECK_EQUAL(fcw(), DEFAULT_FCW);
    uint32_t environment[7];
    __asm__ volatile("fnstenv %0" : "=m"(environment));
    CHECK_EQUAL(environment[2] & 0xffff, 0xffff); // all registers empty
    memset(&vectors, 0xee, sizeof vectors);
    memset(&fp, 0xee, sizeof fp);
    zx_host_read_vector_regs(thread, &vectors);
    zx_host_read_fp_regs(thread, &fp);
    __asm__ volatile("vpcmpeqd %%xmm0, %%xmm0, %%xmm0; vmovdqa %%xmm0, %%xmm9; fldz; fldz; fldz"
                     "; fstp %%st(0); fstp %%st(0); fstp %%st(0)"
                     : : : "xmm0", "xmm9");
    thread->regs->rip += 2;
}

// pi and 1 as the x87 has them.
#define PI_LOW 0xc90fdaa22168c235u
#define PI_HIGH 0x4000u
#define ONE_LOW 0x8000000000000000u
#define ONE_HIGH 0x3fffu

TEST(vectorsAndX87SurviveAHandledFaultAndCanBeRead) {
    CHECK(has_avx());
    install_kernel();
    fill_state();
    on_exception = disturb_and_skip;
    run_guest(fault_with_state, 0);
    CHECK(memcmp(stored.vectors, loaded.vectors, sizeof loaded.vectors) == 0);
    CHECK_EQUAL(stored.mxcsr, unusual_mxcsr);
    CHECK_EQUAL(*(uint16_t*)stored.x87, unusual_fcw);
    CHECK(memcmp(stored.x87 + 28, &(uint64_t){ONE_LOW}, 8) == 0);
    CHECK(memcmp(stored.x87 + 38, &(uint64_t){PI_LOW}, 8) == 0);

    for (int i = 0; i < 16; i++) {
        CHECK(memcmp(&vectors.zmm[i], loaded.vectors[i], 32) == 0);
    }
    CHECK_EQUAL(vectors.mxcsr, unusual_mxcsr);
    CHECK_EQUAL(fp.fcw, unusual_fcw);
    CHECK_EQUAL(fp.fsw >> 11 & 7, 6);   // two values pushed
    CHECK_EQUAL(fp.ftw, 0xc0);          // abridged: one bit per register in use
    CHECK_EQUAL(fp.reserved, 0);
    CHECK_EQUAL(fp.st[0].low, ONE_LOW);
    CHECK_EQUAL(fp.st[0].high, ONE_HIGH);
    CHECK_EQUAL(fp.st[1].low, PI_LOW);
    CHECK_EQUAL(fp.st[1].high, PI_HIGH);

    // The thread's own control words are back, and nothing is saved any more.
    CHECK_EQUAL(mxcsr(), DEFAULT_MXCSR);
    CHECK_EQUAL(fcw(), DEFAULT_FCW);
    zx_host_read_vector_regs(zx_host_thread_self(), &vectors);
    zx_host_read_fp_regs(zx_host_thread_self(), &fp);
    CHECK_EQUAL(vectors.mxcsr, 0);
    CHECK_EQUAL(fp.fcw, 0);
}

static void rewrite_and_skip(zx_host_thread_t* thread) {
    disturb_and_skip(thread);
    for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 8; j++) {
            vectors.zmm[i].v[j] = (uint64_t)i << 8 | (uint64_t)j;
        }
    }
    vectors.mxcsr = 0xffff1f80; // with bits that no processor has
    zx_host_write_vector_regs(thread, &vectors);
    fp.fcw = 0x37f;
    fp.fsw = 7 << 11;
    fp.ftw = 0x80;
    fp.st[0].low = PI_LOW;
    fp.st[0].high = PI_HIGH;
    zx_host_write_fp_regs(thread, &fp);
}

TEST(aHandlerWritesVectorsAndX87) {
    CHECK(has_avx());
    install_kernel();
    fill_state();
    on_exception = rewrite_and_skip;
    run_guest(fault_with_state, 0);
    for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 4; j++) {
            CHECK_EQUAL(((uint64_t*)stored.vectors[i])[j], (uint64_t)i << 8 | (uint64_t)j);
        }
    }
    CHECK_EQUAL(stored.mxcsr & 0xfff00000, 0);
    CHECK_EQUAL(stored.mxcsr & 0x1f80, 0x1f80);
    CHECK_EQUAL(*(uint16_t*)stored.x87, 0x37f);
    CHECK(memcmp(stored.x87 + 28, &(uint64_t){PI_LOW}, 8) == 0);
}

static uint64_t low_after[2];
static uint64_t high_after[2];
static void fault_with_initial_state(uint64_t unused) {
    fault_with_state(unused); // leaves its values wherever states are saved
    // What is in its initial state the processor does not save.
    __asm__ volatile(
        "vzeroall; fninit; ud2; vmovdqu %%xmm3, %0; vextractf128 $1, %%ymm3, %1; vzeroupper\n"
        : "=m"(low_after), "=m"(high_after)
        :
        : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
          "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

static void read_initial_and_write(zx_host_thread_t* thread) {
    disturb_and_skip(thread);
    if (fp.ftw != 0) {
        return; // the first of the two faults
    }
    for (int i = 0; i < 32; i++) {
        for (int j = 0; j < 8; j++) {
            CHECK_EQUAL(vectors.zmm[i].v[j], 0);
        }
    }
    CHECK_EQUAL(fp.fcw, DEFAULT_FCW);
    CHECK_EQUAL(fp.fsw, 0);
    CHECK_EQUAL(fp.ftw, 0);
    vectors.zmm[3].v[0] = 0x33;
    vectors.zmm[3].v[2] = 0x44;
    zx_host_write_vector_regs(thread, &vectors);
    memset(&vectors, 0, sizeof vectors);
    zx_host_read_vector_regs(thread, &vectors);
    CHECK_EQUAL(vectors.zmm[3].v[0], 0x33);
    CHECK_EQUAL(vectors.zmm[3].v[2], 0x44);
}

TEST(registersInTheirInitialStateReadSoAndCanBeWritten) {
    CHECK(has_avx());
    install_kernel();
    fill_state();
    on_exception = read_initial_and_write;
    run_guest(fault_with_initial_state, 0);
    CHECK_EQUAL(low_after[0], 0x33);
    CHECK_EQUAL(high_after[0], 0x44);
}

static zx_status_t check_defaults(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    CHECK_EQUAL(mxcsr(), DEFAULT_MXCSR);
    CHECK_EQUAL(fcw(), DEFAULT_FCW);
    CHECK_EQUAL(flags() & 0x44500, 0);
    // Leaves a sticky flag of its own.
    volatile double zero = 0;
    CHECK(1 / zero > 1);
    return 5;
}

#define DF_NT_AC 0x44400
static uint64_t kept[6], flags_kept, status;
static uint32_t mxcsr_kept;
static uint16_t fcw_kept, fsw_kept;

static uint16_t word;

static void call_with_odd_state(uint64_t control_word) {
    word = (uint16_t)control_word;
    __asm__ volatile(
        "pushq %%rbp; pushq %%rbx\n"
        "movq $0x11, %%rbx; movq $0x12, %%rbp; movq $0x13, %%r12; movq $0x14, %%r13\n"
        "movq $0x15, %%r14; movq $0x16, %%r15\n"
        "fninit; ldmxcsr %[mxcsr]\n"
        // An exception that is pending while it is masked becomes due when the control word says so.
        "fld1; fldz; fdivrp; fstp %%st(0); fldcw %[word]\n"
        "pushfq; orl %[flags], (%%rsp); popfq\n"
        "movl $1, %%edi; call *%%rax\n"
        "pushfq; popq %[flags_kept]; pushq $2; popfq\n"
        "fnstsw %[fsw_kept]; fnstcw %[fcw_kept]; fnclex; fninit\n"
        "stmxcsr %[mxcsr_kept]; movq %%rax, %[status]\n"
        "movq %%rbx, 0+%[kept]; movq %%rbp, 8+%[kept]; movq %%r12, 16+%[kept]\n"
        "movq %%r13, 24+%[kept]; movq %%r14, 32+%[kept]; movq %%r15, 40+%[kept]\n"
        "popq %%rbx; popq %%rbp\n"
        : [kept] "=m"(kept), [flags_kept] "=m"(flags_kept), [status] "=m"(status),
          [mxcsr_kept] "=m"(mxcsr_kept), [fcw_kept] "=m"(fcw_kept), [fsw_kept] "=m"(fsw_kept)
        : "a"(zx_handle_close), [mxcsr] "m"(unusual_mxcsr), [word] "m"(word),
          [flags] "i"(DF_NT_AC)
        : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory",
          "cc");
}

TEST(aSyscallKeepsTheGuestsStateAndTheKernelHasItsOwn) {
    install_kernel();
    kernel.handle_close = check_defaults;
    const uint16_t words[] = {0x27f, DEFAULT_FCW, 0x37b}; // the last one unmasks division by zero
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        run_guest(call_with_odd_state, words[i]);
        CHECK_EQUAL(status, 5);
        for (uint64_t j = 0; j < 6; j++) {
            CHECK_EQUAL(kept[j], 0x11 + j);
        }
        CHECK_EQUAL(flags_kept & DF_NT_AC, DF_NT_AC);
        CHECK_EQUAL(mxcsr_kept, unusual_mxcsr);
        CHECK_EQUAL(fcw_kept, words[i]);
        CHECK_EQUAL(fsw_kept & 4, 4);
    }
    CHECK_EQUAL(mxcsr(), DEFAULT_MXCSR);
    CHECK_EQUAL(fcw(), DEFAULT_FCW);
}

TEST(aRunKeepsTheControlWordsOfItsThread) {
    install_kernel();
    const uint32_t own_mxcsr = 0x5f80;
    __asm__ volatile("ldmxcsr %0; fldcw %1" : : "m"(own_mxcsr), "m"(unusual_fcw));
    run_guest((guest_entry*)(uintptr_t)zx_thread_exit, 0);
    CHECK_EQUAL(mxcsr(), own_mxcsr);
    CHECK_EQUAL(fcw(), unusual_fcw);
}

static zx_status_t read_states(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    zx_host_read_vector_regs(zx_host_thread_self(), &vectors);
    zx_host_read_fp_regs(zx_host_thread_self(), &fp);
    zx_host_write_vector_regs(zx_host_thread_self(), &vectors);
    zx_host_write_fp_regs(zx_host_thread_self(), &fp);
    return ZX_OK;
}

static void fault_and_call(uint64_t unused) {
    fault_with_state(unused);
    CHECK_EQUAL(zx_handle_close(1), ZX_OK);
}

TEST(aGuestThatIsNotStoppedAtAFaultHasNoSavedState) {
    CHECK(has_avx());
    install_kernel();
    kernel.handle_close = read_states;
    fill_state();
    on_exception = disturb_and_skip;
    run_guest(fault_and_call, 0);
    for (int i = 0; i < 16; i++) {
        CHECK_EQUAL(vectors.zmm[i].v[0], 0);
    }
    CHECK_EQUAL(vectors.mxcsr, 0);
    CHECK_EQUAL(fp.fcw, 0);
}
