// What the gate knows about x86-64, as far as C can say it: where in the gate a thread is, and signal frames.
#include "gate.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zircon/errors.h>

#define IN_RECORD(member) offsetof(struct gate_thread, member)
_Static_assert(IN_RECORD(host) == 0, "the public part of a record comes first");
_Static_assert(IN_RECORD(host.leave) == GATE_LEAVE, "gate_x86_64.h");
_Static_assert(IN_RECORD(host.restore) == GATE_RESTORE, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.kernel_sp) == GATE_KERNEL_SP, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.guest) == GATE_GUEST, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.mxcsr) == GATE_MXCSR, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.step) == GATE_STEP, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.result) == GATE_RESULT, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.regs) == GATE_REGS, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.regs.rflags) == GATE_RFLAGS, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.x87) == GATE_X87, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.signal_frame) == GATE_SIGNAL_FRAME, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.wanted) == GATE_WANTED, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.whole) == GATE_WHOLE, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.state_size) == GATE_STATE_SIZE, "gate_x86_64.h");
_Static_assert(offsetof(ucontext_t, uc_sigmask) + sizeof(uint64_t) == GATE_SIGNAL_FRAME_SIZE,
               "the signal frame is as Linux has it");

#define PAGE_FAULT 14

// What Linux says of a frame that it makes itself: it has an extended state, and SS as given.
#define FRAME_FLAGS 7

extern const char gate_entry_begin[], gate_entry_end[], gate_copy_begin[], gate_copy_failed[];
extern const char gate_exit_begin[], gate_exit_end[], gate_guest_begin[], gate_guest_end[];
extern const char gate_sigreturn_begin[], gate_sigreturn_end[], gate_stopped[];
extern const char gate_snippet_read[], gate_snippet_write[], gate_snippet_undefined[];
extern const char gate_snippet_breakpoint[], gate_snippet_divide[], gate_snippet_alignment[];
_Noreturn void gate_sigreturn(struct gate_thread* thread);

uintptr_t gate_arch_snippet(uint32_t kind) {
    switch (kind) {
        case ZX_HOST_FAULT_READ: return (uintptr_t)gate_snippet_read;
        case ZX_HOST_FAULT_WRITE: return (uintptr_t)gate_snippet_write;
        case ZX_HOST_FAULT_UNDEFINED: return (uintptr_t)gate_snippet_undefined;
        case ZX_HOST_FAULT_BREAKPOINT: return (uintptr_t)gate_snippet_breakpoint;
        case ZX_HOST_FAULT_DIVIDE: return (uintptr_t)gate_snippet_divide;
        case ZX_HOST_FAULT_ALIGNMENT: return (uintptr_t)gate_snippet_alignment;
        default: return 0;
    }
}

static bool lies_between(uint64_t address, const char* begin, const char* end) {
    return address >= (uintptr_t)begin && address < (uintptr_t)end;
}

enum gate_place gate_arch_place(uintptr_t address) {
    if (lies_between(address, gate_entry_begin, gate_entry_end)) {
        return GATE_PLACE_ENTRY;
    }
    return lies_between(address, gate_guest_begin, gate_guest_end) ? GATE_PLACE_GUEST
                                                                   : GATE_PLACE_ELSEWHERE;
}

uintptr_t gate_arch_pc(const ucontext_t* context) {
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
}

bool gate_arch_recover_copy(ucontext_t* context) {
    greg_t* rip = &context->uc_mcontext.gregs[REG_RIP];
    if (!lies_between((uint64_t)*rip, gate_copy_begin, gate_copy_failed)) {
        return false;
    }
    *rip = (greg_t)(uintptr_t)gate_copy_failed;
    return true;
}

