// What the gate knows about x86-64, as far as C can say it: signal frames and the processor's extended state.
#include "gate.h"

#include <cpuid.h>
#include <string.h>
#include <zircon/errors.h>

#define IN_RECORD(member) offsetof(struct gate_thread, member)
_Static_assert(IN_RECORD(host) == 0, "the public part of a record comes first");
_Static_assert(IN_RECORD(host.leave) == GATE_LEAVE, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.kernel_sp) == GATE_KERNEL_SP, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.guest) == GATE_GUEST, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.mxcsr) == GATE_MXCSR, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.step) == GATE_STEP, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.result) == GATE_RESULT, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.frame) == GATE_FRAME, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.frame.rflags) == GATE_RFLAGS, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.x87) == GATE_X87, "gate_x86_64.h");
_Static_assert(IN_RECORD(arch.signal_frame) == GATE_SIGNAL_FRAME, "gate_x86_64.h");
_Static_assert(offsetof(ucontext_t, uc_sigmask) + sizeof(uint64_t) == GATE_SIGNAL_FRAME_SIZE,
               "the signal frame is as Linux has it");

extern const char gate_entry_begin[], gate_entry_end[], gate_copy_begin[], gate_copy_failed[];
extern const char gate_fault_entry[];
extern const char gate_snippet_read[], gate_snippet_write[], gate_snippet_undefined[];
extern const char gate_snippet_breakpoint[], gate_snippet_divide[], gate_snippet_alignment[];
_Noreturn void gate_sigreturn(struct gate_thread* thread);

// Components of the extended state, by their number in XSTATE_BV.
enum { X87 = 0, SSE = 1, AVX = 2, OPMASK = 5, ZMM_HIGH = 6, ZMM_UPPER_16 = 7 };

#define BIT(component) (UINT64_C(1) << (component))

// The first 512 bytes of the state, the header after it, and what Linux writes into the unused end of the former.
#define LEGACY_SIZE 512
#define SOFTWARE_OFFSET 464
#define STATE_MAGIC 0x46505853u
#define DEFAULT_MXCSR_MASK 0xffbfu

struct software_bytes {
    uint32_t magic;
    uint32_t extended_size;
    uint64_t features;
    uint32_t size;
};

struct legacy_state {
    uint16_t fcw, fsw;
    uint8_t ftw, reserved;
    uint16_t fop;
    uint64_t fip, fdp;
    uint32_t mxcsr, mxcsr_mask;
    uint64_t st[8][2];
    uint64_t xmm[16][2];
};

static struct software_bytes software_bytes(const void* state) {
    struct software_bytes bytes;
    memcpy(&bytes, (const uint8_t*)state + SOFTWARE_OFFSET, sizeof bytes);
    return bytes;
}

// How the processor lays the state out. Asked once: in a virtual machine the question is slow.
static struct {
    size_t size;
    struct {
        size_t offset;
        size_t size;
    } component[ZMM_UPPER_16 + 1];
} layout;

static void ask_layout(void) {
    unsigned features, size = LEGACY_SIZE, unused1, unused2;
    if (__get_cpuid_count(0xd, 0, &features, &size, &unused1, &unused2) != 0) {
        for (unsigned i = AVX; i <= ZMM_UPPER_16; i++) {
            unsigned length, offset;
            __cpuid_count(0xd, i, length, offset, unused1, unused2);
            layout.component[i].size = length;
            layout.component[i].offset = offset;
        }
    } else {
        size = LEGACY_SIZE;
    }
    // Linux ends the state with a magic word of its own.
    layout.size = (size_t)size + sizeof(uint32_t);
}

size_t gate_arch_state_size(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, ask_layout);
    return layout.size;
}

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

