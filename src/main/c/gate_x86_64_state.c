// The extended state of x86-64 (x87, vectors): how a stopped guest's is laid out in its record, and its register sets.
#include "gate.h"

#include <cpuid.h>
#include <string.h>

// Components of the extended state, by their number in XSTATE_BV.
enum { X87 = 0, SSE = 1, AVX = 2, OPMASK = 5, ZMM_HIGH = 6, ZMM_UPPER_16 = 7, PKRU = 9 };
#define COMPONENTS (PKRU + 1)

#define BIT(component) (UINT64_C(1) << (component))

// Those that a state made by the gate has, as far as the processor does.
#define FEATURES_MADE                                                               \
    (BIT(X87) | BIT(SSE) | BIT(AVX) | BIT(OPMASK) | BIT(ZMM_HIGH) | BIT(ZMM_UPPER_16) | \
     BIT(PKRU))

// The first 512 bytes of the state, the header after it, and what Linux writes into the unused end of the former.
#define LEGACY_SIZE 512
#define HEADER_SIZE 64
#define SOFTWARE_OFFSET 464
#define STATE_MAGIC 0x46505853u
// Linux ends an extended state with another word.
#define STATE_END_MAGIC 0x46505845u
#define DEFAULT_MXCSR_MASK 0xffbfu
// What fnclex clears in the status word.
#define X87_EXCEPTIONS 0x80ff

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
    // The most that a state can need, with the word at its end.
    size_t size;
    // What a state made by the gate consists of, and how long that is; zero if the processor has no extended state.
    uint64_t features_made;
    size_t size_made;
    struct {
        size_t offset;
        size_t size;
    } component[COMPONENTS];
} layout;

static uint64_t enabled_features(void) {
    uint32_t low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

static void ask_layout(void) {
    unsigned size = LEGACY_SIZE, a, b, c, d;
    bool extended = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_OSXSAVE) != 0 &&
                    __get_cpuid_count(0xd, 0, &a, &size, &c, &d) != 0;
    if (extended) {
        layout.features_made = enabled_features() & FEATURES_MADE;
        layout.size_made = LEGACY_SIZE + HEADER_SIZE;
        for (unsigned i = AVX; i < COMPONENTS; i++) {
            unsigned length, offset;
            __cpuid_count(0xd, i, length, offset, c, d);
            layout.component[i].size = length;
            layout.component[i].offset = offset;
            if ((layout.features_made & BIT(i)) != 0 && offset + length > layout.size_made) {
                layout.size_made = offset + length;
            }
        }
    }
    layout.size = (size_t)size + sizeof(uint32_t);
}

size_t gate_arch_state_size(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, ask_layout);
    return layout.size;
}

void gate_arch_reset_state(void* state) {
    struct legacy_state* legacy = state;
    legacy->fcw = GATE_DEFAULT_FCW;
    legacy->fsw = 0;
    legacy->ftw = 0;
    legacy->mxcsr = GATE_DEFAULT_MXCSR;
}

void gate_arch_default_control_words(void* state) {
    struct legacy_state* legacy = state;
    if (legacy->fcw != GATE_DEFAULT_FCW) {
        legacy->fcw = GATE_DEFAULT_FCW;
        legacy->fsw &= (uint16_t)~X87_EXCEPTIONS;
    }
    legacy->mxcsr = GATE_DEFAULT_MXCSR;
}

void gate_arch_save_state(struct gate_thread* thread, const void* state) {
    struct software_bytes software = software_bytes(state);
    bool extended = software.magic == STATE_MAGIC && software.extended_size <= layout.size;
    thread->arch.state_size = extended ? software.extended_size : LEGACY_SIZE;
    memcpy(thread->state, state, thread->arch.state_size);
    if (!extended) {
        memset(thread->state + SOFTWARE_OFFSET, 0, sizeof software);
    }
}

// What an entry has put aside, if the guest's control word is an unusual one: fnstenv's layout.
static void take_x87_environment(struct legacy_state* legacy, const uint32_t* environment) {
    legacy->fcw = (uint16_t)environment[0];
    if (legacy->fcw == GATE_DEFAULT_FCW) {
        return;
    }
    legacy->fsw = (uint16_t)environment[1];
    legacy->ftw = 0;
    for (int i = 0; i < 8; i++) {
        bool in_use = (environment[2] >> (2 * i) & 3) != 3;
        legacy->ftw |= (uint8_t)(in_use << i);
    }
    legacy->fip = environment[3];
    legacy->fop = environment[4] >> 16 & 0x7ff;
    legacy->fdp = environment[5];
}

void gate_arch_make_state(struct gate_thread* thread, bool in_syscall) {
    if (thread->arch.state_size != 0) {
        return;
    }
    memset(thread->state, 0, layout.size);
    struct legacy_state* legacy = (struct legacy_state*)thread->state;
    if (in_syscall) {
        // The kernel is compiled code, which leaves the x87 as it was. The vectors are anybody's.
        __asm__ volatile("fxsave64 %0" : "=m"(*(uint8_t(*)[LEGACY_SIZE])thread->state));
        memset(legacy->xmm, 0, sizeof legacy->xmm);
        legacy->mxcsr = thread->arch.mxcsr;
        take_x87_environment(legacy, thread->arch.x87);
    } else {
        gate_arch_reset_state(legacy);
    }
    if (layout.features_made == 0) {
        thread->arch.state_size = LEGACY_SIZE;
        return;
    }
    *(uint64_t*)(thread->state + LEGACY_SIZE) = BIT(X87) | BIT(SSE);
    if ((layout.features_made & BIT(PKRU)) != 0) {
        __asm__ volatile("xsave64 %0"
                         : "+m"(*(uint8_t(*)[LEGACY_SIZE + HEADER_SIZE])thread->state)
                         : "a"((uint32_t)BIT(PKRU)), "d"(0)
                         : "memory");
    }
    const struct software_bytes software = {
        .magic = STATE_MAGIC,
        .extended_size = (uint32_t)(layout.size_made + sizeof(uint32_t)),
        .features = layout.features_made,
        .size = (uint32_t)layout.size_made,
    };
    const uint32_t end = STATE_END_MAGIC;
    memcpy(thread->state + SOFTWARE_OFFSET, &software, sizeof software);
    memcpy(thread->state + layout.size_made, &end, sizeof end);
    thread->arch.state_size = software.extended_size;
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
