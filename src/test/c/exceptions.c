// Exceptions of one process handled by another: the search through its slots and jobs, what unbinding and closing ports
// do to it, and handlers that are processes themselves, and die.
#include "victim.h"

// Faults, and ends itself.
static void fault_and_exit_thread(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    __asm__ volatile("ud2" : : : "memory");
    zx_thread_exit();
}

// from one slot to the next by TRY_NEXT; each handler sees the same report. Empty slots are skipped.
static void chain(uint32_t bound, int handled) {
    struct victim victim = new_victim();
    zx_exception_report_t first = {0};
    for (int i = THREAD; i < SLOTS; i++) {
        if ((bound & 1u << i) != 0) {
            bind(&victim, (enum slot)i);
        }
    }
    start(&victim, fault);
    for (int i = THREAD; i < SLOTS; i++) {
        if ((bound & 1u << i) == 0) {
            continue;
        }
        take(&victim, (enum slot)i);
        zx_exception_report_t report = exception_report(thread_of(&victim));
        if (first.header.size == 0) {
            first = report;
        }
        CHECK_EQ(0, memcmp(&first, &report, sizeof(report)));
        if (handled && (bound >> (i + 1)) == 0) {
            handle(&victim, (enum slot)i);
        } else {
            MUST(answer(&victim, (enum slot)i, ZX_RESUME_TRY_NEXT));
        }
    }
    end(&victim, handled ? HANDLED : UNHANDLED);
}

static void chains(void) {
    chain(0, 0); // with no binding anywhere, at once
    chain(1u << GRANDPARENT, 1);
    chain(1u << GRANDPARENT, 0);
    chain(1u << THREAD | 1u << PARENT, 1);
    chain(1u << PROCESS | 1u << JOB | 1u << GRANDPARENT, 0);
    chain(1u << THREAD | 1u << PROCESS | 1u << JOB | 1u << PARENT | 1u << GRANDPARENT, 1);
}

// B-13: a slot is read when its turn comes: one that is bound ahead of the search is asked, one behind it is not.
static void bound_during_the_search(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    start(&victim, fault);
    take(&victim, PROCESS);
    bind(&victim, THREAD);
    bind(&victim, PARENT);
    expect_no_packet(victim.ports[THREAD]);
    expect_no_packet(victim.ports[PARENT]);
    MUST(answer(&victim, PROCESS, ZX_RESUME_TRY_NEXT));
    take(&victim, PARENT);
    // handled without repair, it faults again, and the search starts at the top.
    MUST(answer(&victim, PARENT, 0));
    take(&victim, THREAD);
    handle(&victim, THREAD);
    end(&victim, HANDLED);
}

// B-9, Q-4: unbinding the slot that is asked is TRY_NEXT; unbinding another one is nothing.
static void unbound_while_waiting(void) {
    struct victim victim = new_victim();
    bind(&victim, THREAD);
    bind(&victim, PROCESS);
    bind(&victim, JOB);
    bind(&victim, PARENT);
    start(&victim, fault);
    take(&victim, THREAD);
    MUST(unbind(&victim, PROCESS));
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_THREAD, thread_info(thread_of(&victim)).wait_exception_port_type);
    CHECK_STATUS(ZX_ERR_BAD_STATE, unbind(&victim, PROCESS)); // B-3
    MUST(unbind(&victim, THREAD));
    take(&victim, JOB);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, answer(&victim, THREAD, 0));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, answer(&victim, PROCESS, 0));
    // bound again to the same slot, it is not asked again for this exception.
    MUST(unbind(&victim, JOB));
    zx_status_t rebound = bind_port(&victim, JOB, victim.ports[JOB]);
    CHECK_STATUS(ZX_OK, rebound);
    take(&victim, PARENT);
    handle(&victim, PARENT);
    end(&victim, HANDLED);
}

// P-15: closing the port's last handle takes all its bindings away, and the search goes on behind them.
static void port_closed_while_waiting(void) {
    struct victim victim = new_victim();
    zx_handle_t port = new_port();
    zx_handle_t other = duplicate(port, ZX_RIGHT_NONE);
    MUST(bind_port(&victim, THREAD, port));
    MUST(bind_port(&victim, PROCESS, port));
    bind(&victim, JOB);
    start(&victim, fault);
    MUST(zx_handle_close(
        next_exception(port, THREAD, ZX_EXCP_UNDEFINED_INSTRUCTION, victim.tasks[PROCESS])));
    // B-8: another handle is left.
    MUST(zx_handle_close(port));
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_THREAD, thread_info(thread_of(&victim)).wait_exception_port_type);
    MUST(zx_handle_close(other));
    take(&victim, JOB);
    CHECK_STATUS(ZX_ERR_BAD_STATE, unbind(&victim, THREAD));
    CHECK_STATUS(ZX_ERR_BAD_STATE, unbind(&victim, PROCESS));
    // B-5: those slots are free.
    bind(&victim, THREAD);
    handle(&victim, JOB);
    end(&victim, HANDLED);
}

