// The x86-64 part of a thread's record, for C and for the assembler.
#ifndef GATE_X86_64_H_
#define GATE_X86_64_H_

// Where the assembler finds things in struct gate_thread; gate_x86_64.c compares them with the compiler's offsets.
#define GATE_LEAVE 8
#define GATE_RESTORE 16
#define GATE_KERNEL_SP 320
#define GATE_GUEST 328
#define GATE_MXCSR 332
#define GATE_STEP 336
#define GATE_RESULT 344
#define GATE_REGS 352
#define GATE_X87 496
#define GATE_FCW GATE_X87
#define GATE_SIGNAL_FRAME 528
#define GATE_WANTED 832
#define GATE_WHOLE 836
#define GATE_STATE_SIZE 840

// The general registers, in the order of zx_thread_state_general_regs_t.
#define GATE_RAX (GATE_REGS + 0)
#define GATE_RBX (GATE_REGS + 8)
#define GATE_RCX (GATE_REGS + 16)
#define GATE_RDX (GATE_REGS + 24)
#define GATE_RSI (GATE_REGS + 32)
#define GATE_RDI (GATE_REGS + 40)
#define GATE_RBP (GATE_REGS + 48)
#define GATE_RSP (GATE_REGS + 56)
#define GATE_R8 (GATE_REGS + 64)
#define GATE_R9 (GATE_REGS + 72)
#define GATE_R10 (GATE_REGS + 80)
#define GATE_R11 (GATE_REGS + 88)
#define GATE_R12 (GATE_REGS + 96)
#define GATE_R13 (GATE_REGS + 104)
#define GATE_R14 (GATE_REGS + 112)
#define GATE_R15 (GATE_REGS + 120)
#define GATE_RIP (GATE_REGS + 128)
#define GATE_RFLAGS (GATE_REGS + 136)

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
    // What the syscall returns, or the fault on purpose.
    uint64_t result;
    // The guest's registers while it is in the kernel, whatever brought it there.
    zx_thread_state_general_regs_t regs;
    // Its x87 environment in a syscall; only the control word unless that is an unusual one.
    uint32_t x87[8];
    // What rt_sigreturn() goes on with, except for what `regs` and the extended state say.
    _Alignas(16) uint8_t signal_frame[GATE_SIGNAL_FRAME_SIZE];
    // Written by other threads: zero, or one more than the reach of an interruption that is wanted.
    _Atomic(uint32_t) wanted;
    // The syscall returns through the whole of what is saved, since somebody may have written to it.
    uint32_t whole;
    // How much of the extended state is saved; zero when none is.
    size_t state_size;
};

#endif // __ASSEMBLER__

#endif // GATE_X86_64_H_
