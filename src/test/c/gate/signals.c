// Signals that are not a guest's fault, and trap flags inside the gate.
#include "harness.h"

#include <setjmp.h>
#include <sys/wait.h>
#include <ucontext.h>

static sigjmp_buf escape;
static int chained_signal, chained_code;
static bool chained_blocked;

static void chained(int signal, siginfo_t* info, void* context) {
    CHECK(context != NULL);
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    chained_blocked = sigismember(&mask, SIGUSR2) == 1 && sigismember(&mask, signal) == 1;
    chained_signal = signal;
    chained_code = info->si_code;
    if (info->si_code > 0) {
        siglongjmp(escape, 1);
    }
}

static void chained_plain(int signal) {
    chained_signal = signal;
    siglongjmp(escape, 1);
}

static void set_handler(int flags) {
    struct sigaction action = {.sa_flags = flags};
    if ((flags & SA_SIGINFO) != 0) {
        action.sa_sigaction = chained;
    } else {
        action.sa_handler = chained_plain;
    }
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGUSR2);
    const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
    for (size_t i = 0; i < 5; i++) {
        CHECK(sigaction(signals[i], &action, NULL) == 0);
    }
}

#define CHAINED(signal, statement)              \
    chained_signal = 0;                         \
    if (sigsetjmp(escape, 1) == 0) {            \
        statement;                              \
        CHECK(false);                           \
    }                                           \
    CHECK_EQUAL(chained_signal, signal)

static void fault_outside_a_guest(void) {
    CHAINED(SIGSEGV, *(volatile char*)0x10 = 1);
    CHAINED(SIGILL, __asm__ volatile("ud2"));
    CHAINED(SIGTRAP, __asm__ volatile("int3"));
    CHAINED(SIGFPE, __asm__ volatile("xorl %%ecx, %%ecx; divl %%ecx" : : : "rax", "rcx", "rdx"));
    CHAINED(SIGTRAP, __asm__ volatile("pushfq; orl $0x100, (%%rsp); popfq; nop; nop" : : : "cc"));
}

TEST(aFaultOutsideAGuestReachesThePreviousHandler) {
    set_handler(SA_SIGINFO);
    install_kernel();
    fault_outside_a_guest();
    CHECK(chained_blocked);
    // Also when the thread has been a guest, or has the record of one.
    run_guest((guest_entry*)(uintptr_t)zx_thread_exit, 0);
    fault_outside_a_guest();
    CHECK_EQUAL(zx_host_copy_in(&chained_code, 0, 4), ZX_ERR_INVALID_ARGS);
}

TEST(aFaultOutsideAGuestReachesAPreviousHandlerOfTheOldKind) {
    set_handler(0);
    install_kernel();
    fault_outside_a_guest();
}

static zx_status_t fault_in_kernel(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    fault_outside_a_guest();
    return 3;
}

static void call_faulting_kernel(uint64_t unused) {
    (void)unused;
    CHECK_EQUAL(zx_handle_close(1), 3);
}

TEST(aFaultOfTheKernelBelowAGuestReachesThePreviousHandler) {
    set_handler(SA_SIGINFO);
    install_kernel();
    kernel.handle_close = fault_in_kernel;
    run_guest(call_faulting_kernel, 0);
}

static void raise_as_guest(uint64_t signal) { CHECK(raise((int)signal) == 0); }

TEST(aSignalThatSomebodySentIsNoFault) {
    set_handler(SA_SIGINFO);
    install_kernel();
    CHECK(raise(SIGSEGV) == 0);
    CHECK_EQUAL(chained_signal, SIGSEGV);
    run_guest(raise_as_guest, SIGFPE);
    CHECK_EQUAL(chained_signal, SIGFPE);
    CHECK(chained_code <= 0);
}