// one port in several slots: each answer counts for the slot that is asked.
static void one_port_in_all_slots(void) {
    struct victim victim = new_victim();
    zx_handle_t port = victim.ports[THREAD];
    for (int i = THREAD; i < SLOTS; i++) {
        MUST(bind_port(&victim, (enum slot)i, port));
    }
    start(&victim, fault);
    for (int i = THREAD; i < SLOTS; i++) {
        MUST(zx_handle_close(
            next_exception(port, (uint64_t)i, ZX_EXCP_UNDEFINED_INSTRUCTION, victim.tasks[PROCESS])));
        CHECK_EQ(slot_types[i], thread_info(thread_of(&victim)).wait_exception_port_type);
        CHECK_OK(answer(&victim, THREAD, ZX_RESUME_TRY_NEXT));
    }
    end(&victim, UNHANDLED);
}

// if the packet finds no room, the search is over, and later handlers are not asked.
static void full_port(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    bind(&victim, JOB);
    const zx_port_packet_t packet = {.key = 1};
    int queued = 0;
    while (zx_port_queue(victim.ports[PROCESS], &packet) == ZX_OK) {
        queued++;
    }
    start(&victim, fault);
    wait_until_terminated(victim.tasks[PROCESS]);
    while (queued-- > 0) {
        CHECK_EQ(ZX_PKT_TYPE_USER, next_packet(victim.ports[PROCESS]).type);
    }
    end(&victim, UNHANDLED);
}

// B-9, Q-10: unbinding a job's port releases all who wait through it: two threads of one process, and one of a process in a
// job below.
static void many_wait_through_one_binding(void) {
    enum { WAITERS = 3 };
    zx_handle_t outer = new_job(zx_job_default());
    zx_handle_t inner = new_job(outer);
    const zx_handle_t processes[2] = {new_process(outer, "outer"), new_process(inner, "inner")};
    zx_handle_t ports[2] = {new_port(), new_port()};
    MUST(zx_task_bind_exception_port(outer, ports[0], 0, 0));
    MUST(zx_task_bind_exception_port(zx_job_default(), ports[1], 1, 0));
    zx_handle_t threads[WAITERS];
    for (int i = 0; i < WAITERS; i++) {
        zx_handle_t process = processes[i == 2];
        threads[i] = new_thread(process, "waiter");
        if (i == 1) {
            MUST(zx_thread_start(threads[i], (zx_vaddr_t)fault_and_exit_thread, new_stack(), 0, 0));
        } else {
            start_process(process, threads[i], fault_and_exit_thread, new_event(), 0);
        }
        MUST(zx_handle_close(next_exception(ports[0], 0, ZX_EXCP_UNDEFINED_INSTRUCTION, process)));
    }
    expect_no_packet(ports[1]);
    MUST(zx_task_bind_exception_port(outer, ZX_HANDLE_INVALID, 0, 0));
    for (int i = 0; i < WAITERS; i++) {
        zx_packet_exception_t packet = next_packet(ports[1]).exception;
        zx_handle_t process = processes[packet.pid == koid_of(processes[1])];
        zx_handle_t thread = ZX_HANDLE_INVALID;
        MUST(zx_object_get_child(process, packet.tid, ZX_RIGHT_SAME_RIGHTS, &thread));
        CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_task_resume_from_exception(thread, ports[0], 0));
        step_over_ud2(thread);
        MUST(zx_task_resume_from_exception(thread, ports[1], 0));
        MUST(zx_handle_close(thread));
    }
    for (int i = 0; i < WAITERS; i++) {
        join_thread(threads[i]);
    }
    for (int i = 0; i < 2; i++) {
        wait_until_terminated(processes[i]);
        CHECK_EQ(0, process_info(processes[i]).return_code);
        expect_no_packet(ports[i]);
    }
    MUST(zx_task_bind_exception_port(zx_job_default(), ZX_HANDLE_INVALID, 0, 0));
    const zx_handle_t handles[] = {outer, inner, processes[0], processes[1], ports[0], ports[1]};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
}

