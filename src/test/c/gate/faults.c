// Faults of guest code: what the kernel learns, and how the guest goes on.
#include "harness.h"

#define PAGE_FAULT 14
#define GENERAL_PROTECTION 13
// Bits of a page fault's error code.
#define PRESENT 1
#define WRITE 2
#define USER 4

static zx_host_thread_t last; // without regs
static zx_thread_state_general_regs_t last_regs;
static int faults;

static void note(zx_host_thread_t* thread) {
    last = *thread;
    last_regs = *thread->regs;
    faults++;
}

static void note_and_leave(zx_host_thread_t* thread) {
    note(thread);
    thread->leave = 1;
}

static void check_fault(uint64_t vector, uint64_t err_code, uint64_t cr2) {
    CHECK_EQUAL(faults, 1);
    CHECK_EQUAL(last.vector, vector);
    CHECK_EQUAL(last.err_code, err_code);
    CHECK_EQUAL(last.cr2, cr2);
    CHECK_EQUAL(last.caller, GUEST_NAME);
    faults = 0;
}

static void fault_and_leave(guest_entry* guest, uint64_t argument) {
    on_exception = note_and_leave;
    run_guest(guest, argument);
}

static void read_at(uint64_t address) { (void)*(volatile char*)address; }
static void write_at(uint64_t address) { *(volatile char*)address = 1; }
static void jump_to(uint64_t address) { ((void (*)(void))address)(); }
static void undefined(uint64_t unused) { (void)unused; __asm__ volatile("ud2"); }
static void breakpoint(uint64_t unused) { (void)unused; __asm__ volatile("int3"); }
static void divide(uint64_t unused) {
    (void)unused;
    __asm__ volatile("xorl %%ecx, %%ecx; divl %%ecx" : : : "rax", "rcx", "rdx", "cc");
}
static void misalign(uint64_t unused) {
    (void)unused;
    __asm__ volatile("pushfq; orl $0x40000, (%%rsp); popfq; movq 1(%%rsp), %%rax" : : : "rax", "cc");
}
static void garble_stack(uint64_t rsp) {
    __asm__ volatile("movq %0, %%rsp; pushq %%rax" : : "r"(rsp) : "memory");
}
static __attribute__((noinline)) int overflow(int depth) {
    volatile char frame[512];
    frame[0] = (char)depth;
    return depth < 0 ? 0 : overflow(depth + 1) + frame[0];
}
static void overflow_stack(uint64_t unused) {
    (void)unused;
    overflow(0);
}
static void step(uint64_t unused) {
    (void)unused;
    __asm__ volatile("pushfq; orl $0x100, (%%rsp); popfq; nop; nop" : : : "cc", "memory");
}

TEST(eachKindOfFaultHasItsVectorErrorCodeAndAddress) {
    install_kernel();
    char* page = guarded_page();
    fault_and_leave(read_at, 0x10);
    check_fault(PAGE_FAULT, USER, 0x10);
    fault_and_leave(write_at, 0x20);
    check_fault(PAGE_FAULT, USER | WRITE, 0x20);
    fault_and_leave(read_at, (uintptr_t)page + 5);
    check_fault(PAGE_FAULT, USER | PRESENT * (last.err_code & PRESENT), (uintptr_t)page + 5);
    fault_and_leave(write_at, (uintptr_t)jump_to);
    check_fault(PAGE_FAULT, USER | WRITE | PRESENT, (uintptr_t)jump_to);
    fault_and_leave(jump_to, 0x30);
    CHECK_EQUAL(last_regs.rip, 0x30);
    check_fault(PAGE_FAULT, USER | (last.err_code & 0x10), 0x30);
    fault_and_leave(read_at, 0x8000000000000000);
    check_fault(GENERAL_PROTECTION, 0, 0);
    fault_and_leave(undefined, 0);
    CHECK(memcmp((void*)last_regs.rip, "\x0f\x0b", 2) == 0);
    check_fault(6, 0, 0);
    fault_and_leave(breakpoint, 0);
    CHECK(memcmp((char*)last_regs.rip - 1, "\xcc", 1) == 0); // past the instruction
    check_fault(3, 0, 0);
    fault_and_leave(divide, 0);
    check_fault(0, 0, 0);
    fault_and_leave(misalign, 0);
    check_fault(17, 0, 0);
    fault_and_leave(step, 0);
    check_fault(1, 0, 0);
}

