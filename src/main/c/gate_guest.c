// Running guest code: stacks, signals, and the faults that a guest written in Java raises on purpose.
#include "gate.h"

#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zircon/errors.h>

#define GUEST_STACK_SIZE ((size_t)1024 * 1024)
#define SNIPPET_STACK_SIZE ((size_t)16 * 1024)
// Beyond what the processor's state needs: the JVM's own handler runs here when Java code faults below a guest.
#define ALTERNATE_STACK_ROOM ((size_t)128 * 1024)

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

static size_t round_up(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

// From low to high: guard, alternate stack, guard, guest stack, guard.
static bool map_stacks(struct gate_stacks* stacks, size_t guest_size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t alternate_size =
        round_up((size_t)getauxval(AT_MINSIGSTKSZ) + MINSIGSTKSZ + ALTERNATE_STACK_ROOM, page);
    size_t size = page + alternate_size + page + guest_size + page;
    char* base = mmap(NULL, size, PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (base == MAP_FAILED) {
        return false;
    }
    char* alternate = base + page;
    char* guest = alternate + alternate_size + page;
    if (mprotect(alternate, alternate_size, PROT_READ | PROT_WRITE) != 0 ||
        mprotect(guest, guest_size, PROT_READ | PROT_WRITE) != 0) {
        munmap(base, size);
        return false;
    }
    *stacks = (struct gate_stacks){
        .base = base,
        .size = size,
        .guest_top = (uintptr_t)guest + guest_size,
        .guest = {.bottom = guest, .size = guest_size},
        .alternate = {.ss_sp = alternate, .ss_size = alternate_size},
    };
    return true;
}

void gate_release_stacks(struct gate_stacks* stacks) {
    if (stacks->base != NULL) {
        munmap(stacks->base, stacks->size);
        stacks->base = NULL;
    }
}

// Signals that others send would find the thread on a stack that only the guest knows. Those that the processor raises
// stay open, since to block one of them is to die of it, and so does the gate's own.
static void block_signals(sigset_t* before) {
    static const int open[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGSYS,
                               GATE_INTERRUPT_SIGNAL};
    sigset_t mask;
    sigfillset(&mask);
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        sigdelset(&mask, open[i]);
    }
    pthread_sigmask(SIG_SETMASK, &mask, before);
}

enum outcome { NOT_RUN, LEFT, RETURNED };

static enum outcome run(struct gate_thread* thread, const struct gate_stacks* stacks,
                        uintptr_t entry, uint64_t arg1, uint64_t arg2, const char* landing) {
    stack_t alternate_before;
    if (sigaltstack(&stacks->alternate, &alternate_before) != 0) {
        return NOT_RUN;
    }
    sigset_t mask_before;
    block_signals(&mask_before);
    thread->host.leave = 0;
    thread->arch.step = 0;
    atomic_store(&thread->may_hold_lock, false);
    gate_arch_set_entry(thread, entry, stacks->guest_top, arg1, arg2, (uintptr_t)landing);
    // An interruption from now on sends its signal; one from before is seen at the entry.
    atomic_store(&thread->runs_guest, true);
    gate_forget_frames(stacks->guest);
    struct gate_known_stack kernel = gate_tell_stack(stacks->guest);
    bool returned = gate_arch_run(thread);
    (void)gate_tell_stack(kernel);
    atomic_store(&thread->runs_guest, false);
    thread->arch.kernel_sp = 0;
    thread->arch.state_size = 0;
    thread->arch.whole = 0;
    sigaltstack(&alternate_before, NULL);
    pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
    return returned ? RETURNED : LEFT;
}

zx_status_t zx_host_run(zx_vaddr_t entry, uint64_t arg1, uint64_t arg2) {
    struct gate_thread* thread = gate_thread_self();
    if (thread == NULL) {
        return ZX_ERR_NO_MEMORY;
    }
    if (thread->arch.kernel_sp != 0) {
        return ZX_ERR_BAD_STATE;
    }
    struct gate_stacks stacks;
    if (!map_stacks(&stacks, GUEST_STACK_SIZE)) {
        return ZX_ERR_NO_MEMORY;
    }
    enum outcome outcome = run(thread, &stacks, entry, arg1, arg2, gate_arch_thread_end);
    gate_release_stacks(&stacks);
    return outcome == NOT_RUN ? ZX_ERR_NO_MEMORY : ZX_OK;
}

zx_status_t zx_host_fault(uint32_t kind, zx_vaddr_t address, uint64_t value, uint64_t* result) {
    uintptr_t snippet = gate_arch_snippet(kind);
    if (snippet == 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    struct gate_call call;
    zx_status_t status = gate_begin(&call);
    if (status != ZX_OK) {
        return status;
    }
    struct gate_thread* thread = call.thread;
    if (thread->arch.kernel_sp != 0) {
        return ZX_ERR_BAD_STATE;
    }
    if (thread->fault_stacks.base == NULL &&
        !map_stacks(&thread->fault_stacks, SNIPPET_STACK_SIZE)) {
        return ZX_ERR_NO_MEMORY;
    }
    switch (run(thread, &thread->fault_stacks, snippet, address, value, gate_arch_snippet_end)) {
        case NOT_RUN: return ZX_ERR_NO_MEMORY;
        case LEFT: return ZX_ERR_INTERNAL_INTR_KILLED;
        case RETURNED: break;
    }
    *result = thread->arch.result;
    return ZX_OK;
}
