// Stopping guests that run, and letting them go on.
#include "gate.h"

#include <asm/prctl.h>
#include <errno.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <zircon/errors.h>

static struct gate_thread* record_of(zx_host_thread_t* thread) {
    return (struct gate_thread*)thread;
}

void zx_host_interrupt(zx_host_thread_t* host, uint32_t reach) {
    struct gate_thread* thread = record_of(host);
    atomic_store(&thread->arch.wanted, reach + 1);
    if (atomic_load(&thread->runs_guest)) {
        int error = errno;
        syscall(SYS_tgkill, getpid(), thread->os_thread, GATE_INTERRUPT_SIGNAL);
        errno = error;
    }
}

bool gate_in_library(const struct gate_thread* thread, uintptr_t pc) {
    if (atomic_load(&thread->may_hold_lock)) {
        return true;
    }
    // Neither the program's own code, nor the gate's entries, nor an address where there is no code at all.
    uint8_t code;
    return !gate_is_program(pc) && gate_arch_place(pc) == GATE_PLACE_ELSEWHERE &&
           zx_host_copy_in(&code, pc, sizeof code) == ZX_OK;
}

static uint64_t running_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void count_refusal(struct gate_thread* thread) {
    const uint64_t unit = 200000;
    uint64_t now = running_time();
    uint64_t ran = thread->refused_at != 0 ? (now - thread->refused_at) / unit : 0;
    thread->refused_at = now;
    thread->host.refusals += ran != 0 ? (uint32_t)ran : 1;
}

void gate_on_interrupt(struct gate_thread* thread, ucontext_t* context) {
    uint32_t wanted = atomic_load(&thread->arch.wanted);
    if (wanted != 0 && gate_arch_restart_exit(thread, context)) {
        return;
    }
    uintptr_t pc = gate_arch_pc(context);
    // What the kernel executes looks for interruptions at its end. So does an entry, which is the guest's to begin with.
    if (thread->arch.guest == 0 || gate_arch_place(pc) == GATE_PLACE_ENTRY) {
        return;
    }
    bool in_library = gate_in_library(thread, pc);
    uint32_t reach = wanted - 1;
    bool allowed = !in_library || reach == ZX_HOST_INTERRUPT_ANYWHERE ||
                   (reach == ZX_HOST_INTERRUPT_BLOCKED && gate_arch_waited(context));
    gate_arch_repeat_system_call(context);
    if (wanted == 0) {
        return;
    }
    if (!allowed) {
        count_refusal(thread);
        return;
    }
    atomic_store(&thread->arch.wanted, 0);
    thread->refused_at = 0;
    thread->host.in_library = in_library;
    gate_arch_take_guest(thread, context, gate_interruption);
}

// Tells the kernel. Returns whether the guest goes on.
static bool tell(struct gate_thread* thread) {
    int error = errno;
    const zx_host_table_t* table = gate_kernel_of(thread);
    if (table == NULL || table->interrupted == NULL || !gate_stack_suffices(thread)) {
        return true;
    }
    table->interrupted(thread->host.caller);
    errno = error;
    return thread->host.leave == 0;
}

void gate_go_on(struct gate_thread* thread) {
    thread->refused_at = 0;
    while (atomic_exchange(&thread->arch.wanted, 0) != 0) {
        if (!tell(thread)) {
            return;
        }
    }
    thread->host.restore = 0;
    gate_arch_resume(thread);
}

void gate_interruption(struct gate_thread* thread) {
    if (tell(thread)) {
        gate_go_on(thread);
    }
}

void gate_enter(struct gate_thread* thread) {
    thread->host.in_library = 0;
    gate_arch_make_context(thread, false);
    gate_go_on(thread);
}

void gate_finish_syscall(struct gate_thread* thread) {
    if (thread->host.leave == 0) {
        thread->host.in_library = 0;
        gate_arch_finish_syscall(thread);
        gate_go_on(thread);
    }
}

bool zx_host_stop(zx_host_thread_t* host) {
    struct gate_thread* thread = record_of(host);
    bool native = thread->arch.kernel_sp != 0;
    gate_arch_make_state(thread, native);
    return native;
}

void zx_host_go_on(zx_host_thread_t* host) { record_of(host)->arch.whole = 1; }

void zx_host_set_gs_base(uint64_t base) { syscall(SYS_arch_prctl, ARCH_SET_GS, base); }

void zx_host_exit(int32_t code) { _exit(code); }