TEST(aFaultBehindTheEndOfAFileIsAPageFault) {
    install_kernel();
    FILE* file = tmpfile();
    CHECK(file != NULL);
    char* page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    fault_and_leave(read_at, (uintptr_t)page);
    check_fault(PAGE_FAULT, USER, (uintptr_t)page);
}

TEST(aStackOverflowIsAPageFaultNextToTheStack) {
    install_kernel();
    fault_and_leave(overflow_stack, 0);
    CHECK(last_regs.rsp - last.cr2 + 4096 < 8192);
    check_fault(PAGE_FAULT, last.err_code, last.cr2);
}

TEST(aStackPointerFullOfGarbageIsAFault) {
    install_kernel();
    fault_and_leave(garble_stack, 0x1000);
    CHECK_EQUAL(last_regs.rsp, 0x1000);
    check_fault(PAGE_FAULT, USER | WRITE, 0xff8);
    fault_and_leave(garble_stack, 0x8000000000000000);
    CHECK_EQUAL(last_regs.rsp, 0x8000000000000000);
    check_fault(12, 0, 0);
}

static void call_with_stack(uint64_t rsp) {
    __asm__ volatile("movq %0, %%rsp; xorl %%edi, %%edi; jmp *%1"
                     :
                     : "r"(rsp), "r"(zx_handle_close)
                     : "memory", "rdi");
}

static void read_channel_with_stack(uint64_t rsp) {
    __asm__ volatile("movq %0, %%rsp; jmp *%1" : : "r"(rsp), "r"(zx_channel_read) : "memory");
}

TEST(aSyscallOnAStackThatIsNotThereIsAFault) {
    install_kernel();
    fault_and_leave(call_with_stack, 0x1000);
    check_fault(PAGE_FAULT, USER, 0x1000);
    fault_and_leave(call_with_stack, 0x8000000000000000);
    check_fault(12, 0, 0);
    // The return address is there, the arguments above it are not.
    uintptr_t end = (uintptr_t)guarded_page();
    fault_and_leave(read_channel_with_stack, end - 8);
    check_fault(PAGE_FAULT, USER | (last.err_code & PRESENT), end);
    fault_and_leave(read_channel_with_stack, end - 16);
    check_fault(PAGE_FAULT, USER | (last.err_code & PRESENT), end);
}

// All registers hold a value of their own at the fault, and the next instruction sees what the handler wrote.
static uint64_t after[16], flags_after;

static void load_registers(uint64_t unused) {
    (void)unused;
    __asm__ volatile(
        "movq $0x101, %%rax; movq $0x102, %%rbx; movq $0x103, %%rcx; movq $0x104, %%rdx\n"
        "movq $0x105, %%rsi; movq $0x106, %%rdi; movq %%rbp, %%r9; movq $0x107, %%rbp\n"
        "movq $0x108, %%r8; pushq %%r9; movq $0x109, %%r9; movq $0x10a, %%r10\n"
        "movq $0x10b, %%r11; movq $0x10c, %%r12; movq $0x10d, %%r13; movq $0x10e, %%r14\n"
        "movq $0x10f, %%r15; stc; std\n"
        "ud2\n"
        "pushfq; popq %1; cld\n"
        "movq %%rax, 0+%0; movq %%rbx, 8+%0; movq %%rcx, 16+%0; movq %%rdx, 24+%0\n"
        "movq %%rsi, 32+%0; movq %%rdi, 40+%0; movq %%rbp, 48+%0; movq %%r8, 64+%0\n"
        "movq %%r9, 72+%0; movq %%r10, 80+%0; movq %%r11, 88+%0; movq %%r12, 96+%0\n"
        "movq %%r13, 104+%0; movq %%r14, 112+%0; movq %%r15, 120+%0; popq %%rbp\n"
        : "=m"(after), "=m"(flags_after)
        :
        : "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
          "r15", "memory", "cc");
}

