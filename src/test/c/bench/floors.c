// What the machine takes for the parts of a call and of an exception: below this nothing can be.
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

int32_t bench_nothing(void);
int32_t bench_faults(int32_t count);

int32_t bench_nothing(void) {
    return 0;
}

// Where the faults are. The JVM's own are elsewhere.
#define ADDRESS ((uintptr_t)16)
// mov (%rdi), %al
#define INSTRUCTION_SIZE 2

static struct sigaction before;

static void step_over(int signal, siginfo_t* info, void* context) {
    if ((uintptr_t)info->si_addr == ADDRESS) {
        ((ucontext_t*)context)->uc_mcontext.gregs[REG_RIP] += INSTRUCTION_SIZE;
    } else {
        before.sa_sigaction(signal, info, context);
    }
}

// Faults, each of which a handler of its own makes good.
int32_t bench_faults(int32_t count) {
    struct sigaction action = {.sa_sigaction = step_over, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGSEGV, &action, &before) != 0) {
        return -1;
    }
    for (int32_t i = 0; i < count; i++) {
        __asm__ volatile("movb (%0), %%al" : : "D"(ADDRESS) : "rax", "memory");
    }
    return sigaction(SIGSEGV, &before, NULL);
}
