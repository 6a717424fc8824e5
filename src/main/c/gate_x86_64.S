// The ways into the gate and out of it that C cannot express, for x86-64.
//
// A thread that runs a native guest has two stacks: the guest's, and the kernel stack, which is the thread's own. The
// base frame lies on the kernel stack, at arch.kernel_sp; every entry starts right below it, and leaving a guest means
// returning through it.

#include "gate_calls.h"
#include "gate_x86_64.h"

// Otherwise the linker writes the name of the compiler's temporary file, and no two builds are the same.
    .file "gate_x86_64.S"

// The calling thread's record, or zero.
.macro RECORD register
    movq gate_current@gottpoff(%rip), \register
    movq %fs:(\register), \register
.endm

.macro FUNCTION name
    .hidden \name
    .globl \name
    .type \name, @function
\name:
    .cfi_startproc
.endm

.macro END name
    .cfi_endproc
    .size \name, . - \name
.endm

    .text

// A trap flag that fires between these two labels is put off until the guest goes on.
    .hidden gate_entry_begin
    .globl gate_entry_begin
gate_entry_begin:

// One syscall. A thread that does not run guest code (the application's, or a guest written in Java) calls the gate like
// any function. A native guest enters the kernel. What the guest's stack holds is read while the guest is still the one
// to blame for a bad stack pointer.
.macro ENTRY name, load_stack_arguments, enter, second_name=1
    .globl zx_\name
    .type zx_\name, @function
.if \second_name
    .globl _zx_\name
    .type _zx_\name, @function
_zx_\name:
.endif
zx_\name:
    .cfi_startproc
    RECORD %rax
    testq %rax, %rax
    jz 1f
    cmpl $0, GATE_GUEST(%rax)
    jne 2f
1:
    jmp gate_call_\name
2:
.if \load_stack_arguments
    movq 8(%rsp), %xmm0
    movq 16(%rsp), %xmm1
.endif
    movq (%rsp), %r10
    leaq gate_call_\name(%rip), %r11
    jmp \enter
    .cfi_endproc
    .size zx_\name, . - zx_\name
.if \second_name
    .size _zx_\name, . - _zx_\name
.endif
    .hidden gate_call_\name
.endm

#define ENTRY_CALL(name) ENTRY name, 0, gate_syscall;
#define ENTRY_CALL_8(name) ENTRY name, 1, gate_syscall_8;
#define ENTRY_EXIT(name) ENTRY name, 0, gate_syscall;
#define ENTRY_CALL_ONE_NAME(name) ENTRY name, 0, gate_syscall, 0;
#define X(kind, type, name, arguments, ...) ENTRY_##kind(name)
GATE_CALLS(X)
#undef X

// From the guest's stack to the kernel's. In: r10 the return address, r11 the function. Out: rbx the record; r11 and the
// argument registers are as they were. The record is looked up again, since whoever handled a fault of the loads above
// may have written to any register.
.macro LEAVE_GUEST_STACK
    RECORD %rax
    movq %rbx, GATE_RBX(%rax)
    movq %rax, %rbx
    movq $0, GATE_RAX(%rbx)
    movq %rcx, GATE_RCX(%rbx)
    movq %rdx, GATE_RDX(%rbx)
    movq %rsi, GATE_RSI(%rbx)
    movq %rdi, GATE_RDI(%rbx)
    movq %rbp, GATE_RBP(%rbx)
    leaq 8(%rsp), %rax
    movq %rax, GATE_RSP(%rbx)
    movq %r8, GATE_R8(%rbx)
    movq %r9, GATE_R9(%rbx)
    movq %r10, GATE_R10(%rbx)
    movq %r11, GATE_R11(%rbx)
    movq %r12, GATE_R12(%rbx)
    movq %r13, GATE_R13(%rbx)
    movq %r14, GATE_R14(%rbx)
    movq %r15, GATE_R15(%rbx)
    movq %r10, GATE_RIP(%rbx)
    movl $0, GATE_GUEST(%rbx)
    movq GATE_KERNEL_SP(%rbx), %rsp
    .cfi_undefined rip
    movq $0, GATE_STATE_SIZE(%rbx)

    pushfq
    popq GATE_RFLAGS(%rbx)
    movq GATE_STEP(%rbx), %rax
    orq %rax, GATE_RFLAGS(%rbx)
    movq $0, GATE_STEP(%rbx)
    testl $GATE_FLAGS_SPECIAL, GATE_RFLAGS(%rbx)
    jz 1f
    pushq $2
    popfq
1:
    stmxcsr GATE_MXCSR(%rbx)
    ldmxcsr default_mxcsr(%rip)
    // fldcw raises an x87 exception that the guest has left pending, unless fnstenv has masked it and fnclex cleared it.
    fnstcw GATE_FCW(%rbx)
    cmpw $GATE_DEFAULT_FCW, GATE_FCW(%rbx)
    je 2f
    fnstenv GATE_X87(%rbx)
    fnclex
    fldcw default_fcw(%rip)
2:
.endm

FUNCTION gate_syscall_8
    LEAVE_GUEST_STACK
    subq $16, %rsp
    movq %xmm0, (%rsp)
    movq %xmm1, 8(%rsp)
    call *%r11
    jmp gate_syscall_end
