// Register sets, for zx_thread_read_state() and zx_thread_write_state().
#ifndef ZIRCON_SYSCALLS_DEBUG_H_
#define ZIRCON_SYSCALLS_DEBUG_H_

#include <stdint.h>
#include <zircon/compiler.h>
#include <zircon/types.h>

__BEGIN_CDECLS

// Kinds of register set.
typedef uint32_t zx_thread_state_topic_t;
#define ZX_THREAD_STATE_GENERAL_REGS ((zx_thread_state_topic_t)0u)
#define ZX_THREAD_STATE_FP_REGS ((zx_thread_state_topic_t)1u)
#define ZX_THREAD_STATE_VECTOR_REGS ((zx_thread_state_topic_t)2u)
#define ZX_THREAD_STATE_DEBUG_REGS ((zx_thread_state_topic_t)4u)
#define ZX_THREAD_STATE_SINGLE_STEP ((zx_thread_state_topic_t)5u)
#define ZX_THREAD_X86_REGISTER_FS ((zx_thread_state_topic_t)6u)
#define ZX_THREAD_X86_REGISTER_GS ((zx_thread_state_topic_t)7u)

typedef uint32_t zx_thread_state_single_step_t;
typedef uint64_t zx_thread_x86_register_fs_t;
typedef uint64_t zx_thread_x86_register_gs_t;

#if defined(__x86_64__)

typedef struct zx_thread_state_general_regs {
    uint64_t rax;
    uint64_t rbx;
    uint64_t rcx;
    uint64_t rdx;
    uint64_t rsi;
    uint64_t rdi;
    uint64_t rbp;
    uint64_t rsp;
    uint64_t r8;
    uint64_t r9;
    uint64_t r10;
    uint64_t r11;
    uint64_t r12;
    uint64_t r13;
    uint64_t r14;
    uint64_t r15;
    uint64_t rip;
    uint64_t rflags;
} zx_thread_state_general_regs_t;

typedef struct zx_x86_64_st {
    uint64_t low;
    uint64_t high;
} __ALIGNED(16) zx_x86_64_st_t;

typedef struct zx_thread_state_fp_regs {
    uint16_t fcw;
    uint16_t fsw;
    uint8_t ftw;
    uint8_t reserved;
    uint16_t fop;
    uint64_t fip;
    uint64_t fdp;
    zx_x86_64_st_t st[8];
} zx_thread_state_fp_regs_t;

typedef struct zx_x86_64_zmm {
    uint64_t v[8];
} zx_x86_64_zmm_t;

typedef struct zx_thread_state_vector_regs {
    // Registers that the processor does not have read as zero.
    zx_x86_64_zmm_t zmm[32];
    uint64_t opmask[8];
    uint32_t mxcsr;
} zx_thread_state_vector_regs_t;

typedef struct zx_thread_state_debug_regs {
    uint64_t dr[4];
    uint64_t dr6;
    uint64_t dr7;
    // Deprecated names of the two above.
    uint64_t dr6_status;
    uint64_t dr7_control;
} zx_thread_state_debug_regs_t;

#elif defined(__aarch64__)

typedef struct zx_thread_state_general_regs {
    uint64_t r[30];
    uint64_t lr;
    uint64_t sp;
    uint64_t pc;
    uint64_t cpsr;
} zx_thread_state_general_regs_t;

typedef struct zx_thread_state_fp_regs {
    uint32_t unused;
} zx_thread_state_fp_regs_t;

typedef struct zx_arm64_v {
    uint64_t low;
    uint64_t high;
} zx_arm64_v_t;

typedef struct zx_thread_state_vector_regs {
    uint32_t fpcr;
    uint32_t fpsr;
    zx_arm64_v_t v[32];
} zx_thread_state_vector_regs_t;

typedef struct zx_arm64_hw_bp {
    uint64_t dbgbvr;
    uint32_t dbgbcr;
} zx_arm64_hw_bp_t;

typedef struct zx_arm64_hw_wp {
    uint64_t dbgwvr;
    uint32_t dbgwcr;
} zx_arm64_hw_wp_t;

typedef struct zx_thread_state_debug_regs {
    zx_arm64_hw_bp_t hw_bps[16];
    uint8_t hw_bps_count;
    zx_arm64_hw_wp_t hw_wps[16];
    uint8_t hw_wps_count;
} zx_thread_state_debug_regs_t;

#else
#error "Zircon runs on x86-64 and arm64"
#endif

__END_CDECLS

#endif // ZIRCON_SYSCALLS_DEBUG_H_
