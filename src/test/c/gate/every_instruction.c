// An interruption at every single instruction of the gate's ways in and out: a debugger stops the guest there.
#include "harness.h"

#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include "gate_x86_64.h"

// What a child tells by its end, unless a check of its own has failed.
#define INTERRUPTED_ONCE 10
#define INTERRUPTED_BEFORE_ITS_BEGIN 11
#define NOT_INTERRUPTED 12

// The last entry, behind which the rest of the assembler's code lies.
#define BEGIN ((uintptr_t)zx_take_startup_handle)
#define SIZE 0x4a0

// NT is left out: Linux takes it from whoever returns from a signal.
#define DF_AC 0x40400
#define ODD_MXCSR 0x7f81

static int interruptions;
static volatile uint64_t begun, done;
static bool before_its_begin;
static bool stopping;
static uint16_t word;

static void count(zx_host_thread_t* thread) {
    (void)thread;
    interruptions++;
    before_its_begin = begun == 0;
}

static void skip_undefined(zx_host_thread_t* thread) { thread->regs->rip += 2; }

static zx_handle_t take(uint64_t caller, uint32_t info) {
    (void)caller;
    if (stopping) {
        CHECK(zx_host_stop(zx_host_thread_self()));
        zx_host_go_on(zx_host_thread_self());
    }
    return info + 1;
}

// Static, for the code below moves its stack pointer.
static uint64_t kept[6], flags, status;
static uint32_t mxcsr = ODD_MXCSR, mxcsr_kept;
static uint16_t fcw_kept;
static double top;

// A fault and a syscall, with a value of its own in whatever a guest keeps.
static void keep_everything(uint64_t unused) {
    (void)unused;
    begun = 1;
    __asm__ volatile(
        "pushq %%rbp; pushq %%rbx\n"
        "fninit; ldmxcsr %[mxcsr]; fldcw %[word]; fldpi\n"
        "movq %[call], %%rax\n"
        "movq $0x11, %%rbx; movq $0x12, %%r12; movq $0x13, %%r13; movq $0x14, %%r14\n"
        "movq $0x15, %%r15; movq $0x16, %%rbp\n"
        "ud2\n"
        "pushfq; orl %[odd], (%%rsp); popfq\n"
        "movl $0x77, %%edi; call *%%rax\n"
        "pushfq; popq %%rdi; pushq $2; popfq\n"
        "movq %%rbp, %%rsi; movq %%rbx, %%rcx; popq %%rbx; popq %%rbp\n"
        "movq %%rcx, 0+%[kept]; movq %%r12, 8+%[kept]; movq %%r13, 16+%[kept]\n"
        "movq %%r14, 24+%[kept]; movq %%r15, 32+%[kept]; movq %%rsi, 40+%[kept]\n"
        "movq %%rdi, %[flags]; movq %%rax, %[status]\n"
        "fnstcw %[fcw_kept]; fstpl %[top]; stmxcsr %[mxcsr_kept]\n"
        : [kept] "=m"(kept), [flags] "=m"(flags), [status] "=m"(status),
          [mxcsr_kept] "=m"(mxcsr_kept), [fcw_kept] "=m"(fcw_kept), [top] "=m"(top)
        : [call] "r"(zx_take_startup_handle), [mxcsr] "m"(mxcsr), [word] "m"(word),
          [odd] "i"(DF_AC)
        : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
          "memory", "cc");
    for (uint64_t i = 0; i < 6; i++) {
        CHECK_EQUAL(kept[i], 0x11 + i);
    }
    CHECK_EQUAL(flags & DF_AC, DF_AC);
    CHECK_EQUAL((uint32_t)status, 0x78);
    CHECK_EQUAL(mxcsr_kept, ODD_MXCSR);
    CHECK_EQUAL(fcw_kept, word);
    CHECK(top > 3.14159 && top < 3.14160);
    done = 1;
}

static pid_t start_child(void) {
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        CHECK(ptrace(PTRACE_TRACEME, 0, 0, 0) == 0);
        raise(SIGSTOP);
        run_guest(keep_everything, 0);
        CHECK(interruptions <= 1);
        _exit(interruptions == 0 ? NOT_INTERRUPTED
              : before_its_begin ? INTERRUPTED_BEFORE_ITS_BEGIN
                                 : INTERRUPTED_ONCE);
    }
    return child;
}

static void set_breakpoint(pid_t child, uintptr_t address) {
    CHECK(ptrace(PTRACE_POKEUSER, child, offsetof(struct user, u_debugreg[0]), address) == 0);
    CHECK(ptrace(PTRACE_POKEUSER, child, offsetof(struct user, u_debugreg[7]), address != 0) == 0);
}

// Interrupts a child's guest where it is.
static void request(pid_t child) {
    char* wanted = (char*)zx_host_thread_self() + GATE_WANTED;
    uint64_t word_there = (uint64_t)ptrace(PTRACE_PEEKDATA, child, wanted, 0);
    CHECK(ptrace(PTRACE_POKEDATA, child, wanted, word_there | 1) == 0);
    CHECK(kill(child, SIGURG) == 0);
}

// Whether the guest got to the address.
static bool interrupt_at(uintptr_t address) {
    pid_t child = start_child();
    int status;
    bool reached = false, at_end = false;
    int expected = NOT_INTERRUPTED;
    CHECK(waitpid(child, &status, 0) == child && WSTOPSIG(status) == SIGSTOP);
    set_breakpoint(child, address);
    for (int pass = 0; ptrace(PTRACE_CONT, child, 0, pass) == 0;) {
        CHECK(waitpid(child, &status, 0) == child);
        if (!WIFSTOPPED(status)) {
            break;
        }
        struct user_regs_struct regs;
        CHECK(ptrace(PTRACE_GETREGS, child, 0, &regs) == 0);
        pass = WSTOPSIG(status);
        if (pass == SIGTRAP && regs.rip == address) {
            reached = true;
            at_end = ptrace(PTRACE_PEEKDATA, child, &done, 0) == 1;
            bool at_begin = ptrace(PTRACE_PEEKDATA, child, &begun, 0) == 0;
            expected = at_begin ? INTERRUPTED_BEFORE_ITS_BEGIN : INTERRUPTED_ONCE;
            set_breakpoint(child, 0);
            request(child);
            pass = 0;
        }
    }
    CHECK(WIFEXITED(status));
    if (!at_end) {
        CHECK_EQUAL(WEXITSTATUS(status), expected);
    }
    return reached;
}

static void interrupt_everywhere(uint16_t control_word, bool stop, int expected) {
    install_kernel();
    kernel.take_startup_handle = take;
    on_interrupted = count;
    on_exception = skip_undefined;
    word = control_word;
    stopping = stop;
    CHECK(zx_host_thread_self() != NULL);
    int reached = 0;
    for (uintptr_t offset = 0; offset < SIZE; offset++) {
        reached += interrupt_at(BEGIN + offset);
    }
    // So many instructions are there at least.
    CHECK(reached >= expected);
}

TEST(aRequestAtAnyInstructionOfASyscallIsSeenOnce) { interrupt_everywhere(0x37f, false, 110); }

TEST(aRequestAtAnyInstructionOfASyscallWithAnOddControlWordIsSeenOnce) {
    interrupt_everywhere(0x27f, false, 110);
}

TEST(aRequestAtAnyInstructionOfARestoringSyscallIsSeenOnce) {
    interrupt_everywhere(0x27f, true, 90);
}