END gate_syscall_8

FUNCTION gate_syscall
    LEAVE_GUEST_STACK
    call *%r11

// Back to the guest. rbx is the only register that still matters. An interruption that finds the thread between the
// labels exit_begin and exit_end starts over at the first one, and is seen there.
gate_syscall_end:
    movq %rax, GATE_RESULT(%rbx)
    .hidden gate_exit_begin, gate_exit_end
    .globl gate_exit_begin, gate_exit_end
gate_exit_begin:
    movl GATE_LEAVE(%rbx), %eax
    orl GATE_RESTORE(%rbx), %eax
    orl GATE_WHOLE(%rbx), %eax
    orl GATE_WANTED(%rbx), %eax
    jnz 3f
    ldmxcsr GATE_MXCSR(%rbx)
    cmpw $GATE_DEFAULT_FCW, GATE_FCW(%rbx)
    je 1f
    fldenv GATE_X87(%rbx)
1:
    movq %rbx, %r11
    movq GATE_RESULT(%r11), %rax
    movq GATE_RBX(%r11), %rbx
    movq GATE_RCX(%r11), %rcx
    movq GATE_RDX(%r11), %rdx
    movq GATE_RSI(%r11), %rsi
    movq GATE_RDI(%r11), %rdi
    movq GATE_RBP(%r11), %rbp
    movq GATE_R8(%r11), %r8
    movq GATE_R9(%r11), %r9
    movq GATE_R10(%r11), %r10
    movq GATE_R12(%r11), %r12
    movq GATE_R13(%r11), %r13
    movq GATE_R14(%r11), %r14
    movq GATE_R15(%r11), %r15
    // From here on the guest is to blame again. The return address goes back to the slot that it came from.
    movl $1, GATE_GUEST(%r11)
    movq GATE_RSP(%r11), %rsp
    pushq GATE_RIP(%r11)
    testl $GATE_FLAGS_SPECIAL, GATE_RFLAGS(%r11)
    jnz 2f
    ret
2:
    // A trap flag fires after the instruction that follows popfq: at the guest's own next instruction.
    pushq GATE_RFLAGS(%r11)
    popfq
    ret
gate_exit_end:
3:
    movq GATE_KERNEL_SP(%rbx), %rsp
    movq %rbx, %rdi
    call gate_finish_syscall
    jmp gate_leave
END gate_syscall

// Where the handler of a signal returns to that has stopped the guest, on the kernel stack and with clean flags. rdi: the
// record; rsi: the function that lets the guest go on, or returns when it leaves.
FUNCTION gate_stopped
    .cfi_undefined rip
    movq %rdi, %rbx
    call *%rsi
    // Fall through: the guest leaves.
END gate_stopped

// Ends the guest. rbx: the record. Nothing lies between here and the base frame but frames of the gate.
FUNCTION gate_leave
    .cfi_undefined rip
    xorl %eax, %eax
    jmp base_return
END gate_leave

// The end of a fault on purpose, entered as guest code with whatever flags and stack pointer the snippet ended with.
FUNCTION gate_arch_snippet_end
    .cfi_undefined rip
    RECORD %rbx
    movl $0, GATE_GUEST(%rbx)
    movq GATE_KERNEL_SP(%rbx), %rsp
    pushq $2
    popfq
    movq %rax, GATE_RESULT(%rbx)
    movl $1, %eax
    jmp base_return
END gate_arch_snippet_end

// bool gate_arch_run(thread)
FUNCTION gate_arch_run
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    pushq %r12
    .cfi_adjust_cfa_offset 8
    pushq %r13
    .cfi_adjust_cfa_offset 8
    pushq %r14
    .cfi_adjust_cfa_offset 8
    pushq %r15
    .cfi_adjust_cfa_offset 8
    subq $24, %rsp
    .cfi_adjust_cfa_offset 24
    stmxcsr (%rsp)
    fnstcw 8(%rsp)
    movq %rsp, GATE_KERNEL_SP(%rdi)
    .cfi_remember_state
    .cfi_undefined rip

    movq %rdi, %rbx
    call gate_enter
    jmp gate_leave

base_return:
    .cfi_restore_state
    movq GATE_KERNEL_SP(%rbx), %rsp
    ldmxcsr (%rsp)
    fninit
    fldcw 8(%rsp)
    addq $24, %rsp
    .cfi_adjust_cfa_offset -24
    popq %r15
    .cfi_adjust_cfa_offset -8
    popq %r14
    .cfi_adjust_cfa_offset -8
    popq %r13
    .cfi_adjust_cfa_offset -8
    popq %r12
    .cfi_adjust_cfa_offset -8
    popq %rbx
    .cfi_adjust_cfa_offset -8
    popq %rbp
    .cfi_adjust_cfa_offset -8
    ret
END gate_arch_run

// void gate_sigreturn(thread): the operating system puts back what its signal frame says, all registers at once. An
// interruption that finds the thread between the labels starts over, as in gate_syscall.
FUNCTION gate_sigreturn
    .cfi_undefined rip
    movq %rdi, %rbx
    .hidden gate_sigreturn_begin, gate_sigreturn_end
    .globl gate_sigreturn_begin, gate_sigreturn_end