static void skip_undefined(zx_host_thread_t* thread) {
    note(thread);
    thread->regs->rip += 2;
}

static void rewrite_registers(zx_host_thread_t* thread) {
    note(thread);
    uint64_t* regs = (uint64_t*)thread->regs;
    for (int i = 0; i < 16; i++) {
        if (i != 7) { // rsp
            regs[i] += 0xabcdef0000000000;
        }
    }
    thread->regs->rip += 2;
    // Without the carry; the privileged bits are ignored.
    thread->regs->rflags = (thread->regs->rflags & ~(uint64_t)1) | 0x3000;
}

TEST(theGuestGoesOnWithTheRegistersThatItHadOrWasGiven) {
    install_kernel();
    const uint64_t carry = 1, direction = 0x400;
    for (int rewrite = 0; rewrite < 2; rewrite++) {
        on_exception = rewrite ? rewrite_registers : skip_undefined;
        run_guest(load_registers, 0);
        const uint64_t* regs = (const uint64_t*)&last_regs;
        for (int i = 0, value = 0x101; i < 16; i++) {
            if (i != 7) {
                CHECK_EQUAL(regs[i], value);
                CHECK_EQUAL(after[i], (uint64_t)value + (rewrite ? 0xabcdef0000000000 : 0));
                value++;
            }
        }
        CHECK_EQUAL(last_regs.rflags & (carry | direction), carry | direction);
        CHECK_EQUAL(flags_after & (carry | direction | 0x3000), direction | (rewrite ? 0 : carry));
    }
}

static void repair_address(zx_host_thread_t* thread) {
    note(thread);
    static uint64_t replacement = 0x5eed;
    thread->regs->rdi = (uintptr_t)&replacement;
}

static uint64_t read_result;
static void read_with_rdi(uint64_t address) {
    __asm__ volatile("movq (%%rdi), %0" : "=r"(read_result) : "D"(address));
}

TEST(aHandlerRepairsARegister) {
    install_kernel();
    on_exception = repair_address;
    run_guest(read_with_rdi, 0x40);
    CHECK_EQUAL(read_result, 0x5eed);
    check_fault(PAGE_FAULT, USER, 0x40);
}

static void repair_memory(zx_host_thread_t* thread) {
    note(thread);
    void* page = (void*)(thread->cr2 & ~(uint64_t)4095);
    CHECK(mprotect(page, 4096, PROT_READ | PROT_WRITE) == 0);
    *(uint64_t*)page = 0xfeed;
}

TEST(aHandlerRepairsTheMemory) {
    install_kernel();
    on_exception = repair_memory;
    char* page = guarded_page();
    run_guest(read_with_rdi, (uintptr_t)page);
    CHECK_EQUAL(read_result, 0xfeed);
    check_fault(PAGE_FAULT, last.err_code, (uintptr_t)page);
}

static zx_status_t close_any(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    return 77;
}

static uint64_t mended_stack[64], jump_back_to;
static void mend_stack(zx_host_thread_t* thread) {
    note(thread);
    // Every register that a syscall does not take its arguments from.
    thread->regs->rax = thread->regs->r10 = thread->regs->r11 = 0xbad0bad0bad0bad0;
    mended_stack[32] = jump_back_to;
    thread->regs->rsp = (uintptr_t)&mended_stack[32];
}

