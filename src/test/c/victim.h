// A process that faults, the slots that its exception can come to, and a port for each.
#ifndef VICTIM_H_
#define VICTIM_H_

#include "guest.h"

enum { HANDLED = 7, UNHANDLED = -1 };

// Faults, and ends its process with HANDLED.
static inline void fault(uintptr_t event, uintptr_t unused) {
    (void)event;
    (void)unused;
    __asm__ volatile("ud2" : : : "memory");
    zx_process_exit(HANDLED);
}

static inline zx_handle_t new_job(zx_handle_t parent) {
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(parent, 0, &job));
    return job;
}

// A process in the innermost of three jobs. Each slot that a fault of its can come to has a port of its own, and the
// slot's number as its key; slots are empty until they are bound.
enum slot { DEBUGGER, THREAD, PROCESS, JOB, PARENT, GRANDPARENT, SLOTS };

struct victim {
    zx_handle_t tasks[SLOTS];
    zx_handle_t ports[SLOTS];
};

static const uint32_t slot_types[SLOTS] = {ZX_EXCEPTION_PORT_TYPE_DEBUGGER, ZX_EXCEPTION_PORT_TYPE_THREAD,
                                           ZX_EXCEPTION_PORT_TYPE_PROCESS,  ZX_EXCEPTION_PORT_TYPE_JOB,
                                           ZX_EXCEPTION_PORT_TYPE_JOB,      ZX_EXCEPTION_PORT_TYPE_JOB};

static inline struct victim new_victim(void) {
    struct victim victim;
    victim.tasks[GRANDPARENT] = new_job(zx_job_default());
    victim.tasks[PARENT] = new_job(victim.tasks[GRANDPARENT]);
    victim.tasks[JOB] = new_job(victim.tasks[PARENT]);
    victim.tasks[PROCESS] = new_process(victim.tasks[JOB], "victim");
    victim.tasks[THREAD] = new_thread(victim.tasks[PROCESS], "victim");
    victim.tasks[DEBUGGER] = duplicate(victim.tasks[PROCESS], ZX_RIGHT_SAME_RIGHTS);
    for (int i = 0; i < SLOTS; i++) {
        victim.ports[i] = new_port();
    }
    return victim;
}

static inline uint32_t option_of(enum slot slot) {
    return slot == DEBUGGER ? ZX_EXCEPTION_PORT_DEBUGGER : 0;
}

static inline zx_status_t bind_port(const struct victim* victim, enum slot slot, zx_handle_t port) {
    return zx_task_bind_exception_port(victim->tasks[slot], port, (uint64_t)slot, option_of(slot));
}

static inline void bind(const struct victim* victim, enum slot slot) {
    MUST(bind_port(victim, slot, victim->ports[slot]));
}

static inline zx_status_t unbind(const struct victim* victim, enum slot slot) {
    return bind_port(victim, slot, ZX_HANDLE_INVALID);
}

static inline void start(const struct victim* victim, guest_entry* entry) {
    start_process(victim->tasks[PROCESS], victim->tasks[THREAD], entry, new_event(), 0);
}

static inline zx_handle_t thread_of(const struct victim* victim) {
    return victim->tasks[THREAD];
}

// Takes the packet of this slot's port, and leaves the thread waiting.
static inline void take(const struct victim* victim, enum slot slot) {
    MUST(zx_handle_close(next_exception(victim->ports[slot], (uint64_t)slot, ZX_EXCP_UNDEFINED_INSTRUCTION,
                                        victim->tasks[PROCESS])));
    // I-1.
    CHECK_EQ(slot_types[slot], thread_info(thread_of(victim)).wait_exception_port_type);
}

static inline zx_status_t answer(const struct victim* victim, enum slot slot, uint32_t option) {
    return zx_task_resume_from_exception(thread_of(victim), victim->ports[slot], option);
}

static inline void handle(const struct victim* victim, enum slot slot) {
    step_over_ud2(thread_of(victim));
    MUST(answer(victim, slot, 0));
}

// Waits until the process has ended with this code. No packet may be left but those that were taken.
static inline void end(const struct victim* victim, int64_t code) {
    wait_until_terminated(victim->tasks[PROCESS]);
    CHECK_EQ(code, process_info(victim->tasks[PROCESS]).return_code);
    for (int i = 0; i < SLOTS; i++) {
        expect_no_packet(victim->ports[i]);
    }
    MUST(zx_handle_close_many(victim->ports, SLOTS));
    MUST(zx_handle_close_many(victim->tasks, SLOTS));
}

static inline void wait_for_state(zx_handle_t thread, zx_thread_state_t state) {
    zx_time_t limit = SOON;
    while (thread_info(thread).state != state && CHECK(zx_clock_get_monotonic() < limit)) {
        zx_nanosleep(0);
    }
}

#endif // VICTIM_H_