gate_sigreturn_begin:
    cmpl $0, GATE_WANTED(%rbx)
    jne 1f
    movl $1, GATE_GUEST(%rbx)
    leaq GATE_SIGNAL_FRAME(%rbx), %rsp
    movl $15, %eax // rt_sigreturn
    syscall
    hlt
gate_sigreturn_end:
1:
    movq GATE_KERNEL_SP(%rbx), %rsp
    movq %rbx, %rdi
    call gate_go_on
    jmp gate_leave
END gate_sigreturn

    .hidden gate_entry_end
    .globl gate_entry_end
gate_entry_end:

// The handler of the signals. The operating system leaves AC as the guest had it, and C may load misaligned.
FUNCTION gate_arch_on_signal
    pushfq
    andq $~GATE_FLAG_AC, (%rsp)
    popfq
    jmp gate_on_signal
END gate_arch_on_signal

// zx_status_t zx_host_copy_in(void* kernel, zx_host_user_t user, size_t size) and
// zx_status_t zx_host_copy_out(zx_host_user_t user, const void* kernel, size_t size): (to, from, size), both.
// A fault between the labels copy_begin and copy_failed goes on at copy_failed.
    .globl zx_host_copy_in, zx_host_copy_out, gate_copy_begin, gate_copy_failed
    .hidden gate_copy_begin, gate_copy_failed
    .type zx_host_copy_in, @function
    .type zx_host_copy_out, @function
zx_host_copy_in:
zx_host_copy_out:
    .cfi_startproc
    cmpq $4, %rdx
    je 1f
    movq %rdx, %rcx
gate_copy_begin:
    rep movsb
    xorl %eax, %eax
    ret
1:
    movl (%rsi), %eax
    movl %eax, (%rdi)
    xorl %eax, %eax
    ret
gate_copy_failed:
    movl $-10, %eax // ZX_ERR_INVALID_ARGS
    ret
    .cfi_endproc
    .size zx_host_copy_in, . - zx_host_copy_in
    .size zx_host_copy_out, . - zx_host_copy_out

// Guest code, from here to gate_guest_end.
    .hidden gate_guest_begin, gate_guest_end
    .globl gate_guest_begin, gate_guest_end
gate_guest_begin:

// The last call of a thread whose entry has returned. It does not come back. Who unwinds a stack looks for what lies
// before a return address: it is to find the end there, too.
    .cfi_startproc
    .cfi_undefined rip
    nop
    .hidden gate_arch_thread_end
    .globl gate_arch_thread_end
    .type gate_arch_thread_end, @function
gate_arch_thread_end:
    call zx_thread_exit
END gate_arch_thread_end

// Faults on purpose, called as f(address, value) on a small guest stack. What is in rax at the end is the
// result. A handler repairs the cause as told below, or goes around the instruction by writing rip.

// READ: rdi is the address. Repair: write rdi, or map the page. The instruction has 3 bytes.
FUNCTION gate_snippet_read
    movq (%rdi), %rax
    ret
END gate_snippet_read

// WRITE: rdi is the address, rsi the value. Repair: write rdi, or map the page. The instruction has 3 bytes.
FUNCTION gate_snippet_write
    movq %rsi, %rax
    movq %rsi, (%rdi)
    ret
END gate_snippet_write

// UNDEFINED: rax is the result. Repair: add 2 to rip.
FUNCTION gate_snippet_undefined
    movq %rsi, %rax
    ud2
    ret
END gate_snippet_undefined

// BREAKPOINT: rax is the result, and rip lies past the int3 already. Nothing to repair.
FUNCTION gate_snippet_breakpoint
    movq %rsi, %rax
    int3
    ret
END gate_snippet_breakpoint

// DIVIDE: rax, the value, by rcx, which is zero. Repair: write rcx, or add 3 to rip.
FUNCTION gate_snippet_divide
    movq %rsi, %rax
    xorl %edx, %edx
    xorl %ecx, %ecx
    divq %rcx
    ret
END gate_snippet_divide

// ALIGNMENT: loads the value from rdi, which is odd, with AC set. Repair: clear AC in rflags, or write rdi (an address
// that is a multiple of 8), or add 3 to rip.
FUNCTION gate_snippet_alignment
    subq $24, %rsp
    .cfi_adjust_cfa_offset 24
    leaq 1(%rsp), %rdi
    movq %rsi, (%rdi)
    movq %rsi, %rax
    pushfq
    orq $GATE_FLAG_AC, (%rsp)
    popfq
    movq (%rdi), %rax
    pushfq
    andq $~GATE_FLAG_AC, (%rsp)
    popfq
    addq $24, %rsp
    .cfi_adjust_cfa_offset -24
    ret
END gate_snippet_alignment

gate_guest_end:

    .section .rodata
    .balign 4
default_mxcsr:
    .long GATE_DEFAULT_MXCSR
default_fcw:
    .word GATE_DEFAULT_FCW

    .section .note.GNU-stack, "", @progbits