static int64_t mended_result;
static void call_with_mended_stack(uint64_t rsp) {
    uint64_t saved;
    __asm__ volatile(
        "leaq 1f(%%rip), %%rax; movq %%rax, %2\n"
        "movq %%rsp, %%rbx; movq %3, %%rsp; jmp *%4\n"
        "1: movq %%rbx, %%rsp; movslq %%eax, %%rax\n"
        : "=&a"(mended_result), "=&b"(saved), "=m"(jump_back_to)
        : "r"(rsp), "r"(zx_handle_close)
        : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory", "cc");
}

TEST(aFaultInsideASyscallEntryCanBeRepaired) {
    install_kernel();
    kernel.handle_close = close_any;
    on_exception = mend_stack;
    run_guest(call_with_mended_stack, 0x1000);
    CHECK_EQUAL(mended_result, 77);
    check_fault(PAGE_FAULT, USER, 0x1000);
}

static zx_thread_state_general_regs_t original;
static uint64_t garbage;
static bool garbage_in_rip;
static void resume_with_garbage(zx_host_thread_t* thread) {
    note(thread);
    if (faults == 1) {
        original = *thread->regs;
        *(garbage_in_rip ? &thread->regs->rip : &thread->regs->rsp) = garbage;
        thread->regs->rip += garbage_in_rip ? 0 : 2;
    } else {
        *thread->regs = original;
        thread->regs->rip += 2;
    }
}

static bool went_on;
static void undefined_then_call(uint64_t unused) {
    (void)unused;
    __asm__ volatile("ud2; pushq %%rax; popq %%rax" : : : "memory");
    went_on = true;
}

TEST(garbageInTheRegistersIsAnotherFault) {
    install_kernel();
    on_exception = resume_with_garbage;
    const uint64_t values[] = {0,          0x8000000000000000, 0x800000000000,
                               0x7ffffffff000, 0xffffffffff600000, 0xffffffffffffffff};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (int in_rip = 0; in_rip < 2; in_rip++) {
            garbage = values[i];
            garbage_in_rip = in_rip;
            faults = 0;
            went_on = false;
            run_guest(undefined_then_call, 0);
            CHECK_EQUAL(faults, 2);
            CHECK(went_on);
            CHECK(last.vector >= 12 && last.vector <= 14);
            CHECK_EQUAL(in_rip ? last_regs.rip : last_regs.rsp, garbage);
        }
    }
}

static zx_status_t make_leave(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    zx_host_thread_self()->leave = 1;
    return ZX_OK;
}

static void close_one(uint64_t unused) {
    (void)unused;
    zx_handle_close(1);
    CHECK(false);
}

TEST(aGuestLeavesFromASyscall) {
    install_kernel();
    kernel.handle_close = make_leave;
    run_guest(close_one, 0);
    // A host thread stays.
    CHECK_EQUAL(zx_handle_close(1), ZX_OK);
}

TEST(aGuestThatFaultsWithoutAKernelLeaves) {
    install_kernel();
    zx_host_install(NULL);
    run_guest(read_at, 0);
    install_kernel();
    kernel.table.exception = NULL;
    run_guest(read_at, 0);
}

static zx_host_table_t other_kernel;
static zx_status_t replace_kernel(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    other_kernel = kernel.table;
    zx_host_install(&other_kernel);
    return ZX_OK;
}

static void outlive_kernel(uint64_t unused) {
    (void)unused;
    zx_handle_close(1);
    zx_handle_close(1);
    CHECK(false);
}

TEST(aGuestOfAnEarlierKernelLeaves) {
    install_kernel();
    kernel.handle_close = replace_kernel;
    run_guest(outlive_kernel, 0);
}

static zx_status_t run_nested(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    return zx_host_run((zx_vaddr_t)read_at, 0, 0);
}

static void ask_for_nested(uint64_t unused) {
    (void)unused;
    CHECK_EQUAL(zx_handle_close(1), ZX_ERR_BAD_STATE);
}

TEST(aGuestBelowAGuestIsBadState) {
    install_kernel();
    kernel.handle_close = run_nested;
    run_guest(ask_for_nested, 0);
}
