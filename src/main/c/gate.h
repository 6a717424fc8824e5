// What the files of the gate share with each other.
#ifndef GATE_H_
#define GATE_H_

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <ucontext.h>

#include "gate_sanitizer.h"

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
    struct gate_known_stack guest;
    stack_t alternate;
};

// One OS thread.
struct gate_thread {
    zx_host_thread_t host;
    struct gate_arch arch;

    // The name of the OS thread.
    pid_t os_thread;
    // The thread runs a guest, or is about to look whether it has been interrupted: a signal is worth sending.
    _Atomic(bool) runs_guest;
    // The guest may hold a lock of this process, although its program counter does not tell.
    _Atomic(bool) may_hold_lock;
    // How long it had run when it was last refused, in nanoseconds; zero if nobody has wanted to stop it since it was stopped.
    uint64_t refused_at;

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

// What follows runs on the kernel stack, lets the guest go on, and returns when the guest must leave instead.

// Where a fault's context leads: asks the kernel.
void gate_exception(struct gate_thread* thread);
// Where an interruption's context leads: tells the kernel.
void gate_interruption(struct gate_thread* thread);
// The guest's first entry.
void gate_enter(struct gate_thread* thread);
// The end of a syscall that is not an ordinary one.
void gate_finish_syscall(struct gate_thread* thread);
// The end of all of these: interruptions that have come meanwhile are the guest's before it goes on.
void gate_go_on(struct gate_thread* thread);

// The handler of the signal that interrupts a guest.
#define GATE_INTERRUPT_SIGNAL SIGURG
void gate_on_interrupt(struct gate_thread* thread, ucontext_t* context);

// Whether guest code of the thread that is stopped there may hold a lock of this process.
bool gate_in_library(const struct gate_thread* thread, uintptr_t pc);

// The kernel that knows the thread, or NULL if there is none any more.
const zx_host_table_t* gate_kernel_of(const struct gate_thread* thread);

// Registers the code of the object in which `address` lies as a program's, until gate_forget_program().
bool gate_know_program(uintptr_t address);
void gate_forget_program(uintptr_t address);
// Whether there is a program's code at the address. Signal handlers may ask.
bool gate_is_program(uintptr_t address);

// The part that depends on the processor.

size_t gate_arch_state_size(void);

// Runs guest code: what gate_arch_set_entry() has said, or whatever else the record says by the time it starts. False: the
// kernel made the guest leave.
bool gate_arch_run(struct gate_thread* thread);

// Makes the record say: entry(arg1, arg2), which returns to `landing`.
void gate_arch_set_entry(struct gate_thread* thread, uintptr_t entry, uintptr_t guest_top,
                         uint64_t arg1, uint64_t arg2, uintptr_t landing);

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

// Keeps the processor's account of a fault.
void gate_arch_note_fault(struct gate_thread* thread, const ucontext_t* context);

// Whether the fault was one of fetching the instruction: there is no code where the guest is.
bool gate_arch_fetched(const zx_host_thread_t* thread);

// Saves a guest's context in its record and makes the handler return to `then` on the kernel stack.
void gate_arch_take_guest(struct gate_thread* thread, ucontext_t* context,
                          void (*then)(struct gate_thread*));

// True: the thread was on its way out to the guest, and now begins that once more.
bool gate_arch_restart_exit(struct gate_thread* thread, ucontext_t* context);

// Whether the signal found the guest waiting in a system call of the host.
bool gate_arch_waited(const ucontext_t* context);

// A system call that the signal has ended with EINTR is made again: no guest expects to see that. (Some of them Linux
// repeats itself; the others only if the number of the call is loaded by the instruction before it, as libc does.)
void gate_arch_repeat_system_call(ucontext_t* context);

enum gate_place { GATE_PLACE_ELSEWHERE, GATE_PLACE_ENTRY, GATE_PLACE_GUEST };
// Where in the gate an address lies: in the entries of the kernel and its ways out, or in guest code of the gate.
enum gate_place gate_arch_place(uintptr_t address);
uintptr_t gate_arch_pc(const ucontext_t* context);

// Completes what the record says of a guest that no signal has stopped, for gate_arch_resume().
void gate_arch_make_context(struct gate_thread* thread, bool in_syscall);
// The same at the end of a syscall.
void gate_arch_finish_syscall(struct gate_thread* thread);

// Goes on with what the record says.
_Noreturn void gate_arch_resume(struct gate_thread* thread);

// The extended state in the record: saved from a signal's, or made, unless there is one. A thread that is in no syscall has
// the state with which a guest begins.
void gate_arch_save_state(struct gate_thread* thread, const void* state);
void gate_arch_make_state(struct gate_thread* thread, bool in_syscall);
// Makes a signal's extended state one that a function may find when it is called.
void gate_arch_reset_state(void* state);
// Does to a signal's extended state what an entry of the gate does to the processor's.
void gate_arch_default_control_words(void* state);

#endif // GATE_H_