void gate_arch_take_fault(struct gate_thread* thread, ucontext_t* context) {
    struct gate_arch* arch = &thread->arch;
    greg_t* gregs = context->uc_mcontext.gregs;
    gregs[REG_EFL] |= (greg_t)arch->step;
    arch->step = 0;

    memcpy(arch->signal_frame, context, GATE_SIGNAL_FRAME_SIZE);
    uint64_t* general = (uint64_t*)&arch->fault;
    for (size_t i = 0; i < REGISTERS; i++) {
        general[i] = (uint64_t)gregs[linux_registers[i]];
    }
    thread->host.vector = (uint64_t)gregs[REG_TRAPNO];
    thread->host.err_code = (uint64_t)gregs[REG_ERR];
    thread->host.cr2 = gregs[REG_TRAPNO] == 14 ? (uint64_t)gregs[REG_CR2] : 0;

    uint8_t* state = (uint8_t*)context->uc_mcontext.fpregs;
    struct software_bytes software = software_bytes(state);
    bool extended = software.magic == STATE_MAGIC && software.extended_size <= layout.size;
    arch->state_size = extended ? software.extended_size : LEGACY_SIZE;
    memcpy(thread->state, state, arch->state_size);
    if (!extended) {
        memset(thread->state + SOFTWARE_OFFSET, 0, sizeof software);
    }
    ((ucontext_t*)arch->signal_frame)->uc_mcontext.fpregs = (fpregset_t)thread->state;

    // The fault entry is a function, and finds the processor as any function does: the vectors are anybody's.
    struct legacy_state* legacy = (struct legacy_state*)state;
    legacy->fcw = GATE_DEFAULT_FCW;
    legacy->fsw = 0;
    legacy->ftw = 0;
    legacy->mxcsr = GATE_DEFAULT_MXCSR;
    arch->guest = 0;
    gregs[REG_RIP] = (greg_t)(uintptr_t)gate_fault_entry;
    gregs[REG_RSP] = (greg_t)arch->kernel_sp;
    gregs[REG_RDI] = (greg_t)(uintptr_t)thread;
    gregs[REG_EFL] = 2;
}

// A signal handler that returned would end in the same system call. To make it directly needs no signal: sending one
// fails when the user's limit of pending signals is reached, and costs a second frame.
_Noreturn void gate_arch_resume(struct gate_thread* thread) {
    struct gate_arch* arch = &thread->arch;
    greg_t* gregs = ((ucontext_t*)arch->signal_frame)->uc_mcontext.gregs;
    const uint64_t* general = (const uint64_t*)&arch->fault;
    for (size_t i = 0; i < REGISTERS; i++) {
        gregs[linux_registers[i]] = (greg_t)general[i];
    }
    arch->state_size = 0;
    gate_sigreturn(thread);
}

static struct gate_thread* record_of(const zx_host_thread_t* thread) {
    return (struct gate_thread*)thread;
}

// Where a component of the saved state lies, or NULL if the state has no such component.
static uint8_t* component(struct gate_thread* thread, int number) {
    if (number <= SSE) {
        return thread->state;
    }
    struct software_bytes software = software_bytes(thread->state);
    if (software.magic != STATE_MAGIC || (software.features & BIT(number)) == 0) {
        return NULL;
    }
    size_t offset = layout.component[number].offset;
    bool inside = offset + layout.component[number].size <= thread->arch.state_size;
    return inside ? thread->state + offset : NULL;
}

// Which components are there; the others have their initial values, whatever the memory says.
static uint64_t* present(struct gate_thread* thread) {
    return software_bytes(thread->state).magic == STATE_MAGIC
               ? (uint64_t*)(thread->state + LEGACY_SIZE)
               : NULL;
}

static bool is_present(struct gate_thread* thread, int number) {
    const uint64_t* bits = present(thread);
    return bits == NULL ? number <= SSE : (*bits & BIT(number)) != 0;
}

static void set_present(struct gate_thread* thread, int number) {
    uint64_t* bits = present(thread);
    if (bits != NULL) {
        *bits |= BIT(number);
    }
}

void zx_host_read_fp_regs(const zx_host_thread_t* host, zx_thread_state_fp_regs_t* regs) {
    struct gate_thread* thread = record_of(host);
    memset(regs, 0, sizeof *regs);
    if (thread->arch.state_size == 0) {
        return;
    }
    if (!is_present(thread, X87)) {
        regs->fcw = GATE_DEFAULT_FCW;
        return;
    }
    const struct legacy_state* legacy = (const struct legacy_state*)thread->state;
    regs->fcw = legacy->fcw;
    regs->fsw = legacy->fsw;
    regs->ftw = legacy->ftw;
    regs->fop = legacy->fop;
    regs->fip = legacy->fip;
    regs->fdp = legacy->fdp;
    for (int i = 0; i < 8; i++) {
        regs->st[i].low = legacy->st[i][0];
        regs->st[i].high = legacy->st[i][1] & 0xffff;
    }
}

