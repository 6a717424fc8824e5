// Floating-point and vector registers survive a handled fault, a handler sees them, and what it writes into them is
// what the thread goes on with.
#include "guest.h"

enum { REGISTERS = 16, MXCSR_ROUND_DOWN = 0x3f80, FCW_ROUND_DOWN = 0x077f };

// What a thread loads into its registers before it faults, or finds in them afterwards.
struct floats {
    uint64_t xmm[REGISTERS][2];
    long double st0;
    uint32_t mxcsr;
    uint16_t fcw;
};

static void load_fault_and_store(uintptr_t before, uintptr_t after) {
    const struct floats* in = (const struct floats*)before;
    struct floats* out = (struct floats*)after;
    uint32_t old_mxcsr;
    uint16_t old_fcw;
    __asm__ volatile(
        "stmxcsr %[old_mxcsr]\n\t"
        "fnstcw %[old_fcw]\n\t"
        "ldmxcsr %[in_mxcsr]\n\t"
        "fldcw %[in_fcw]\n\t"
        "fldt %[in_st0]\n\t"
        "movdqu 0x00(%[in]), %%xmm0\n\t"
        "movdqu 0x10(%[in]), %%xmm1\n\t"
        "movdqu 0x20(%[in]), %%xmm2\n\t"
        "movdqu 0x30(%[in]), %%xmm3\n\t"
        "movdqu 0x40(%[in]), %%xmm4\n\t"
        "movdqu 0x50(%[in]), %%xmm5\n\t"
        "movdqu 0x60(%[in]), %%xmm6\n\t"
        "movdqu 0x70(%[in]), %%xmm7\n\t"
        "movdqu 0x80(%[in]), %%xmm8\n\t"
        "movdqu 0x90(%[in]), %%xmm9\n\t"
        "movdqu 0xa0(%[in]), %%xmm10\n\t"
        "movdqu 0xb0(%[in]), %%xmm11\n\t"
        "movdqu 0xc0(%[in]), %%xmm12\n\t"
        "movdqu 0xd0(%[in]), %%xmm13\n\t"
        "movdqu 0xe0(%[in]), %%xmm14\n\t"
        "movdqu 0xf0(%[in]), %%xmm15\n\t"
        "ud2\n\t"
        "movdqu %%xmm0, 0x00(%[out])\n\t"
        "movdqu %%xmm1, 0x10(%[out])\n\t"
        "movdqu %%xmm2, 0x20(%[out])\n\t"
        "movdqu %%xmm3, 0x30(%[out])\n\t"
        "movdqu %%xmm4, 0x40(%[out])\n\t"
        "movdqu %%xmm5, 0x50(%[out])\n\t"
        "movdqu %%xmm6, 0x60(%[out])\n\t"
        "movdqu %%xmm7, 0x70(%[out])\n\t"
        "movdqu %%xmm8, 0x80(%[out])\n\t"
        "movdqu %%xmm9, 0x90(%[out])\n\t"
        "movdqu %%xmm10, 0xa0(%[out])\n\t"
        "movdqu %%xmm11, 0xb0(%[out])\n\t"
        "movdqu %%xmm12, 0xc0(%[out])\n\t"
        "movdqu %%xmm13, 0xd0(%[out])\n\t"
        "movdqu %%xmm14, 0xe0(%[out])\n\t"
        "movdqu %%xmm15, 0xf0(%[out])\n\t"
        "fstpt %[out_st0]\n\t"
        "fnstcw %[out_fcw]\n\t"
        "stmxcsr %[out_mxcsr]\n\t"
        "fldcw %[old_fcw]\n\t"
        "ldmxcsr %[old_mxcsr]\n\t"
        : [out_st0] "=m"(out->st0), [out_fcw] "=m"(out->fcw), [out_mxcsr] "=m"(out->mxcsr),
          [old_mxcsr] "=m"(old_mxcsr), [old_fcw] "=m"(old_fcw)
        : [in] "r"(in), [out] "r"(out), [in_st0] "m"(in->st0), [in_fcw] "m"(in->fcw), [in_mxcsr] "m"(in->mxcsr)
        : "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
          "xmm12", "xmm13", "xmm14", "xmm15", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)");
    zx_thread_exit();
}

// The same for a register that is 32 bytes wide.
static void load_fault_and_store_wide(uintptr_t before, uintptr_t after) {
    __asm__ volatile(
        "vmovdqu (%0), %%ymm7\n\t"
        "ud2\n\t"
        "vmovdqu %%ymm7, (%1)\n\t"
        "vzeroupper\n\t"
        :
        : "r"(before), "r"(after)
        : "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
          "xmm12", "xmm13", "xmm14", "xmm15");
    zx_thread_exit();
}

