// The x86-64 part of a thread's record, for C and for the assembler.
#ifndef GATE_X86_64_H_
#define GATE_X86_64_H_

// Where the assembler finds things in struct gate_thread; gate_x86_64.c compares them with the compiler's offsets.
#define GATE_LEAVE 8
#define GATE_KERNEL_SP 320
#define GATE_GUEST 328
#define GATE_MXCSR 332
#define GATE_STEP 336
#define GATE_RESULT 344
#define GATE_FRAME 352
#define GATE_X87 496
#define GATE_FCW GATE_X87
#define GATE_SIGNAL_FRAME 528

// The general registers, in the order of zx_thread_state_general_regs_t.
#define GATE_RAX (GATE_FRAME + 0)
#define GATE_RBX (GATE_FRAME + 8)
#define GATE_RCX (GATE_FRAME + 16)
#define GATE_RDX (GATE_FRAME + 24)
#define GATE_RSI (GATE_FRAME + 32)
#define GATE_RDI (GATE_FRAME + 40)
#define GATE_RBP (GATE_FRAME + 48)
#define GATE_RSP (GATE_FRAME + 56)
#define GATE_R8 (GATE_FRAME + 64)
#define GATE_R9 (GATE_FRAME + 72)
#define GATE_R10 (GATE_FRAME + 80)
#define GATE_R11 (GATE_FRAME + 88)
#define GATE_R12 (GATE_FRAME + 96)
#define GATE_R13 (GATE_FRAME + 104)
#define GATE_R14 (GATE_FRAME + 112)
#define GATE_R15 (GATE_FRAME + 120)
#define GATE_RIP (GATE_FRAME + 128)
#define GATE_RFLAGS (GATE_FRAME + 136)

#define GATE_FLAG_TF 0x100
#define GATE_FLAG_AC 0x40000
// TF, DF, NT and AC: what a function may not find set when it is called.
#define GATE_FLAGS_SPECIAL 0x44500

#define GATE_DEFAULT_MXCSR 0x1f80
#define GATE_DEFAULT_FCW 0x37f

#ifndef __ASSEMBLER__

// The part of the kernel's signal frame that says what rt_sigreturn() goes on with: glibc's ucontext_t up to the first
// word of its signal mask.
#define GATE_SIGNAL_FRAME_SIZE 304

struct gate_arch {
    // The base frame, on the kernel stack, of the guest that this thread runs; zero when it runs none.
    uint64_t kernel_sp;
    // Guest code is executing: a fault is the guest's.
    uint32_t guest;
    uint32_t mxcsr;
    // GATE_FLAG_TF when the guest's trap flag was put off, else zero.
    uint64_t step;
    uint64_t result;
    // The guest's registers during a syscall.
    zx_thread_state_general_regs_t frame;
    // Its x87 environment; only the control word unless that is an unusual one.
    uint32_t x87[8];
    // The guest's context at a fault, as the operating system gave it, and what the kernel sees of it.
    _Alignas(16) uint8_t signal_frame[GATE_SIGNAL_FRAME_SIZE];
    zx_thread_state_general_regs_t fault;
    // How much of the state is saved; zero when none is.
    size_t state_size;
};

#endif // __ASSEMBLER__

#endif // GATE_X86_64_H_