bool gate_arch_put_off_step(struct gate_thread* thread, int signal, ucontext_t* context) {
    greg_t* gregs = context->uc_mcontext.gregs;
    if (signal != SIGTRAP || thread->arch.kernel_sp == 0 || (gregs[REG_EFL] & GATE_FLAG_TF) == 0 ||
        !lies_between((uint64_t)gregs[REG_RIP], gate_entry_begin, gate_entry_end)) {
        return false;
    }
    gregs[REG_EFL] &= ~GATE_FLAG_TF;
    thread->arch.step = GATE_FLAG_TF;
    return true;
}

// Zircon's order of the general registers, in Linux's names.
static const uint8_t linux_registers[] = {
    REG_RAX, REG_RBX, REG_RCX, REG_RDX, REG_RSI, REG_RDI, REG_RBP, REG_RSP, REG_R8,
    REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP, REG_EFL,
};
#define REGISTERS (sizeof linux_registers)
_Static_assert(sizeof(zx_thread_state_general_regs_t) == REGISTERS * sizeof(uint64_t),
               "one name per register");

// The handler returns to a place in the gate, on the kernel stack.
static void return_to(struct gate_thread* thread, ucontext_t* context, const char* place) {
    greg_t* gregs = context->uc_mcontext.gregs;
    thread->arch.guest = 0;
    gregs[REG_RIP] = (greg_t)(uintptr_t)place;
    gregs[REG_RSP] = (greg_t)thread->arch.kernel_sp;
    gregs[REG_EFL] = 2;
}

bool gate_arch_restart_exit(struct gate_thread* thread, ucontext_t* context) {
    uint64_t rip = gate_arch_pc(context);
    const char* begin;
    if (lies_between(rip, gate_exit_begin, gate_exit_end)) {
        begin = gate_exit_begin;
    } else if (lies_between(rip, gate_sigreturn_begin, gate_sigreturn_end)) {
        begin = gate_sigreturn_begin;
    } else {
        return false;
    }
    context->uc_mcontext.gregs[REG_RBX] = (greg_t)(uintptr_t)thread;
    gate_arch_default_control_words(context->uc_mcontext.fpregs);
    return_to(thread, context, begin);
    return true;
}

void gate_arch_note_fault(struct gate_thread* thread, const ucontext_t* context) {
    const greg_t* gregs = context->uc_mcontext.gregs;
    thread->host.vector = (uint64_t)gregs[REG_TRAPNO];
    thread->host.err_code = (uint64_t)gregs[REG_ERR];
    thread->host.cr2 = gregs[REG_TRAPNO] == PAGE_FAULT ? (uint64_t)gregs[REG_CR2] : 0;
}

bool gate_arch_fetched(const zx_host_thread_t* thread) {
    return thread->vector == PAGE_FAULT && thread->cr2 == thread->regs->rip;
}

void gate_arch_take_guest(struct gate_thread* thread, ucontext_t* context,
                          void (*then)(struct gate_thread*)) {
    struct gate_arch* arch = &thread->arch;
    greg_t* gregs = context->uc_mcontext.gregs;
    gregs[REG_EFL] |= (greg_t)arch->step;
    arch->step = 0;

    memcpy(arch->signal_frame, context, GATE_SIGNAL_FRAME_SIZE);
    if (lies_between(gate_arch_pc(context), gate_exit_begin, gate_exit_end)) {
        // A fault on the way out: of the guest's stack, or of the address to which it returns.
        arch->regs.rax = arch->result;
    } else {
        uint64_t* general = (uint64_t*)&arch->regs;
        for (size_t i = 0; i < REGISTERS; i++) {
            general[i] = (uint64_t)gregs[linux_registers[i]];
        }
    }
    gate_arch_save_state(thread, context->uc_mcontext.fpregs);

    // The processor becomes as a function finds it, whose vectors are anybody's.
    gate_arch_reset_state(context->uc_mcontext.fpregs);
    gregs[REG_RDI] = (greg_t)(uintptr_t)thread;
    gregs[REG_RSI] = (greg_t)(uintptr_t)then;
    return_to(thread, context, gate_stopped);
}