static void fill(struct floats* floats) {
    memset(floats, 0, sizeof(*floats));
    for (uint64_t i = 0; i < REGISTERS; i++) {
        floats->xmm[i][0] = 0x1111111111111111u * i;
        floats->xmm[i][1] = ~floats->xmm[i][0] ^ (i << 56);
    }
    floats->st0 = 1.5L;
    floats->mxcsr = MXCSR_ROUND_DOWN;
    floats->fcw = FCW_ROUND_DOWN;
}

static void compare(const struct floats* expected, const struct floats* actual) {
    for (int i = 0; i < REGISTERS; i++) {
        CHECK_EQ(expected->xmm[i][0], actual->xmm[i][0]);
        CHECK_EQ(expected->xmm[i][1], actual->xmm[i][1]);
    }
    CHECK(expected->st0 == actual->st0);
    CHECK_EQ(expected->mxcsr, actual->mxcsr);
    CHECK_EQ(expected->fcw, actual->fcw);
}

// What the handler leaves alone comes out as it went in, however much floating-point work it does itself.
static void survive(zx_handle_t port) {
    struct floats before;
    struct floats after = {0};
    fill(&before);
    zx_handle_t thread = start_thread("floats", load_fault_and_store, (uintptr_t)&before, (uintptr_t)&after);
    zx_handle_t faulted = next_exception(port, 0, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
    volatile double noise = 0.1;
    for (int i = 0; i < 1000; i++) {
        noise = noise * 1.7 - 0.3;
    }
    step_over_ud2(faulted);
    MUST(zx_task_resume_from_exception(faulted, port, 0));
    MUST(zx_handle_close(faulted));
    join_thread(thread);
    compare(&before, &after);
}

static void change(zx_handle_t port) {
    struct floats before;
    struct floats after = {0};
    fill(&before);
    zx_handle_t thread = start_thread("floats", load_fault_and_store, (uintptr_t)&before, (uintptr_t)&after);
    zx_handle_t faulted = next_exception(port, 0, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());

    zx_thread_state_vector_regs_t vectors;
    MUST(zx_thread_read_state(faulted, ZX_THREAD_STATE_VECTOR_REGS, &vectors, sizeof(vectors)));
    for (int i = 0; i < REGISTERS; i++) {
        CHECK_EQ(before.xmm[i][0], vectors.zmm[i].v[0]);
        CHECK_EQ(before.xmm[i][1], vectors.zmm[i].v[1]);
    }
    CHECK_EQ(MXCSR_ROUND_DOWN, vectors.mxcsr);
    zx_thread_state_fp_regs_t fp;
    MUST(zx_thread_read_state(faulted, ZX_THREAD_STATE_FP_REGS, &fp, sizeof(fp)));
    CHECK_EQ(FCW_ROUND_DOWN, fp.fcw);
    // 1.5 as the processor has it in 80 bits.
    CHECK_EQ(0xc000000000000000, fp.st[0].low);
    CHECK_EQ(0x3fff, fp.st[0].high & 0xffff);

    vectors.zmm[5].v[1] = before.xmm[5][1] = 0x5555;
    vectors.zmm[15].v[0] = before.xmm[15][0] = 0xffff;
    MUST(zx_thread_write_state(faulted, ZX_THREAD_STATE_VECTOR_REGS, &vectors, sizeof(vectors)));
    fp.st[0].low = 0xa000000000000000;
    fp.st[0].high = 0x4000;
    before.st0 = 2.5L;
    MUST(zx_thread_write_state(faulted, ZX_THREAD_STATE_FP_REGS, &fp, sizeof(fp)));

    step_over_ud2(faulted);
    MUST(zx_task_resume_from_exception(faulted, port, 0));
    MUST(zx_handle_close(faulted));
    join_thread(thread);
    compare(&before, &after);
}

static void survive_wide(zx_handle_t port) {
    uint64_t before[4] = {1, 2, 0x3333333333333333, 0x4444444444444444};
    uint64_t after[4] = {0};
    zx_handle_t thread = start_thread("wide", load_fault_and_store_wide, (uintptr_t)before, (uintptr_t)after);
    zx_handle_t faulted = next_exception(port, 0, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
    zx_thread_state_vector_regs_t vectors;
    MUST(zx_thread_read_state(faulted, ZX_THREAD_STATE_VECTOR_REGS, &vectors, sizeof(vectors)));
    CHECK_EQ(0, memcmp(before, vectors.zmm[7].v, sizeof(before)));
    vectors.zmm[7].v[3] = before[3] = 0x7777;
    MUST(zx_thread_write_state(faulted, ZX_THREAD_STATE_VECTOR_REGS, &vectors, sizeof(vectors)));
    step_over_ud2(faulted);
    MUST(zx_task_resume_from_exception(faulted, port, 0));
    MUST(zx_handle_close(faulted));
    join_thread(thread);
    CHECK_EQ(0, memcmp(before, after, sizeof(before)));
}

int main(void) {
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, 0, 0));
    survive(port);
    change(port);
    if (__builtin_cpu_supports("avx")) {
        survive_wide(port);
    }
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
