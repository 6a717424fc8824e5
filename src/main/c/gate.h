// What the files of the gate share with each other.
#ifndef GATE_H_
#define GATE_H_

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

// The functions of these headers, and no others, are visible to whoever loads the gate.
#pragma GCC visibility push(default)
#include <zircon/process.h>
#include <zircon/status.h>
#include <zx_host.h>
#pragma GCC visibility pop

#if defined(__x86_64__)
#include "gate_x86_64.h"
#else
#error "the gate exists for x86-64 only"
#endif

// What a guest that is killed sees of it, if it is written in Java; no other user code ever does.
#define ZX_ERR_INTERNAL_INTR_KILLED ((zx_status_t)-502)

// A stack for guest code, and the alternate stack on which signals find the thread meanwhile.
struct gate_stacks {
    void* base;
    size_t size;
    uintptr_t guest_top;
    stack_t alternate;
};

// One OS thread.
struct gate_thread {
    zx_host_thread_t host;
    struct gate_arch arch;

    // The epoch of the kernel that gave host.caller, see gate_kernel.
    uint64_t epoch;
    // The name that came from thread_attach, and its epoch. host.caller is another one between zx_host_thread_enter()
    // with a name and with zero.
    uint64_t attached;
    uint64_t attached_epoch;

    // The gate makes no upcall when the stack pointer is lower.
    uintptr_t stack_limit;
    // Kept for the next fault on purpose.
    struct gate_stacks fault_stacks;

    struct gate_thread* next_ended;

    // The processor's extended state (x87, vectors) at a fault; gate_arch_state_size() bytes.
    _Alignas(64) uint8_t state[];
};

// NULL before the thread's first call. The entries read it in assembly.
extern __thread struct gate_thread* gate_current __attribute__((tls_model("initial-exec")));

// The kernel of the moment. Each zx_host_install() begins a new epoch, so that a name given by an earlier kernel is
// never taken for one of the present kernel's.
struct gate_kernel {
    const zx_host_table_t* table;
    uint64_t epoch;
};

struct gate_kernel gate_kernel(void);

// Lets programs that link nothing of ours find the gate's functions.
void gate_make_global(void);

struct gate_thread* gate_thread_self(void);

// Forgets the ended threads that an earlier kernel knew.
void gate_thread_forget_ended(void);

// Whether the stack has room for an upcall. Running out of it inside Java would end the JVM.
static inline bool gate_stack_suffices(const struct gate_thread* thread) {
    return (uintptr_t)__builtin_frame_address(0) >= thread->stack_limit;
}

// One call of the table by the calling thread.
struct gate_call {
    const zx_host_table_t* table;
    struct gate_thread* thread;
    int error;
};

// What stands between a call and the kernel. ZX_OK: the upcall may be made, and gate_end() must follow it.
zx_status_t gate_begin(struct gate_call* call);
void gate_end(const struct gate_call* call);

// Takes over the signals of CPU faults, the first time.
void gate_take_signals(void);

// Unmaps what zx_host_fault() keeps for a thread.
void gate_release_stacks(struct gate_stacks* stacks);

// Where a fault's context leads, on the kernel stack: asks the kernel, and lets the guest go on. Returns when the guest
// must leave instead.
void gate_exception(struct gate_thread* thread);

// The part that depends on the processor.

size_t gate_arch_state_size(void);

// Runs entry(arg1, arg2) as guest code; it returns to `landing`. False: the kernel made the guest leave.
bool gate_arch_run(struct gate_thread* thread, uintptr_t entry, uintptr_t guest_top, uint64_t arg1,
                   uint64_t arg2, uintptr_t landing);

// Where a guest lands that returns from its entry: it calls zx_thread_exit().
extern const char gate_arch_thread_end[];
// Where a snippet lands: gate_arch_run() returns true, and the result is in arch.result.
extern const char gate_arch_snippet_end[];

// The guest code of a fault on purpose, or zero.
uintptr_t gate_arch_snippet(uint32_t kind);

// The handler of the signals: puts the flags in order and goes to gate_on_signal.
void gate_arch_on_signal(int signal, siginfo_t* info, void* context);
void gate_on_signal(int signal, siginfo_t* info, void* context);

// True: the signal came from the copy of user memory, which now returns its error.
bool gate_arch_recover_copy(ucontext_t* context);

// True: the signal came from a guest's trap flag inside the gate, which is put off until the guest goes on.
bool gate_arch_put_off_step(struct gate_thread* thread, int signal, ucontext_t* context);

// Saves a guest's context in its record and makes the handler return to gate_exception() on the kernel stack.
void gate_arch_take_fault(struct gate_thread* thread, ucontext_t* context);

// Goes on with what the record says.
_Noreturn void gate_arch_resume(struct gate_thread* thread);

#endif // GATE_H_
