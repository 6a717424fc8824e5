// Floating-point errors that are not masked, of the x87 and of the vector unit: general exceptions. The handler writes the
// registers of the unit, and the thread goes on with them.
#include "guest.h"

enum { KEY = 42 };

static double quotient;
static uint16_t fcw_after;

// Divides 1 by 0 with unmasked exceptions.
static void divide_x87(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    uint16_t unmasked = 0x037f & ~4;
    double result;
    __asm__ volatile(
        "fninit\n\t"
        "fldcw %[unmasked]\n\t"
        "fld1\n\t"
        "fldz\n\t"
        "fdivrp %%st, %%st(1)\n\t" // the divide notes the error
        "fwait\n\t"                // and this finds it
        "fstpl %[result]\n\t"
        "fnstcw %[fcw]\n\t"
        "fninit\n\t"
        : [result] "=m"(result), [fcw] "=m"(fcw_after)
        : [unmasked] "m"(unmasked)
        : "memory", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)");
    quotient = result;
    zx_thread_exit();
}

static void divide_sse(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    uint32_t unmasked = 0x1f80 & ~0x200u;
    uint32_t defaults = 0x1f80;
    double dividend = 1;
    double divisor = 0;
    __asm__ volatile(
        "ldmxcsr %[unmasked]\n\t"
        "movsd %[dividend], %%xmm4\n\t"
        "movsd %[divisor], %%xmm5\n\t"
        "divsd %%xmm5, %%xmm4\n\t"
        "movsd %%xmm4, %[dividend]\n\t"
        "ldmxcsr %[defaults]\n\t"
        : [dividend] "+m"(dividend)
        : [divisor] "m"(divisor), [unmasked] "m"(unmasked), [defaults] "m"(defaults)
        : "memory", "xmm4", "xmm5");
    quotient = dividend;
    zx_thread_exit();
}

static zx_handle_t port;

// Starts a thread that divides, and waits for the error.
static zx_handle_t start_division(guest_entry* divide, uint64_t vector) {
    zx_handle_t thread = start_thread("division", divide, 0, 0);
    MUST(zx_handle_close(next_exception(port, KEY, ZX_EXCP_GENERAL, zx_process_self())));
    zx_exception_report_t report = exception_report(thread);
    CHECK_EQ(ZX_EXCP_GENERAL, report.header.type);
    CHECK_EQ(vector, report.context.arch.u.x86_64.vector);
    CHECK_EQ(0, report.context.arch.u.x86_64.err_code);
    CHECK_EQ(0, report.context.arch.u.x86_64.cr2);
    return thread;
}

static void end_division(zx_handle_t thread, double expected) {
    MUST(zx_task_resume_from_exception(thread, port, 0));
    join_thread(thread);
    expect_no_packet(port);
    CHECK(quotient == expected);
}

// Masked and cleared by the handler, the error is none any more. The divisor is on top still, since nothing was popped; the
// thread stores what the handler puts there.
static void x87(void) {
    zx_handle_t thread = start_division(divide_x87, 16);
    zx_thread_state_fp_regs_t fp;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_FP_REGS, &fp, sizeof(fp)));
    CHECK_EQ(0x037b, fp.fcw);
    CHECK_EQ(4, fp.fsw & 4); // a division by zero
    fp.fcw = 0x037f;
    fp.fsw &= 0x7f00;
    fp.st[0].low = 0xc000000000000000; // 1.5
    fp.st[0].high = 0x3fff;
    MUST(zx_thread_write_state(thread, ZX_THREAD_STATE_FP_REGS, &fp, sizeof(fp)));
    end_division(thread, 1.5);
    CHECK_EQ(0x037f, fcw_after);
}

static void sse_with_another_divisor(void) {
    zx_handle_t thread = start_division(divide_sse, 19);
    zx_thread_state_vector_regs_t vector;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vector, sizeof(vector)));
    CHECK_EQ(4, vector.mxcsr & 4);
    CHECK_EQ(0, vector.mxcsr & 0x200);
    double four = 4;
    memcpy(&vector.zmm[5].v[0], &four, sizeof(four));
    MUST(zx_thread_write_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vector, sizeof(vector)));
    end_division(thread, 0.25);
}

// The quotient is infinite when that is no error any more.
static void sse_with_the_error_masked(void) {
    zx_handle_t thread = start_division(divide_sse, 19);
    zx_thread_state_vector_regs_t vector;
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vector, sizeof(vector)));
    vector.mxcsr = 0x1f80;
    MUST(zx_thread_write_state(thread, ZX_THREAD_STATE_VECTOR_REGS, &vector, sizeof(vector)));
    end_division(thread, __builtin_inf());
}

int main(void) {
    port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    x87();
    sse_with_another_divisor();
    sse_with_the_error_masked();
    MUST(zx_handle_close(port));
    return CHECK_RESULT();
}
