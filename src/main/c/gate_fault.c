// The signals of the gate: CPU faults, whose they are, and what happens to a guest's; and the one that interrupts.
#include "gate.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int taken[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, GATE_INTERRUPT_SIGNAL};
#define TAKEN (sizeof taken / sizeof *taken)

// Who had the signals before the gate: the JVM, in most cases.
static struct sigaction before[TAKEN];

static void take_signals(void) {
    struct sigaction action = {
        .sa_sigaction = gate_arch_on_signal,
        .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK | SA_RESTART,
    };
    sigemptyset(&action.sa_mask);
    // A handler of the gate is no guest code, which alone can be interrupted.
    sigaddset(&action.sa_mask, GATE_INTERRUPT_SIGNAL);
    for (size_t i = 0; i < TAKEN; i++) {
        // Looked up first: the handler may run as soon as it is in place.
        sigaction(taken[i], NULL, &before[i]);
        sigaction(taken[i], &action, NULL);
    }
}

void gate_take_signals(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, take_signals);
}

// The signal's own default: the end of the process.
static void die_of(int signal, const siginfo_t* info) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(signal, &action, NULL);
    // A fault happens again when the handler returns. A trap has happened, and a signal that was sent is gone: neither
    // comes back by itself.
    if (signal == SIGTRAP || info->si_code <= 0) {
        syscall(SYS_tgkill, getpid(), gettid(), signal);
    }
}

static void pass_on(int signal, siginfo_t* info, void* context) {
    size_t i = 0;
    while (taken[i] != signal) {
        i++;
    }
    const struct sigaction* action = &before[i];
    bool has_function = (action->sa_flags & SA_SIGINFO) != 0 ||
                        (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN);
    if (!has_function && signal == GATE_INTERRUPT_SIGNAL) {
        return; // its own default, too
    }
    if (!has_function) {
        // The operating system does not let a fault be ignored either.
        if (action->sa_handler == SIG_DFL || info->si_code > 0) {
            die_of(signal, info);
        }
        return;
    }
    // As the operating system would have called it. The return from the signal puts the mask back.
    sigset_t mask = action->sa_mask;
    if ((action->sa_flags & SA_NODEFER) == 0) {
        sigaddset(&mask, signal);
    }
    pthread_sigmask(SIG_BLOCK, &mask, NULL);
    if ((action->sa_flags & SA_SIGINFO) != 0) {
        action->sa_sigaction(signal, info, context);
    } else {
        action->sa_handler(signal);
    }
}

void gate_on_signal(int signal, siginfo_t* info, void* context) {
    int error = errno;
    struct gate_thread* thread = gate_current;
    if (signal == GATE_INTERRUPT_SIGNAL && thread != NULL && atomic_load(&thread->runs_guest)) {
        gate_on_interrupt(thread, context);
        errno = error;
        return;
    }
    // Positive codes are the processor's; the others were sent by somebody.
    if (info->si_code > 0) {
        if (gate_arch_recover_copy(context) ||
            (thread != NULL && gate_arch_put_off_step(thread, signal, context))) {
            return;
        }
        if (thread != NULL && thread->arch.guest != 0) {
            gate_arch_note_fault(thread, context);
            gate_arch_take_guest(thread, context, gate_exception);
            return;
        }
    }
    pass_on(signal, info, context);
    errno = error;
}

void gate_exception(struct gate_thread* thread) {
    int error = errno;
    const zx_host_table_t* table = gate_kernel_of(thread);
    if (table == NULL || table->exception == NULL || !gate_stack_suffices(thread)) {
        return;
    }
    thread->host.in_library =
        !gate_arch_fetched(&thread->host) && gate_in_library(thread, thread->host.regs->rip);
    table->exception(thread->host.caller);
    if (thread->host.leave == 0) {
        errno = error;
        gate_go_on(thread);
    }
}