// A handler in a process of its own. Its argument is a channel that brings a port and the victim's process; it handles
// `count` exceptions, and then ends its thread, which keeps the process's handles open for as long as that is held.
static void handler(uintptr_t channel, uintptr_t count) {
    zx_handle_t received[2];
    MUST(zx_object_wait_one((zx_handle_t)channel, ZX_CHANNEL_READABLE, SOON, NULL));
    MUST(zx_channel_read((zx_handle_t)channel, 0, NULL, received, 0, 2, NULL, NULL));
    while (count-- > 0) {
        zx_handle_t thread = next_exception(received[0], PROCESS, ZX_EXCP_UNDEFINED_INSTRUCTION, received[1]);
        step_over_ud2(thread);
        MUST(zx_task_resume_from_exception(thread, received[0], 0));
        MUST(zx_handle_close(thread));
    }
    zx_thread_exit();
}

struct handler {
    zx_handle_t process;
    zx_handle_t thread;
};

// Starts a handler of this many exceptions, and gives it the only handle to the port.
static struct handler start_handler(const struct victim* victim, zx_handle_t port, uintptr_t count) {
    struct handler started;
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    started.process = new_process(zx_job_default(), "handler");
    started.thread = new_thread(started.process, "handler");
    const zx_handle_t sent[2] = {port, duplicate(victim->tasks[PROCESS], ZX_RIGHT_SAME_RIGHTS)};
    MUST(zx_channel_write(ends[0], 0, NULL, 0, sent, 2));
    MUST(zx_handle_close(ends[0]));
    start_process(started.process, started.thread, handler, ends[1], count);
    return started;
}

static void end_handler(const struct handler* handler) {
    wait_until_terminated(handler->process);
    MUST(zx_handle_close(handler->process));
    MUST(zx_handle_close(handler->thread));
}

static void handled_by_another_process(void) {
    struct victim victim = new_victim();
    zx_handle_t port = new_port();
    MUST(bind_port(&victim, PROCESS, port));
    struct handler handler = start_handler(&victim, port, 1);
    start(&victim, fault);
    end(&victim, HANDLED);
    end_handler(&handler);
}

// a handler that dies with the last handle to its port lets go of those who wait for it, once it is dead: its
// handles close then, and not already when it is killed.
static void handler_dies(void) {
    struct victim victim = new_victim();
    zx_handle_t port = new_port();
    MUST(bind_port(&victim, PROCESS, port));
    bind(&victim, JOB);
    struct handler handler = start_handler(&victim, port, 0);
    wait_until_terminated(handler.thread);
    end_handler(&handler);
    start(&victim, fault);
    take(&victim, JOB); // the port is gone already
    handle(&victim, JOB);
    end(&victim, HANDLED);

    victim = new_victim();
    port = new_port();
    MUST(bind_port(&victim, PROCESS, port));
    bind(&victim, JOB);
    // This one's thread is held in its exit (T-4), so that it takes its time to die. Its argument is the port.
    zx_handle_t debugger = new_port();
    handler.process = new_process(zx_job_default(), "handler");
    handler.thread = new_thread(handler.process, "handler");
    MUST(zx_task_bind_exception_port(handler.process, debugger, 0, ZX_EXCEPTION_PORT_DEBUGGER));
    start_process(handler.process, handler.thread, fault_and_exit_thread, port, 0);
    MUST(zx_handle_close(next_exception(debugger, 0, ZX_EXCP_THREAD_STARTING, handler.process)));
    MUST(zx_task_resume_from_exception(handler.thread, debugger, 0));
    MUST(zx_handle_close(next_exception(debugger, 0, ZX_EXCP_UNDEFINED_INSTRUCTION, handler.process)));
    step_over_ud2(handler.thread);
    start(&victim, fault);
    wait_for_state(thread_of(&victim), ZX_THREAD_STATE_BLOCKED_EXCEPTION);
    MUST(zx_task_resume_from_exception(handler.thread, debugger, 0));
    MUST(zx_handle_close(
        next_exception_in(debugger, 0, ZX_EXCP_THREAD_EXITING, handler.process, ZX_THREAD_STATE_DYING)));
    MUST(zx_task_kill(handler.process));
    CHECK_EQ(1, process_info(handler.process).exited);
    expect_no_packet(victim.ports[JOB]);
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_PROCESS, thread_info(thread_of(&victim)).wait_exception_port_type);
    MUST(zx_task_resume_from_exception(handler.thread, debugger, 0));
    take(&victim, JOB);
    handle(&victim, JOB);
    end(&victim, HANDLED);
    end_handler(&handler);
    MUST(zx_handle_close(debugger));
}

int main(void) {
    chains();
    bound_during_the_search();
    unbound_while_waiting();
    port_closed_while_waiting();
    one_port_in_all_slots();
    full_port();
    many_wait_through_one_binding();
    handled_by_another_process();
    handler_dies();
    return CHECK_RESULT();
}