static int signal_of_child(void (*act)(void)) {
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        act();
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void die_of_fault(void) { *(volatile char*)0x10 = 1; }
static void die_of_trap(void) { __asm__ volatile("int3"); }
static void die_of_sent(void) { raise(SIGSEGV); }

TEST(withoutAPreviousHandlerTheProcessDiesAsIfThereWereNoGate) {
    install_kernel();
    CHECK_EQUAL(signal_of_child(die_of_fault), SIGSEGV);
    CHECK_EQUAL(signal_of_child(die_of_trap), SIGTRAP);
    CHECK_EQUAL(signal_of_child(die_of_sent), SIGSEGV);
}

TEST(anIgnoredSignalIsIgnoredUnlessItIsAFault) {
    CHECK(signal(SIGSEGV, SIG_IGN) != SIG_ERR);
    install_kernel();
    CHECK_EQUAL(signal_of_child(die_of_sent), 0);
    CHECK_EQUAL(signal_of_child(die_of_fault), SIGSEGV);
}

static zx_status_t see_mask(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    const int blocked[] = {SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGCHLD};
    for (size_t i = 0; i < sizeof blocked / sizeof *blocked; i++) {
        CHECK(sigismember(&mask, blocked[i]) == 1);
    }
    const int open[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        CHECK(sigismember(&mask, open[i]) == 0);
    }
    return ZX_OK;
}

static void make_a_call(uint64_t unused) {
    (void)unused;
    CHECK_EQUAL(zx_handle_close(1), ZX_OK);
}

TEST(aGuestIsNotDisturbedBySignalsAndTheThreadGetsThemBack) {
    install_kernel();
    kernel.handle_close = see_mask;
    sigset_t mask, before;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigaddset(&mask, SIGFPE);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    char room[16384];
    stack_t own = {.ss_sp = room, .ss_size = sizeof room}, now;
    CHECK(sigaltstack(&own, NULL) == 0);
    run_guest(make_a_call, 0);
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    for (int signal = 1; signal < NSIG; signal++) {
        CHECK_EQUAL(sigismember(&before, signal), sigismember(&mask, signal));
    }
    CHECK(sigaltstack(NULL, &now) == 0);
    CHECK(now.ss_sp == room && now.ss_size == sizeof room && now.ss_flags == 0);
}

// Single steps: what the guest executes of its own, and nothing of the gate.
#define TF 0x100
#define MAX_STEPS 64
static uint64_t steps[MAX_STEPS];
static size_t step_count;
static zx_status_t step_result;
static uint32_t step_actual;

static void count_step(zx_host_thread_t* thread) {
    CHECK_EQUAL(thread->vector, 1);
    CHECK(step_count < MAX_STEPS);
    steps[step_count++] = thread->regs->rip;
}

static zx_status_t read_channel(uint64_t caller, zx_handle_t handle, uint32_t options,
                                zx_host_user_t bytes, zx_host_user_t handles, uint32_t num_bytes,
                                uint32_t num_handles, zx_host_user_t actual_bytes,
                                zx_host_user_t actual_handles) {
    (void)caller, (void)handle, (void)options, (void)bytes, (void)handles;
    (void)num_bytes, (void)num_handles, (void)actual_handles;
    uint64_t flags;
    __asm__ volatile("pushfq; popq %0" : "=r"(flags));
    CHECK_EQUAL(flags & TF, 0);
    const uint32_t actual = 0x321;
    CHECK_EQUAL(zx_host_copy_out(actual_bytes, &actual, 4), ZX_OK);
    return 9;
}

extern const char stepped_first[], stepped_call[], stepped_after[], stepped_last[];

static void step_over_syscall(uint64_t unused) {
    (void)unused;
    __asm__ volatile(
        "pushq $0; pushq %[actual]\n"
        "pushfq; orl $0x100, (%%rsp); popfq\n"
        "stepped_first: movl $7, %%edi\n"
        "stepped_call: call *%%rax\n"
        "stepped_after: nop\n"
        "stepped_last: pushfq; andl $~0x100, (%%rsp); popfq\n"
        "addq $16, %%rsp\n"
        : "=a"(step_result)
        : "a"(zx_channel_read), [actual] "r"(&step_actual)
        : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "memory", "cc");
}

TEST(aTrapFlagFiresAroundASyscallAndNotInsideTheGate) {
    install_kernel();
    kernel.channel_read = read_channel;
    on_exception = count_step;
    run_guest(step_over_syscall, 0);
    CHECK_EQUAL(step_result, 9);
    CHECK_EQUAL(step_actual, 0x321);
    CHECK_EQUAL(steps[0], stepped_call);
    CHECK_EQUAL(steps[1], stepped_after);
    CHECK_EQUAL(steps[2], stepped_last);
    CHECK_EQUAL(step_count, 6); // and the three of the last line
}

// The trap flag is set by the very instruction before the call.
static void step_into_syscall(uint64_t unused) {
    (void)unused;
    __asm__ volatile(
        "pushq $0; pushq %[actual]\n"
        "leaq 1f(%%rip), %%rcx; pushq %%rcx\n"
        "pushfq; orl $0x100, (%%rsp); popfq; jmp *%%rax\n"
        "1: pushfq; andl $~0x100, (%%rsp); popfq\n"
        "addq $16, %%rsp\n"
        : "=a"(step_result)
        : "a"(zx_channel_read), [actual] "r"(&step_actual)
        : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "memory", "cc");
}

TEST(aTrapFlagSetRightBeforeASyscallFiresAfterIt) {
    install_kernel();
    kernel.channel_read = read_channel;
    on_exception = count_step;
    run_guest(step_into_syscall, 0);
    CHECK_EQUAL(step_result, 9);
    CHECK_EQUAL(step_count, 4);
}