void gate_arch_make_context(struct gate_thread* thread, bool in_syscall) {
    ucontext_t* frame = (ucontext_t*)thread->arch.signal_frame;
    memset(frame, 0, GATE_SIGNAL_FRAME_SIZE);
    frame->uc_flags = FRAME_FLAGS;
    sigaltstack(NULL, &frame->uc_stack);
    syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &frame->uc_sigmask, sizeof(uint64_t));
    uint16_t code, stack;
    __asm__("movw %%cs, %0" : "=r"(code));
    __asm__("movw %%ss, %0" : "=r"(stack));
    frame->uc_mcontext.gregs[REG_CSGSFS] = (greg_t)(code | (uint64_t)stack << 48);
    gate_arch_make_state(thread, in_syscall);
}

// A signal handler that returned would end in the same system call. To make it directly needs no signal: sending one
// fails when the user's limit of pending signals is reached, and costs a second frame.
_Noreturn void gate_arch_resume(struct gate_thread* thread) {
    struct gate_arch* arch = &thread->arch;
    ucontext_t* frame = (ucontext_t*)arch->signal_frame;
    frame->uc_mcontext.fpregs = (fpregset_t)thread->state;
    const uint64_t* general = (const uint64_t*)&arch->regs;
    for (size_t i = 0; i < REGISTERS; i++) {
        frame->uc_mcontext.gregs[linux_registers[i]] = (greg_t)general[i];
    }
    gate_sigreturn(thread);
}

void gate_arch_finish_syscall(struct gate_thread* thread) {
    if (thread->host.restore == 0) {
        thread->arch.regs.rax = thread->arch.result;
    }
    thread->arch.whole = 0;
    gate_arch_make_context(thread, true);
}

void gate_arch_set_entry(struct gate_thread* thread, uintptr_t entry, uintptr_t guest_top,
                         uint64_t arg1, uint64_t arg2, uintptr_t landing) {
    uint64_t* stack = (uint64_t*)guest_top - 1;
    *stack = landing;
    thread->arch.regs = (zx_thread_state_general_regs_t){
        .rdi = arg1, .rsi = arg2, .rsp = (uintptr_t)stack, .rip = entry, .rflags = 2};
}

// The instruction of a system call, and what loads the number of the call before it.
#define SYSCALL_SIZE 2
#define LOAD_SIZE 5
static const uint8_t syscall_code[SYSCALL_SIZE] = {0x0f, 0x05};
#define LOAD_OPCODE 0xb8

static bool is_syscall(uintptr_t address) {
    uint8_t code[SYSCALL_SIZE];
    return zx_host_copy_in(code, address, sizeof code) == ZX_OK &&
           memcmp(code, syscall_code, sizeof code) == 0;
}

// The signal has ended the call: its instruction is about to be repeated, or has answered EINTR.
bool gate_arch_waited(const ucontext_t* context) {
    const greg_t* gregs = context->uc_mcontext.gregs;
    uintptr_t pc = gate_arch_pc(context);
    return ((uintptr_t)gregs[REG_RCX] == pc + SYSCALL_SIZE && is_syscall(pc)) ||
           (gregs[REG_RAX] == -EINTR && is_syscall(pc - SYSCALL_SIZE));
}

void gate_arch_repeat_system_call(ucontext_t* context) {
    greg_t* gregs = context->uc_mcontext.gregs;
    uintptr_t load = gate_arch_pc(context) - SYSCALL_SIZE - LOAD_SIZE;
    struct __attribute__((packed)) {
        uint8_t opcode;
        uint32_t number;
        uint8_t call[SYSCALL_SIZE];
    } code;
    if (gregs[REG_RAX] != -EINTR || zx_host_copy_in(&code, load, sizeof code) != ZX_OK) {
        return;
    }
    // close() has closed the file, whatever it says.
    if (code.opcode == LOAD_OPCODE && memcmp(code.call, syscall_code, SYSCALL_SIZE) == 0 &&
        code.number != SYS_close) {
        gregs[REG_RIP] = (greg_t)load;
    }
}