void zx_host_write_fp_regs(zx_host_thread_t* host, const zx_thread_state_fp_regs_t* regs) {
    struct gate_thread* thread = record_of(host);
    if (thread->arch.state_size == 0) {
        return;
    }
    struct legacy_state* legacy = (struct legacy_state*)thread->state;
    legacy->fcw = regs->fcw;
    legacy->fsw = regs->fsw;
    legacy->ftw = regs->ftw;
    legacy->fop = regs->fop;
    legacy->fip = regs->fip;
    legacy->fdp = regs->fdp;
    for (int i = 0; i < 8; i++) {
        legacy->st[i][0] = regs->st[i].low;
        legacy->st[i][1] = regs->st[i].high & 0xffff;
    }
    set_present(thread, X87);
}

// One stretch of the vector registers: `count` pieces of `size` bytes, from byte `from` of the register `first` on.
struct stretch {
    int component;
    size_t offset;
    int first;
    int count;
    size_t from;
    size_t size;
};

static const struct stretch stretches[] = {
    {SSE, offsetof(struct legacy_state, xmm), 0, 16, 0, 16},
    {AVX, 0, 0, 16, 16, 16},
    {ZMM_HIGH, 0, 0, 16, 32, 32},
    {ZMM_UPPER_16, 0, 16, 16, 0, 64},
};
#define STRETCHES (sizeof stretches / sizeof *stretches)

void zx_host_read_vector_regs(const zx_host_thread_t* host, zx_thread_state_vector_regs_t* regs) {
    struct gate_thread* thread = record_of(host);
    memset(regs, 0, sizeof *regs);
    if (thread->arch.state_size == 0) {
        return;
    }
    for (size_t s = 0; s < STRETCHES; s++) {
        const struct stretch* stretch = &stretches[s];
        const uint8_t* from = component(thread, stretch->component);
        if (from == NULL || !is_present(thread, stretch->component)) {
            continue;
        }
        for (int i = 0; i < stretch->count; i++) {
            memcpy((uint8_t*)&regs->zmm[stretch->first + i] + stretch->from,
                   from + stretch->offset + (size_t)i * stretch->size, stretch->size);
        }
    }
    const uint8_t* masks = component(thread, OPMASK);
    if (masks != NULL && is_present(thread, OPMASK)) {
        memcpy(regs->opmask, masks, sizeof regs->opmask);
    }
    regs->mxcsr = ((const struct legacy_state*)thread->state)->mxcsr;
}

void zx_host_write_vector_regs(zx_host_thread_t* host, const zx_thread_state_vector_regs_t* regs) {
    struct gate_thread* thread = record_of(host);
    if (thread->arch.state_size == 0) {
        return;
    }
    for (size_t s = 0; s < STRETCHES; s++) {
        const struct stretch* stretch = &stretches[s];
        uint8_t* to = component(thread, stretch->component);
        if (to == NULL) {
            continue;
        }
        for (int i = 0; i < stretch->count; i++) {
            memcpy(to + stretch->offset + (size_t)i * stretch->size,
                   (const uint8_t*)&regs->zmm[stretch->first + i] + stretch->from, stretch->size);
        }
        set_present(thread, stretch->component);
    }
    uint8_t* masks = component(thread, OPMASK);
    if (masks != NULL) {
        memcpy(masks, regs->opmask, sizeof regs->opmask);
        set_present(thread, OPMASK);
    }
    // A bit that the processor does not know would make it refuse the whole state.
    struct legacy_state* legacy = (struct legacy_state*)thread->state;
    legacy->mxcsr =
        regs->mxcsr & (legacy->mxcsr_mask != 0 ? legacy->mxcsr_mask : DEFAULT_MXCSR_MASK);
}
